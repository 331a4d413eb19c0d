"""Outliers drawn in (OECD/JRC Handbook 2008, section 5.1): Winsorised, else on a logarithmic scale; every cell told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.shape import KURTOSIS, SKEW, Column, is_even, skewness

Way = Literal["none", "winsorised", "transformed", "unhelped"]


@dataclass(frozen=True, slots=True)
class Treated:
    """A column after treatment: its values, how, and the places that changed.

    ``unhelped``: neither way brought the column below the limits; it stands as the last way left it.
    """

    values: Column
    way: Way
    touched: tuple[int, ...]


def winsorise(values: Column, most: int, skew: float = SKEW, kurt: float = KURTOSIS, force: bool = False) -> Column:
    """Return a column whose outermost values are set to the next ones, one end and one step at a time, until it passes
    or ``most`` cells are set. Ties are set together, so that more may be; missing cells stay missing. ``force`` goes on
    to ``most`` though it passes.

    >>> winsorise(np.array([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0]), 5)
    array([1., 2., 2., 3., 3., 4., 4.])
    """
    found = values.copy()
    known = ~np.isnan(found)
    while int((found != values)[known].sum()) < most and (force or not is_even(found, skew, kurt)):
        distinct = np.unique(found[known])
        if len(distinct) < 2:
            break
        if skewness(found) >= 0:
            found[known & (found == distinct[-1])] = distinct[-2]
        else:
            found[known & (found == distinct[0])] = distinct[1]
    return found


def log_of_range(values: Column) -> Column:
    """Return log(x − min + a) with a = 1 % of the range, whatever the skew.

    >>> log_of_range(np.array([0.0, 100.0])).round(4)
    array([0.    , 4.6151])
    """
    low, width = _range(values)
    return np.log(values - low + 0.01 * width)


def log_by_skew(values: Column) -> Column:
    """Return ``log_of_range`` of a column skewed upwards, and −log(max + a − x) of one skewed downwards."""
    low, width = _range(values)
    if skewness(values) > 0:
        return np.log(values - low + 0.01 * width)
    return -np.log(low + width + 0.01 * width - values)


def log_from_one(values: Column) -> Column:
    """Return log(x) where all are positive, else log(x − min + 1)."""
    low, _ = _range(values)
    return np.log(values - low + 1)


def log_scaled(values: Column, factor: float = 1.0) -> Column:
    """Return log(x') of x' that runs from 1 to max·factor: log((max·factor − 1)(x − min) / (max − min) + 1) of a column
    skewed upwards, and of one skewed downwards its mirror, −log((max·factor − 1)(max − x) / (max − min) + 1).

    The logarithm of the Global Innovation Index (technical notes, outliers), mirrored so that the order of the units
    stays. Raises ValueError where max·factor is not above 1: the order would turn round or vanish.

    >>> log_scaled(np.array([0.0, 1.0, 10.0])).round(4)
    array([0.    , 0.6419, 2.3026])
    """
    low, width = _range(values)
    top = (low + width) * factor
    if not top > 1:
        raise ValueError(f"the greatest value times the factor is {top:g}, not above 1")
    if width == 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    if skewness(values) < 0:
        return -np.log((top - 1) * (low + width - values) / width + 1)
    return np.log((top - 1) * (values - low) / width + 1)


def box_cox(values: Column, power: float, shift: bool = False) -> Column:
    """Return (x^λ − 1) / λ, the logarithm for λ = 0; ``shift`` moves the column to begin at 1 first.

    Raises ValueError where a value is not above zero. Source: Box and Cox 1964.

    >>> box_cox(np.array([1.0, 4.0]), 0.5)
    array([0., 2.])
    """
    moved = values - _range(values)[0] + 1 if shift else values
    if np.nanmin(moved) <= 0:
        raise ValueError("Box-Cox needs values above zero")
    return np.log(moved) if power == 0 else (moved**power - 1) / power


TRANSFORMS: Mapping[str, Callable[[Column], Column]] = {
    "log_of_range": log_of_range,
    "log_by_skew": log_by_skew,
    "log_from_one": log_from_one,
    "log_scaled": log_scaled,
}


def treat(
    values: Column,
    most: int | None = 5,
    then: Callable[[Column], Column] | None = log_of_range,
    skew: float = SKEW,
    kurt: float = KURTOSIS,
) -> Treated:
    """Return a column that passes: as it is, Winsorised by at most ``most`` cells, or the original transformed.

    ``most`` None leaves Winsorising out, ``then`` None the transform. There is no third way.

    >>> treat(np.array([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0])).touched
    (6,)
    """
    if is_even(values, skew, kurt) or np.isnan(skewness(values)):
        return Treated(values.copy(), "none", ())
    found = values.copy()
    if most is not None:
        found = winsorise(values, most, skew, kurt)
        if is_even(found, skew, kurt) or then is None:
            return Treated(found, "winsorised" if is_even(found, skew, kurt) else "unhelped", _changed(values, found))
    if then is None:
        return Treated(found, "unhelped", ())
    found = then(values)
    return Treated(found, "transformed" if is_even(found, skew, kurt) else "unhelped", _changed(values, found))


def _changed(before: Column, after: Column) -> tuple[int, ...]:
    return tuple(int(n) for n in np.flatnonzero((before != after) & ~np.isnan(before)))


def _range(values: Column) -> tuple[float, float]:
    low = float(np.nanmin(values))
    return low, float(np.nanmax(values)) - low
