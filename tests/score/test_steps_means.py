"""Means beyond the three usual ones: distances, votes of pairs, places, uneven profiles, on small numbers and as laws."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhishu.score.steps.aggregate import MEANS, arithmetic, closeness, geometric, mazziotta_pareto, mpi, topsis
from zhishu.score.steps.ordered import ordered, owa
from zhishu.score.steps.recipe import SCALES
from zhishu.score.steps.vote import copeland, net_flow, outranking

tables = arrays(np.float64, (5, 3), elements=st.integers(1, 99).map(float))
holed = arrays(np.float64, (5, 3), elements=st.one_of(st.integers(1, 9).map(float), st.just(np.nan)))
shares = arrays(np.float64, 3, elements=st.integers(1, 9).map(float))
MONOTONE = sorted(set(MEANS) - {"mpi"})


@given(tables, shares, st.permutations(range(5)), st.permutations(range(3)), st.floats(0.1, 50))
def test_order_and_a_common_factor_of_the_weights_change_nothing(
    table: np.ndarray, weights: np.ndarray, units: list[int], columns: list[int], factor: float
) -> None:
    """Whatever the mean: units and indicators in another order, weights in another measure."""
    for mean in MEANS.values():
        found = mean(table, weights)
        assert np.allclose(mean(table[units], weights), found[units], equal_nan=True)
        assert np.allclose(mean(table[:, columns], weights[columns]), found, equal_nan=True)
        assert np.allclose(mean(table, weights * factor), found, equal_nan=True)


@given(tables, shares, st.integers(0, 4), st.integers(0, 2), st.floats(0.5, 40), st.sampled_from(MONOTONE))
def test_more_of_one_never_scores_less(
    table: np.ndarray, weights: np.ndarray, unit: int, column: int, more: float, name: str
) -> None:
    """Within the best of all: an ideal point that moves away is another measure."""
    raised = table.copy()
    raised[unit, column] = min(table[unit, column] + more, table[:, column].max())
    before, after = (MEANS[name](t, weights)[unit] for t in (table, raised))
    assert np.isnan(before) or np.isnan(after) or after >= before - 1e-9


@given(holed, arrays(np.float64, (4, 3), elements=st.integers(0, 3).map(float)))
def test_many_runs_are_each_run_alone(table: np.ndarray, weights: np.ndarray) -> None:
    """Over one table, and with a table of its own for each run; nothing is warned of where nothing is known."""
    for name in ("outranking", "topsis", "mpi", "owa"):
        mean = MEANS[name]
        alone = np.array([mean(table, w) for w in weights])
        each = np.broadcast_to(table, (4, *table.shape)).copy()
        assert np.allclose(mean(table, weights[:, None, :]), alone, equal_nan=True, atol=1e-7), name
        assert np.allclose(mean(each, weights[:, None, :]), alone, equal_nan=True, atol=1e-7), name


@given(tables, shares)
def test_an_ordered_mean_lies_between_its_extremes(table: np.ndarray, weights: np.ndarray) -> None:
    """Power 1 is the arithmetic mean; a great power the worst value, one near zero the best; between, they are in order."""
    assert np.allclose(owa(1)(table, weights), arithmetic(table, weights))
    low, high = table.min(axis=1), table.max(axis=1)
    found = [owa(p)(table, weights) for p in (0.25, 0.5, 1, 2, 4)]
    for more, less in pairwise(found):
        assert (more >= less - 1e-9).all()
    assert (found[-1] >= low - 1e-9).all()
    assert (found[0] <= high + 1e-9).all()
    assert np.allclose(owa(5000)(table, np.ones(3)), low)
    same = ordered(table, np.ones(3))
    assert np.allclose(same, arithmetic(table, np.ones(3)))
    assert np.allclose(ordered(table, np.array([0.0, 0.0, 2.0])), low)
    assert np.allclose(ordered(table, np.array([1.0, 0.0, 0.0])), high)


def test_an_ordered_mean_needs_a_power() -> None:
    """Zero and less order nothing."""
    with pytest.raises(ValueError, match="above zero"):
        owa(0)


@given(holed, shares)
def test_a_net_flow_is_won_from_others(table: np.ndarray, weights: np.ndarray) -> None:
    """Between −1 and 1; of whole tables they cancel out, and their signs are those of the pairs of two units."""
    flow = net_flow(table, weights)
    assert (np.abs(flow[~np.isnan(flow)]) <= 1 + 1e-12).all()
    if not np.isnan(table).any():
        assert abs(flow.sum()) < 1e-9
        two = net_flow(table[:2], weights)
        assert np.sign(np.round(two[0], 9)) == copeland(table[:2], weights)[0]
        assert two[0] == pytest.approx(2 * outranking(table, weights)[0, 1] - 1)


@given(tables, shares, st.floats(0.1, 9), st.floats(-50, 50))
def test_distances_and_votes_do_not_see_units_of_measurement(
    table: np.ndarray, weights: np.ndarray, factor: float, shift: float
) -> None:
    """Under min-max, TOPSIS; votes on whatever scale."""
    columns = [c for c in table.T if np.ptp(c) > 0]
    if not columns:
        return
    plain, moved = (
        np.column_stack([SCALES["minmax"](c, 1) for c in each])
        for each in (columns, [c * factor + shift for c in columns])
    )
    own = weights[: len(columns)]
    assert np.allclose(topsis(plain, own), topsis(moved, own), equal_nan=True)
    assert np.allclose(net_flow(table, weights), net_flow(table * factor, weights))


def test_topsis_squares_its_weights() -> None:
    """Hwang and Yoon multiply the columns before distances are taken: 3 to 1 tells 9 to 1 in squares."""
    found = topsis(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), np.array([3.0, 1.0]))
    assert found == pytest.approx([0.75, 0.25, 0.0])
    assert np.isnan(topsis(np.array([[1.0, 2.0], [1.0, 2.0]]), np.ones(2))).all()


@given(tables, shares)
def test_closeness_is_topsis_on_the_scale_of_its_table(table: np.ndarray, weights: np.ndarray) -> None:
    """The same order, within the table; a heading of one column is that column; where all are alike it is their mean."""
    plain, laid = topsis(table, weights), closeness(table, weights)
    known = ~np.isnan(plain)
    assert np.isfinite(laid).all()
    assert np.allclose(laid[~known], arithmetic(table, weights)[~known])
    assert (laid[known] >= table.min() - 1e-9).all()
    assert (laid[known] <= table.max() + 1e-9).all()
    # in the same order, whatever rounding makes of equals
    assert (np.diff(laid[known][np.argsort(plain[known])]) >= -1e-9).all()
    assert np.allclose(closeness(table[:, :1], weights[:1]), table[:, 0])


def test_closeness_of_a_unit_with_a_missing_cell_is_missing() -> None:
    """Where the others are alike too: nothing is made up for what is not known."""
    found = closeness(np.array([[2.0, 4.0], [2.0, np.nan], [2.0, 4.0]]), np.ones(2))
    assert np.array_equal(found, [3.0, np.nan, 3.0], equal_nan=True)


@given(tables, shares)
def test_an_uneven_profile_loses(table: np.ndarray, weights: np.ndarray) -> None:
    """Never above the mean; equal weights and whole tables give the published index; even profiles lose nothing."""
    scaled = 50 + table / 2
    assert (mpi(scaled, weights) <= arithmetic(scaled, weights) + 1e-9).all()
    assert np.allclose(mpi(scaled, np.full(3, 7.0)), mazziotta_pareto(scaled))
    even = np.repeat(scaled[:, :1], 3, axis=1)
    assert np.allclose(mpi(even, weights), even[:, 0])
    assert np.isnan(mpi(scaled * 0, weights)).all()
    assert np.isnan(mpi(-scaled, weights)).all()
    assert (geometric(scaled, weights) <= arithmetic(scaled, weights) + 1e-9).all()


def test_the_published_scale_of_the_index() -> None:
    """Mean 100 and spread 10 over the units themselves, not over a sample of them."""
    column = SCALES["mpi"](np.array([1.0, 2.0, 3.0, 4.0, 7.0]), 1)
    assert column.mean() == pytest.approx(100)
    assert column.std() == pytest.approx(10)
