"""Figures of several years: gaps filled along each unit's own years, treated and screened year by year, scaled together.

A panel is an array (…, years, units). One minimum and one maximum of all years set a scale, so that scores of two years
can be compared; what is done about outliers and missing units is decided within each year.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.impute import Time, over_time
from zhishu.score.steps.shape import uneven
from zhishu.score.steps.treat import log_of_range


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell (year, unit; places) that was filled: the value, and the years (places) it was taken from, one or two."""

    year: int
    unit: int
    value: float
    sources: tuple[int, ...]


def fill(values: Array, times: Array, way: Time, there: NDArray[np.bool_] | None = None) -> tuple[Array, list[Taken]]:
    """Return a column (years, units) with the gaps of each unit filled over its years as ``over_time`` does, and every
    cell that was filled. Cells that are not ``there`` (a unit without a row in a year) stay missing.

    >>> fill(np.array([[1.0, 5.0], [np.nan, np.nan], [3.0, np.nan]]), np.array([2018.0, 2019.0, 2020.0]), "linear")[0]
    array([[ 1.,  5.],
           [ 2., nan],
           [ 3., nan]])
    """
    found, taken = values.copy(), []
    gaps = np.isnan(values) if there is None else np.isnan(values) & there
    for unit in np.flatnonzero(gaps.any(axis=0)):
        filled = over_time(values[:, unit], times, way)
        known = np.flatnonzero(~np.isnan(values[:, unit]))
        for year in np.flatnonzero(gaps[:, unit] & ~np.isnan(filled)):
            found[year, unit] = filled[year]
            sources = _sources(known, times, int(year), way)
            taken.append(Taken(int(year), int(unit), float(filled[year]), sources))
    return found, taken


def screen(columns: list[Array], least: float) -> NDArray[np.bool_]:
    """Return which units stay in which year, (years, units): those of which at least a share of the columns is known.

    >>> screen([np.array([[1.0, np.nan]]), np.array([[2.0, 3.0]])], 0.6)
    array([[ True, False]])
    """
    return np.asarray((~np.isnan(np.stack(columns))).mean(axis=0) >= least)


def treated(values: Array, most: int) -> Array:
    """Return a column (…, years, units) with the outliers of each year drawn in, by at most ``most`` cells a year.

    Where that does not help in one year, the logarithm of the original takes its place in all of them: years on two
    scales could not be compared.

    >>> treated(np.array([[1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0], [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0]]), 5)[0]
    array([1., 2., 2., 3., 3., 4., 4.])
    """
    found = values.copy()
    panels, out = values.reshape(-1, *values.shape[-2:]), found.reshape(-1, *values.shape[-2:])
    lopsided, _ = uneven(panels)
    drawn, passes = _winsorised(panels[lopsided], most)
    out[lopsided] = drawn
    helped = np.ones_like(lopsided)
    helped[lopsided] = passes
    for n in np.flatnonzero(~helped.all(axis=-1)):
        out[n] = log_of_range(panels[n])
    return found


def _winsorised(rows: Array, most: int) -> tuple[Array, NDArray[np.bool_]]:
    """Return each row (rows, units) as ``winsorise`` gives it, all at once, and whether it passes then."""
    low, high = (f.reduce(rows, axis=-1, initial=np.nan)[:, None] for f in (np.fmin, np.fmax))
    passes, todo = np.zeros(len(rows), dtype=np.bool_), np.arange(len(rows))
    while len(todo):
        values = rows[todo]
        fails, skew = uneven(np.clip(values, low[todo], high[todo]))
        alike = (low[todo] == high[todo])[:, 0]
        passes[todo] = ~fails & ~alike
        touched = ((values > high[todo]) | (values < low[todo])).sum(axis=-1)
        going = fails & (touched < most)
        todo, down, values = todo[going], skew[going] >= 0, values[going]
        # one step: the values at one end become the next ones
        under = np.fmax.reduce(np.where(values < high[todo], values, np.nan), axis=-1)
        over = np.fmin.reduce(np.where(values > low[todo], values, np.nan), axis=-1)
        high[todo, 0] = np.where(down, under, high[todo, 0])
        low[todo, 0] = np.where(down, low[todo, 0], over)
    return np.clip(rows, low, high), passes


def _sources(known: NDArray[np.int64], times: Array, year: int, way: Time) -> tuple[int, ...]:
    """Return the years (places) a gap is filled from: the two around it on a line, else the nearest that counts."""
    before = [int(n) for n in known if times[n] < times[year]]
    after = [int(n) for n in known if times[n] > times[year]]
    nearest = max(before, key=lambda n: times[n], default=None), min(after, key=lambda n: times[n], default=None)
    if nearest[0] is not None and nearest[1] is not None and way in ("linear", "linear_constant"):
        return nearest[0], nearest[1]
    return tuple(n for n in nearest if n is not None)[:1]
