"""Figures of several years: gaps filled along each unit, outliers and screens within a year, one scale for all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.score.steps import panel
from zhishu.score.steps.normalise import percentile, rank_points
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.shape import is_even, skewness, uneven
from zhishu.score.steps.treat import log_of_range, treat
from zhishu.score.steps.tree import Node, Tree

NAN = float("nan")
YEARS = np.array([2018.0, 2019.0, 2021.0])
SIX = np.array([[1.0, 4.0], [NAN, NAN], [7.0, NAN]])
ONE = Tree((Node("top", ("a",), (1.0,)),))


@pytest.mark.parametrize(
    ("way", "first", "second"),
    [("latest", 1.0, [4.0, 4.0]), ("linear", 3.0, [NAN, NAN]), ("constant", 1.0, [4.0, 4.0])],
)
def test_gaps_are_filled_along_a_units_own_years(way: str, first: float, second: list[float]) -> None:
    """By the years themselves, not by their number; each filled cell says from which years."""
    found, taken = panel.fill(SIX, YEARS, way)  # type: ignore[arg-type]  # one of the literal ways
    assert found[1, 0] == first
    assert np.array_equal(found[1:, 1], second, equal_nan=True)
    from_years = {(t.year, t.unit): t.sources for t in taken}
    assert from_years[1, 0] == ((0, 2) if way == "linear" else (0,))
    assert len(taken) == int((~np.isnan(found) & np.isnan(SIX)).sum())


def test_a_unit_that_has_no_row_is_not_made_up() -> None:
    """Only cells of rows that are there are filled."""
    there = np.array([[True, True], [False, True], [True, True]])
    found, taken = panel.fill(SIX, YEARS, "linear_constant", there)
    assert np.isnan(found[1, 0])
    assert [(t.year, t.unit, t.value) for t in taken] == [(1, 1, 4.0), (2, 1, 4.0)]


def test_one_scale_for_all_years() -> None:
    """The least and the greatest of all years are the ends, so that everybody may rise."""
    study = Study({"a": np.array([1.0, 3.0, 2.0, 5.0])}, {"a": 1}, ONE, years=2)
    scores = study.scores(Recipe(None))["top"]
    assert scores.tolist() == [1.0, 50.5, 25.75, 100.0]
    assert study.ranks(scores).tolist() == [2.0, 1.0, 2.0, 1.0]


def test_pairs_are_compared_within_a_year() -> None:
    """Copeland's votes of one year know nothing of another."""
    study = Study({"a": np.array([1.0, 2.0, 3.0, 30.0, 10.0, 20.0])}, {"a": 1}, ONE, years=2)
    assert study.scores(Recipe(None, "minmax", "copeland"))["top"].tolist() == [-2.0, 0.0, 2.0, 2.0, -2.0, 0.0]


def test_outliers_are_drawn_in_year_by_year() -> None:
    """What is far out in one year is not in another; where a year needs a logarithm, all years have it."""
    even = [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0]
    skewed = [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0]
    found = panel.treated(np.array([even, skewed]), 5)
    assert found.tolist() == [even, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]]
    far = [1.0, 1.0, 1.0, 1.0, 50.0, 90.0, 1000.0]
    both = np.array([even, far])
    assert np.array_equal(panel.treated(both, 0), log_of_range(both))


def test_what_reaches_a_limit_but_for_rounding_has_reached_it() -> None:
    """Three equal values and one other have a skewness of 2, one by one and all at once."""
    for column in (np.array([0.0, 0, 1e-9, 5]), np.array([0.1, 0.1, 0.1, 0.7]), np.array([3.0, 3, 3, 1])):
        assert not is_even(column)
        assert uneven(column[None])[0][0]


def test_units_are_screened_in_each_year() -> None:
    """By the share of the indicators that are known of them in it."""
    a, b = np.array([[1.0, NAN], [NAN, NAN]]), np.array([[1.0, 2.0], [3.0, NAN]])
    assert panel.screen([a, b], 0.5).tolist() == [[True, True], [True, False]]
    assert panel.screen([a, b], 0.6).tolist() == [[True, False], [False, False]]


cells = st.one_of(st.just(NAN), st.integers(0, 9).map(float), st.sampled_from([50.0, 1000.0, 1e-9, -3.5]))
columns = st.lists(cells, min_size=2, max_size=12).map(np.array)


@settings(max_examples=400, deadline=None)
@given(columns, st.integers(0, 3))
def test_one_year_is_treated_as_a_column_alone(column: np.ndarray, most: int) -> None:
    """All rows are looked at at once, with what each says alone."""
    if np.isnan(column).all():
        return
    alone = treat(column, most, log_of_range).values
    assert np.array_equal(panel.treated(column[None], most)[0], alone, equal_nan=True)
    fails = not is_even(column) and not np.isnan(skewness(column))
    assert bool(uneven(column[None])[0][0]) == fails


@given(columns, st.sampled_from([1, -1]))
def test_scales_of_many_columns_are_those_of_each(column: np.ndarray, way: int) -> None:
    """Each row of a table on its own; ranks and percentiles are those of the steps."""
    if np.isnan(column).all():
        return
    d = 1 if way == 1 else -1
    for scale in SCALES.values():
        both = scale(np.stack([column, column[::-1]]), d)
        assert np.array_equal(both[0], scale(column, d), equal_nan=True)
        assert np.allclose(both[1], both[0][::-1], equal_nan=True)
    assert np.array_equal(SCALES["rank"](column, d), rank_points(column, d), equal_nan=True)
    assert np.array_equal(SCALES["percentile"](column, d), percentile(column, d) * 99 + 1, equal_nan=True)
