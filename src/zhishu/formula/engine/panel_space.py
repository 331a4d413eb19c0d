"""Looking across the regions of a year: the one above, those below, those beside."""

from collections.abc import Callable

import narwhals as nw
import numpy as np
import polars as pl

from zhishu.formula.engine.arithmetic import divide
from zhishu.formula.engine.panel_grid import CHILD, KIN, PEER, TIER, UP, Runs
from zhishu.formula.engine.panel_reads import (
    Place,
    Read,
    Reads,
    Where,
    any_of,
    clashes,
    inner_clashes,
    masked,
    merged,
    moved,
)
from zhishu.formula.engine.panel_steps import Cells, PanelSteps
from zhishu.formula.engine.panel_time import broken
from zhishu.formula.engine.part import NOTHING, TOLERANCE, Part, null, typed

_ABOVE: dict[Where, Where] = {"here": "parent"}


def region_above(cells: Cells, steps: PanelSteps) -> Cells:
    """Return the cells of the region above; missing where there is none."""

    def column(name: str) -> str:
        return steps.put_window(pl.col(name).gather(pl.col(UP)), cells.level)

    value = column(cells.value)
    scale = None if cells.scale is None else column(cells.scale)
    held = pl.lit(None, pl.String) if cells.why is None else pl.col(column(cells.why))
    reads = moved(
        cells.reads, lambda p: Place(_ABOVE.get(p.region, "elsewhere"), p.year, p.fixed), column, cells.level + 1
    )
    level = cells.level + 1
    why = steps.put_window(pl.when(pl.col(UP).is_null()).then(pl.lit("missing")).otherwise(held), level)
    return Cells(cells.kind, value, why, scale, level + 1, reads)


def share(mine: Cells, above: Cells, steps: PanelSteps) -> Cells:
    """Return mine as a share of the region above."""
    return steps.keep(divide(mine.part(), above.part()), merged(above.reads, mine.reads, steps.put_window))


def placed(cells: Cells, steps: PanelSteps) -> Cells:
    """Return cells made unknown where the region has no place among the others."""
    kind = cells.kind or "number"
    lost = nw.col("level").is_null()
    held = nw.lit(None, dtype=nw.String) if cells.why is None else nw.col(cells.why)
    part = Part(
        kind,
        nw.when(~lost).then(typed(cells.part(), kind).value),
        nw.when(lost).then(nw.lit("not_found", dtype=nw.String)).otherwise(held),
        None if cells.scale is None else nw.col(cells.scale),
        level=cells.level,
    )
    return steps.keep(part, cells.reads)


def pooled(cells: Cells, where: Where, mean: bool, steps: PanelSteps) -> Cells:
    """Return the sum or mean over the regions below or beside; unknown if one of them is."""
    group, row = (KIN, CHILD) if where == "children" else (TIER, PEER)

    def over(expression: pl.Expr) -> str:
        inner = steps.put_window(expression.over(group, "period"), cells.level + 1)
        return steps.put_window(pl.col(inner).gather(pl.col(row)), cells.level + 2)

    total = pl.col(over(pl.col(cells.value).sum()))
    size = pl.col(over(cells.off().sum()))
    count = pl.col(over(pl.len()))
    known = pl.col(over(pl.col(cells.value).count()))
    level = cells.level + 3
    value = pl.when(total.abs() <= size * NOTHING).then(pl.lit(0.0)).otherwise(total)
    if mean:
        value, size = value / count, size / count
    return Cells(
        "number",
        steps.put_window(pl.when(known == count).then(value), level),
        _pooled_why(cells, row, over, level, steps),
        steps.put_window(size, level),
        level + 1,
        _pooled_reads(cells.reads, where, over, level, steps),
    )


def _pooled_why(cells: Cells, row: str, over: Callable[[pl.Expr], str], level: int, steps: PanelSteps) -> str:
    """Return the reason of the first region, by code, that is unknown; empty where there is no region."""
    why = pl.lit(None, pl.String) if cells.why is None else pl.col(over(pl.col(cells.why).drop_nulls().first()))
    return steps.put_window(pl.when(pl.col(row).is_null()).then(pl.lit("empty")).otherwise(why), level)


def _pooled_reads(reads: Reads, where: Where, over: Callable[[pl.Expr], str], level: int, steps: PanelSteps) -> Reads:
    found: dict[tuple[Place, str], Read] = {}
    for (place, series), read in reads.items():
        pool: Where = where if place.region == "here" else "elsewhere"
        inner = read.lowest if place.region == "here" else None
        lowest, highest = over(pl.col(read.lowest).min()), over(pl.col(read.highest).max())
        found[Place(pool, place.year, place.fixed), series] = Read(lowest, highest, inner, level)
    if where == "peers":
        # the region itself is one of those beside it
        own = {key: read for key, read in reads.items() if key[0].region == "here"}
        found |= masked(own, pl.col(TIER).is_not_null(), level - 1, steps.put_window)
    return found


def ranked(mine: Cells, pool: Cells, steps: PanelSteps) -> Cells:
    """Return the rank among the regions beside, 1 for the largest; ties share the better rank.

    ``pool`` is their sum: it is unknown, with the reason, where one of them is.
    """
    level = max(mine.level, pool.level)
    rows = pl.struct(pl.col(mine.value).alias("value"), mine.off().alias("off"), "level", TIER, "period")
    place = steps.put_window(rows.map_batches(_ranks, return_dtype=pl.Float64), level)
    whys = [nw.col(w) for w in (mine.why, pool.why) if w is not None]
    why = nw.coalesce(*whys) if whys else None
    rank = nw.col(place) if why is None else nw.when(why.is_null()).then(nw.col(place)).otherwise(null("number"))
    return steps.keep(Part("number", rank, why, level=level + 1), merged(pool.reads, mine.reads, steps.put_window))


def _ranks(rows: pl.Series) -> pl.Series:
    """Return, for each row, one more than the number of rows of its level in force that are surely larger."""
    frame = rows.struct.unnest()
    value = frame["value"].fill_null(float("nan")).to_numpy()
    edge = value + 2 * TOLERANCE * frame["off"].fill_null(0.0).to_numpy()
    found = np.full(len(value), np.nan)
    groups = frame.select("level", "period").with_row_index("row").group_by("level", "period").agg("row")
    in_force = frame[TIER].is_not_null().to_numpy()
    for members in groups["row"]:
        index = members.to_numpy()
        beside = np.sort(value[index[in_force[index]]])
        beside = beside[~np.isnan(beside)]
        found[index] = len(beside) - np.searchsorted(beside, edge[index], side="right") + 1
    return pl.Series(found, dtype=pl.Float64)


def compared(cells: Cells, held: Reads, runs: Runs, steps: PanelSteps) -> Cells:
    """Return cells made unknown where what they read cannot stand beside what was read before in one formula."""
    conditions = clashes(cells.reads, held, runs)
    for where, group, row in (("children", KIN, CHILD), ("peers", TIER, PEER)):
        inner = inner_clashes({k: r for k, r in cells.reads.items() if k[0].region == where}, held, runs)
        if inner:
            condition, level = any_of(inner, cells.level)
            below = steps.put_window(condition, level)
            pool = steps.put_window(pl.col(below).any().over(group, "period"), level + 1)
            whole = steps.put_window(pl.col(pool).gather(pl.col(row)), level + 2)
            conditions.append((pl.col(whole), level + 3))
    return broken(cells, conditions, steps)
