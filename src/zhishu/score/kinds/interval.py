"""Linear interval: full points at one value, none at another, a straight line between, cut off at both ends."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import clip, number
from zhishu.score.kinds.sense import above_zero, exact, need


@dataclass(frozen=True, slots=True)
class Interval:
    """``full`` points at ``full_at`` and none at ``none_at``, both in the unit of the value; the order is the direction.

    Raises Senseless where the two are equal.

    >>> Interval(full_at=Fraction(5), none_at=Fraction(20)).full
    Fraction(100, 1)
    """

    full_at: Fraction
    none_at: Fraction
    full: Fraction = Fraction(100)

    def __post_init__(self) -> None:
        exact(full_at=self.full_at, none_at=self.none_at)
        above_zero(full=self.full)
        need(self.full_at != self.none_at, "none_at", "不得与满分值相同", "must differ from the value of full points")


def interval(value: Value, how: Interval) -> Value:
    """Return ``full · (x − none_at) / (full_at − none_at)``, from 0 to ``full`` points. Continuous in x.

    Source: a score kind of the provincial schemes surveyed; the two values are illustrative until a scheme gives them.

    >>> interval(Fraction(8), Interval(full_at=Fraction(5), none_at=Fraction(20)))
    Fraction(80, 1)
    >>> interval(Fraction(30), Interval(full_at=Fraction(5), none_at=Fraction(20)))
    Fraction(0, 1)
    """
    x = number(value)
    if isinstance(x, Unknown):
        return x
    return how.full * clip((x - how.none_at) / (how.full_at - how.none_at), Fraction(0), Fraction(1))
