"""A sum of parts of which some are unknown: the known part is a lower bound, never the answer."""

from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules
from zhishu.watch.say import figure


def watch_parts(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a sum; a part is not negative, so a known part that suffices proves it."""
    assert target.value is not None
    low, high = Fraction(0), Fraction(0)
    used: list[Point] = []
    missing, unbounded = 0, False
    for term in target.parts:
        found = evidence.at(term.series, term.period or (target.by or today).year)
        if not found:
            missing += 1
            unbounded = unbounded or term.sign < 0
            continue
        values = sorted(term.sign * p.value for p in found)
        low += values[0]
        high += values[-1]
        used += found
    points = tuple(used)
    if not used:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "parts", needed=len(target.parts))
    unit = target.unit
    known, goal = figure(low, unit), figure(target.value, unit)
    if unbounded:
        return Judgement("undecided", "part_of_sum", REASONS["part_of_sum"], "parts", points=points)
    if low >= target.value:
        say = Text(f"已知部分 {known}，已超过 {goal}", f"the known part, {known}, already exceeds {goal}")
        return Judgement(
            "met", "sum_reached", say, "parts", low, low - target.value, points=points, lower_bound=bool(missing)
        )
    if missing:
        need_most, need_least = figure(target.value - low, unit), figure(target.value - high, unit)
        span = need_most if low == high else f"{need_least}—{need_most}"
        say = Text(
            f"已知 ≥ {known}，还要 {span} 才能证明；缺 {missing} 项",
            f"known part ≥ {known}; {span} more would prove it; {missing} part missing",
        )
        return Judgement(
            "undecided",
            "part_of_sum",
            say,
            "parts",
            low,
            low - target.value,
            str(used[0].year),
            low,
            lower_bound=True,
            known=len(target.parts) - missing,
            needed=len(target.parts),
            points=points,
        )
    if high >= target.value:
        return Judgement(
            "undecided",
            "part_of_sum",
            Text("来源不一致，一高一低", "sources disagree across the line"),
            "parts",
            low,
            points=points,
        )
    due = target.by is not None and target.by <= today
    say = Text(f"合计 {known}，未到 {goal}", f"{known} in sum, short of {goal}")
    return Judgement("missed" if due else "behind", "short", say, "parts", low, low - target.value, points=points)
