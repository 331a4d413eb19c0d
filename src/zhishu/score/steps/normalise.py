"""Columns on one scale (OECD/JRC Handbook 2008, step 5).

Parameters are given in the unit of the indicator; the direction, 1 where more is better and −1 where less is, is applied
to them as to the values. More is better on every scale that comes out, and missing stays missing.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.shape import Column

Direction = Literal[1, -1]
Ties = Literal["min", "max", "average", "first"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a scale runs between, in the unit of the indicator, and the units (places) that set it, if units did."""

    low: float
    high: float
    low_at: int | None = None
    high_at: int | None = None


def bounds_of(values: Column) -> Bounds:
    """Return the least and the greatest value and the first units that have them. Raises ValueError without any."""
    return Bounds(
        float(np.nanmin(values)), float(np.nanmax(values)), int(np.nanargmin(values)), int(np.nanargmax(values))
    )


def minmax(values: Column, direction: Direction, low: float = 0, high: float = 100) -> Column:
    """Return ``low`` for the worst to ``high`` for the best; NaN where all are equal. Many columns (…, units) at once.

    >>> minmax(np.array([1.0, 3.0, 2.0]), -1)
    array([100.,   0.,  50.])
    """
    turned = values * direction
    least = np.nanmin(turned, axis=-1, keepdims=True)
    width = np.nanmax(turned, axis=-1, keepdims=True) - least
    # a width of nothing is made unknown before anything is divided by it
    return np.asarray((turned - least) / np.where(width == 0, np.nan, width) * (high - low) + low)


def zscore(values: Column, direction: Direction, mean: float = 0, spread: float = 1, sample: bool = True) -> Column:
    """Return (x − mean) / standard deviation, moved to a mean and spread of one's choice; the deviation is that of a
    sample (n − 1), or with ``sample`` False of the units themselves (n). Many columns (…, units) at once.


    >>> zscore(np.array([1.0, 2.0, 3.0]), 1)
    array([-1.,  0.,  1.])
    """
    turned = values * direction
    known = (~np.isnan(turned)).sum(axis=-1, keepdims=True)
    apart = turned - np.nanmean(turned, axis=-1, keepdims=True)
    # equal values have no spread, whatever rounding leaves of it
    equal = np.nanmax(turned, axis=-1, keepdims=True) == np.nanmin(turned, axis=-1, keepdims=True)
    deviation = np.sqrt(np.nansum(apart**2, axis=-1, keepdims=True) / np.where(equal, np.nan, known - int(sample)))
    return np.asarray(apart / np.where(deviation > 0, deviation, np.nan) * spread + mean)


def rank_points(values: Column, direction: Direction, ties: Ties = "min") -> Column:
    """Return 1 for the worst up to n for the best; ties share the lowest, the highest or the mean of their places, or
    stand in the order given (``first``).

    >>> rank_points(np.array([5.0, 9.0, 5.0]), 1), rank_points(np.array([5.0, 9.0, 5.0]), 1, "average")
    (array([1., 3., 1.]), array([1.5, 3. , 1.5]))
    """
    turned = values * direction
    known = turned[~np.isnan(turned)]
    _, place, count = np.unique(known, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    first = last - count + 1
    found = np.full_like(values, np.nan)
    if ties == "first":
        found[np.flatnonzero(~np.isnan(turned))[np.argsort(known, kind="stable")]] = np.arange(1.0, len(known) + 1)
        return found
    points = {"min": first, "max": last, "average": (first + last) / 2}[ties]
    found[~np.isnan(turned)] = points[place]
    return found


def borda(values: Column, direction: Direction) -> Column:
    """Return how many units each is ahead of, ties counting for neither: rank points less one."""
    return rank_points(values, direction) - 1


def percentile(values: Column, direction: Direction) -> Column:
    """Return the share of the other units each is ahead of, 0 to 1; NaN for a single unit."""
    known = int((~np.isnan(values)).sum())
    return borda(values, direction) / (known - 1) if known > 1 else np.full_like(values, np.nan)


def to_best(values: Column, direction: Direction) -> Column:
    """Return 1 less the distance to the best over the whole range: min-max from 0 to 1."""
    return minmax(values, direction, 0, 1)


def to_reference(values: Column, direction: Direction, reference: float, cap: bool = False) -> Column:
    """Return the distance from the worst over that of a reference value: 0 at the worst, 1 at the reference.

    ``cap`` keeps those beyond it at 1. NaN where the worst unit has reached the reference.
    """
    turned, wanted = values * direction, reference * direction
    way = wanted - np.nanmin(turned)
    if not way > 0:
        return np.full_like(values, np.nan)
    # from the worst up: one less the distance from above would lose the figures of whoever stands close to it
    found = (turned - np.nanmin(turned)) / way
    return np.minimum(found, 1) if cap else found


def of_best(values: Column, direction: Direction) -> Column:
    """Return x over the greatest, of values turned to their direction."""
    turned = values * direction
    most = np.nanmax(turned)
    return turned / most if most != 0 else np.full_like(values, np.nan)


def goalposts(
    values: Column, direction: Direction, low: float, high: float, scale: float = 1, cut: bool = True
) -> Column:
    """Return 0 at the lower post to ``scale`` at the upper, both in the unit of the indicator; beyond them cut off.

    With direction −1 the lower post is best. Raises ValueError for posts that do not stand apart.

    >>> goalposts(np.array([0.0, 5.0, 20.0]), -1, 0, 10)
    array([1. , 0.5, 0. ])
    """
    if not low < high:
        raise ValueError(f"goalposts {low} and {high}")
    share = (values - low) / (high - low)
    share = 1 - share if direction == -1 else share
    return (np.clip(share, 0, 1) if cut else share) * scale


def scaled(values: Column, direction: Direction, low: float, high: float, scale: float = 100) -> Column:
    """Return ``goalposts`` that nothing is cut off at."""
    return goalposts(values, direction, low, high, scale, cut=False)
