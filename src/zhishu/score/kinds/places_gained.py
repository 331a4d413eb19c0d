"""Change of rank (进位): points for each place gained since the last round, up to a cap."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import clip, counted
from zhishu.score.kinds.sense import above_zero, exact, need


@dataclass(frozen=True, slots=True)
class PlacesGained:
    """``gain`` points a place gained, at most ``cap``; ``loss`` points a place lost, at most ``most_lost``; 0 for none.

    Raises Senseless for a gain or a cap not above zero, for a loss below it, or for a loss without a limit.

    >>> PlacesGained(gain=Fraction(1, 2), cap=Fraction(3)).loss
    Fraction(0, 1)
    """

    gain: Fraction
    cap: Fraction
    loss: Fraction = Fraction(0)
    most_lost: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        above_zero(gain=self.gain, cap=self.cap)
        exact(loss=self.loss, most_lost=self.most_lost)
        need(self.loss >= 0, "loss", "不得为负", "must not be below zero")
        both = (self.loss > 0) == (self.most_lost > 0)
        need(both, "most_lost", "退位扣分与扣分上限须同时给出", "a loss and the most that is lost go together")


def places_gained(before: Value, now: Value, how: PlacesGained) -> Value:
    """Return ``gain · (before − now)`` points for places gained, ``−loss · (now − before)`` for places lost, within limits.

    ``before`` and ``now`` are places in the same class, 1 the best: whole numbers of at least 1, anything else is unknown.
    That the class is the same in both rounds is for the caller to see to.
    Source: the 进位 awards of Hubei's classes; points and cap are illustrative.

    >>> places_gained(Fraction(12), Fraction(8), PlacesGained(gain=Fraction(1, 2), cap=Fraction(3)))
    Fraction(2, 1)
    >>> places_gained(Fraction(8), Fraction(12), PlacesGained(gain=Fraction(1, 2), cap=Fraction(3)))
    Fraction(0, 1)
    """
    then, today = counted(before, 1), counted(now, 1)
    if isinstance(then, Unknown):
        return then
    if isinstance(today, Unknown):
        return today
    gained = then - today
    return clip(gained * (how.gain if gained > 0 else how.loss), -how.most_lost, how.cap)
