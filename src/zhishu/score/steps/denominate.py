"""Figures made comparable by size (OECD/JRC Handbook 2008, step 2): per head, per area, per unit of output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.shape import Column

Lost = Literal["no_denominator", "denominator_zero", "denominator_negative", "too_large"]


@dataclass(frozen=True, slots=True)
class Denominated:
    """A column after division, and why each place that had a figure has none now."""

    values: Column
    lost: Mapping[int, Lost]


def denominate(values: Column, by: Column, factor: float = 1.0) -> Denominated:
    """Return x / denominator × factor, both columns of shape (units,); ``factor`` turns per head into per thousand.

    A figure whose denominator is missing, zero or negative is missing too, and told: no quotient of these compares
    units. Raises ValueError for columns of two lengths and a factor that is not above zero.

    >>> found = denominate(np.array([6.0, 4.0, 2.0]), np.array([3.0, 0.0, np.nan]), 1000)
    >>> found.values, dict(found.lost)
    (array([2000.,   nan,   nan]), {1: 'denominator_zero', 2: 'no_denominator'})
    """
    if values.shape != by.shape:
        raise ValueError(f"{len(values)} figures over {len(by)} denominators")
    if not 0 < factor < np.inf:
        raise ValueError(f"a factor is above zero, not {factor}")
    sound = by > 0
    with np.errstate(over="ignore"):
        # the factor last, as a reader would work it out
        found = np.where(sound, values, np.nan) / np.where(sound, by, 1.0) * factor
    large = np.isinf(found)
    found = np.where(large, np.nan, found)
    lost = {int(n): _reason(float(by[n])) for n in np.flatnonzero(np.isnan(found) & ~np.isnan(values))}
    return Denominated(found, lost)


def _reason(denominator: float) -> Lost:
    if np.isnan(denominator):
        return "no_denominator"
    if denominator == 0:
        return "denominator_zero"
    return "denominator_negative" if denominator < 0 else "too_large"
