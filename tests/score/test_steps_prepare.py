"""Steps before and beside an index on small numbers: denominate, screen, describe, impute by rows, trends, relations."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhishu.score.steps import impute, weigh
from zhishu.score.steps.denominate import denominate
from zhishu.score.steps.describe import by_group, describe
from zhishu.score.steps.normalise import rank_points
from zhishu.score.steps.relate import by_chance, family, pairs
from zhishu.score.steps.screen import screen
from zhishu.score.steps.stand_out import Stand, stands, strengths, weaknesses
from zhishu.score.steps.treat import winsorise
from zhishu.score.steps.tree import Node, Tree
from zhishu.score.steps.trend import growth, slope

NAN = float("nan")
any_number = st.one_of(st.floats(allow_nan=True, allow_infinity=False), st.sampled_from([0.0, NAN, 5e-324]))
six = arrays(np.float64, 6, elements=any_number)
cells = arrays(np.float64, (6, 3), elements=st.one_of(st.integers(0, 3).map(float), st.just(NAN)))


@given(six, six, st.floats(1e-6, 1e6))
def test_a_quotient_is_a_number_or_missing_with_its_reason(x: np.ndarray, by: np.ndarray, factor: float) -> None:
    """Never infinite; every figure that is lost says why; what was missing already says nothing."""
    found = denominate(x, by, factor)
    assert not np.isinf(found.values).any()
    gone = set(np.flatnonzero(np.isnan(found.values) & ~np.isnan(x)).tolist())
    assert set(found.lost) == gone
    for n in gone:
        told = {"no_denominator": np.isnan(by[n]), "denominator_zero": by[n] == 0, "denominator_negative": by[n] < 0}
        assert told.get(found.lost[n], by[n] > 0)


@given(arrays(np.float64, 6, elements=st.floats(1, 1e6)), arrays(np.float64, 6, elements=st.floats(1, 1e6)))
def test_quotients_keep_proportion(x: np.ndarray, by: np.ndarray) -> None:
    """Twice the figure is twice the quotient, twice the denominator half of it."""
    plain = denominate(x, by).values
    assert np.allclose(denominate(2 * x, by).values, 2 * plain)
    assert np.allclose(denominate(x, 2 * by).values, plain / 2)
    assert np.allclose(denominate(x, by, 1000).values, 1000 * plain)


def test_what_cannot_be_divided_is_refused() -> None:
    """Two lengths; a factor that is no number above zero."""
    with pytest.raises(ValueError, match="3 figures over 2"):
        denominate(np.ones(3), np.ones(2))
    for factor in (0.0, -1.0, NAN, math.inf):
        with pytest.raises(ValueError, match="above zero"):
            denominate(np.ones(2), np.ones(2), factor)


@given(cells, st.floats(0, 1), st.floats(0, 1))
def test_screening_is_monotone(table: np.ndarray, known: float, nonzero: float) -> None:
    """Nothing asked, nobody goes; who stays under a stricter limit stays under a milder one; reasons are true."""
    assert all(s.kept for s in screen(table))
    strict, mild = screen(table, known, nonzero), screen(table, known / 2, nonzero / 2)
    for a, b, row in zip(strict, mild, table, strict=True):
        assert b.kept or not a.kept
        assert a.missing == int(np.isnan(row).sum())
        if "zeros" in a.why:
            assert a.nonzero is not None
            assert a.nonzero < nonzero
        if "missing" in a.why:
            assert a.known < known or a.missing == 3


def test_exactly_the_limit_is_enough() -> None:
    """As it is written: seven of ten for 0.7, whatever rounding makes of one less three tenths."""
    for known in range(1, 11):
        row = np.array([[1.0] * known + [NAN] * (10 - known)])
        assert screen(row, float(f"0.{known}") if known < 10 else 1.0)[0].kept
        zeros = np.array([[1.0] * known + [0.0] * (10 - known)])
        assert screen(zeros, 0, float(f"0.{known}") if known < 10 else 1.0)[0].kept


def test_screening_refuses_what_is_no_share() -> None:
    """A limit beyond one, NaN, a table without indicators."""
    for limit in (-0.1, 1.1, NAN):
        with pytest.raises(ValueError, match="share"):
            screen(np.ones((2, 2)), limit)
    with pytest.raises(ValueError, match="indicators"):
        screen(np.ones((2, 0)))


@given(cells, st.sampled_from(["mean", "median"]))
def test_filling_from_the_row_stays_between_worst_and_best(table: np.ndarray, how: impute.Centre) -> None:
    """Known cells stay; a filled one lies within its column; the mean position of the row is where it stands."""
    found = impute.by_scaled_row(table, [1, -1, 1], how)
    known = ~np.isnan(table)
    assert np.array_equal(found[known], table[known])
    for before, after in zip(table.T, found.T, strict=True):
        filled = after[np.isnan(before) & ~np.isnan(after)]
        if len(filled):
            assert filled.min() >= np.nanmin(before) - 1e-9
            assert filled.max() <= np.nanmax(before) + 1e-9


@given(arrays(np.float64, st.integers(0, 9), elements=st.one_of(st.floats(-1e6, 1e6), st.just(NAN))))
def test_a_description_counts_every_cell(x: np.ndarray) -> None:
    """Known and missing are all; values and repetitions fit; a column of nothing has no numbers."""
    found = describe(x)
    assert (found.units, found.known) == (len(x), int((~np.isnan(x)).sum()))
    assert found.nonzero <= found.known
    assert found.distinct + found.same - 1 <= max(found.known, found.distinct)
    if found.known:
        assert found.least <= found.median <= found.most
    else:
        assert math.isnan(found.mean)
        assert found.even
    assert describe(np.array([1.0, 1.0, 1.0, 1.0, 99.0])).even is False


def test_groups_need_as_many_names_as_figures() -> None:
    """Else nobody knows whose group it is."""
    with pytest.raises(ValueError, match="1 groups of 2"):
        by_group(np.ones(2), ["甲"])


@given(st.floats(0.5, 2), st.integers(2, 8))
def test_steady_growth_is_found(rate: float, years: int) -> None:
    """A series that multiplies by one number a year, whatever is missing between."""
    times = np.arange(2010.0, 2010 + years)
    values = 7 * rate ** (times - 2010)
    values[1:-1] = NAN
    found = growth(values, times)
    assert found.rate == pytest.approx(rate - 1, abs=1e-9)
    assert growth(values[::-1], times[::-1]) == found


def test_a_line_in_percent_of_its_beginning() -> None:
    """Three figures on a line; a gap does not bend it; too few, zero and negative say why."""
    times = np.array([2015.0, 2016.0, 2017.0, 2018.0])
    assert slope(np.array([100.0, NAN, 110.0, 115.0]), times).rate == pytest.approx(5)
    assert slope(np.array([100.0, NAN, 110.0, NAN]), times).why == "too_few"
    assert slope(np.array([-5.0, 0.0, 5.0, 10.0]), times).why == "base_not_positive"
    assert growth(np.array([NAN, NAN, 3.0, NAN]), times).why == "too_few"
    assert growth(np.array([1.0, 2.0, 3.0, -1.0]), times).why == "end_negative"
    assert growth(np.array([1.0, 2.0, 8.0, NAN]), times, 2).why == "too_few"
    assert growth(np.array([1.0, 2.0, 8.0, 4.0]), times, 2).rate == -0.5
    for wrong, words in (((np.ones(2), times), "2 figures"), ((np.ones(2), np.zeros(2)), "twice")):
        with pytest.raises(ValueError, match=words):
            growth(*wrong)
    with pytest.raises(ValueError, match="two times"):
        growth(np.ones(4), times, 1)


@given(st.floats(-1, 1), st.integers(3, 400))
@example(1.759240619754705e-09, 3)
def test_chance_of_a_correlation(value: float, units: int) -> None:
    """A probability, the same for both signs, smaller for more units; the exact triangle law at three units."""
    found = by_chance(value, units)
    assert 0 <= found <= 1
    assert found == by_chance(-value, units)
    assert by_chance(value, units + 1) <= found + 1e-12
    # at three units the angle of the correlation is uniform
    assert by_chance(value, 3) == pytest.approx(math.acos(abs(value)) * 2 / math.pi, abs=1e-9)
    assert math.isnan(by_chance(value, 2))
    assert math.isnan(by_chance(NAN, 9))


def test_relations_on_six_numbers() -> None:
    """Who repeats whom under one heading, and how a column goes with those above it."""
    tree = Tree((Node("x", ("a", "b"), (1.0, 1.0)), Node("top", ("x", "c"), (1.0, 1.0))))
    columns = {
        c: np.array(v) for c, v in {"a": [1.0, 2, 4], "b": [2.0, 4, 8], "c": [3.0, 2, 1], "x": [1.0, 2, 4]}.items()
    }
    assert [(p.heading, p.one, p.other) for p in pairs(tree, columns, high=0.9)] == [("x", "a", "b")]
    assert [(p.one, p.other) for p in pairs(tree, columns, low=-0.5)] == [("x", "c")]
    found = family(tree, {**columns, "top": np.array([2.0, 2.0, 3.0])})
    assert list(found["a"]) == ["x", "top"]
    assert found["a"]["x"] == pytest.approx(1)
    assert tree.above("top") == tree.above("nothing") == ()


def test_where_a_unit_stands_out() -> None:
    """Best ranks first; what is not known is not listed; few indicators are both."""
    columns = {"a": np.array([1.0, 2.0, 3.0]), "b": np.array([9.0, 8.0, NAN]), "c": np.array([NAN, 1.0, 1.0])}
    assert strengths(columns, 0, 1) == [Stand("b", 1, 2)]
    assert weaknesses(columns, 0, 1) == [Stand("a", 3, 3)]
    assert [s.id for s in stands(columns, 2)] == ["a", "c"]
    assert weaknesses(columns, 0) == strengths(columns, 0)
    assert strengths(columns, 0, 0) == weaknesses(columns, 0, 0) == []


def test_ties_in_the_order_given() -> None:
    """Each place once; missing cells have none."""
    assert rank_points(np.array([5.0, 9.0, 5.0]), -1, "first").tolist() == [2, 1, 3]
    found = rank_points(np.array([5.0, NAN, 5.0]), 1, "first")
    assert np.array_equal(found, [1, NAN, 2], equal_nan=True)


def test_forced_to_the_limit() -> None:
    """As many cells as may be, though the column passes; not more than it has values."""
    x = np.array([1.0, 2.0, 3.0, 4.0])
    assert winsorise(x, 2).tolist() == x.tolist()
    # the greatest first; then the least, because the lower end is the longer one now
    assert winsorise(x, 2, force=True).tolist() == [2, 2, 3, 3]
    assert len(np.unique(winsorise(x, 99, force=True))) == 1


@given(arrays(np.float64, (6, 3), elements=st.floats(0, 9)))
def test_variances_of_components_sum_to_their_number(table: np.ndarray) -> None:
    """Of standardised columns, falling."""
    if (table.std(axis=0) < 1e-3).any():
        return
    found = weigh.variances(table)
    assert found.sum() == pytest.approx(3)
    assert (np.diff(found) <= 1e-12).all()
