"""The CAGR-ratio method of progress, guarded: growth so far over growth required, where both exist.

R = [(v/v0)^(1/(t−t0)) − 1] / [(V/v0)^(1/(T−t0)) − 1], read as Statistics Canada reads it: from 0.95 on track,
0.60 to 0.95 progress to be accelerated, 0 to 0.60 limited progress, below 0 deterioration. A ratio alone
misleads wherever a growth rate does not exist or the base already stood beyond the goal; those cases are
decided before any ratio is formed, or left undecided with the reason.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.watch.level import band
from zhishu.watch.points import Evidence
from zhishu.watch.window import newest_run

ON_TRACK = Decimal("0.95")
LIMITED = Decimal("0.60")

REASONS: dict[str, Text] = {
    "reached": Text("已达到", "reached"),
    "short": Text("到期没有达到", "short of the goal at its deadline"),
    "moved_away": Text("没有朝目标走", "no step towards the goal"),
    "fell_back": Text("基期已达到，后来退出", "the goal was held at the base and lost since"),
    "on_track": Text("速度够", "fast enough"),
    "accelerate": Text("要加快", "progress, to be accelerated"),
    "limited": Text("进展有限", "limited progress"),
    "base_zero": Text("基期为零，没有增长率", "the base is zero: no growth rate"),
    "base_negative": Text("基期为负，没有增长率", "the base is negative: no growth rate"),
    "goal_zero": Text("目标为零，没有所需的增长率", "the goal is zero: no required growth rate"),
    "goal_negative": Text("目标为负，没有所需的增长率", "the goal is negative: no required growth rate"),
    "no_time": Text("基期之后没有时间过去", "no time since the base"),
    "one_point": Text("只有一个可比的点", "one comparable point only"),
    "no_figures": Text("没有任何数字", "no figures at all"),
    "not_this_path": Text("此法只用于有期限的水平目标", "the method serves levels with a deadline only"),
}


@dataclass(frozen=True, slots=True)
class Cagr:
    """A verdict by the ratio method; ``ratio`` is None where none may be formed. Rounded to 4 digits."""

    verdict: str
    reason: str
    ratio: Decimal | None = None

    @property
    def say(self) -> Text:
        """The reason in words, with the ratio."""
        base = REASONS[self.reason]
        if self.ratio is None:
            return base
        return Text(f"{base.zh}（R = {self.ratio}）", f"{base.en} (R = {self.ratio})")


def cagr(
    base: Fraction,
    base_year: int,
    last: Fraction,
    last_year: int,
    goal: Fraction,
    due: int,
    better: Literal["higher", "lower"] = "higher",
) -> Cagr:
    """Return the verdict on a value that must reach ``goal`` by the year ``due``; one unit for all values.

    >>> cagr(Fraction(12), 2018, Fraction(9), 2020, Fraction(10), 2022).verdict
    'far_behind'
    >>> cagr(Fraction(0), 2018, Fraction(5), 2020, Fraction(10), 2022).say.en
    'the base is zero: no growth rate'
    """
    way = 1 if better == "higher" else -1
    reached = way * (last - goal) >= 0
    if last_year >= due:
        return Cagr("met" if reached else "missed", "reached" if reached else "short")
    if reached:
        return Cagr("on_track", "reached")
    if last_year <= base_year:
        return Cagr("undecided", "no_time")
    # From here the goal lies ahead of the last value, so a base beyond it was lost again.
    if way * (base - goal) >= 0:
        return Cagr("far_behind", "fell_back")
    if way * (last - base) <= 0:
        return Cagr("far_behind", "moved_away")
    if base <= 0:
        return Cagr("undecided", "base_zero" if base == 0 else "base_negative")
    if goal <= 0:
        return Cagr("undecided", "goal_zero" if goal == 0 else "goal_negative")
    ratio = _ratio(last / base, last_year - base_year, goal / base, due - base_year)
    reason = "on_track" if ratio >= ON_TRACK else "accelerate" if ratio >= LIMITED else "limited"
    return Cagr("on_track" if reason == "on_track" else "behind", reason, round(ratio, 4))


def cagr_target(target: Target, evidence: Evidence, today: date) -> Cagr:
    """Return the verdict of the ratio method on a level target: base is the last point up to adoption.

    The goal is the near edge of the declared band. Where the run begins after adoption its first point is
    the base.
    """
    if target.path != "level" or target.by is None or target.value is None:
        return Cagr("undecided", "not_this_path")
    points = tuple(p for p in newest_run(target, evidence) if p.known_on <= today)
    if not points:
        return Cagr("undecided", "no_figures")
    upto = [p for p in points if p.year <= target.since.year]
    base = upto[-1] if upto else points[0]
    last = points[-1]
    if base.year >= last.year and last.year < target.by.year:
        return Cagr("undecided", "one_point")
    low, high = band(target)
    if low is not None:
        return cagr(base.value, base.year, last.value, last.year, low, target.by.year)
    assert high is not None
    return cagr(base.value, base.year, last.value, last.year, high, target.by.year, "lower")


def _ratio(grown: Fraction, years: int, wanted: Fraction, span: int) -> Decimal:
    """Return growth rate over required growth rate, the same on every machine."""
    with localcontext() as context:
        context.prec = 40
        so_far = (_decimal(grown).ln() / years).exp() - 1
        required = (_decimal(wanted).ln() / span).exp() - 1
        return so_far / required


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
