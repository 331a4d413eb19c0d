"""What a column looks like before it is used (OECD/JRC Handbook 2008, step 3): how much is known, where it lies, its form."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.shape import Column, is_even, kurtosis, skewness


@dataclass(frozen=True, slots=True)
class Described:
    """One column of ``units`` cells: of the ``known`` ones the least, greatest, mean, median, sample standard deviation,
    skewness and kurtosis, how many are not zero, how many values there are, and how often the commonest stands.

    NaN for what so few figures do not have. ``even`` as ``shape.is_even``: False where outliers need a look.
    """

    units: int
    known: int
    least: float
    most: float
    mean: float
    median: float
    spread: float
    skew: float
    kurt: float
    nonzero: int
    distinct: int
    same: int
    even: bool


def describe(values: Column) -> Described:
    """Return the description of a column (units,).

    >>> found = describe(np.array([0.0, 2.0, 2.0, np.nan]))
    >>> found.known, found.median, round(found.spread, 4), found.nonzero, found.distinct, found.same
    (3, 2.0, 1.1547, 2, 2, 2)
    """
    known = values[~np.isnan(values)]
    _, times = np.unique(known, return_counts=True)
    nothing = float("nan")
    there = bool(len(known))
    return Described(
        len(values),
        len(known),
        float(known.min()) if there else nothing,
        float(known.max()) if there else nothing,
        float(known.mean()) if there else nothing,
        float(np.median(known)) if there else nothing,
        float(known.std(ddof=1)) if len(known) > 1 else nothing,
        skewness(values),
        kurtosis(values),
        int((known != 0).sum()),
        len(times),
        int(times.max()) if there else 0,
        # too few figures to have a form are not uneven
        is_even(values) or bool(np.isnan(skewness(values))),
    )


def by_group(values: Column, groups: Sequence[str]) -> dict[str, Described]:
    """Return the description of each group, in the order in which they come. Raises ValueError for another number of
    groups than figures.

    >>> found = by_group(np.array([1.0, 3.0, 8.0]), ["甲", "甲", "乙"])
    >>> found["甲"].mean, found["乙"].known
    (2.0, 1)
    """
    if len(groups) != len(values):
        raise ValueError(f"{len(groups)} groups of {len(values)} figures")
    names = np.array(groups)
    return {g: describe(values[names == g]) for g in dict.fromkeys(groups)}
