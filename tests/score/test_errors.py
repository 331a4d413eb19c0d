"""Figures that are not exact: drawn in every run by declared errors or from two vintages, and never by a default."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score.index import Index
from zhishu.score.steps.error import DataError
from zhishu.score.steps.recipe import Study
from zhishu.score.steps.sure import Varied, vary
from zhishu.score.steps.tree import Node, Tree
from zhishu.score.table import index_of
from zhishu.score.table_by import index_by, with_errors, with_panel_errors
from zhishu.score.table_errors import Declared
from zhishu.score.years_table import panel_of
from zhishu.terms import Text

SIX = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
TREE = Tree((Node("index", ("a", "b"), (1.0, 1.0)),))
SAYS = Text("误差", "error")
TEXT = "u,a,b\n甲,10,4\n乙,20,1\n丙,5,2\n丁,8,…\n"


def study() -> Study:
    """Return an index of six units."""
    return Study({"a": SIX, "b": SIX[::-1] ** 2}, {"a": 1, "b": 1}, TREE)


def index() -> Index:
    """Return an index of four units, of one of which a figure is missing."""
    return index_of(TEXT.encode(), "a.csv")


def test_draws_have_the_declared_errors() -> None:
    """Absolute in the unit of the indicator, relative to the figure; exact cells stay, and every cell is drawn alone."""
    absolute, relative = np.array([0.0, 0.5, 0, 0, 0, 0]), np.array([0.0, 0, 0, 0, 0, 0.1])
    drawn = DataError(SAYS, {"a": absolute}, {"a": relative}).drawn({"a": SIX}, np.arange(4000), 1)["a"]
    assert (drawn[:, [0, 2, 3, 4]] == SIX[[0, 2, 3, 4]]).all()
    assert drawn[:, 1].std() == pytest.approx(0.5, rel=0.05)
    assert drawn[:, 5].std() == pytest.approx(0.6, rel=0.05)
    assert drawn[:, [1, 5]].mean(axis=0) == pytest.approx([2, 6], abs=0.05)
    assert abs(np.corrcoef(drawn[:, 1], drawn[:, 5])[0, 1]) < 0.05


def test_the_interval_of_a_score_is_that_of_its_error() -> None:
    """The ends are exact and 1 to 6 become 1 to 100: half a unit of the third is 9.9 points of its column, 4.95 of two."""
    error = DataError(SAYS, {"a": np.array([0, 0, 0.5, 0, 0, 0])})
    found = vary(study(), Varied((None,), shift=0.0, runs=4000, errors=error)).scores
    assert found[:, 2].std() == pytest.approx(4.95, rel=0.05)
    assert np.ptp(found[:, [0, 1, 3, 4, 5]], axis=0) == pytest.approx(0, abs=1e-12)
    low, high = vary(study(), Varied((None,), shift=0.0, runs=4000, errors=error)).interval(0.9)
    assert high[2] - low[2] == pytest.approx(2 * 1.645 * 4.95, rel=0.05)


def test_a_draw_picks_one_of_two_vintages() -> None:
    """Half of the time each, and nothing in between; where there is one, it stays."""
    other = np.array([np.nan, 20.0, np.nan, np.nan, np.nan, np.nan])
    drawn = DataError(SAYS, other={"a": other}).drawn({"a": SIX}, np.arange(2000), 1)["a"]
    assert set(drawn[:, 1]) == {2.0, 20.0}
    assert (drawn[:, 1] == 20).mean() == pytest.approx(0.5, abs=0.05)
    assert (drawn[:, 2] == 3).all()


def test_a_set_is_the_same_whatever_is_drawn_beside_it() -> None:
    """Same seed, same figures, whichever runs are made; another seed gives others."""
    error = DataError(SAYS, {"a": np.ones(6)})
    some = error.drawn({"a": SIX}, np.array([7, 3, 7]), 5)["a"]
    assert np.array_equal(some[0], some[2])
    assert np.array_equal(some[1], error.drawn({"a": SIX}, np.arange(9), 5)["a"][3])
    assert not np.array_equal(some[1], error.drawn({"a": SIX}, np.array([3]), 6)["a"][0])
    varied = Varied((None,), runs=40, errors=error)
    assert np.array_equal(vary(study(), varied).scores, vary(study(), varied).scores)


@pytest.mark.parametrize("bad", [-0.1, np.nan])
def test_an_error_below_zero_is_none(bad: float) -> None:
    """Nor is one that is not known."""
    for sizes in ({"absolute": {"a": np.array([bad])}}, {"relative": {"a": np.array([bad])}}):
        with pytest.raises(ValueError, match="below zero or unknown"):
            DataError(SAYS, **sizes)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([None, 1, 5]),
    st.sampled_from(["minmax", "zscore", "rank", "percentile", "best"]),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "copeland"]),
    st.integers(1, 2),
)
def test_no_error_gives_the_scores_of_none(most: int | None, scale: str, mean: str, years: int) -> None:
    """Errors of zero vary nothing, whatever the recipe."""
    columns = {id: np.tile(x, years) * (1 + np.arange(6 * years) % 5) for id, x in study().columns.items()}
    own = Study(columns, {"a": 1, "b": -1}, TREE, years)
    none = DataError(SAYS, {"a": np.zeros(6 * years)}, {"b": np.zeros(6 * years)}, {"a": columns["a"]})
    varied = Varied((most,), (scale,), (mean,), runs=8)
    exact = vary(own, varied).scores
    assert np.allclose(vary(own, Varied((most,), (scale,), (mean,), runs=8, errors=none)).scores, exact, rtol=1e-12)


def test_runs_that_fail_are_counted_and_intervals_say_what_varies() -> None:
    """Errors so large that a geometric mean of the figures as they are has none for anybody in some runs."""
    plain = Study({"a": SIX[:2], "b": SIX[:2]}, {"a": 1, "b": 1}, TREE)
    error = DataError(Text("a 50%", "a 50%"), relative={"a": np.full(2, 50.0)})
    sure = vary(plain, Varied((None,), ("zscore",), ("geometric",), runs=60, errors=error))
    assert sure.failed == int(np.isnan(sure.scores).all(axis=1).sum())
    assert len(sure.scores) == 60
    assert sure.varied.says().zh == "权重 ±25%；数据误差：a 50%；60 次，种子 1"


def test_errors_by_column_by_class_and_by_vintage() -> None:
    """What a cell has of its own stands before its column; cells without a figure have no error."""
    confidence = "u,b\n甲,高\n乙,low\n丙,\n丁,中\n"
    declared = Declared(
        {"a": "0.5", "*": "3%"},
        {"高": "1%", "low": "10%", "medium": "5%"},
        ("c.csv", confidence.encode()),
        ("v.csv", "u,a\n乙,22\n甲,10\n".encode()),
    )
    found = with_errors(index(), declared).errors
    assert found is not None
    assert found.absolute["a"].tolist() == [0.5] * 4
    assert found.relative["b"].tolist() == [0.01, 0.1, 0.03, 0.03]
    assert np.array_equal(found.other["a"], [np.nan, 22, np.nan, np.nan], equal_nan=True)
    assert found.says.en == (
        "a 0.5, all other columns 3%, high 1% (1 cell), low 10% (1 cell), one of two vintages (1 cell)"
    )
    assert found.says.zh == "a 0.5，其余各列 3%，高 1%（1 格），低 10%（1 格），两个版本取一（1 格）"
    assert with_errors(index(), Declared()).errors is None
    by = with_errors(index(), Declared({"a": "低"}, {"low": "10%"})).errors
    assert by is not None
    assert by.relative["a"].tolist() == [0.1] * 4


@pytest.mark.parametrize(
    ("declared", "where", "words"),
    [
        (Declared({"a": "-3%"}), "error a", "below zero"),
        (Declared({"a": "some"}), "error a", "no error"),
        (Declared({"水": "3%"}), "error 水", "no column"),
        (Declared({"a": "low"}), "error a", "stands for no error"),
        (Declared(classes={"vague": "3%"}), "class vague", "no confidence"),
        (Declared(classes={"low": "3"}), "class low", "no error"),
        (Declared(classes={"low": "-3%"}), "class low", "below zero"),
        (Declared(confidence=("c.csv", "u,a\n甲,低\n".encode())), "c.csv", "stands for no error"),
        (Declared(confidence=("c.csv", "u,a\n甲,可疑\n".encode())), "c.csv B2", "no confidence"),
        (Declared(confidence=("c.csv", "u,z\n甲,高\n".encode()), classes={"high": "1%"}), "c.csv z", "no column"),
        (Declared(confidence=("c.csv", "u,a\n戊,高\n".encode()), classes={"high": "1%"}), "c.csv A2", "no 戊"),
        (Declared(vintage=("v.csv", "u,b\n丁,3\n".encode())), "v.csv A2 b", "no figure of b"),
        (Declared(vintage=("v.csv", "u,b\n丁,三\n".encode())), "v.csv B2", "not a number"),
        (Declared(vintage=("v.csv", "u,b\n甲,3\n甲,4\n".encode())), "v.csv A3", "stands twice"),
    ],
)
def test_what_declares_no_error_is_refused(declared: Declared, where: str, words: str) -> None:
    """No default is made up, and what is wrong is named at its place."""
    with pytest.raises(ZhishuError) as caught:
        with_errors(index(), declared)
    assert where in [p.where for p in caught.value.problems]
    assert words in str(caught.value)


def test_errors_of_several_years_and_of_filled_cells() -> None:
    """Each year has its own; a filled cell has the error that is declared for filled ones, and no other vintage."""
    text = "u,y,g,a\n甲,2018,一,10\n乙,2018,二,20\n甲,2019,一,\n乙,2019,二,24\n"
    panel = panel_of(text.encode(), "a.csv", "y", fill="latest", by="g")
    declared = Declared({"a": "2%"}, {"carried": "10%"}, vintage=("v.csv", "u,y,g,a\n乙,2019,二,25\n".encode()))
    found = with_panel_errors(panel, declared, "y", "g").index.errors
    assert found is not None
    assert found.relative["a"].tolist() == [0.02, 0.02, 0.1, 0.02]
    assert np.array_equal(found.other["a"], [np.nan, np.nan, np.nan, 25], equal_nan=True)
    assert "补数 10%（1 格）" in found.says.zh
    late = Declared(vintage=("v.csv", "u,y,g,a\n甲,2019,一,11\n".encode()))
    for wrong, words in (
        (late, "no figure of a"),
        (Declared(vintage=("v.csv", b"u,g,a\n\xe7\x94\xb2,1,2\n")), "no column y"),
    ):
        with pytest.raises(ZhishuError, match=words):
            with_panel_errors(panel, wrong, "y", "g")


def test_groups_of_a_table_of_one_year() -> None:
    """A column of groups is no indicator; a blank cell of it is refused."""
    text = "u,区,a\n甲,一,10\n乙,二,20\n"
    found = index_by(text.encode(), "a.csv", "区")
    assert (found.by, list(found.study.columns)) == (("一", "二"), ["a"])
    assert (
        found.scores() == index_of(text.replace(",区", "").replace(",一", "").replace(",二", "").encode(), "a").scores()
    )
    for wrong, code in ((text.replace("一", ""), "index-group"), (text.replace("区", "地"), "index-column")):
        with pytest.raises(ZhishuError) as caught:
            index_by(wrong.encode(), "a.csv", "区")
        assert [p.code for p in caught.value.problems] == [code]
