"""Targets that move: against a comparator of the same year, against a baseline, or a direction each year."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point, runs
from zhishu.watch.rules import PaceRules, pace_verdict
from zhishu.watch.say import points_unit


def watch_comparator(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a level against another series of the same year."""
    own = [p for name in target.series for p in evidence.points(name)]
    if not own:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "comparator")
    year = target.by.year if target.by is not None and target.by <= today else max(p.year for p in own)
    mine = [p for p in own if p.year == year]
    theirs = evidence.at(target.comparator, year) if target.comparator else ()
    if not theirs:
        last = mine[-1] if mine else own[-1]
        own_words = figure_words(last.value, target.unit)
        say = Text(
            f"本省 {last.year} 年 {own_words.zh}，没有 {year} 年的比较值",
            f"{own_words.en} here in {last.year}; no comparator of {year}",
        )
        return Judgement(
            "undecided", "no_comparator", say, "comparator", last.value, period=str(last.year), points=(last,)
        )
    if not mine:
        return Judgement("undecided", "not_yet_published", REASONS["not_yet_published"], "comparator", points=theirs)
    gap = mine[-1].value - theirs[-1].value
    reached = gap + (target.within or Fraction(0)) >= 0
    due = target.by is not None and target.by <= today
    ours, other = figure_words(mine[-1].value, target.unit), figure_words(theirs[-1].value, target.unit)
    off = figure_words(gap, points_unit(target.unit))
    say = Text(
        f"{year} 年 {ours.zh}，比较值 {other.zh}，相差 {off.zh}",
        f"{ours.en} against {other.en} in {year}, {off.en}",
    )
    verdict = "met" if reached and due else "on_track" if reached else "missed" if due else "behind"
    reason = "reached" if reached else "short"
    return Judgement(
        verdict,
        reason,
        say,
        "comparator",
        mine[-1].value,
        gap,
        str(year),
        theirs[-1].value,
        points=(mine[-1], theirs[-1]),
    )


def watch_halving(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a value that must fall to a share of its baseline; no baseline, no verdict."""
    base: Point | None = None
    for term in target.baseline:
        found = evidence.at(term.series, term.period or 0)
        base = found[-1] if found else None
    if base is None:
        return Judgement("undecided", "no_baseline", REASONS["no_baseline"], "halving")
    if base.value <= 0 or target.value is None:
        return Judgement("undecided", "not_set", REASONS["not_set"], "halving", points=(base,))
    goal = base.value * target.value
    points = [p for name in target.series for p in evidence.points(name) if p.run == base.run and p.year > base.year]
    if not points:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "halving", points=(base,))
    last = points[-1]
    due = target.by is not None and target.by <= today
    met = last.value <= goal
    verdict = "met" if met else "missed" if due else "undecided" if target.by is None else "behind"
    reason = "reached" if met else "short" if target.by is not None else "no_deadline"
    if verdict == "behind" and target.by is not None and target.by.year > last.year:
        fall = (base.value - last.value) / (last.year - base.year)
        verdict = pace_verdict(fall, (last.value - goal) / (target.by.year - last.year), rules)
        reason = "pace"
    say = Text(
        f"基线 {float(base.value):g}，现为 {float(last.value):g}，应不超过 {float(goal):g}",
        f"baseline {float(base.value):g}, now {float(last.value):g}, at most {float(goal):g} asked",
    )
    return Judgement(
        verdict, reason, say, "halving", last.value, last.value - goal, str(last.year), None, goal, points=(base, last)
    )


def watch_trend(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a direction: every known step within one run must go the promised way."""
    points: tuple[Point, ...] = ()
    for name in target.series:
        for run in runs(p for p in evidence.points(name) if p.year >= target.since.year - 1).values():
            points = max(points, run, key=len)
    if not points:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "trend")
    if len(points) < 2:
        return Judgement("undecided", "one_point", REASONS["one_point"], "trend", points=points)
    steps = [(a, b, b.value - a.value) for a, b in pairwise(points)]

    def holds(step: Fraction) -> bool:
        return step > 0 if target.direction == "up" else step < 0 if target.direction == "down" else step <= 0

    broken = [(a, b, d) for a, b, d in steps if not holds(d)]
    gaps = any(b.year != a.year + 1 for a, b, _ in steps)
    last = points[-1]
    if broken:
        a, b, d = broken[-1]
        step = figure_words(d, points_unit(target.unit))
        say = Text(
            f"{a.year}→{b.year} 年变化 {step.zh}，方向不符",
            f"{step.en} from {a.year} to {b.year}, not as promised",
        )
        return Judgement("missed", "trend_broken", say, "trend", last.value, period=str(last.year), points=points)
    if gaps or last.year < today.year - 1:
        return Judgement(
            "undecided",
            "part_of_years",
            REASONS["part_of_years"],
            "trend",
            last.value,
            period=str(last.year),
            points=points,
        )
    return Judgement(
        "met", "trend_holds", REASONS["trend_holds"], "trend", last.value, period=str(last.year), points=points
    )
