"""How likely ranks and pairs are, and which choice moves a unit, a group and a year."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score.chances import chances_of, pairs_of
from zhishu.score.sensitive import sensitivities, targets
from zhishu.score.steps.error import DataError
from zhishu.score.steps.sobol import Sensitivity, indices, indices_each, of_ranks, of_unit
from zhishu.score.steps.sure import Sure, Varied
from zhishu.score.table import index_of
from zhishu.score.table_by import index_by
from zhishu.score.years_table import panel_of
from zhishu.terms import Text

cells = st.one_of(st.just(float("nan")), st.integers(0, 4).map(float))
runs = st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=20).map(np.array)
UNITS = "甲乙丙丁戊"


@given(runs)
def test_chances_of_a_unit_sum_to_one(scores: np.ndarray) -> None:
    """With the share of runs in which it has no score, which is never left out."""
    for chances in chances_of(UNITS, Sure(scores, Varied(), 0)):
        assert sum(chances.ranks.values()) + chances.none == pytest.approx(1)
        assert all(0 < share <= 1 for share in chances.ranks.values())
        lost = np.isnan(scores[:, UNITS.index(chances.unit)]).mean()
        assert chances.none == pytest.approx(lost)
        assert chances.at_least(5) == pytest.approx(1 - lost)


@given(runs)
def test_a_pair_is_certain_to_stand_one_way_or_the_other(scores: np.ndarray) -> None:
    """Chances of (a, b) and (b, a) sum to 1; what never stood together has none."""
    pairs = pairs_of(UNITS, Sure(scores, Varied(), 0))
    both = pairs.ahead + pairs.ahead.T
    at = [UNITS.index(u) for u in pairs.units]
    together = (~np.isnan(scores[:, at, None] + scores[:, None, at])).any(axis=0)
    assert np.allclose(both[together], 1)
    assert np.isnan(both[~together]).all()
    # the better mean score comes first, and tiers never get better down the list
    assert list(pairs.tiers) == sorted(pairs.tiers)


def test_the_likeliest_ranks_and_who_cannot_be_told_apart() -> None:
    """Ten runs of three units, the last far behind."""
    scores = np.array([[3.0, 2.0, 1.0]] * 7 + [[2.0, 3.0, 1.0]] * 3)
    first, second, third = chances_of("甲乙丙", Sure(scores, Varied(), 0))
    assert (first.unit, first.ranks, first.likeliest(1)) == ("甲", {1: 0.7, 2: 0.3}, [(1, 0.7)])
    assert (second.at_least(1), third.ranks) == (0.3, {3: 1.0})
    pairs = pairs_of("甲乙丙", Sure(scores, Varied(), 0))
    assert (pairs.tiers, pairs.unsure(0), pairs.unsure(2)) == ((1, 1, 2), [1], [])
    assert pairs.to_json()["ahead"] == [[None, 0.7, 1.0], [0.3, None, 1.0], [0.0, 0.0, None]]
    with pytest.raises(ZhishuError, match="too many"):
        pairs_of([str(n) for n in range(501)], Sure(np.zeros((1, 501)), Varied(), 0))


def alike(mine: Sensitivity | None, other: Sensitivity) -> None:
    """Check that two estimates are one but for rounding."""
    assert mine is not None
    assert (mine.runs, mine.failed, mine.level, mine.seed) == (other.runs, other.failed, other.level, other.seed)
    for name, share in other.shares.items():
        own = mine.shares[name]
        assert [own.first, own.total] == pytest.approx([share.first, share.total], abs=1e-9)
        assert [*own.first_bounds, *own.total_bounds] == pytest.approx(
            [*share.first_bounds, *share.total_bounds], abs=1e-9
        )


def test_many_results_are_estimated_as_each_alone() -> None:
    """Of one set of runs; a result that lacks some rows is estimated without these, one that does not move has none."""

    def both(u: np.ndarray) -> np.ndarray:
        linear = u[:, 0] + 2 * u[:, 1] + 1e6
        return np.stack([linear, np.where(u[:, 0] > 0.9, np.nan, linear), linear * 0 + 0.1, linear * np.nan], axis=-1)

    found = indices_each(both, ["a", "b"], 64, 3)
    for n in range(2):
        alike(found[n], indices(lambda u, n=n: both(u)[:, n], ["a", "b"], 64, 3))  # type: ignore[misc]  # binds this turn
    still = found[2]
    assert still is not None
    assert (still.variance, still.failed) == (0.0, 0)
    assert all(np.isnan(s.first) and np.isnan(s.total_bounds[0]) for s in still.shares.values())
    assert found[3] is None


TEXT = "u,区,a,b,c\n" + "".join(f"{u},{'东西'[n % 2]},{a},{b},{c}\n" for n, (u, a, b, c) in enumerate(
    [("甲", 9, 1, 4), ("乙", 5, 5, 3), ("丙", 2, 8, 9), ("丁", 7, 3, 1), ("戊", 4, 4, 7), ("己", 1, 9, 2)]))  # fmt: skip


def test_which_choice_moves_a_unit_and_a_group() -> None:
    """All from the runs of the whole; a unit's score is what ``of_unit`` says, all ranks what ``of_ranks`` says."""
    index = index_by(TEXT.encode(), "a.csv", "区")
    wanted = targets(index, asked=["丙"])
    assert [(t.kind, t.name, t.of, len(t.rows)) for t in wanted] == [
        ("all", "", "ranks", 6),
        ("group", "东", "ranks", 3),
        ("group", "西", "ranks", 3),
        ("unit", "丙", "rank", 1),
        ("unit", "丙", "score", 1),
    ]
    found = sensitivities(index, wanted, base=64)
    opened = index.opened(base=64)
    alike(found[0].found, of_ranks(index.study, opened, 64))
    alike(found[4].found, of_unit(index.study, opened, 2, 64))
    assert found[3].target.says().zh == "丙：名次"
    assert len(targets(index, asked=["*"])) == 3 + 12
    for one in found:
        assert one.found is not None
        assert list(one.found.shares) == ["treatment", "scale", "mean", "weights"]
    with pytest.raises(ZhishuError, match="index-unit"):
        targets(index, asked=["庚"])


def test_errors_of_figures_are_one_factor_more() -> None:
    """A unit whose figures are unsure is moved by them where nothing else may move."""
    plain = index_of(TEXT.replace("区,", "").replace("东,", "").replace("西,", "").encode(), "a.csv")
    error = DataError(Text("a", "a"), {"a": np.array([0, 0, 0, 0, 3.0, 0])})
    found = sensitivities(replace(plain, errors=error), targets(plain, asked=["戊"]), shift=0.0, base=64)
    shares = found[2].found.shares if found[2].found else {}
    assert list(shares)[-1] == "data"
    assert shares["data"].total > 0.02
    assert shares["weights"].total == 0


def test_sensitivity_of_several_years() -> None:
    """Of all, of each year, and of a unit in the last year in which it has a score."""
    lines = TEXT.replace("区,", "").replace("东,", "").replace("西,", "").splitlines()
    text = lines[0].replace("u,", "u,y,") + "\n"
    for year in (2018, 2019):
        rows = [row for row in lines[1:] if (year, row[0]) != (2019, "丙")]
        text += "".join(f"{row.replace(',', f',{year},', 1)}\n" for row in rows)
    panel = panel_of(text.encode(), "a.csv", "y")
    wanted = targets(panel.index, panel.units, ["丙", "丁"], panel.years)
    assert [(t.kind, t.name, t.year) for t in wanted] == [
        ("all", "", None),
        ("year", "2018", 2018),
        ("year", "2019", 2019),
        ("unit", "丙", 2018),
        ("unit", "丙", 2018),
        ("unit", "丁", 2019),
        ("unit", "丁", 2019),
    ]
    found = sensitivities(panel.index, wanted, base=32)
    assert all(one.found is not None for one in found)
    assert wanted[3].says().en == "丙 2018: rank"
