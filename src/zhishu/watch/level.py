"""A level to be reached at a deadline: share, rate, count, floor or ceiling."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point, runs
from zhishu.watch.rules import PaceRules, pace_verdict, stale
from zhishu.watch.say import points_unit


def band(target: Target) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most value that counts as reached."""
    value, within = target.value, target.within or Fraction(0)
    if value is None:
        return None, None
    if target.op == "<=":
        return None, value + within
    # exactly: neither more nor fewer
    return value - within, value + within if target.op == "=" else None


def watch_level(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a level: judged at its deadline, before it by the pace of the last year."""
    if target.value is None:
        reason = "not_set" if any(evidence.points(name) for name in target.series) else "no_figures"
        return Judgement("undecided", reason, REASONS[reason], "level")
    if target.by is None:
        return _open(target, evidence)
    due = target.by.year
    years = range(target.since.year, due + 1) if target.any_year else range(due, due + 1)
    at_deadline = [held for year in years if (held := _first(target, evidence, year))]
    if at_deadline and target.by <= today:
        # A year counts as reached when every basis says so.
        least = [min(held, key=lambda p: _lead(target, p)) for held in at_deadline]
        best = max(least, key=lambda p: (_lead(target, p), p.year))
        if not _reached(target, best.value) and any(_reached(target, p.value) for held in at_deadline for p in held):
            every = tuple(p for held in at_deadline for p in held)
            return Judgement("undecided", "conflict", REASONS["conflict"], "level", points=every)
        return _settled(target, best, evidence)
    if target.by < today:
        known = [p for name in target.series for p in evidence.points(name)]
        reason = "not_yet_published" if known else "no_figures"
        return Judgement("undecided", reason, REASONS[reason], "level", points=tuple(known[-1:]))
    found = _pace_pair(target, evidence)
    if found is None:
        known = [p for name in target.series for p in evidence.points(name)]
        reason = "one_point" if known else "no_figures"
        return Judgement("undecided", reason, REASONS[reason], "level", points=tuple(known[-1:]))
    before, last = found
    if stale(last.year, today, rules):
        return Judgement("undecided", "stale", REASONS["stale"], "level", last.value, points=(last,))
    return _pace(target, before, last, rules)


def _first(target: Target, evidence: Evidence, year: int) -> tuple[Point, ...]:
    """Return the figure of a year from the first series that has one."""
    for name in target.series:
        found = evidence.at(name, year)
        if found:
            return found
    return ()


def _lead(target: Target, p: Point) -> Fraction:
    """Return a value that is higher the better the point is."""
    return -p.value if target.op == "<=" else p.value


def _reached(target: Target, value: Fraction) -> bool:
    low, high = band(target)
    return (low is None or value >= low) and (high is None or value <= high)


def _settled(target: Target, p: Point, evidence: Evidence) -> Judgement:
    assert target.value is not None
    low, high = band(target)
    met = _reached(target, p.value)
    gap = p.value - target.value
    unit = target.unit
    shown, goal = figure_words(p.value, unit), figure_words(target.value, unit)
    off = figure_words(abs(gap), points_unit(unit))
    later = tuple(q for name in target.series for q in evidence.points(name) if q.year > p.year and q.run != p.run)
    if met:
        say = Text(
            f"{p.year} 年 {shown.zh}，在 {goal.zh} 的读法范围内",
            f"{shown.en} in {p.year}, within the reading of {goal.en}",
        )
        reason = "in_band" if target.within else "reached"
    else:
        edge = low if low is not None else high
        assert edge is not None
        line = figure_words(edge, unit)
        word = ("低于下限", "below the lower edge") if low is not None else ("高于上限", "above the upper edge")
        say = Text(
            f"{p.year} 年 {shown.zh}，{word[0]} {line.zh}，离 {goal.zh} 差 {off.zh}",
            f"{shown.en} in {p.year}, {word[1]} {line.en}; {off.en} from {goal.en}",
        )
        since = min((q for q in _same_run(target, evidence, p) if _reached(target, q.value)), key=_year, default=None)
        if since is not None:
            say = Text(
                f"{say.zh}；同口径 {since.year} 年达到，晚于期限",
                f"{say.en}; reached late, in {since.year}, on the same basis",
            )
        reason = "below_band" if low is not None else "above_limit"
    return Judgement(
        "met" if met else "missed",
        reason,
        say,
        "level",
        p.value,
        gap,
        str(p.year),
        low,
        high,
        known=1,
        points=(p,),
        later=later,
        band_switch=max(Fraction(0), -gap if low is not None else gap),
    )


def _same_run(target: Target, evidence: Evidence, p: Point) -> list[Point]:
    return [q for name in target.series for q in evidence.points(name) if q.year > p.year and q.run == p.run]


def _year(p: Point) -> int:
    return p.year


def _open(target: Target, evidence: Evidence) -> Judgement:
    """Without a deadline a level is met once reached, and otherwise never late."""
    known = [p for name in target.series for p in evidence.points(name)]
    if not known:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "level")
    last = max(known, key=lambda p: (p.year, p.known_on))
    if _reached(target, last.value):
        return _settled(target, last, evidence)
    return Judgement(
        "undecided", "no_deadline", REASONS["no_deadline"], "level", last.value, period=str(last.year), points=(last,)
    )


def _pace_pair(target: Target, evidence: Evidence) -> tuple[Point, Point] | None:
    """Return the newest two consecutive years of one run; of equal years the first series wins."""
    best: tuple[Point, Point] | None = None
    for name in target.series:
        for points in runs(evidence.points(name)).values():
            for before, last in pairwise(points):
                if last.year == before.year + 1 and (best is None or last.year > best[1].year):
                    best = (before, last)
    return best


def _pace(target: Target, before: Point, last: Point, rules: PaceRules) -> Judgement:
    assert target.value is not None
    assert target.by is not None
    low, high = band(target)
    edge = low if low is not None else high
    assert edge is not None
    sign = 1 if low is not None else -1
    years = target.by.year - last.year
    observed = sign * (last.value - before.value)
    required = sign * (edge - last.value) / years if years > 0 else sign * (edge - last.value)
    unit = points_unit(target.unit)
    verdict = pace_verdict(observed, required, rules)
    each, need = figure_words(observed, unit), figure_words(required, unit)
    say = Text(
        f"{before.year}→{last.year} 年变化 {each.zh}，此后每年需要 {need.zh}",
        f"{each.en} from {before.year} to {last.year}; {need.en} a year needed from then on",
    )
    return Judgement(
        verdict,
        "pace",
        say,
        "pace",
        last.value,
        last.value - target.value,
        str(last.year),
        low,
        high,
        points=(before, last),
        pace=observed,
        required=required,
    )
