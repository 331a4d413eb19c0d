"""Missing figures filled in (OECD/JRC Handbook 2008, step 3); every filled cell is told apart.

Nothing here is for official scores, where unknown is an answer.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.normalise import Direction, to_best
from zhishu.score.steps.shape import Column

Centre = Literal["mean", "median"]
Time = Literal["latest", "linear", "constant", "linear_constant"]
_CENTRES: dict[str, Callable[[Column], float]] = {
    "mean": lambda x: float(np.nanmean(x)),
    "median": lambda x: float(np.nanmedian(x)),
}


def by_centre(values: Column, how: Centre, groups: Sequence[str] | None = None) -> Column:
    """Return a column whose missing cells are the mean or median of the known ones, of their group if groups are given.

    A group without a known value stays missing.

    >>> by_centre(np.array([1.0, np.nan, 3.0]), "mean")
    array([1., 2., 3.])
    >>> by_centre(np.array([1.0, np.nan, 3.0]), "mean", ["a", "a", "b"])
    array([1., 1., 3.])
    """
    names = np.array(groups if groups is not None else [""] * len(values))
    found = values.copy()
    for group in np.unique(names):
        inside = names == group
        if not np.isnan(values[inside]).all():
            found[inside & np.isnan(values)] = _CENTRES[how](values[inside])
    return found


def by_row(table: NDArray[np.float64], how: Centre) -> NDArray[np.float64]:
    """Return a table (units, indicators) whose missing cells are the mean or median of the unit's other indicators.

    Only for indicators on one scale. A unit without any stays missing.
    """
    found = table.copy()
    for n, row in enumerate(table):
        if not np.isnan(row).all():
            found[n, np.isnan(row)] = _CENTRES[how](row)
    return found


def by_scaled_row(
    table: NDArray[np.float64], directions: Sequence[Direction], how: Centre, groups: Sequence[str] | None = None
) -> NDArray[np.float64]:
    """Return a table (units, indicators) whose missing cells stand where the unit's other indicators do on average.

    Of columns in units of their own: each is scaled from its worst to its best, the row's mean or median is taken, of
    the indicators of one group (``groups`` names that of each column) if groups are given, and turned back into the
    unit of the missing cell. A unit without any in the group stays missing, and so does a column of one value.

    >>> by_scaled_row(np.array([[0.0, 10.0], [4.0, 30.0], [1.0, np.nan]]), [1, -1], "mean")[2, 1]
    np.float64(25.0)
    """
    found = table.copy()
    scaled = np.full_like(table, np.nan)
    known = ~np.isnan(table)
    # a column of one value has no scale to stand on
    apart = [n for n in range(table.shape[1]) if len(np.unique(table[known[:, n], n])) > 1]
    for n in apart:
        scaled[:, n] = to_best(table[:, n], directions[n])
    names = np.array(groups if groups is not None else [""] * table.shape[1])
    filled = {group: by_row(scaled[:, names == group], how) for group in np.unique(names)}
    for n in apart:
        holes, column = ~known[:, n], table[known[:, n], n]
        worst, best = (column.min(), column.max())[:: directions[n]]
        position = filled[names[n]][:, int((names[:n] == names[n]).sum())]
        found[holes, n] = worst + position[holes] * (best - worst)
    return found


def over_time(values: Column, times: Column, way: Time) -> Column:
    """Return the figures of one unit by time with its gaps filled.

    ``latest``: the last known before it. ``linear``: on the line between the known before and after it, nothing outside
    them. ``constant``: the nearest earlier one between, ``linear_constant``: the line between; both carry the first and
    the last known outwards.

    >>> over_time(np.array([1.0, np.nan, 3.0, np.nan]), np.arange(4.0), "linear")
    array([ 1.,  2.,  3., nan])
    """
    known = ~np.isnan(values)
    if not known.any():
        return values.copy()
    at, seen = times[known], values[known]
    order = np.argsort(at)
    at, seen = at[order], seen[order]
    found = values.copy()
    for n in np.flatnonzero(~known):
        before = int(np.searchsorted(at, times[n])) - 1
        inside = 0 <= before < len(at) - 1
        if way == "latest":
            found[n] = seen[before] if before >= 0 else np.nan
        elif inside and way in ("linear", "linear_constant"):
            share = (times[n] - at[before]) / (at[before + 1] - at[before])
            found[n] = seen[before] + share * (seen[before + 1] - seen[before])
        elif inside:
            found[n] = seen[before]
        elif way != "linear":
            found[n] = seen[0] if before < 0 else seen[-1]
    return found
