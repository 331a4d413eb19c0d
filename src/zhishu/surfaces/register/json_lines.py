"""Lines of JSON looked through before they are judged: each is one object of plain values, none of them twice."""

from collections.abc import Callable
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.facts import json_of, nested
from zhishu.terms import Text

MOST_PROBLEMS = 20
TOLD_AFTER = 200_000


def json_lines(path: Path, told: Callable[[int, int], None] | None = None) -> int:
    """Return how many cases the lines of a file are; blank lines are passed over.

    The engine that reads them keeps one of two values under a name and says nothing, and where a line is broken it
    names none. Raises ZhishuError with the problems of the first lines that are wrong: ``input-json``,
    ``input-key-twice``, ``register-line``.
    """
    size, at, rows = path.stat().st_size, 0, 0
    problems: list[Problem] = []
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            at += len(line)
            if line.strip():
                rows += 1
                problems += _wrong(line, f"{path.name}:{number}")
            if len(problems) >= MOST_PROBLEMS:
                break
            if told is not None and not number % TOLD_AFTER:
                told(at, size)
    if not rows:
        repair = Text("每行写一个对象 {字段: 值}", "write one object a line: {field: value}")
        problems.append(Problem("register-line", path.name, Text("文件没有一行", "the file has no line"), repair))
    if problems:
        raise ZhishuError(problems[:MOST_PROBLEMS])
    return rows


def _wrong(line: bytes, place: str) -> list[Problem]:
    try:
        data = json_of(line, place)
    except ZhishuError as error:
        return list(error.problems)
    if not isinstance(data, dict):
        what = Text("这一行不是一个对象", "the line is no object")
        return [Problem("register-line", place, what, Text("每行写 {字段: 值}", "write {field: value} in each line"))]
    what = Text("值应为文字、数、是否或 null", "a value is a text, a number, true, false or null")
    repair = Text("一个字段写一个值", "give each field one value")
    return [Problem("register-line", where, what, repair) for where in [*nested(data, place), *_endless(data, place)]]


def _endless(data: dict[str, object], place: str) -> list[str]:
    """Return the places of NaN and infinity, which JSON has not and readers take from each other."""
    return [f"{place}.{n}" for n, v in data.items() if isinstance(v, float) and (v != v or abs(v) == float("inf"))]
