"""What it takes to reach a score or a rank: enough and no further than needed, by the unit's own figures only."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.reach import reach
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.tree import Node, Tree

PLAIN = Recipe(None)


def study(seed: int, units: int = 6) -> Study:
    """Return an index of three columns, of the last of which less is better."""
    random = np.random.default_rng(seed)
    data = {c: np.round(random.uniform(1, 9, units), 3) for c in "abc"}
    tree = Tree((Node("x", ("a", "b"), (1.0, 2.0)), Node("top", ("x", "c"), (2.0, 1.0))))
    return Study(data, {"a": 1, "b": 1, "c": -1}, tree)


def scores(own: Study, unit: int, changed: dict[str, float]) -> np.ndarray:
    """Return all scores with some figures of a unit changed."""
    data = {c: x.copy() for c, x in own.columns.items()}
    for id, value in changed.items():
        data[id][unit] = value
    return Study(data, own.directions, own.tree).scores(PLAIN)["top"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 5), st.floats(1, 100))
def test_a_way_is_enough_and_no_longer_than_needed(seed: int, unit: int, aim: float) -> None:
    """At the value told the score is reached, a little before it is not; where a bound is not enough, it is said."""
    own = study(seed)
    bounds = {"a": float(own.columns["a"][unit]) + 3, "c": float(own.columns["c"][unit]) - 1}
    found = reach(own, PLAIN, unit, bounds, score=aim)
    for way in found.ways:
        if way.to is None:
            assert scores(own, unit, {way.indicator: way.bound})[unit] < aim
        else:
            assert scores(own, unit, {way.indicator: way.to})[unit] >= aim
            assert way.score >= aim
            if way.to != way.now:
                less = way.to - (way.bound - way.now) * 1e-6
                assert scores(own, unit, {way.indicator: less})[unit] < aim
    assert found.enough is bool(scores(own, unit, bounds)[unit] >= aim)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 5), st.integers(1, 6))
def test_a_rank_is_reached_against_the_others_as_they_are(seed: int, unit: int, aim: int) -> None:
    """The figures of the others do not change, though their scores may, where the unit sets the end of a scale."""
    own = study(seed)
    found = reach(own, PLAIN, unit, {"b": float(own.columns["b"][unit]) + 4}, rank=aim)
    (way,) = found.ways
    assert found.rank == int(ranks(scores(own, unit, {}))[unit])
    if way.to is not None:
        assert way.rank <= aim
        assert int(ranks(scores(own, unit, {"b": way.to}))[unit]) == way.rank
    if found.rank <= aim:
        assert way.to == way.now


@pytest.mark.parametrize(
    ("bounds", "aims", "words"),
    [
        ({"a": 20.0}, {}, "one of the two"),
        ({"a": 20.0}, {"score": 1.0, "rank": 1}, "one of the two"),
        ({"z": 1.0}, {"score": 90.0}, "no indicator"),
        ({"a": 0.0}, {"score": 90.0}, "no better"),
        ({"c": 20.0}, {"score": 90.0}, "no better"),
    ],
)
def test_what_cannot_be_asked_is_refused(bounds: dict[str, float], aims: dict[str, float], words: str) -> None:
    """No aim or two, an indicator nobody knows, a bound on the wrong side."""
    with pytest.raises(ValueError, match=words):
        reach(study(1), PLAIN, 0, bounds, **aims)  # type: ignore[arg-type]
