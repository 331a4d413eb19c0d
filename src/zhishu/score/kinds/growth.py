"""Growth against the mean: points by the distance of a unit's growth from the mean of its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.aggregate import weighted_mean
from zhishu.score.kinds.reading import clip, number
from zhishu.score.kinds.sense import POINT, Better, above_zero, direction, exact, need


@dataclass(frozen=True, slots=True)
class Growth:
    """``base`` points at the mean, ``gain`` points for each ``point`` of growth above it, from ``low`` to ``high``.

    ``at_least`` is the share of the class whose growth must be known. Raises Senseless unless low ≤ base ≤ high with
    low below high, gain and point are above zero, and the share is above 0 and at most 1.

    >>> Growth(base=Fraction(80), gain=Fraction(2)).high
    Fraction(100, 1)
    """

    base: Fraction
    gain: Fraction
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)
    better: Better = "higher"
    point: Fraction = POINT
    at_least: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        exact(base=self.base, low=self.low, high=self.high)
        above_zero(gain=self.gain, point=self.point, at_least=self.at_least)
        need(self.low < self.high, "high", "须高于最低分", "must be above the lowest points")
        need(self.low <= self.base <= self.high, "base", "须在最低分与最高分之间", "must lie between low and high")
        need(self.at_least <= 1, "at_least", "须为不大于1的比例", "must be a share of at most 1")
        direction(self.better)


def growth(values: Mapping[str, Value], how: Growth) -> dict[str, Value]:
    """Return ``base + gain · (growth − mean) / point`` of each unit, from ``low`` to ``high`` points.

    ``values`` holds unit → growth (7 % is 7/100) of one class; its mean is the plain one over units. A unit without
    growth is unknown; where too few are known there is no mean, and nobody has points. Continuous; order-free.
    Source: a score kind of the provincial schemes surveyed; the points are illustrative.

    >>> found = growth({"成都": Fraction(9, 100), "雅安": Fraction(5, 100)}, Growth(base=Fraction(80), gain=Fraction(3)))
    >>> {unit: str(points) for unit, points in found.items()}
    {'成都': '86', '雅安': '74'}
    """
    read = {unit: number(values[unit]) for unit in sorted(values)}
    mean = weighted_mean([(v, Fraction(1)) for v in read.values()], "arithmetic", how.at_least)
    sign = 1 if how.better == "higher" else -1
    found: dict[str, Value] = {}
    for unit, value in read.items():
        if isinstance(value, Unknown):
            found[unit] = value
        elif isinstance(mean, Fraction):
            ahead = sign * (value - mean) / how.point
            found[unit] = clip(how.base + how.gain * ahead, how.low, how.high)
        else:
            found[unit] = mean
    return found
