"""Laws of the score kinds: bounds held, monotone in the direction, continuous where promised, free of order."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds import (
    Cliff,
    Completion,
    Deduct,
    Expert,
    Growth,
    Interval,
    Marginal,
    PlacesGained,
    RankLine,
    RankTable,
    Survey,
    cliff,
    completion,
    deduct,
    expert,
    growth,
    interval,
    marginal,
    places_gained,
    rank_line,
    rank_table,
    survey,
)

F = Fraction
HELD = Unknown("held", "one row")
NUMBERS = st.fractions(-100, 100, max_denominator=50)
POSITIVE = st.fractions(F(1, 50), 100, max_denominator=50)
BETTER = st.sampled_from(("higher", "lower"))
TABLE = RankTable((F(10), F(8), F(6)), rest=F(3), least=2)


def points(value: Value) -> Fraction:
    """Return points that are known."""
    assert isinstance(value, Fraction)
    return value


@given(NUMBERS, NUMBERS, POSITIVE, POSITIVE, BETTER)
def test_completion_is_bounded_monotone_and_continuous(a: F, b: F, target: F, cap: F, better: str) -> None:
    """From 0 to the cap, never against the direction, and no steeper than its steepest line."""
    how = Completion(better, F(40), cap)  # type: ignore[arg-type]
    assume(better == "higher" or (a >= 0 and b >= 0))
    low, high = (points(completion(x, target, how)) for x in sorted((a, b)))
    assert 0 <= min(low, high) <= max(low, high) <= 40 * cap
    assert low <= high if better == "higher" else low >= high
    steepest = 1 / target if better == "higher" else cap * cap / target
    assert abs(high - low) <= 40 * steepest * abs(a - b)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_interval_is_bounded_monotone_and_continuous(a: F, b: F, full_at: F, none_at: F) -> None:
    """From 0 to full points, towards the value of full points, no steeper than the line."""
    assume(full_at != none_at)
    how = Interval(full_at, none_at)
    low, high = (points(interval(x, how)) for x in sorted((a, b)))
    assert 0 <= min(low, high) <= max(low, high) <= 100
    assert low <= high if full_at > none_at else low >= high
    assert abs(high - low) <= 100 * abs(a - b) / abs(full_at - none_at)
    assert interval(full_at, how) == 100
    assert interval(none_at, how) == 0


@given(NUMBERS, NUMBERS, NUMBERS, POSITIVE, BETTER)
def test_marginal_is_symmetric_monotone_and_continuous(a: F, b: F, mean: F, base: F, better: str) -> None:
    """What is gained above is lost below; never below 0 nor past the bands; a point counts a twentieth at most."""
    how = Marginal(base, better=better, point=F(1))  # type: ignore[arg-type]
    assert points(marginal(a, mean, how)) + points(marginal(2 * mean - a, mean, how)) == 2 * base
    low, high = (points(marginal(x, mean, how)) for x in sorted((a, b)))
    assert 0 <= min(low, high) <= max(low, high) <= base * F(23, 12)
    assert low <= high if better == "higher" else low >= high
    assert abs(high - low) <= base / 20 * abs(a - b)


@given(NUMBERS, NUMBERS, NUMBERS, POSITIVE, POSITIVE, BETTER, st.sampled_from(("part", "begun", "whole")))
def test_deduct_and_cliff_never_rise_with_the_shortfall(
    a: F, b: F, line: F, step: F, loss: F, better: str, count: str
) -> None:
    """Full at the line, floored, against the shortfall; in part without a jump; a cliff is never above the slope."""
    slope = Deduct(F(50), line, step, loss, better, count)  # type: ignore[arg-type]
    fall = Cliff(F(50), line, F(3), step, loss, F(-5), better, count)  # type: ignore[arg-type]
    worse, good = sorted((a, b), reverse=better == "lower")
    assert deduct(line, slope) == cliff(line, fall) == 50
    assert 0 <= points(deduct(worse, slope)) <= points(deduct(good, slope)) <= 50
    assert -5 <= points(cliff(worse, fall)) <= points(cliff(good, fall)) <= 50
    assert points(cliff(a, fall)) <= points(deduct(a, slope))
    if count == "part":
        assert points(deduct(good, slope)) - points(deduct(worse, slope)) <= loss / step * abs(a - b)


@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 4).map(F) | st.just(HELD), min_size=2), st.data(), BETTER
)
def test_points_of_a_place_hold_wherever_the_absent_stand(
    cells: dict[str, Value], data: st.DataObject, better: str
) -> None:
    """Points given although a unit is absent are the points once it reports; better values never earn less."""
    filled: dict[str, Value] = {
        u: F(data.draw(st.integers(-1, 5))) if isinstance(v, Unknown) else v for u, v in cells.items()
    }
    table = RankTable(TABLE.points, TABLE.rest, 2, better)  # type: ignore[arg-type]
    line = RankLine(F(100), F(60), 2, better)  # type: ignore[arg-type]
    for before, after in (
        (rank_table(cells, table), rank_table(filled, table)),
        (rank_line(cells, line), rank_line(filled, line)),
    ):
        assert all(isinstance(v, Unknown) or v == after[u] for u, v in before.items())
        order = sorted(filled, key=lambda u: points(filled[u]), reverse=better == "higher")
        earned = [points(after[u]) for u in order]
        assert earned == sorted(earned, reverse=True)
        assert 0 <= earned[-1] <= earned[0] <= 100
    assert rank_table(dict(reversed(cells.items())), table) == rank_table(cells, table)


@given(st.integers(1, 80), st.integers(1, 80), st.integers(1, 80), POSITIVE, POSITIVE)
def test_places_gained_are_bounded_and_monotone(before: int, a: int, b: int, gain: F, cap: F) -> None:
    """A better place never earns less; nothing above the cap or below what may be lost."""
    how = PlacesGained(gain, cap, gain, cap)
    better, worse = (points(places_gained(F(before), F(now), how)) for now in sorted((a, b)))
    assert -cap <= worse <= better <= cap


@given(st.lists(NUMBERS, min_size=1, max_size=6), NUMBERS, POSITIVE, BETTER)
def test_growth_is_bounded_monotone_and_continuous(others: list[F], own: F, gain: F, better: str) -> None:
    """More growth never earns a unit less, in proportion at most; within low and high; order-free."""
    how = Growth(F(80), gain, better=better, point=F(1))  # type: ignore[arg-type]
    cells: dict[str, Value] = {str(n): v for n, v in enumerate(others)}
    before, after = growth(cells, how), growth(cells | {"0": own}, how)
    low, high = sorted(((others[0], points(before["0"])), (own, points(after["0"]))))
    assert low[1] <= high[1] if better == "higher" else low[1] >= high[1] or low[0] == high[0]
    assert 0 <= min(low[1], high[1]) <= max(low[1], high[1]) <= 100
    assert abs(low[1] - high[1]) <= gain * (high[0] - low[0])
    assert growth(dict(reversed(cells.items())), how) == before


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 90))
def test_survey_is_bounded_and_monotone(a: int, b: int, answers: int) -> None:
    """More who agree never earn less; from none to full points."""
    fewer, more = (survey(F(min(n, answers)), F(answers), Survey(1)) for n in sorted((a, b)))
    assert 0 <= points(fewer) <= points(more) <= 100


@given(
    st.lists(st.fractions(0, 100, max_denominator=9), min_size=3, max_size=7), st.fractions(0, 100), st.integers(0, 1)
)
def test_expert_is_bounded_monotone_and_order_free(marks: list[F], raised: F, trim: int) -> None:
    """Between the lowest and highest mark; a mark raised never lowers the points; one extreme mark is without weight."""
    how = Expert(3, trim)
    found = points(expert(marks, how))
    assert min(marks) <= found <= max(marks)
    assert expert(marks[::-1], how) == found
    assert points(expert([max(marks[0], raised), *marks[1:]], how)) >= found
    if trim:
        top = sorted(marks)
        assert expert([*top[:-1], F(100)], how) == found
