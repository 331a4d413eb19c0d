"""Where results are to go, looked at before anything is judged: a file of a kind that is written, and no file that is read."""

from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

KINDS = (".parquet", ".csv", ".ndjson", ".jsonl")


def writable(outs: tuple[Path, ...], read: Path) -> None:
    """Raise ZhishuError where results cannot go: ``out-kind``, ``out-folder``, ``out-same`` for the register itself or for
    a file that two results would share."""
    problems: list[Problem] = []
    taken = {read.resolve()}
    for out in outs:
        if out.suffix.lower() not in KINDS:
            what = Text(
                f"结果不写成 {out.suffix or '没有扩展名的文件'}",
                f"results are not written as {out.suffix or 'a file without ending'}",
            )
            problems.append(
                Problem("out-kind", out.name, what, Text(f"用 {'、'.join(KINDS)}", f"use {', '.join(KINDS)}"))
            )
        if not out.parent.is_dir():
            what = Text(f"没有文件夹 {out.parent.name}", f"there is no folder {out.parent.name}")
            problems.append(Problem("out-folder", out.name, what, Text("先建文件夹", "make it first")))
        if out.resolve() in taken:
            what = Text("会覆盖登记表或另一个结果", "it would be written over the register or another result")
            problems.append(Problem("out-same", out.name, what, Text("换一个文件名", "give another file name")))
        taken.add(out.resolve())
    if problems:
        raise ZhishuError(problems)
