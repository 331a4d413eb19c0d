"""Completion: the share of a target that is reached, with a cap."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import clip, number
from zhishu.score.kinds.sense import Better, above_zero, direction


@dataclass(frozen=True, slots=True)
class Completion:
    """``full`` points for the whole target, at most ``cap`` times as many. Raises Senseless unless both are above zero.

    >>> Completion(cap=Fraction(6, 5)).full
    Fraction(100, 1)
    """

    better: Better = "higher"
    full: Fraction = Fraction(100)
    cap: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        direction(self.better)
        above_zero(full=self.full, cap=self.cap)


def completion(value: Value, target: Value, how: Completion) -> Value:
    """Return ``full · x / target``, or ``full · target / x`` where less is better; from 0 to ``full · cap`` points.

    Value and target share a unit. A target not above zero is unknown (it has no share), and so is a value below zero
    where less is better; none at all there earns the cap. Below zero where more is better earns 0. Continuous in x.
    Source: a score kind of the provincial schemes surveyed; the points and the cap are illustrative.

    >>> completion(Fraction(45), Fraction(50), Completion())
    Fraction(90, 1)
    >>> completion(Fraction(8), Fraction(6), Completion("lower"))
    Fraction(75, 1)
    >>> completion(Fraction(8), Fraction(0), Completion()).say().en
    'outside the domain of the function (the target is not above zero)'
    """
    x, aim = number(value), number(target)
    if isinstance(x, Unknown):
        return x
    if isinstance(aim, Unknown):
        return aim
    if aim <= 0:
        return Unknown("domain", "目标不大于零", "the target is not above zero")
    if how.better == "higher":
        return how.full * clip(x / aim, Fraction(0), how.cap)
    if x < 0:
        return Unknown("domain", "negative")
    # as x falls to zero the share grows past any cap
    return how.full * (how.cap if x == 0 else min(how.cap, aim / x))
