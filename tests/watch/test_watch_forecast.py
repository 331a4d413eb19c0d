"""Forecasts: proper intervals inside one run, probabilities that answer, and refusals with a reason."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from watch_samples import RULES, evidence, line, point, target

from zhishu.logic import Unknown
from zhishu.watch import Point
from zhishu.watch.forecast import Forecast, Model, fan, forecast, forecast_target

MODELS: tuple[Model, Model] = ("trend", "drift")
SERIES = line(2010, 10, 12, 11, 14, 15)


def made(points: tuple[Point, ...], year: int, model: Model, **more: object) -> Forecast:
    """Return a forecast that must exist."""
    found = forecast(points, year, model, **more)
    assert isinstance(found, Forecast)
    return found


def test_trend_by_hand() -> None:
    """Slope 1.2 through (2012, 12.4): 17.2 in 2016, spread by the textbook formula with t(0.9; 3) = 1.6377."""
    found = made(SERIES, 2016, "trend")
    assert found.middle == pytest.approx(17.2)
    # residuals 0, 0.8, -1.4, 0.4, 0.2: sum of squares 2.8; s² = 2.8/3; 1 + 1/5 + 16/10
    half = 1.6377443536962 * (2.8 / 3 * 2.8) ** 0.5
    assert found.high - found.middle == pytest.approx(half, abs=1e-5)
    assert found.middle - found.low == pytest.approx(half, abs=1e-5)


def test_drift_by_hand() -> None:
    """5 up in 4 years: 1.25 a year; steps 2, −1, 3, 1 scatter by 8.75/3; two years ahead double it and half again."""
    found = made(SERIES, 2016, "drift")
    assert found.middle == pytest.approx(17.5)
    half = 1.6377443536962 * (8.75 / 3 * 2 * 1.5) ** 0.5
    assert found.high - found.middle == pytest.approx(half, abs=1e-5)


def test_trend_agrees_with_scipy() -> None:
    """An independent least-squares fit gives the same line."""
    stats = pytest.importorskip("scipy.stats", reason="scipy is an oracle of the tests, not a dependency")
    fit = stats.linregress([p.year for p in SERIES], [float(p.value) for p in SERIES])
    assert made(SERIES, 2020, "trend").middle == pytest.approx(fit.intercept + fit.slope * 2020, abs=1e-6)


def test_gaps_between_years_are_time() -> None:
    """A missing year is two years of drift, not one."""
    gapped = (point(2010, 10), point(2011, 12), point(2013, 14), point(2014, 15))
    assert made(gapped, 2015, "drift").middle == pytest.approx(16.25)


@pytest.mark.parametrize("model", MODELS)
def test_refusals_have_reasons(model: Model) -> None:
    """Too few points, another run, plans, two figures of a year, a year already known: unknown, each with its reason."""
    cases = [
        ((), 2020, "missing"),
        (line(2010, 1, 2, 4), 2020, "short_window"),
        ((*line(2010, 1, 2, 4), point(2013, 5, run="new")), 2020, "break"),
        ((*line(2010, 1, 2, 4), point(2013, 5, planned=True)), 2020, "planned"),
        ((*SERIES, point(2014, 16)), 2020, "conflict"),
        (SERIES, 2014, "domain"),
    ]
    for points, year, reason in cases:
        found = forecast(points, year, model)
        assert isinstance(found, Unknown)
        assert found.reason == reason


@pytest.mark.parametrize("model", MODELS)
def test_no_scatter_gives_no_certainty(model: Model) -> None:
    """Points on a line have an interval of no width, and no probability is made of that."""
    found = made(line(2010, 1, 2, 3, 4), 2016, model, goal=(Fraction(5), None))
    assert (found.low, found.middle, found.high) == (7.0, 7.0, 7.0)
    assert isinstance(found.probability, Unknown)


@pytest.mark.parametrize("model", MODELS)
def test_probability_is_half_at_the_middle(model: Model) -> None:
    """A goal at the middle is a coin; a floor and a ceiling share the whole; the interval holds its level."""
    plain = made(SERIES, 2016, model)
    middle, low, high = (Fraction(str(v)) for v in (plain.middle, plain.low, plain.high))
    assert made(SERIES, 2016, model, goal=(middle, None)).probability == pytest.approx(0.5, abs=1e-3)
    floor = made(SERIES, 2016, model, goal=(high, None)).probability
    ceiling = made(SERIES, 2016, model, goal=(None, high)).probability
    assert floor == pytest.approx(0.1, abs=1e-3)
    assert ceiling == pytest.approx(0.9, abs=1e-3)
    assert made(SERIES, 2016, model, goal=(low, high)).probability == pytest.approx(0.8, abs=1e-3)


@given(
    st.lists(st.fractions(-100, 100, max_denominator=20), min_size=4, max_size=12),
    st.sampled_from(MODELS),
    st.fractions(-100, 100, max_denominator=20),
)
@settings(max_examples=60)
def test_laws_of_intervals(values: list[Fraction], model: Model, goal: Fraction) -> None:
    """The order of the points is no matter, farther is never narrower, and a higher floor is never likelier."""
    points = line(2010, *values)
    last = points[-1].year
    near, far = made(points, last + 1, model), made(points, last + 4, model)
    assert near.low <= near.middle <= near.high
    assert far.high - far.low >= near.high - near.low - 1e-5
    assert forecast(points[::-1], last + 1, model) == near
    easy, hard = (made(points, last + 1, model, goal=(g, None)).probability for g in (goal, goal + 1))
    if isinstance(easy, float) and isinstance(hard, float):
        assert hard <= easy


def test_fan_of_years() -> None:
    """A fan holds every year to the deadline; nothing lies between a deadline and itself."""
    found = fan(SERIES, 2017)
    assert isinstance(found, tuple)
    assert [f.year for f in found] == [2015, 2016, 2017]
    assert isinstance(fan(SERIES, 2014), Unknown)
    assert isinstance(fan(SERIES[:3], 2017), Unknown)


def test_a_target_is_forecast_in_its_own_run() -> None:
    """The newest run is used even when an older one is longer; stale or planned figures give no forecast."""
    old, new = line(2010, 1, 2, 3, 4, 5, 6, run="old"), line(2016, 7, 8, 8, 9, run="new")
    t = target()
    found = forecast_target(t, evidence(*old, *new), date(2020, 6, 1), RULES)
    assert isinstance(found, Forecast)
    assert {p.run for p in found.points} == {"new"}
    assert found.year == 2022
    assert found.goal == (Fraction(10), None)
    for changed, ev, day, reason in (
        (t, evidence(*old, *new[1:]), date(2020, 6, 1), "short_window"),
        (t, evidence(*new), date(2022, 6, 1), "short_window"),
        (t, evidence(), date(2020, 6, 1), "missing"),
        (target(value=None), evidence(*new), date(2020, 6, 1), "not_set"),
        (target(by=None), evidence(*new), date(2020, 6, 1), "domain"),
    ):
        refused = forecast_target(changed, ev, day, RULES)
        assert isinstance(refused, Unknown)
        assert refused.reason == reason


def test_forecast_in_words() -> None:
    """The words name the points, the model, the interval and the probability."""
    said = made(SERIES, 2016, "trend", goal=(Fraction(17), None)).say("个")
    assert "2010—2014" in said.zh
    assert "80% 预测区间" in said.zh
    assert said.en.endswith("at least 17")
    assert "个" not in said.en
