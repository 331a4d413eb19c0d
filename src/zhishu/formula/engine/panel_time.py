"""Looking along the years of a region: lag, change, growth, since, and windows of years."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import polars as pl

from zhishu.formula.engine.arithmetic import divide, subtract
from zhishu.formula.engine.panel_grid import POSITION, START
from zhishu.formula.engine.panel_reads import Condition, Place, Read, Reads, any_of, breaks, merged, moved
from zhishu.formula.engine.panel_steps import Cells, PanelSteps
from zhishu.formula.engine.part import NOTHING, literal


def broken(cells: Cells, conditions: Sequence[Condition], steps: PanelSteps) -> Cells:
    """Return cells made unknown as a break where one of the conditions holds, whatever else is unknown."""
    if not conditions:
        return cells
    condition, level = any_of(conditions, cells.level)
    bad = pl.col(steps.put_window(condition, level))
    level += 1
    value = steps.put_window(pl.when(~bad).then(pl.col(cells.value)), level)
    held = pl.lit(None, pl.String) if cells.why is None else pl.col(cells.why)
    why = steps.put_window(pl.when(bad).then(pl.lit("break")).otherwise(held), level)
    scale = None if cells.scale is None else steps.put_window(pl.col(cells.scale), level)
    return Cells(cells.kind, value, why, scale, level + 1, cells.reads)


def back(cells: Cells, years: int, steps: PanelSteps) -> Cells:
    """Return the cells so many years earlier."""

    def column(name: str) -> str:
        return steps.put_window(_back(name, years), cells.level)

    return _carried(cells, column, lambda p: p if p.fixed else Place(p.region, p.year - years, False))


def at_year(cells: Cells, year: int, first: int, steps: PanelSteps) -> Cells:
    """Return the cells of a given year."""

    def column(name: str) -> str:
        return steps.put_window(pl.col(name).gather(pl.col(START) + (year - first)), cells.level)

    return _carried(cells, column, lambda p: p if p.fixed else Place(p.region, year + p.year, True))


def _carried(cells: Cells, column: Callable[[str], str], place: Callable[[Place], Place]) -> Cells:
    why = None if cells.why is None else column(cells.why)
    scale = None if cells.scale is None else column(cells.scale)
    level = cells.level + 1
    return Cells(cells.kind, column(cells.value), why, scale, level, moved(cells.reads, place, column, level))


def _back(name: str, years: int) -> pl.Expr:
    """Return a column so many rows up, null where those rows are another region's."""
    if years == 0:
        return pl.col(name)
    # the grid is padded as far as any formula looks, so the null is never seen in an answer
    inside = pl.col(POSITION) >= years if years > 0 else pl.col(POSITION) < pl.col(POSITION).max() + 1 + years
    return pl.when(inside).then(pl.col(name).shift(years))


def against(function: str, now: Cells, before: Cells, steps: PanelSteps) -> Cells:
    """Return the change or growth from one year to another; unknown where a series stands in two runs."""
    a, b = now.part(), before.part()
    if function == "growth":
        ratio = steps.keep(divide(a, b), {}).part()
        part = subtract(ratio, literal(Fraction(1)))
    else:
        part = subtract(a, b)
    both = merged(before.reads, now.reads, steps.put_window)
    return broken(steps.keep(part, both), breaks(before.reads, now.reads), steps)


def window(function: str, cells: Cells, years: int, least: int, steps: PanelSteps) -> Cells:
    """Return the sum or mean of the last years; unknown if fewer than ``least`` of them are known."""
    off = steps.put_window(cells.off(), cells.level)
    value = [_back(cells.value, k) for k in range(years)]
    total = steps.put_window(pl.sum_horizontal(value), cells.level)
    known = steps.put_window(pl.sum_horizontal(e.is_not_null().cast(pl.Int32) for e in value), cells.level)
    scale = steps.put_window(pl.sum_horizontal(_back(off, k) for k in range(years)), cells.level + 1)
    reads, conditions = _window_reads(cells.reads, years, cells.level, steps)
    level = cells.level + 2
    count = pl.col(known)
    short = count < least
    tiny = pl.col(total).abs() <= pl.col(scale) * NOTHING
    result = pl.when(tiny).then(pl.lit(0.0)).otherwise(pl.col(total))
    size = pl.col(scale)
    if function == "mean_years":
        result, size = result / count, size / count
    found = Cells(
        "number",
        steps.put_window(pl.when(~short).then(result), level),
        steps.put_window(pl.when(short).then(pl.lit("short_window")), level),
        steps.put_window(pl.when(~short).then(size), level),
        level + 1,
        reads,
    )
    return broken(found, conditions, steps)


def _window_reads(reads: Reads, years: int, level: int, steps: PanelSteps) -> tuple[Reads, list[Condition]]:
    """Return what a window read, and the conditions under which a series stands in two runs within it."""
    found: dict[tuple[Place, str], Read] = {}
    by_series: dict[str, list[Read]] = {}
    for (place, series), read in reads.items():
        for k in range(years):
            lowest = steps.put_window(_back(read.lowest, k), level)
            highest = lowest if read.highest == read.lowest else steps.put_window(_back(read.highest, k), level)
            shifted = place if place.fixed else Place(place.region, place.year - k, False)
            found[shifted, series] = Read(lowest, highest, None, level + 1)
            by_series.setdefault(series, []).append(found[shifted, series])
    conditions = [
        (pl.min_horizontal(*(r.lowest for r in held)) != pl.max_horizontal(*(r.highest for r in held)), level + 1)
        for held in by_series.values()
    ]
    return found, conditions
