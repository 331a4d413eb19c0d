"""The steps of an index on small numbers, and the laws that hold on all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhishu.score.steps import aggregate, diagnose, impute, normalise, treat, weigh
from zhishu.score.steps.ampi import ampi, ampi_scaled
from zhishu.score.steps.contribute import contributions
from zhishu.score.steps.recipe import Recipe, Study, moved_weights, with_mean
from zhishu.score.steps.sobol import indices, of_ranks, of_unit
from zhishu.score.steps.sure import Varied, vary
from zhishu.score.steps.tree import Node, Tree, tree_of

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
columns = arrays(np.float64, st.integers(1, 12), elements=st.one_of(numbers, st.just(np.nan)))
positive = arrays(np.float64, (6, 4), elements=st.floats(0.01, 100))


@given(columns, st.sampled_from([1, -1]))
def test_scales_keep_order_and_leave_missing_cells(x: np.ndarray, direction: normalise.Direction) -> None:
    """The best of a column is the best on every scale, in the direction asked; the input stays as it was."""
    before = x.copy()
    for scale in (normalise.minmax, normalise.zscore, normalise.rank_points, normalise.percentile, normalise.to_best):
        if np.isnan(x).all():
            continue
        found = scale(x, direction)
        assert np.array_equal(before, x, equal_nan=True)
        assert np.isnan(found[np.isnan(x)]).all()
        known = ~np.isnan(found)
        if known.sum() > 1:
            turned = x[known] * direction
            assert found[known][np.argmax(turned)] == found[known].max()
            assert found[known][np.argmin(turned)] == found[known].min()


@given(arrays(np.float64, st.integers(5, 30), elements=numbers), st.integers(1, 6))
def test_treatment_tells_every_cell_it_touches(x: np.ndarray, most: int) -> None:
    """What is not told has not changed; what Winsorising sets stays inside the column."""
    found = treat.treat(x, most, None)
    changed = set(np.flatnonzero(found.values != x).tolist())
    assert changed == set(found.touched)
    assert found.values.min() >= x.min()
    assert found.values.max() <= x.max()
    if found.way == "none":
        assert not changed


@given(positive, arrays(np.float64, 4, elements=st.floats(0.1, 5)))
def test_means_stand_in_their_order(table: np.ndarray, weights: np.ndarray) -> None:
    """Harmonic, geometric, arithmetic, and the means of powers between; one column is itself."""
    h, g, a = (f(table, weights) for f in (aggregate.harmonic, aggregate.geometric, aggregate.arithmetic))
    assert (h <= g * (1 + 1e-9)).all()
    assert (g <= a * (1 + 1e-9)).all()
    assert np.allclose(aggregate.generalised(1)(table, weights), a)
    assert np.allclose(aggregate.generalised(-1)(table, weights), h)
    assert np.allclose(aggregate.generalised(1e-7)(table, weights), g, rtol=1e-4)
    assert np.allclose(aggregate.arithmetic(table[:, :1], weights[:1]), table[:, 0])


@given(arrays(np.float64, (5, 3), elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan))))
def test_copeland_is_a_vote(table: np.ndarray) -> None:
    """Wins and losses cancel out; a unit that is worse nowhere is beaten by nobody; nothing known, no score."""
    weights = np.ones(3)
    score = aggregate.copeland(table, weights)
    assert np.isnan(score[np.isnan(table).all(axis=1)]).all()
    assert np.nansum(score) == 0
    over = aggregate.outranking(table, weights)
    both = ~np.isnan(over)
    assert np.allclose((over + over.T)[both], 1)


@given(
    arrays(np.float64, (5, 3), elements=st.one_of(st.integers(1, 9).map(float), st.just(np.nan))),
    arrays(np.float64, (4, 3), elements=st.integers(0, 3).map(float)),
)
def test_many_runs_at_once_are_each_run_alone(table: np.ndarray, weights: np.ndarray) -> None:
    """By a product of matrices, by a table of its own for each run, and one by one; no weight, no mean."""
    for mean in (aggregate.arithmetic, aggregate.geometric, aggregate.harmonic, aggregate.generalised(2)):
        alone = np.array([mean(table, w) for w in weights])
        assert np.allclose(mean(table, weights[:, None, :]), alone, equal_nan=True)
        each = np.broadcast_to(table, (4, *table.shape)).copy()
        assert np.allclose(mean(each, weights[:, None, :]), alone, equal_nan=True)


@given(arrays(np.float64, (3, 7), elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan))))
def test_ranks_count_who_is_ahead(scores: np.ndarray) -> None:
    """One more than the units with a higher score; none without one."""
    found = diagnose.ranks(scores)
    for row, ranked in zip(scores, found, strict=True):
        wanted = [np.nan if np.isnan(x) else 1 + np.nansum(row > x) for x in row]
        assert np.array_equal(ranked, wanted, equal_nan=True)
        assert np.array_equal(diagnose.ranks(row), wanted, equal_nan=True)


def test_weights_are_refused_where_they_mean_nothing() -> None:
    """A hole, a column of one value, a single unit, judgements that contradict their opposites."""
    hole = np.array([[1.0, np.nan], [2.0, 3.0], [3.0, 5.0]])
    flat = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
    for weights in (weigh.entropy, weigh.critic, weigh.principal):
        with pytest.raises(ValueError, match="missing"):
            weights(hole)
        with pytest.raises(ValueError, match="two units"):
            weights(flat[:1])
    for weights in (weigh.critic, weigh.principal):
        with pytest.raises(ValueError, match="same for every unit"):
            weights(flat)
    assert weigh.entropy(flat)[0] == 0
    with pytest.raises(ValueError, match="inverse"):
        weigh.pairwise(np.array([[1.0, 2.0], [2.0, 1.0]]))
    assert not weigh.pairwise(np.array([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])).consistent


def test_saatys_own_example_of_judgements() -> None:
    """Weights 0.648, 0.230, 0.122 for 1-3-5, 1/3-1-2, with a ratio of 0.0032."""
    found = weigh.pairwise(np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]))
    assert found.weights == pytest.approx([0.6483, 0.2297, 0.1220], abs=1e-4)
    assert found.ratio == pytest.approx(0.0032, abs=1e-4)


def test_imputation_leaves_what_it_cannot_know() -> None:
    """A group without a value, a row without one, years outside the known."""
    nan = np.nan
    assert np.isnan(impute.by_centre(np.array([nan, 1.0]), "mean", ["a", "b"])[0])
    assert np.isnan(impute.by_row(np.array([[nan, nan], [1.0, nan]]), "median")[0]).all()
    times = np.array([2010.0, 2012.0, 2013.0, 2020.0])
    gaps = np.array([nan, 1.0, nan, 8.0])
    assert impute.over_time(gaps, times, "linear")[2] == pytest.approx(1.875)
    assert np.isnan(impute.over_time(gaps, times, "linear")[0])
    assert impute.over_time(gaps, times, "linear_constant")[0] == 1.0
    assert impute.over_time(gaps, times, "latest")[2] == 1.0


def test_trees_that_are_none_are_refused() -> None:
    """A parent nobody knows, two tops, a circle."""
    for rows, words in (
        ([("a", "x", 1.0), ("top", "", 1.0)], "not there"),
        ([("a", "", 1.0), ("b", "", 1.0)], "one top"),
        ([("a", "b", 1.0), ("b", "a", 1.0), ("top", "", 1.0)], "circle"),
    ):
        with pytest.raises(ValueError, match=words):
            tree_of(rows)


def study(units: int = 8, seed: int = 3) -> Study:
    """Return an index of four columns under two headings."""
    random = np.random.default_rng(seed)
    data = {c: random.uniform(1, 9, units) for c in "abcd"}
    tree = Tree(
        (Node("x", ("a", "b"), (1.0, 2.0)), Node("y", ("c", "d"), (1.0, 1.0)), Node("top", ("x", "y"), (3.0, 1.0)))
    )
    return Study(data, dict.fromkeys("abcd", 1), tree)


def test_nothing_varied_is_nothing_unsure() -> None:
    """All runs give the declared scores; every unit has its rank for sure, and a tier of its own."""
    own = study()
    found = vary(own, Varied(shift=0.0, runs=20))
    nominal = own.scores(Recipe())["top"]
    assert np.allclose(found.scores, nominal)
    low, high = found.rank_interval()
    assert (low == high).all()
    assert sorted(found.tiers().tolist()) == list(range(1, 9))
    assert (found.rank_chances().max(axis=1) == 1).all()
    assert found.varied.says().en == "nothing; 20 runs, seed 1"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 0.9))
def test_intervals_and_chances_agree(seed: int, shift: float) -> None:
    """Chances sum to one, pairs to one another's rest, wider levels hold narrower ones; the same seed, the same runs."""
    varied = Varied((None, 2), ("minmax", "rank"), ("arithmetic", "geometric"), shift, 60, seed)
    found = vary(study(seed=seed), varied)
    assert np.array_equal(found.scores, vary(study(seed=seed), varied).scores)
    assert np.allclose(found.rank_chances().sum(axis=1), 1)
    over = found.ahead()
    assert np.allclose(over + over.T, 1)
    (a, b), (c, d) = found.interval(0.5), found.interval(0.9)
    assert (c <= a).all()
    assert (b <= d).all()
    moved = moved_weights(study().tree, shift, 10, seed)["top"]
    assert (np.abs(moved / np.array([3.0, 1.0]) - 1) <= shift + 1e-12).all()


def test_a_clear_winner_is_alone_in_its_tier() -> None:
    """Ahead in everything, whatever the weights."""
    own = study()
    best = {c: np.append(x, 100.0) for c, x in own.columns.items()}
    found = vary(Study(best, own.directions, own.tree), Varied(shift=0.5, runs=200))
    assert found.tiers()[-1] == 1
    assert (found.tiers() == 1).sum() == 1
    assert found.ahead()[-1, :-1].min() == 1


def test_runs_that_give_nothing_are_counted() -> None:
    """A geometric mean of ranks below zero is none; such a run is told, and no interval hides it."""
    own = study()
    broken = {**own.columns, "a": np.full(8, 5.0)}
    found = vary(Study(broken, own.directions, own.tree), Varied(means=("arithmetic", "geometric"), runs=50, shift=0.1))
    assert found.failed == int(np.isnan(found.scores).all(axis=1).sum())
    lost = indices(lambda u: np.where(u[:, 0] < 0.1, np.nan, u[:, 0]), ["a", "b"], 64, 1)
    assert 0 < lost.failed < 64
    assert lost.runs == 256


def test_indices_of_a_known_function() -> None:
    """Ishigami's function: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Saltelli and others 2008)."""

    def ishigami(u: np.ndarray) -> np.ndarray:
        x = (2 * u - 1) * np.pi
        return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))

    found = indices(ishigami, ["a", "b", "c"], 4096, 7)
    assert [found.shares[n].first for n in "abc"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert [found.shares[n].total for n in "abc"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    for share in found.shares.values():
        assert share.first_bounds[0] <= share.first <= share.first_bounds[1]
    with pytest.raises(ValueError, match="power of two"):
        indices(ishigami, ["a", "b", "c"], 100, 7)


def test_the_centred_estimator_beats_the_plain_one() -> None:
    """On 0.5 + a + 2b + 3c at 512 runs the error stays under the 0.032 of a centred estimator on random points."""
    errors = []
    for seed in range(5):
        found = indices(lambda u: 0.5 + u[:, 0] + 2 * u[:, 1] + 3 * u[:, 2], ["a", "b", "c"], 512, seed, resamples=1)
        errors += [found.shares[n].first - wanted / 14 for n, wanted in zip("abc", (1, 4, 9), strict=True)]
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.01


def test_only_what_is_varied_has_a_share() -> None:
    """With one treatment, scale and mean the weights are all of it, for ranks and for a unit."""
    own, varied = study(), Varied(shift=0.4, runs=200)
    for found in (of_ranks(own, varied, 128), of_unit(own, varied, 2, 128)):
        assert found.shares["weights"].total == pytest.approx(1, abs=0.15)
        assert [found.shares[f].total for f in ("treatment", "scale", "mean")] == [0, 0, 0]


@given(positive)
def test_obstacles_sum_to_one_and_coupling_stays_inside(table: np.ndarray) -> None:
    """Shares of what a unit falls short in; a degree between 0 and 1, 1 only where everything is full."""
    shares = table / 100
    found = diagnose.obstacles(shares, np.array([1.0, 2.0, 3.0, 4.0]))
    assert np.allclose(found.sum(axis=1)[~np.isnan(found).any(axis=1)], 1)
    degree = diagnose.coupling(shares)
    assert ((degree >= 0) & (degree <= 1 + 1e-12)).all()
    assert diagnose.coupling(np.array([[1.0, 1.0]]))[0] == 1


@given(arrays(np.float64, (6, 4), elements=st.one_of(st.floats(0, 100), st.just(np.nan))))
def test_contributions_sum_to_the_score(table: np.ndarray) -> None:
    """Whatever is missing; a unit without a score has no parts, and no other mean has parts at all."""
    tree, data = study().tree, dict(zip("abcd", table.T, strict=True))
    score = tree.scores(data)["top"]
    parts = contributions(tree, data)
    assert np.allclose(sum(parts.values()), score, equal_nan=True)
    assert all((p[~np.isnan(p)] >= 0).all() for p in parts.values())
    with pytest.raises(ValueError, match="arithmetic"):
        contributions(with_mean(tree, aggregate.geometric), data)


@given(
    arrays(np.float64, (6, 4), elements=st.floats(1, 9)),
    st.floats(0.1, 10),
    st.floats(-5, 5),
    st.permutations(range(6)),
)
def test_an_index_does_not_see_units_of_measurement_or_order(
    table: np.ndarray, factor: float, shift: float, order: list[int]
) -> None:
    """Under min-max: metres or miles, a common factor of the weights, and who stands in which line change nothing."""
    tree = study().tree

    def index(data: np.ndarray, of: Tree = tree) -> np.ndarray:
        return Study(dict(zip("abcd", data.T, strict=True)), dict.fromkeys("abcd", 1), of).scores(Recipe(None))["top"]

    plain = index(table)
    scaled = table * factor + shift
    moved = (np.ptp(table, axis=0) == 0) != (np.ptp(scaled, axis=0) == 0)
    if not moved.any():
        assert np.allclose(index(scaled), plain, rtol=1e-6, equal_nan=True)
    heavier = Tree(tuple(Node(n.id, n.children, tuple(w * factor for w in n.weights)) for n in tree.nodes))
    assert np.allclose(index(table, heavier), plain, equal_nan=True)
    assert np.allclose(index(table[order]), plain[order], equal_nan=True)


@given(arrays(np.float64, (5, 3), elements=st.floats(1, 9)), arrays(np.float64, (5, 3), elements=st.floats(1, 9)))
def test_a_reference_scores_a_hundred_in_every_year(one: np.ndarray, two: np.ndarray) -> None:
    """A unit at both references has 100; more of one never scores less; an uneven unit loses against an even one."""
    for values in (one, two):
        values[0] = 5.0
    if np.ptp(one) == 0 or np.ptp(two) == 0:
        return
    found = ampi([one, two], [1, -1], [5.0, 5.0])
    assert np.allclose(found[0], 100)
    scaled = [ampi_scaled(one, 1, 5.0), ampi_scaled(two, -1, 5.0)]
    assert (found <= np.mean(scaled, axis=0) + 1e-9).all()
    with pytest.raises(ValueError, match="shorter"):
        ampi([one, two], [1], [5.0, 5.0])
