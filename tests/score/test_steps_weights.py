"""Weights that serve each unit best, weights fitted to declared importance, and the order that agrees best with pairs."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhishu.score.steps.aggregate import arithmetic, geometric
from zhishu.score.steps.diagnose import correlation
from zhishu.score.steps.doubt import benefit_of_doubt
from zhishu.score.steps.fit import fit_weights
from zhishu.score.steps.order import median_order, supported
from zhishu.score.steps.vote import outranking
from zhishu.score.steps.weigh import critic, entropy, principal

pytest.importorskip("scipy", reason="SciPy (extra sensitivity) is not installed")
positive = arrays(np.float64, (6, 3), elements=st.integers(1, 50).map(float))


@settings(max_examples=30, deadline=None)
@given(positive, st.permutations(range(6)), st.permutations(range(3)), st.floats(0.1, 20))
def test_the_benefit_of_the_doubt(table: np.ndarray, units: list[int], columns: list[int], factor: float) -> None:
    """Scores reach 1 and none is above; no other weights serve better; order and units of measurement play no part."""
    found = benefit_of_doubt(table)
    assert found.scores.max() == pytest.approx(1)
    assert (found.scores <= 1 + 1e-9).all()
    assert np.allclose(benefit_of_doubt(table[units][:, columns] * factor).scores, found.scores[units])
    assert np.allclose(benefit_of_doubt(table * np.array([factor, 1.0, 3.0])).scores, found.scores)
    for weights in (np.ones(3), np.array([1.0, 0.0, 0.0]), np.array([1.0, 2.0, 5.0])):
        plain = table @ weights
        assert (plain / plain.max() <= found.scores + 1e-9).all()
    for unit, weights in enumerate(found.weights):
        assert (table @ weights <= 1 + 1e-9).all()
        assert table[unit] @ weights == pytest.approx(found.scores[unit])


@settings(max_examples=30, deadline=None)
@given(positive, st.floats(0, 0.33), st.floats(0.34, 1))
def test_bounds_hold_and_cost(table: np.ndarray, low: float, high: float) -> None:
    """Shares lie within them, of the weights or of the parts; the narrower the bounds, the lower the score.

    To what the solver takes for met, 1e-7.
    """
    free, bound = benefit_of_doubt(table), benefit_of_doubt(table, low, high)
    assert (bound.shares >= low - 1e-6).all()
    assert (bound.shares <= high + 1e-6).all()
    parts = benefit_of_doubt(table, low, high, "parts")
    shares = parts.weights * table / parts.scores[:, None]
    assert (shares >= low - 1e-6).all()
    assert (shares <= high + 1e-6).all()
    assert (bound.scores <= free.scores + 1e-6).all()
    assert (parts.scores <= free.scores + 1e-6).all()
    narrow = benefit_of_doubt(table, 1 / 3 - 1e-12, 1 / 3 + 1e-12)
    assert narrow.scores == pytest.approx(table.mean(axis=1) / table.mean(axis=1).max(), rel=1e-6)


def test_doubt_is_refused_where_it_means_nothing() -> None:
    """Holes, values below zero, zeros only, bounds that contradict; a unit of zeros has zero and no shares."""
    table = np.array([[1.0, 2.0], [0.0, 0.0]])
    for broken, words in ((table * np.nan, "missing"), (-table, "below zero"), (table * 0, "all zero")):
        with pytest.raises(ValueError, match=words):
            benefit_of_doubt(broken)
    with pytest.raises(ValueError, match="cannot all lie"):
        benefit_of_doubt(table, 0.6)
    found = benefit_of_doubt(table, 0.1, 0.9)
    assert found.scores.tolist() == [1.0, 0.0]
    assert np.isnan(found.shares[1]).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.permutations(["z", "m", "a", "k"]), st.permutations(["a", "k", "m", "z"]))
def test_fitted_weights_go_by_name_and_not_by_place(seed: int, one: list[str], two: list[str]) -> None:
    """Columns and declared importance in any order, none alphabetical: each name keeps its own weight."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=40)
    columns = {id: random.normal(size=40) + shared for id in "zmak"}
    declared = {"z": 1.0, "m": 1.2, "a": 1.5, "k": 0.9}
    found = fit_weights(columns, declared)
    other = fit_weights({id: columns[id] for id in one}, {id: declared[id] for id in two})
    assert list(found.weights) == list("zmak")
    assert list(other.weights) == one
    assert {id: other.weights[id] for id in found.weights} == pytest.approx(dict(found.weights), abs=1e-6)
    if found.met:
        score = arithmetic(np.column_stack(list(columns.values())), np.array(list(found.weights.values())))
        squared = {id: correlation(x, score) ** 2 for id, x in columns.items()}
        total = sum(squared.values())
        assert {id: x / total for id, x in squared.items()} == pytest.approx(
            {id: x / 4.6 for id, x in declared.items()}, abs=1e-5
        )


def test_fitted_weights_are_those_of_the_closed_form() -> None:
    """Under the arithmetic mean: the correlations solved for roots of the importance, over the spreads."""
    random = np.random.default_rng(5)
    table = (random.normal(size=(60, 4)) + random.normal(size=(60, 1))) * np.array([1.0, 5.0, 0.2, 3.0])
    declared = np.array([2.0, 1.0, 1.0, 1.5])
    solved = np.linalg.solve(np.corrcoef(table, rowvar=False), np.sqrt(declared)) / table.std(axis=0)
    found = fit_weights(dict(zip("dbca", table.T, strict=True)), dict(zip("dbca", declared, strict=True)))
    assert (solved > 0).all()
    assert found.met
    assert list(found.weights.values()) == pytest.approx(list(solved / solved.sum()), rel=1e-6)
    other = fit_weights(dict(zip("dbca", np.exp(table / 9).T, strict=True)), dict.fromkeys("abcd", 1.0), geometric)
    assert other.met
    assert list(other.importance.values()) == pytest.approx([0.25] * 4, abs=1e-6)


def test_what_cannot_be_fitted_is_said() -> None:
    """An indicator that runs against the others never matters as asked; names, zeros and constants are refused."""
    up = np.arange(8.0)
    columns = {"b": up, "a": up + np.array([0.0, 1.0] * 4), "c": -up}
    found = fit_weights(columns, dict.fromkeys("abc", 1.0))
    assert not found.met
    assert min(found.weights.values()) > 0
    with pytest.raises(ValueError, match="not in both: c, d"):
        fit_weights(columns, {"a": 1.0, "b": 1.0, "d": 1.0})
    with pytest.raises(ValueError, match="above zero"):
        fit_weights(columns, {"a": 1.0, "b": 1.0, "c": 0.0})
    with pytest.raises(ValueError, match="same for every unit"):
        fit_weights({**columns, "c": np.ones(8)}, dict.fromkeys("abc", 1.0))


@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, (5, 4), elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan))))
def test_no_other_order_has_more_support(table: np.ndarray) -> None:
    """Against all 120 orders of five units; of equals the one that keeps the units as they stand most."""
    over = outranking(table, np.ones(4))
    found = median_order(over)
    every = {units: supported(over, units) for units in permutations(range(5))}
    assert found.support == pytest.approx(max(every.values()))
    assert found.support == pytest.approx(every[found.units])
    assert found.proved


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_of_many_units_no_single_move_betters_the_order(seed: int) -> None:
    """Twenty units; where there is a clear order it is found; it is not called proved."""
    random = np.random.default_rng(seed)
    over = outranking(random.normal(size=(20, 7)), np.ones(7))
    found = median_order(over)
    assert not found.proved
    for at in range(20):
        rest = [u for u in found.units if u != found.units[at]]
        for to in range(20):
            moved = (*rest[:to], found.units[at], *rest[to:])
            assert supported(over, moved) <= found.support + 1e-9
    clear = median_order(outranking(np.arange(20.0)[:, None] * np.ones(3), np.ones(3)))
    assert clear.units == tuple(reversed(range(20)))


@given(positive, st.permutations(range(6)), st.permutations(range(3)), st.floats(0.1, 20))
def test_weights_found_from_figures_follow_their_columns(
    table: np.ndarray, units: list[int], columns: list[int], factor: float
) -> None:
    """Sum to 1; units and columns in any order; entropy does not see a common factor, the others no shift either."""
    table = table[:, np.ptp(table, axis=0) > 0]
    columns = [c for c in columns if c < table.shape[1]]
    if table.shape[1] < 2:
        return
    for weights, shift in ((entropy, 0.0), (critic, 3.0), (principal, 3.0)):
        try:
            found = weights(table)
        except ValueError:
            continue
        assert found.sum() == pytest.approx(1)
        if weights is principal and np.abs(found).max() > 1e3:
            continue  # loadings that nearly cancel out: their sum is rounding
        assert np.allclose(weights(table[units]), found, rtol=1e-5, atol=1e-7)
        if weights is not principal:
            assert np.allclose(weights(table[:, columns]), found[columns])
            assert np.allclose(weights(table * factor + shift), found, rtol=1e-5, atol=1e-7)
