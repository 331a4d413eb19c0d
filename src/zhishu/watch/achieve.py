"""An amount to be achieved over a window: a stock brought to zero, a rise of a stock, or a sum of flows."""

from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words, number_words
from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules, stale

Achieved = tuple[int, Fraction, tuple[Point, ...], bool]


def watch_achieve(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of an amount: proven by actual figures, its path shown by planned ones too."""
    assert target.value is not None
    assert target.by is not None
    if target.value <= 0:
        return Judgement("undecided", "not_set", REASONS["not_set"], "achieve")
    first, end = target.since.year, target.by.year
    actual = _newest(target, evidence, planned=False)
    if actual is not None and actual[1] >= target.value and actual[0] <= end:
        return _met(target, actual)
    if actual is not None and actual[0] >= end:
        return _short(target, actual)
    found = actual or _newest(target, evidence, planned=True)
    if found is None:
        return Judgement("undecided", "no_figures", REASONS["no_figures"], "achieve")
    year, amount, points, planned = found
    if stale(year, today, rules):
        held = figure_words(amount, target.unit)
        say = Text(
            f"最近的数是 {year} 年的{'计划数' if planned else '数'} {held.zh}，已过时",
            f"the last figure is {'planned, ' if planned else ''}of {year}: {held.en}; stale",
        )
        return Judgement("undecided", "stale", say, "achieve", amount, period=str(year), points=points)
    if target.by < today:
        reason = "not_yet_published"
        return Judgement("undecided", reason, REASONS[reason], "achieve", amount, period=str(year), points=points)
    elapsed = Fraction(year - first + 1, end - first + 1)
    share = amount / target.value
    ratio = share / elapsed
    verdict = "far_behind" if share <= 0 else "on_track" if ratio >= rules.on_track else "behind"
    note = ("（计划数，未经证实）", " (planned, not verified)") if planned else ("", "")
    done, goal = figure_words(amount, target.unit), figure_words(target.value, target.unit)
    say = Text(
        f"到 {year} 年末 {done.zh} / {goal.zh}，为 {round(float(share) * 100)}%；时间过去 {round(float(elapsed) * 100)}%{note[0]}",
        f"{done.en} of {goal.en} by the end of {year}, {round(float(share) * 100)} %; "
        f"{round(float(elapsed) * 100)} % of the time had passed{note[1]}",
    )
    reason = "planned_pace" if planned else "pace"
    return Judgement(
        verdict, reason, say, "achieve", amount, amount - target.value, str(year), target.value, points=points
    )


def _newest(target: Target, evidence: Evidence, planned: bool) -> Achieved | None:
    # A declared stock answers for itself; a sum of flows that misses a source must not overrule it.
    return _by_stock(target, evidence, planned) or _by_flows(target, evidence, planned)


def _by_stock(target: Target, evidence: Evidence, planned: bool) -> Achieved | None:
    if target.stock is None:
        return None
    assert target.by is not None
    span = range(target.since.year, target.by.year + 1)
    points = [p for p in evidence.points(target.stock, planned) if p.year in span]
    if not points:
        return None
    last = max(points, key=lambda p: (p.year, p.known_on))
    if target.stock_from == "zero":
        assert target.value is not None
        return last.year, target.value - last.value, (last,), planned
    base = Fraction(0)
    used: list[Point] = [last]
    for term in target.baseline:
        found = evidence.at(term.series, term.period or 0) or evidence.at(term.series, term.period or 0, True)
        if not found:
            return None
        base += term.sign * found[-1].value
        used.append(found[-1])
    return last.year, last.value - base, tuple(used), planned


def _by_flows(target: Target, evidence: Evidence, planned: bool) -> Achieved | None:
    assert target.by is not None
    for name in target.flows:
        used: list[Point] = []
        for year in range(target.since.year, target.by.year + 1):
            found = evidence.at(name, year, planned)
            if len(found) != 1:
                break
            used.append(found[0])
        if used:
            return used[-1].year, sum((p.value for p in used), Fraction(0)), tuple(used), planned
    return None


def _terms(points: tuple[Point, ...], unit: str) -> Text:
    parts = [number_words(p.value, unit) for p in points]
    return Text(" + ".join(p.zh for p in parts), " + ".join(p.en for p in parts))


def _met(target: Target, found: Achieved) -> Judgement:
    assert target.value is not None
    year, amount, points, _ = found
    unit = target.unit
    if target.stock is not None and target.stock_from == "zero":
        reason = "stock_zero"
        goal = figure_words(target.value, unit)
        say = Text(
            f"{year} 年末存量为 0，{goal.zh}全部退出", f"the stock was 0 at the end of {year}: all {goal.en} are out"
        )
    elif target.stock is not None and points and len(points) > 1 and not _is_flow(target, points):
        reason = "sum_reached"
        last = points[0]
        held, base, sums = (figure_words(v, unit) for v in (last.value, last.value - amount, amount))
        say = Text(
            f"{year} 年末累计 {held.zh} − {base.zh} = {sums.zh}",
            f"{held.en} by the end of {year}, less {base.en} = {sums.en}",
        )
    else:
        reason = "sum_reached"
        terms, sums = _terms(points, unit), figure_words(amount, unit)
        say = Text(
            f"{points[0].year}—{year} 年 {terms.zh} = {sums.zh}", f"{terms.en} = {sums.en} in {points[0].year}–{year}"
        )
    return Judgement(
        "met", reason, say, "achieve", amount, amount - target.value, str(year), target.value, points=points, known=1
    )


def _is_flow(target: Target, points: tuple[Point, ...]) -> bool:
    return len({p.year for p in points}) == len(points) and not target.baseline


def _short(target: Target, found: Achieved) -> Judgement:
    assert target.value is not None
    year, amount, points, _ = found
    held, off = figure_words(amount, target.unit), figure_words(target.value - amount, target.unit)
    say = Text(f"到 {year} 年末 {held.zh}，差 {off.zh}", f"{held.en} by {year}, {off.en} short")
    return Judgement(
        "missed", "short", say, "achieve", amount, amount - target.value, str(year), target.value, points=points
    )
