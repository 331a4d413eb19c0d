"""Scales, means and ranks keep unknowns unknown and never lose to the order of units."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.aggregate import weighted_mean
from zhishu.score.rank import places
from zhishu.score.scales import SCALES, distance_to_target, efficacy, zscore

CELLS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.none() | st.integers(-50, 50).map(Fraction), min_size=1, max_size=8
).map(lambda cells: {u: Unknown("missing") if v is None else v for u, v in cells.items()})
BETTER = st.sampled_from(("higher", "lower"))


@pytest.mark.parametrize("name", sorted(SCALES))
@given(cells=CELLS, better=BETTER, seed=st.integers(0, 999))
@settings(max_examples=30)
def test_t50_a_scale_is_monotone_and_free_of_order(name: str, cells: dict[str, Value], better: str, seed: int) -> None:
    """A better value never scores lower, an unknown stays unknown, shuffled units score the same."""
    scaled = SCALES[name](cells, better)
    shuffled = list(cells.items())
    Random(seed).shuffle(shuffled)
    assert repr(SCALES[name](dict(shuffled), better)) == repr(scaled)
    assert list(scaled) == sorted(cells)
    assert all(isinstance(scaled[u], Unknown) for u, v in cells.items() if isinstance(v, Unknown))
    sign = 1 if better == "higher" else -1
    known = [
        (v * sign, s) for u, v in cells.items() if isinstance(v, Fraction) and isinstance(s := scaled[u], Fraction)
    ]
    assert all(s <= t for v, s in known for w, t in known if v < w)


def test_what_has_no_scale_is_unknown() -> None:
    """Equal values, one value, none, and a target already passed by all."""
    same: dict[str, Value] = {"a": Fraction(2), "b": Fraction(2)}
    assert zscore(same, "higher")["a"] == Unknown("divide_by_zero")
    assert isinstance(zscore({"a": Fraction(2)}, "higher")["a"], Unknown)
    assert isinstance(efficacy(same, "lower")["a"], Unknown)
    assert isinstance(distance_to_target(same, "higher", Fraction(1))["a"], Unknown)
    assert zscore({"a": Unknown("missing")}, "higher") == {"a": Unknown("missing")}


def test_efficacy_runs_from_60_to_100() -> None:
    """The worst has 60, the best 100, also where less is better."""
    assert efficacy({"a": Fraction(1), "b": Fraction(5)}, "lower") == {"a": 100, "b": 60}


def test_a_mean_moves_no_weight_unless_declared() -> None:
    """4 of 5 known is unknown; with a declared share of 0.8 the known four stand for all."""
    parts: list[tuple[Value, Fraction]] = [(Fraction(i), Fraction(1)) for i in range(1, 5)]
    parts.append((Unknown("missing"), Fraction(1)))
    assert weighted_mean(parts, "arithmetic") == Unknown("missing")
    assert weighted_mean(parts, "arithmetic", Fraction(4, 5)) == Fraction(5, 2)
    assert isinstance(weighted_mean(parts, "arithmetic", Fraction(9, 10)), Unknown)
    assert weighted_mean([], "arithmetic") == Unknown("empty", "no weight")


@given(st.lists(st.integers(-50, 50), max_size=8))
def test_ranks_count_who_is_above(values: list[int]) -> None:
    """A rank is one more than the number of larger values."""
    assert places(values) == [1 + sum(w > v for w in values) for v in values]
