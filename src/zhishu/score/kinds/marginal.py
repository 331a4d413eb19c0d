"""Piecewise marginal points: the further from the mean, the less each further point counts."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import number
from zhishu.score.kinds.sense import POINT, Better, Senseless, above_zero, direction, need
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Band:
    """A band ``width`` points wide (none: without end) in which each point counts a ``divisor``-th of the base.

    >>> Band(Fraction(10), Fraction(20)).divisor
    Fraction(20, 1)
    """

    width: Fraction | None
    divisor: Fraction

    def __post_init__(self) -> None:
        above_zero(divisor=self.divisor)
        if self.width is not None:
            above_zero(width=self.width)


PUBLISHED = (
    Band(Fraction(10), Fraction(20)),
    Band(Fraction(10), Fraction(40)),
    Band(Fraction(10), Fraction(60)),
)
"""x₁·B/20 + x₂·B/40 + x₃·B/60 by bands of ten points; that the third ends at thirty is our reading."""


@dataclass(frozen=True, slots=True)
class Marginal:
    """``base`` points at the mean, the bands on either side of it, and how large one point is in the unit of the value.

    Raises Senseless for no band, or for a band without end that is not the last.

    >>> len(Marginal(Fraction(60)).bands)
    3
    """

    base: Fraction
    bands: tuple[Band, ...] = PUBLISHED
    better: Better = "higher"
    point: Fraction = POINT

    def __post_init__(self) -> None:
        above_zero(base=self.base, point=self.point)
        direction(self.better)
        need(bool(self.bands), "bands", "至少要有一段", "must have at least one band")
        if any(band.width is None for band in self.bands[:-1]):
            raise Senseless("bands", Text("只有最后一段可以不封口", "only the last band may be without end"))


def marginal(value: Value, mean: Value, how: Marginal) -> Value:
    """Return ``B + x₁·B/20 + x₂·B/40 + x₃·B/60``, where xₙ are the points from the mean that fall into band n.

    Value and mean share a unit. Below the mean the same is taken away, but never more than the base: points stay at 0
    or above. Beyond the last band nothing more counts. Continuous in x.
    Source: a provincial scheme in force gives formula and bands against the province's mean; B is the indicator's own.

    >>> marginal(Fraction(37, 100), Fraction(12, 100), Marginal(Fraction(60)))  # 25 points above: 60 + 30 + 15 + 5
    Fraction(110, 1)
    >>> marginal(Fraction(8, 100), Fraction(12, 100), Marginal(Fraction(60)))
    Fraction(48, 1)
    """
    x, middle = number(value), number(mean)
    if isinstance(x, Unknown):
        return x
    if isinstance(middle, Unknown):
        return middle
    ahead = (x - middle) / how.point * (1 if how.better == "higher" else -1)
    moved = how.base * _weighed(abs(ahead), how.bands)
    return max(Fraction(0), how.base + (moved if ahead >= 0 else -moved))


def _weighed(points: Fraction, bands: tuple[Band, ...]) -> Fraction:
    """Return the share of the base that a distance from the mean moves."""
    share, left = Fraction(0), points
    for band in bands:
        inside = left if band.width is None else min(left, band.width)
        share += inside / band.divisor
        left -= inside
    return share
