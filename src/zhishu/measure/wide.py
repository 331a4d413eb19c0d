"""Measuring whole panels at once: the figures of a grid as a table, and every indicator over it."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from zhishu.data import family
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.engine import run_panel, years_read
from zhishu.formula.tree import names
from zhishu.measure.scope import Grid
from zhishu.terms import Text
from zhishu.units import parse_unit


def wide(grid: Grid, series: Iterable[str], years: Iterable[int]) -> pl.DataFrame:
    """Return one row a region and year with the figures of some series in base units, as ``run_panel`` reads them.

    Each series has its value, the run it stands in and, where the value is null, the reason.
    """
    codes = sorted(grid.regions.by_code)
    asked = sorted(set(years))
    cells = [(code, year) for code in codes for year in asked]
    places = [grid.regions.by_code[code] for code, _ in cells]
    force = [place.valid(date(year, 12, 31)) for place, (_, year) in zip(places, cells, strict=True)]
    columns = {
        "region": pl.Series([code for code, _ in cells], dtype=pl.String),
        "period": pl.Series([year for _, year in cells], dtype=pl.Int64),
        "parent": pl.Series([place.parent for place in places], dtype=pl.String),
        "level": pl.Series([place.level for place in places], dtype=pl.String),
        "in_force": pl.Series(force, dtype=pl.Boolean),
    }
    for name in sorted(set(series)):
        columns |= _columns(grid, name, codes, [str(year) for year in asked])
    return pl.DataFrame(columns)


def _columns(grid: Grid, name: str, codes: list[str], periods: list[str]) -> dict[str, pl.Series]:
    values: list[float | None] = []
    runs: list[str | None] = []
    whys: list[str | None] = []
    factors: dict[str, float] = {}
    for code in codes:
        held = grid.figures(name, code)
        for period in periods:
            found = held.get(period, ())
            if len(found) == 1:
                o = found[0]
                if o.unit not in factors:
                    factors[o.unit] = float(parse_unit(o.unit).factor)
                values.append(o.value.numerator / o.value.denominator * factors[o.unit])
            else:
                values.append(None)
            whys.append(None if len(found) == 1 else "conflict" if found else "missing")
            runs.append(found[0].run if found else None)
    return {
        name: pl.Series(values, dtype=pl.Float64),
        f"{name}__run": pl.Series(runs, dtype=pl.String),
        f"{name}__why": pl.Series(whys, dtype=pl.String),
    }


def measure_wide(grid: Grid, indicators: Iterable[str], years: Iterable[int]) -> pl.DataFrame:
    """Return region, period and, for each indicator, its value, ``__why`` and ``__run``, for every region.

    For maps, rankings and large panels: 64-bit floats within 1e-9 of what ``measure`` gives exactly, the same
    unknowns for the same reasons. A displayed official figure comes from ``measure``.
    Raises ZhishuError ``indicator-unknown`` and what ``run_panel`` raises.
    """
    asked, wanted = sorted(set(indicators)), sorted(set(years))
    _refuse_unknown(grid, asked)
    needed = _needed(grid, asked)
    formulas = {name: grid.indicators[name].node for name in sorted(needed) if name in grid.indicators}
    looked = years_read(formulas, wanted[0], wanted[-1]) if wanted else range(0)
    result = run_panel(formulas, wide(grid, needed - formulas.keys(), looked), family)
    columns = [f"{name}{end}" for name in asked for end in ("", "__why", "__run")]
    return result.filter(pl.col("period").is_in(wanted)).select("region", "period", *columns)


def _needed(grid: Grid, asked: list[str]) -> set[str]:
    """Return the asked indicators and every indicator and series that they read."""
    needed, open_names = set(asked), list(asked)
    while open_names:
        name = open_names.pop()
        more = names(grid.indicators[name].node) - needed if name in grid.indicators else frozenset()
        needed |= more
        open_names += more
    return needed


def _refuse_unknown(grid: Grid, asked: list[str]) -> None:
    unknown = [name for name in asked if name not in grid.indicators]
    if unknown:
        raise ZhishuError(
            Problem(
                "indicator-unknown",
                name,
                Text(f"没有指标 {name}", f"there is no indicator {name}"),
                did_you_mean(name, grid.indicators),
            )
            for name in unknown
        )
