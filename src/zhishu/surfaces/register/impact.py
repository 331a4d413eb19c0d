"""What a change of rules would do to a register: the rows whose verdict differs, and from what to what."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.judge.ruleset import RuleSet
from zhishu.surfaces.register.outs import writable
from zhishu.surfaces.register.run import judge_file, sink
from zhishu.surfaces.register.source import Told
from zhishu.system.books.layers import Fitted
from zhishu.terms import Text

COMPARED = ("verdict", "best", "worst")


@dataclass(slots=True)
class Impact:
    """Rows judged, rows that differ, and how many move from one verdict to another."""

    rows: int = 0
    differ: int = 0
    moves: dict[tuple[str, str], int] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        moves = [{"before": a, "after": b, "rows": n} for (a, b), n in sorted(self.moves.items())]
        return {"rows": self.rows, "differ": self.differ, "moves": moves}


def differences(
    before: RuleSet,
    after: RuleSet,
    words: RegionWords,
    source: Path,
    out: Path,
    told: Told | None = None,
    fitted: tuple[Mapping[str, Fitted], Mapping[str, Fitted]] = ({}, {}),
) -> Impact:
    """Judge a register by two rule sets and write the rows that differ, by key; return how many move where.

    ``fitted`` are the layers blank distances are measured to before and after.

    Raises ZhishuError ``impact-key`` where the books name their subjects by other keys, and what ``judge_file``
    does; then nothing is written.
    """
    if before.book.key != after.book.key:
        what = Text(
            f"两册的编号列不同：{before.book.key}、{after.book.key}",
            f"the books have different keys: {before.book.key}, {after.book.key}",
        )
        raise ZhishuError([Problem("impact-key", source.name, what, Text("用同一编号列", "give both the same key"))])
    writable((out,), source)
    key = before.book.key
    found = Impact()
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        old, new = Path(folder) / "before.parquet", Path(folder) / "after.parquet"
        found.rows = judge_file(before, words, source, old, told=told, fitted=fitted[0]).rows
        judge_file(after, words, source, new, told=told, fitted=fitted[1])
        columns = [key, *COMPARED, "fired", "missing"]
        # both stand in the order of the register, so that row meets row
        sides = [pl.scan_parquet(p).select(columns) for p in (old, new)]
        joined = pl.concat([sides[0], sides[1].rename({c: f"{c}_after" for c in columns})], how="horizontal")
        unlike = pl.any_horizontal(pl.col(c) != pl.col(f"{c}_after") for c in COMPARED)
        rows = joined.filter(unlike).drop(f"{key}_after").collect()
        ready = Path(folder) / f"ready{out.suffix}"
        sink(iter((rows,)), ready)
        ready.replace(out)
    found.differ = len(rows)
    for old_verdict, new_verdict, n in rows.group_by("verdict", "verdict_after").len().sort("verdict").iter_rows():
        found.moves[(old_verdict, new_verdict)] = n
    return found
