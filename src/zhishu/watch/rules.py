"""The declared thresholds of progress: proposals, because the strategy states none."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class PaceRules:
    """From which share of the required pace a target is in track, and when a figure is stale.

    ``on_track`` follows the 0.95 of the CAGR-ratio method of Statistics Canada, applied to linear pace;
    a pace of zero or the wrong way is far behind. A figure is stale when its year ended more than
    ``stale_days`` before the day asked.
    """

    on_track: Fraction = Fraction(95, 100)
    stale_days: int = 548


RULES = PaceRules()
"""The rules the product judges by."""

PROPOSAL = Text(
    "在轨线 0.95、过时 548 天为本系统提议，《决定》未写明",
    "0.95 of the required pace and 548 days are proposals; the Decision states none",
)


def pace_verdict(observed: Fraction, required: Fraction, rules: PaceRules) -> str:
    """Return the verdict of an observed yearly pace against the required one (both towards the target).

    >>> pace_verdict(Fraction(1, 10), Fraction(53, 100), PaceRules())
    'behind'
    """
    if required <= 0:
        return "on_track"
    if observed <= 0:
        return "far_behind"
    return "on_track" if observed >= rules.on_track * required else "behind"


def stale(year: int, today: date, rules: PaceRules) -> bool:
    """Return whether a figure of a year is stale on a day."""
    return (today - date(year, 12, 31)).days > rules.stale_days
