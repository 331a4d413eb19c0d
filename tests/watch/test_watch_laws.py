"""Laws of watching: a better value never gets a worse verdict, planned figures prove nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.pack.system import Cite
from zhishu.pack.target import Target, Term
from zhishu.terms import Text
from zhishu.watch import Evidence, PaceRules, Point, watch
from zhishu.watch.rules import pace_verdict

ORDER = ["missed", "far_behind", "behind", "undecided", "on_track", "met"]
RULES = PaceRules()
WORDS = Text("甲", "a")


def target(**more: object) -> Target:
    """Return a level target: at least 50 % by the end of 2022."""
    plain = Target(
        "k", "s", WORDS, Cite("1.1", "甲"), "level", ">=", Fraction(1, 2), "%", None, None, date(2022, 12, 31),
        date(2018, 6, 30), False, ("x",), None, "baseline", (), (), (), None, (), "510000", WORDS, WORDS, (), (), (), "t",
    )  # fmt: skip
    return replace(plain, **more)


def point(year: int, value: Fraction, run: str = "r", planned: bool = False) -> Point:
    """Return a point known on 1 March of the next year."""
    return Point(year, value, planned, run, date(year + 1, 3, 1), False, "medium", (f"t:{year}",))


def evidence(*points: Point) -> Evidence:
    """Return the evidence of the series x."""
    return Evidence({"x": points})


VALUES = st.fractions(min_value=0, max_value=1)


@given(VALUES, VALUES, VALUES)
@settings(max_examples=60)
def test_t47_a_better_value_never_gets_a_worse_verdict(before: Fraction, low: Fraction, high: Fraction) -> None:
    """Raising the last value, at the deadline or on the way, never lowers the verdict."""
    low, high = min(low, high), max(low, high)
    for today, year in ((date(2023, 6, 1), 2022), (date(2021, 6, 1), 2020)):
        worse, better = (
            watch(target(), evidence(point(year - 1, before), point(year, v)), today, RULES).verdict
            for v in (low, high)
        )
        assert ORDER.index(worse) <= ORDER.index(better)


@given(VALUES)
@settings(max_examples=30)
def test_planned_figures_never_prove(value: Fraction) -> None:
    """A plan that reaches the goal is no proof that it was reached."""
    assert watch(target(), evidence(point(2022, value, planned=True)), date(2023, 6, 1), RULES).verdict == "undecided"


def test_a_break_between_two_years_gives_no_pace() -> None:
    """Two runs make one point each: the pace is unknown, not the jump between them."""
    found = watch(
        target(), evidence(point(2019, Fraction(1, 5), "a"), point(2020, Fraction(2, 5), "b")), date(2021, 6, 1), RULES
    )
    assert (found.verdict, found.reason) == ("undecided", "one_point")


def test_a_falling_value_below_its_floor_is_not_on_track() -> None:
    """The failure of ratio methods: 12 to 9 with a floor of 10 is no success."""
    t = target(value=Fraction(10), unit="个")
    found = watch(t, evidence(point(2019, Fraction(12)), point(2020, Fraction(9))), date(2021, 6, 1), RULES)
    assert found.verdict == "far_behind"


def test_zero_and_negative_numbers_never_raise() -> None:
    """Base zero, base equal to the target, negative values: a verdict or a reason, never an exception."""
    for a, b, goal in ((0, 0, 0), (0, 1, 1), (-5, -4, 0), (3, 3, 3), (-1, 1, -1)):
        t = target(value=Fraction(goal), unit="个")
        found = watch(t, evidence(point(2019, Fraction(a)), point(2020, Fraction(b))), date(2021, 6, 1), RULES)
        assert found.verdict in ORDER


def test_sources_across_the_line_do_not_decide() -> None:
    """Where two sources disagree across the line nothing is decided; a sufficient known part is."""
    parts = (Term("x", 2022, 1), Term("y", 2022, 1))
    t = target(path="parts", value=Fraction(10000), unit="km", parts=parts)
    both = Evidence({"x": (point(2022, Fraction(9000)), point(2022, Fraction(11000)))})
    assert watch(t, both, date(2023, 6, 1), RULES).verdict == "undecided"
    enough = Evidence({"x": (point(2022, Fraction(12000)),)})
    assert watch(t, enough, date(2023, 6, 1), RULES).verdict == "met"


@given(VALUES, st.fractions(min_value=Fraction(1, 100), max_value=1))
@settings(max_examples=40)
def test_pace_verdict_is_monotone(observed: Fraction, required: Fraction) -> None:
    """A faster pace is never judged worse."""
    slow, fast = pace_verdict(observed / 2, required, RULES), pace_verdict(observed, required, RULES)
    assert ORDER.index(slow) <= ORDER.index(fast)


def test_each_year_needs_every_year() -> None:
    """Silence about a year never makes a yearly promise met; one year outside breaks it."""
    t = target(
        path="each_year", op="~", value=Fraction(65, 100), within=Fraction(1, 100), by=None, since=date(2020, 1, 1)
    )
    good = [point(y, Fraction(65, 100)) for y in (2020, 2021, 2022)]
    assert watch(t, evidence(*good), date(2023, 6, 1), RULES).verdict == "met"
    assert watch(t, evidence(*good[:2]), date(2023, 6, 1), RULES).reason == "part_of_years"
    assert watch(t, evidence(*good[:2], point(2022, Fraction(7, 10))), date(2023, 6, 1), RULES).verdict == "missed"


def test_trend_comparator_and_halving() -> None:
    """Directions, moving comparators and halved baselines on small numbers."""
    rising = target(path="trend", direction="up", value=None, by=None)
    assert (
        watch(
            rising,
            evidence(point(2020, Fraction(1)), point(2021, Fraction(2)), point(2022, Fraction(3))),
            date(2023, 6, 1),
            RULES,
        ).verdict
        == "met"
    )
    assert (
        watch(rising, evidence(point(2021, Fraction(2)), point(2022, Fraction(1))), date(2023, 6, 1), RULES).verdict
        == "missed"
    )
    moving = target(path="comparator", comparator="y", value=None)
    pair = Evidence({"x": (point(2022, Fraction(2)),), "y": (point(2022, Fraction(3)),)})
    assert watch(moving, pair, date(2023, 6, 1), RULES).verdict == "missed"
    half = target(path="halving", op="<=", value=Fraction(1, 2), baseline=(Term("x", 2018, 1),), unit="天")
    assert (
        watch(half, evidence(point(2018, Fraction(100)), point(2022, Fraction(50))), date(2023, 6, 1), RULES).verdict
        == "met"
    )
    assert (
        watch(half, evidence(point(2018, Fraction(100)), point(2022, Fraction(51))), date(2023, 6, 1), RULES).verdict
        == "missed"
    )
    assert watch(half, evidence(point(2022, Fraction(51))), date(2023, 6, 1), RULES).reason == "no_baseline"
