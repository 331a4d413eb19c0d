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
    return bool(abs(skewness(values)) < skew or kurtosis(values) < kurt)


def _apart(values: Column, least: int) -> Column | None:
    """Return the deviations of the known values from their mean over the largest of them, so that no power of them
    vanishes; None for fewer than ``least`` or where all are equal."""
    known = values[~np.isnan(values)]
    if len(known) < least:
        return None
    apart = known - known.mean()
    most = float(np.abs(apart).max())
    return apart / most if most > 0 and (known != known[0]).any() else None
