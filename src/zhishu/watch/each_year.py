"""A band to hold, or a flow to give, in every year: one known year outside decides, silence never does."""

from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words, span_words
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules
from zhishu.watch.say import points_unit


def watch_each_year(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a yearly condition over all years due by today."""
    goal = target.value
    assert goal is not None
    within = target.within or Fraction(0)
    low = None if target.op == "<=" else goal - within
    high = goal + within if target.op in ("~", "=", "<=") else None
    last_due = min(today.year - 1, target.by.year if target.by else today.year - 1)
    due = range(target.since.year, last_due + 1)
    known: list[Point] = []
    for year in due:
        found = next((evidence.at(name, year) for name in target.series if evidence.at(name, year)), ())
        known += found[-1:]
    outside = [p for p in known if (low is not None and p.value < low) or (high is not None and p.value > high)]
    missing = [str(y) for y in due if y not in {p.year for p in known}]
    shown = "、".join(f"{p.year} 年 {figure_words(p.value, target.unit).zh}" for p in known)
    shown_en = ", ".join(f"{figure_words(p.value, target.unit).en} in {p.year}" for p in known)
    inside, outside_of = _range(low, high, target.unit)
    worst = max(known, key=lambda p: abs(p.value - goal)) if known else None
    last = known[-1] if known else None
    if outside:
        p = max(outside, key=lambda q: abs(q.value - goal))
        off = figure_words(abs(p.value - goal), points_unit(target.unit))
        due_value = figure_words(goal, target.unit)
        say = Text(
            f"{shown}；{p.year} 年离 {due_value.zh} 差 {off.zh}，{outside_of.zh}",
            f"{shown_en}; {p.year} is {off.en} away from {due_value.en}, {outside_of.en}",
        )
        verdict, reason = "missed", "year_outside"
    elif not known:
        verdict, reason, say = "undecided", "no_figures", REASONS["no_figures"]
    elif missing:
        say = Text(
            f"{shown}，都{inside.zh}；缺 {'、'.join(missing)}",
            f"{shown_en}, {inside.en}; missing: {', '.join(missing)}",
        )
        verdict, reason = "undecided", "part_of_years"
    else:
        say = Text(f"{len(known)} 年都{inside.zh}", f"all {len(known)} years {inside.en}")
        verdict, reason = "met", "every_year"
    switch = abs(worst.value - goal) if worst is not None and target.op == "~" else None
    return Judgement(
        verdict,
        reason,
        say,
        "each_year",
        last.value if last else None,
        last.value - goal if last else None,
        str(last.year) if last else None,
        low,
        high,
        known=len(known),
        needed=len(due),
        points=tuple(known),
        band_switch=switch,
    )


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> tuple[Text, Text]:
    """Return the words for lying inside and outside of what is allowed."""
    if low is None or high is None:
        edge = low if low is not None else high
        assert edge is not None
        words = figure_words(edge, unit)
        at_least, below = (
            Text(f"不低于 {words.zh}", f"at least {words.en}"),
            Text(f"低于 {words.zh}", f"below {words.en}"),
        )
        at_most, above = (
            Text(f"不高于 {words.zh}", f"at most {words.en}"),
            Text(f"高于 {words.zh}", f"above {words.en}"),
        )
        return (at_least, below) if low is not None else (at_most, above)
    words = span_words(low, high, unit)
    return Text(f"在 {words.zh}之内", f"inside {words.en}"), Text(f"在 {words.zh}之外", f"outside {words.en}")
