"""Every known failure of the CAGR ratio gives the right verdict or says why there is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from watch_samples import ORDER, evidence, line, point, target

from zhishu.watch.cagr import REASONS, cagr, cagr_target

NOW = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("base", "last", "goal", "better", "verdict", "reason"),
    [
        # the plain ratio says +4.63 "on track" here
        (12, 9, 10, "higher", "far_behind", "fell_back"),
        (10, 9, 10, "higher", "far_behind", "fell_back"),
        (8, 12, 10, "lower", "far_behind", "fell_back"),
        (10, 10, 10, "higher", "on_track", "reached"),
        (10, 11, 10, "higher", "on_track", "reached"),
        (0, 5, 10, "higher", "undecided", "base_zero"),
        (0, 0, 10, "higher", "far_behind", "moved_away"),
        (-5, 5, 10, "higher", "undecided", "base_negative"),
        (-5, -6, 10, "higher", "far_behind", "moved_away"),
        (100, 40, 0, "lower", "undecided", "goal_zero"),
        (100, 0, 0, "lower", "on_track", "reached"),
        (100, 110, 0, "lower", "far_behind", "moved_away"),
        (100, 40, -10, "lower", "undecided", "goal_negative"),
        (5, -1, 10, "higher", "far_behind", "moved_away"),
        (8, 8, 10, "higher", "far_behind", "moved_away"),
    ],
)
def test_failures_of_the_ratio(base: int, last: int, goal: int, better: str, verdict: str, reason: str) -> None:
    """Two of four years gone: a growth rate that does not exist is never formed."""
    found = cagr(Fraction(base), 2018, Fraction(last), 2020, Fraction(goal), 2022, better)
    assert (found.verdict, found.reason, found.ratio) == (verdict, reason, None)
    assert found.say == REASONS[reason]


@pytest.mark.parametrize(
    ("last", "verdict", "reason", "ratio"),
    [
        (121, "on_track", "on_track", "1.0000"),
        ("115.4", "behind", "accelerate", "0.7424"),
        (105, "behind", "limited", "0.2470"),
        (99, "far_behind", "moved_away", None),
    ],
)
def test_bands_of_the_ratio(last: int | str, verdict: str, reason: str, ratio: str | None) -> None:
    """100 in 2018 and 146.41 by 2022 need 10 % a year; 0.95 and 0.60 part the bands."""
    found = cagr(Fraction(100), 2018, Fraction(last), 2020, Fraction("146.41"), 2022)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.ratio == (None if ratio is None else Decimal(ratio))


def test_a_falling_goal_is_measured_by_its_own_way() -> None:
    """From 100 to at most 64 in two years: 80 after one is exactly on the way."""
    assert cagr(Fraction(100), 2018, Fraction(80), 2019, Fraction(64), 2020, "lower").ratio == 1


def test_at_the_deadline_only_the_level_counts() -> None:
    """At the deadline no pace is asked, and no time since the base gives no verdict."""
    assert cagr(Fraction(0), 2018, Fraction(9), 2022, Fraction(10), 2022).verdict == "missed"
    assert cagr(Fraction(0), 2018, Fraction(10), 2022, Fraction(10), 2022).verdict == "met"
    assert cagr(Fraction(5), 2018, Fraction(6), 2018, Fraction(10), 2022).reason == "no_time"


@given(
    st.fractions(-20, 20, max_denominator=50),
    st.fractions(-20, 20, max_denominator=50),
    st.fractions(-20, 20, max_denominator=50),
    st.fractions(-20, 20, max_denominator=50),
    st.sampled_from(["higher", "lower"]),
    st.integers(2019, 2022),
)
@settings(max_examples=60)
def test_t47_better_is_never_worse_by_the_ratio(
    base: Fraction, one: Fraction, two: Fraction, goal: Fraction, better: str, year: int
) -> None:
    """Any base and goal, zero and negative too: a better last value never gets a worse verdict, and never raises."""
    worse, good = sorted((one, two), reverse=better == "lower")
    first, second = (cagr(base, 2018, v, year, goal, 2022, better).verdict for v in (worse, good))
    assert ORDER.index(first) <= ORDER.index(second)


def test_a_target_is_judged_inside_one_run() -> None:
    """The base is of the run of the last point; one point, another path or no figure give no verdict."""
    t = target()
    old, new = line(2016, 4, 5, 6, run="old"), line(2019, 8, 9, run="new")
    found = cagr_target(t, evidence(*old, *new), NOW)
    assert found == cagr(Fraction(8), 2019, Fraction(9), 2020, Fraction(10), 2022)
    assert cagr_target(t, evidence(*old, new[1]), NOW).reason == "one_point"
    assert cagr_target(t, evidence(), NOW).reason == "no_figures"
    assert cagr_target(target(by=None), evidence(*new), NOW).reason == "not_this_path"
    assert cagr_target(t, evidence(*line(2016, 4, 5, 6, 8, 9)), NOW) == cagr(
        Fraction(6), 2018, Fraction(9), 2020, Fraction(10), 2022
    )


def test_a_ceiling_and_a_later_figure() -> None:
    """A ceiling is read downwards; a figure after the deadline is no proof."""
    ceiling = target(op="<=", value=Fraction(5))
    assert cagr_target(ceiling, evidence(*line(2018, 10, 8, 6)), NOW).verdict == "on_track"
    late = evidence(*line(2018, 6, 7, 7, 8, 8), point(2024, 12, run="other"))
    assert cagr_target(target(), late, date(2026, 6, 1)).verdict == "missed"
