"""How lopsided and how peaked a column is (OECD/JRC Handbook 2008, section 5.1): when outliers have to be treated."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Column = NDArray[np.float64]
Mean = Callable[[Array, Array], Array]
"""What makes one of many: a table (…, units, indicators) and weights that broadcast over it to scores (…, units)."""
SKEW, KURTOSIS = 2.0, 3.5
"""The usual limits: a column fails where both are passed."""
_ROUNDING = 1e-12
"""What misses a limit by so small a share of it has reached it: three equal values and one other have a skewness of 2."""


def skewness(values: Column) -> float:
    """Return the adjusted Fisher-Pearson skewness G1; NaN for fewer than three values or none that differ.

    Source: Joanes and Gill 1998, doi:10.1111/1467-9884.00122.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    1.763633
    """
    apart = _apart(values, 3)
    if apart is None:
        return float("nan")
    n = len(apart)
    second = float((apart**2).sum())
    return float(np.sqrt(n) * (apart**3).sum() / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Column) -> float:
    """Return the excess kurtosis G2; NaN for fewer than four values or none that differ.

    Source: Joanes and Gill 1998, doi:10.1111/1467-9884.00122.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    3.228
    """
    apart = _apart(values, 4)
    if apart is None:
        return float("nan")
    n = len(apart)
    second = float((apart**2).sum())
    ratio = n * float((apart**4).sum()) / second**2
    return ((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def is_even(values: Column, skew: float = SKEW, kurt: float = KURTOSIS) -> bool:
    """Return whether a column needs no treatment: its skewness or its kurtosis lies below the limit."""
    near = 1 - _ROUNDING
    return bool(abs(skewness(values)) < skew * near or kurtosis(values) < kurt * near)


def uneven(values: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which rows of a table (…, units) pass both usual limits, and the skewness of each: all rows at once. Rows
    without a skewness pass none.

    >>> uneven(np.array([[1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0], [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0]]))[0]
    array([ True, False])
    """
    missing = np.isnan(values)
    n = (~missing).sum(axis=-1).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.where(missing, 0.0, values)
        apart -= (apart.sum(axis=-1) / n)[..., None]
        apart[missing] = 0.0
        # over the largest of them, so that no power of them vanishes; equal values have none, whatever rounding leaves
        alike = np.fmax.reduce(values, axis=-1) == np.fmin.reduce(values, axis=-1)
        apart /= np.where(alike, np.nan, np.abs(apart).max(axis=-1))[..., None]
        squares = apart * apart
        second = squares.sum(axis=-1)
        skew = np.sqrt(n) * (squares * apart).sum(axis=-1) / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
        kurt = ((n + 1) * (n * (squares * squares).sum(axis=-1) / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
        skew = np.where(n > 2, skew, np.nan)
        near = 1 - _ROUNDING
        return (np.abs(skew) >= SKEW * near) & ~(kurt < KURTOSIS * near), skew


def _apart(values: Column, least: int) -> Column | None:
    """Return the deviations of the known values from their mean over the largest of them, so that no power of them
    vanishes; None for fewer than ``least`` or where all are equal."""
    known = values[~np.isnan(values)]
    if len(known) < least:
        return None
    apart = known - known.mean()
    most = float(np.abs(apart).max())
    return apart / most if most > 0 and (known != known[0]).any() else None
