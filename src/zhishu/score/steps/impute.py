"""Missing figures filled in (OECD/JRC Handbook 2008, step 3); every filled cell is told apart.

Nothing here is for official scores, where unknown is an answer.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
