"""Each path at its edges: what came after the deadline, sources that disagree, ceilings, minus terms, zero goals."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from watch_samples import ORDER, RULES, evidence, line, point, target

from zhishu.pack.target import Target, Term
from zhishu.watch import Evidence, Judgement, watch

AFTER = date(2023, 6, 1)
STOCK = target(path="achieve", value=Fraction(171), stock="x", stock_from="zero", by=date(2020, 12, 31))
FLOW = target(path="achieve", value=Fraction(10), flows=("x",))
YEARLY = target(path="each_year", by=None, since=date(2021, 1, 1), value=Fraction(5))


def judged(t: Target, *points: object, on: date = AFTER, **others: object) -> tuple[str, str]:
    """Return verdict and reason."""
    j: Judgement = watch(t, evidence(*points, **others), on, RULES)
    return j.verdict, j.reason


def test_a_stock_at_zero_stays_met_when_later_years_come() -> None:
    """What was reached at the deadline is not lost by the figure of the next year; late is missed."""
    assert judged(STOCK, *line(2018, 71, 20, 0, 0)) == ("met", "stock_zero")
    assert judged(STOCK, *line(2018, 71, 20, 5, 0)) == ("missed", "short")


def test_a_part_of_the_flows_does_not_overrule_the_stock() -> None:
    """A newer but partial sum of flows says nothing against a declared stock."""
    both = replace(STOCK, flows=("y",))
    found = watch(both, evidence(*line(2018, 71, 20), y=line(2018, 10, 10, 10)), date(2020, 12, 31), RULES)
    assert (found.verdict, found.value) == ("on_track", Fraction(151))


def test_an_amount_of_nothing_is_refused() -> None:
    """A goal of zero gives no share of anything."""
    assert judged(replace(STOCK, value=Fraction(0)), *line(2018, 5)) == ("undecided", "not_set")


def test_after_the_deadline_no_pace_is_asked() -> None:
    """Without the figure of the deadline nothing is decided, whatever earlier or later years say."""
    assert judged(target(), *line(2020, 6, 9)) == ("undecided", "not_yet_published")
    assert judged(target(), *line(2023, 4, 5), on=date(2025, 6, 1)) == ("undecided", "not_yet_published")
    assert judged(FLOW, *line(2018, 2, 2, 2, 2), on=date(2023, 3, 1)) == ("undecided", "not_yet_published")
    assert judged(target(), on=AFTER) == ("undecided", "no_figures")


@pytest.mark.parametrize(
    ("t", "year"),
    [
        (target(), 2022),
        (replace(YEARLY, op=">=", value=Fraction(10)), 2021),
        (replace(STOCK, value=Fraction(10), stock_from="zero", by=date(2022, 12, 31)), 2022),
        (target(path="comparator", comparator="y", value=None), 2022),
    ],
)
def test_sources_of_one_day_that_disagree_decide_nothing(t: Target, year: int) -> None:
    """Nine by one source, eleven (or none) by another: met by neither alone."""
    low = 0 if t.path == "achieve" else 9
    on = date(year + 1, 6, 1)
    assert judged(t, point(year, low), point(year, 11), on=on, y=(point(2022, 10),)) == ("undecided", "conflict")


def test_the_newer_vintage_of_one_run_counts() -> None:
    """A revision replaces the figure before it and is no disagreement; two bases that disagree are."""
    revised = (point(2022, 9, known=date(2023, 3, 1)), point(2022, 11, known=date(2023, 5, 1)))
    assert judged(target(), *revised) == ("met", "reached")
    assert judged(target(), point(2022, 9, "old"), point(2022, 11, "new")) == ("undecided", "conflict")
    assert judged(target(), point(2022, 12, "old"), point(2022, 11, "new")) == ("met", "reached")


def test_reached_late_on_the_same_basis_is_told() -> None:
    """Missed stays missed; that it was reached later is said only inside one run."""
    same = watch(target(), evidence(*line(2021, 7, 9, 11)), date(2026, 1, 1), RULES)
    assert (same.verdict, "2023" in same.say.en) == ("missed", True)
    other = watch(target(), evidence(point(2022, 9), point(2023, 11, "new")), date(2026, 1, 1), RULES)
    assert (other.verdict, "2023" in other.say.en) == ("missed", False)
    assert [p.year for p in other.later] == [2023]


def test_a_ceiling_in_every_year_reads_well() -> None:
    """A yearly ceiling has no lower edge, in the numbers and in the words."""
    found = watch(replace(YEARLY, op="<="), evidence(*line(2021, 4)), AFTER, RULES)
    assert (found.verdict, found.low, found.high) == ("undecided", None, Fraction(5))
    assert "不高于 5 个" in found.say.zh
    assert judged(replace(YEARLY, op="<="), *line(2021, 4, 6)) == ("missed", "year_outside")


def test_a_part_that_is_taken_off() -> None:
    """Eleven less five is six; while the part to be taken off is unknown, no lower bound is claimed."""
    net = target(path="parts", parts=(Term("x", 2022, 1), Term("y", 2022, -1)))
    assert judged(net, point(2022, 11), y=(point(2022, 5),)) == ("missed", "short")
    assert judged(net, point(2022, 11)) == ("undecided", "part_of_sum")


def test_halving_on_the_way_is_judged_by_its_pace() -> None:
    """From 100 to 70 in two of four years is on the way to 50; to 95 it is behind; to 105 far behind."""
    half = target(path="halving", op="<=", value=Fraction(1, 2), baseline=(Term("x", 2018, 1),))
    for last, verdict in ((70, "on_track"), (95, "behind"), (105, "far_behind"), (50, "met")):
        assert judged(half, *line(2018, 100, 100, last), on=date(2021, 6, 1))[0] == verdict


@given(
    st.sampled_from(["level", "ceiling", "each_year", "stock", "flow", "parts", "comparator", "halving", "trend"]),
    st.fractions(0, 40, max_denominator=9),
    st.fractions(0, 40, max_denominator=9),
    st.booleans(),
    st.integers(2020, 2022),
)
@settings(max_examples=60)
def test_t47_on_every_path(path: str, one: Fraction, two: Fraction, due: bool, year: int) -> None:
    """On every path, on the way and after the deadline, a better last value never gets a worse verdict."""
    targets = {
        "level": target(),
        "ceiling": target(op="<="),
        "each_year": replace(YEARLY, op=">=", value=Fraction(10)),
        "stock": replace(STOCK, value=Fraction(20), by=date(2022, 12, 31)),
        "flow": replace(FLOW, value=Fraction(90)),
        "parts": target(path="parts", parts=(Term("x", year, 1), Term("y", 2022, 1))),
        "comparator": target(path="comparator", comparator="y", value=None),
        "halving": target(path="halving", op="<=", value=Fraction(1, 2), baseline=(Term("x", 2018, 1),)),
        "trend": target(path="trend", direction="up", value=None, by=None),
    }
    worse, better = sorted((one, two), reverse=path in ("ceiling", "stock", "halving"))
    on = AFTER if due else date(year + 1, 6, 1)
    ranks = []
    for last in (worse, better):
        before = [point(y, 20) for y in range(2018, year)]
        ev = Evidence({"x": (*before, point(year, last)), "y": (point(2022, 10), point(year, 10))})
        ranks.append(ORDER.index(watch(targets[path], ev, on, RULES).verdict))
    assert ranks[0] <= ranks[1]
