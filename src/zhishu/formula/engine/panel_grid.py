"""Completing a region × year grid, so that a year back is one row back and a region above is one row number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

RUN = "__run"
"""Ending of the column that names the comparable run of a value."""

POSITION, START, UP, CHILD, PEER, KIN, TIER = "_position", "_start", "_up", "_child", "_peer", "_kin", "_tier"
"""Helper columns: place in the region's years, its first row, the row of the region above in the same year, the
first rows of the regions below and beside, and the groups those rows are pooled in (null out of force)."""

_SPAN = 4096


@dataclass(frozen=True, slots=True)
class Runs:
    """Comparable runs as numbers: one run of a family differs from another, families may mix."""

    ids: Mapping[str, int]
    families: Mapping[str, frozenset[int]]

    def may_clash(self, a: str, b: str) -> bool:
        """Return whether two series can stand in different runs of one family."""
        nothing: frozenset[int] = frozenset()
        return bool(self.families.get(a, nothing) & self.families.get(b, nothing))


def family_number(run: pl.Expr) -> pl.Expr:
    """Return the number of the family of a run's number."""
    return run // _SPAN


def number_runs(frame: pl.DataFrame, series: Iterable[str], family: Callable[[str], str]) -> tuple[pl.DataFrame, Runs]:
    """Return the frame with its run columns as numbers, and what the numbers mean.

    Raises ZhishuError ``engine-too-many-runs`` beyond 4,096 runs of a family.
    """
    columns = [f"{s}{RUN}" for s in series if f"{s}{RUN}" in frame.columns]
    texts = {c: frame[c].cast(pl.String).unique().drop_nulls().to_list() for c in columns}
    members: dict[str, list[str]] = {}
    for run in sorted({r for runs in texts.values() for r in runs}):
        members.setdefault(family(run), []).append(run)
    ids: dict[str, int] = {}
    for number, (name, runs) in enumerate(sorted(members.items())):
        if len(runs) > _SPAN:
            raise _problem(
                "engine-too-many-runs",
                name,
                Text(f"口径 {name} 有 {len(runs)} 段", f"the family {name} has {len(runs)} runs"),
                Text("合并口径名称", "use fewer names of runs"),
            )
        ids |= {run: number * _SPAN + k for k, run in enumerate(runs)}
    frame = frame.with_columns(
        pl.col(c).cast(pl.String).replace_strict(ids, return_dtype=pl.Int32) if ids else pl.lit(None, pl.Int32).alias(c)
        for c in columns
    )
    families = {c.removesuffix(RUN): frozenset(ids[r] // _SPAN for r in texts[c]) for c in columns}
    return frame, Runs(ids, families)


def completed(frame: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """Return every region in every year from first to last, sorted, with the helper columns.

    Raises ZhishuError ``engine-no-column`` and ``engine-duplicate-row``.
    """
    _check(frame)
    given = frame.with_columns(pl.col("region").cast(pl.String), pl.col("period").cast(pl.Int64))
    for name, empty in (("parent", pl.String), ("level", pl.String)):
        if name not in given.columns:
            given = given.with_columns(pl.lit(None, empty).alias(name))
    if "in_force" not in given.columns:
        given = given.with_columns(pl.lit(True).alias("in_force"))
    years = pl.DataFrame({"period": range(first, last + 1)}, schema={"period": pl.Int64})
    # a region above that has no row of its own has no figures, but it is a place one can look at
    above = given.select(pl.col("parent").cast(pl.String).alias("region")).drop_nulls()
    regions = pl.concat([given.select("region"), above]).unique()
    grid = regions.join(years, how="cross").join(given, on=["region", "period"], how="left")
    # a region keeps its place above and beside in the years that only a look back needs
    kept = ("parent", "level", "in_force")
    grid = grid.sort("region", "period").with_columns(
        pl.col(name).fill_null(strategy="forward").fill_null(strategy="backward").over("region") for name in kept
    )
    width = last - first + 1
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    grid = grid.with_columns(
        (row % width).alias(POSITION),
        (row - row % width).alias(START),
        row.alias("_row"),
        pl.when("in_force").then("parent").alias(KIN),
        pl.when("in_force").then("level").alias(TIER),
    )
    return _linked(grid)


def _linked(grid: pl.DataFrame) -> pl.DataFrame:
    rows = grid.select(pl.col("region").alias("parent"), "period", pl.col("_row").alias(UP))
    grid = grid.join(rows, on=["parent", "period"], how="left", maintain_order="left")
    for group, key, name in ((KIN, "region", CHILD), (TIER, "level", PEER)):
        firsts = grid.group_by(pl.col(group).alias(key), "period").agg(pl.col("_row").min().alias(name))
        grid = grid.join(firsts.drop_nulls(key), on=[key, "period"], how="left", maintain_order="left")
    return grid.drop("_row")


def _check(frame: pl.DataFrame) -> None:
    absent = [name for name in ("region", "period") if name not in frame.columns]
    if absent:
        raise ZhishuError(
            Problem(
                "engine-no-column",
                name,
                Text(f"面板缺列 {name}", f"the panel has no column {name}"),
                Text("每行给出 region 和 period（年）", "give region and period (a year) in every row"),
            )
            for name in absent
        )
    twice = (
        frame.filter(pl.struct("region", "period").is_duplicated()).select("region", "period").unique().sort("region")
    )
    if twice.height:
        region, period = twice.row(0)
        raise _problem(
            "engine-duplicate-row",
            f"{region} {period}",
            Text(f"{region} {period} 有两行", f"{region} {period} stands in two rows"),
            Text("每个地区每年一行", "give one row a region and year"),
        )


def _problem(code: str, where: str, what: Text, repair: Text) -> ZhishuError:
    return ZhishuError([Problem(code, where, what, repair)])
