"""What many runs say is what each says alone, however many units there are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhishu.score.steps.aggregate import copeland
from zhishu.score.steps.recipe import Study, moved_weights
from zhishu.score.steps.sure import Sure, Varied, vary
from zhishu.score.steps.tree import tree_of

TREE = tree_of([("a", "g", 1.0), ("b", "g", 2.0), ("c", "top", 1.0), ("g", "top", 3.0), ("top", "", 1.0)])
COLUMNS = {id: np.random.default_rng(n).uniform(1, 9, 7) for n, id in enumerate("abc")}
STUDY = Study(COLUMNS, dict.fromkeys(COLUMNS, 1), TREE)


def test_votes_over_many_runs_are_those_of_each_run() -> None:
    """Copeland over a tree, run by run and all at once."""
    weights = moved_weights(TREE, 0.5, 6, 1)
    table = np.column_stack(list(COLUMNS.values()))
    shares = np.random.default_rng(3).uniform(1, 2, (4, 1, 3))
    want = [copeland(table, w[0]) for w in shares]
    assert np.array_equal(copeland(table, shares), want)
    assert np.array_equal(copeland(np.stack([table] * 4), shares), want)
    assert TREE.scores(COLUMNS, weights)["top"].shape == (6, 7)
    assert vary(STUDY, Varied(means=("copeland",), runs=5)).failed == 0


cells = st.one_of(st.just(float("nan")), st.integers(0, 3).map(float))


@given(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=8), st.sampled_from([0.5, 0.75, 0.9]))
def test_tiers_are_those_of_the_table_of_all_pairs(rows: list[list[float]], level: float) -> None:
    """A unit opens a new tier where it is behind the first of the one above in enough runs."""
    sure = Sure(np.array(rows), Varied(), 0)
    tiers, over = sure.tiers(level), sure.ahead()
    known = ~np.isnan(sure.scores).all(axis=0)
    assert ((tiers > 0) == known).all()
    mean = [np.nanmean(c) if k else -1.0 for c, k in zip(sure.scores.T, known, strict=True)]
    order = [n for n in sorted(range(4), key=lambda n: -mean[n]) if known[n]]
    first = -1
    for before, n in zip([-1, *order], order, strict=False):
        opens = first < 0 or bool(over[first, n] >= level)
        assert tiers[n] == (1 if before < 0 else tiers[before] + opens)
        first = n if opens else first


@given(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=8), st.sampled_from([0.5, 0.9]))
def test_intervals_leave_out_what_is_missing(rows: list[list[float]], level: float) -> None:
    """Unit by unit, whatever is missing of the others; none of a unit without any score."""
    sure = Sure(np.array(rows), Varied(), 0)
    low, high = sure.interval(level)
    for n, column in enumerate(sure.scores.T):
        known = column[~np.isnan(column)]
        cut = np.quantile(known, [(1 - level) / 2, (1 + level) / 2]) if len(known) else [np.nan, np.nan]
        assert np.array_equal([low[n], high[n]], cut, equal_nan=True)
