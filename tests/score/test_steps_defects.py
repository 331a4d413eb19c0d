"""What the leading package for indices gets wrong (../shared/score-reference.md, last lines), right here: one test each.

Optimised weights in declared order stand with the weights; a mean of powers over a hole also with the golden tables.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhishu.score.steps import aggregate, treat
from zhishu.score.steps.normalise import minmax
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.shape import skewness
from zhishu.score.steps.tree import Node, Tree

NAN = float("nan")
TREE = Tree((Node("x", ("a", "b"), (1.0, 1.0)), Node("top", ("x", "c"), (2.0, 1.0))))
cells = st.one_of(st.integers(0, 4).map(float), st.just(NAN))


def test_copeland_can_be_called_for_every_heading() -> None:
    """Votes in the lower heading, then votes of that heading and the column beside it."""
    data = {"a": np.array([3.0, 2.0, 1.0]), "b": np.array([3.0, 1.0, 2.0]), "c": np.array([1.0, 2.0, 3.0])}
    found = Study(data, dict.fromkeys("abc", 1), TREE).scores(Recipe(None, "rank", "copeland"))
    assert found["x"].tolist() == [2, -1, -1]
    # x has two thirds of the vote: the first is ahead; of the other two x says nothing and c prefers the third
    assert found["top"].tolist() == [2, -2, 0]


@given(arrays(np.float64, st.integers(3, 12), elements=st.floats(0, 1e6, allow_subnormal=False)))
def test_the_logarithm_of_the_innovation_index_keeps_the_order_or_refuses(x: np.ndarray) -> None:
    """It changes a skewed column, never turns it round, and refuses where the greatest value is not above one."""
    if not x.max() > 1:
        with pytest.raises(ValueError, match="not above 1"):
            treat.log_scaled(x)
        return
    found = treat.log_scaled(x)
    assert np.isfinite(found).all()
    order = np.argsort(x, kind="stable")
    assert (np.diff(found[order]) >= 0).all()


def test_the_logarithm_of_the_innovation_index_treats() -> None:
    """A long upper and a long lower end are drawn in; the factor makes small figures fit."""
    high = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 100.0])
    low = np.array([1.0, 96.0, 97.0, 98.0, 99.0, 100.0])
    for x in (high, low):
        found = treat.treat(x, None, treat.log_scaled)
        assert found.way == "transformed"
        assert abs(skewness(found.values)) < abs(skewness(x)) * 0.75
    assert skewness(treat.log_scaled(high / 1000, 1000)) == pytest.approx(skewness(treat.log_scaled(high)))


def test_one_missing_value_does_not_poison_a_mean_of_powers() -> None:
    """It is left out and the others stand for all: √((3² + 4²) / 2), by weights 1 and 1 of 1, 1 and 8."""
    table = np.array([[3.0, 4.0, NAN], [3.0, 4.0, 5.0]])
    for power in (-1.0, 0.5, 2.0, 3.0):
        found = aggregate.generalised(power)(table, np.array([1.0, 1.0, 8.0]))
        assert not np.isnan(found).any()
    assert aggregate.generalised(2)(table, np.array([1.0, 1.0, 8.0]))[0] == pytest.approx(12.5**0.5)


@given(arrays(np.float64, st.integers(1, 12), elements=st.one_of(st.floats(-1e6, 1e6), st.just(NAN))))
def test_no_treatment_treats_nothing(x: np.ndarray) -> None:
    """Neither Winsorised nor transformed: not one cell moves, however uneven the column is."""
    found = treat.treat(x, None, None)
    assert np.array_equal(found.values, x, equal_nan=True)
    assert found.touched == ()
    one = Study({"a": x}, {"a": 1}, Tree((Node("top", ("a",), (1.0,)),)))
    plain = one.scaled(Recipe(None, "rank"))["a"]
    assert np.array_equal(np.isnan(plain), np.isnan(x))


@given(arrays(np.float64, (5, 3), elements=cells))
def test_a_unit_of_which_nothing_is_known_beats_nobody(table: np.ndarray) -> None:
    """It has no score, and the others stand as if it were not there."""
    table[2] = NAN
    found = aggregate.copeland(table, np.ones(3))
    assert np.isnan(found[2])
    others = [0, 1, 3, 4]
    alone = aggregate.copeland(table[others], np.ones(3))
    assert np.array_equal(found[others], alone, equal_nan=True)


def test_years_share_one_scale() -> None:
    """What grew is seen to have grown: one least and one greatest over all years, not of each year; ranks in each."""
    first, second = np.array([1.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0])
    one = Tree((Node("top", ("a",), (1.0,)),))
    panel = Study({"a": np.concatenate([first, second])}, {"a": 1}, one, years=2)
    scores = panel.scores(Recipe(None, "minmax0"))["top"]
    assert scores.tolist() == [0, 25, 50, 50, 75, 100]
    assert panel.ranks(scores).tolist() == [3, 2, 1, 3, 2, 1]
    assert minmax(first, 1).tolist() == minmax(second, 1).tolist()
