"""A sum of parts of which some are unknown: the known part is a lower bound, never the answer."""

from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words, span_words
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules


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
        held = any(evidence.points(term.series) for term in target.parts)
        reason = "not_yet_published" if held else "no_figures"
        return Judgement("undecided", reason, REASONS[reason], "parts", needed=len(target.parts))
    unit = target.unit
    known, goal = figure_words(low, unit), figure_words(target.value, unit)
    if unbounded:
        return Judgement("undecided", "part_of_sum", REASONS["part_of_sum"], "parts", points=points)
    if low >= target.value:
        say = Text(f"已知部分 {known.zh}，已达到 {goal.zh}", f"the known part, {known.en}, already reaches {goal.en}")
        return Judgement(
            "met", "sum_reached", say, "parts", low, low - target.value, points=points, lower_bound=bool(missing)
        )
    if missing:
        span = span_words(target.value - high, target.value - low, unit)
        say = Text(
            f"已知部分至少 {known.zh}，再有 {span.zh}才能证实；缺 {missing} 项",
            f"known part at least {known.en}; {span.en} more would prove it; parts missing: {missing}",
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
    say = Text(f"合计 {known.zh}，未到 {goal.zh}", f"{known.en} in sum, short of {goal.en}")
    return Judgement("missed" if due else "behind", "short", say, "parts", low, low - target.value, points=points)
