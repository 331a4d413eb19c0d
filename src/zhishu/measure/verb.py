"""Measuring: a value per region and period, or why there is none."""

from collections.abc import Iterable

from zhishu.logic import Unknown
from zhishu.measure.reading import Reading
from zhishu.measure.scope import Grid
from zhishu.terms import weakest


def measure(grid: Grid, indicator: str, regions: Iterable[str], years: Iterable[int]) -> tuple[Reading, ...]:
    """Return the readings of an indicator or a series, by region and year.

    Values are exact and in base units; the panel of the grid decides what was known (``Panel.as_of``). A
    derived figure is never graded above its weakest input.
    """
    found = []
    for region in sorted(set(regions)):
        for year in sorted(set(years)):
            value, inputs = grid.cell(indicator, region, year)
            runs = tuple(sorted({o.run for o in inputs}))
            grade = "none" if isinstance(value, Unknown) else weakest(tuple(o.confidence for o in inputs))
            known_on = max((o.known_on for o in inputs), default=None)
            assumed = sum(o.assumed for o in inputs)
            found.append(Reading(indicator, region, str(year), value, runs, grade, known_on, assumed, inputs))
    return tuple(found)
