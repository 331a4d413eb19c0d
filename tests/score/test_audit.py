"""The audit of an index from one table: each weakness is found in a small table made for it, and none in a clean one."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.score.audit import CODES, Finding, audit
from zhishu.score.audit_look import look
from zhishu.score.index import Index
from zhishu.score.leaving import leaving, places, without
from zhishu.score.steps.aggregate import arithmetic, copeland
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.tree import tree_of
from zhishu.score.table import read_index

NAN = math.nan
CLEAN = {"产出": [0, 5, 14, 15, 17], "研发": [6, 7, 14, 10, 18], "就业": [5, 8, 9, 14, 17]}
PLAIN = Recipe(None, "minmax", "arithmetic")


def made(
    columns: Mapping[str, Sequence[float]],
    recipe: Recipe = PLAIN,
    groups: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    least: float = 1.0,
) -> Index:
    """Return an index of units 甲, 乙, 丙 …, of many 区0, 区1 …"""
    under = {c: g for g, ids in (groups or {}).items() for c in ids}
    own = weights or {}
    rows = [(c, under.get(c, "index"), own.get(c, 1.0)) for c in columns]
    rows += [(g, "index", own.get(g, 1.0)) for g in groups or {}]
    tree = tree_of([*rows, ("index", "", 1.0)], least=least)
    figures = {c: np.array(x, dtype=float) for c, x in columns.items()}
    count = len(next(iter(figures.values())))
    units = tuple("甲乙丙丁戊己庚辛"[:count]) if count <= 8 else tuple(f"区{n}" for n in range(count))
    return Index(units, Study(figures, dict.fromkeys(figures, 1), tree), recipe)


def told(index: Index, code: str) -> dict[tuple[str, ...], Finding]:
    """Return the findings of one code by what they are about."""
    return {f.where: f for f in audit(index) if f.code == code}


def test_a_clean_table_has_no_warning() -> None:
    """Only what is told of every index: who sets the scales, what each part moves, how parts make up for each other."""
    found = audit(made(CLEAN))
    assert {f.severity for f in found} == {"note"}
    assert [f.code for f in found] == ["scale"] * 3 + ["left_out"] * 3 + ["compensation"]


def test_what_falls_when_the_score_rises() -> None:
    """Under its heading and in the whole; what rises with them is not told."""
    found = told(made({**CLEAN, "能耗": [9, 8, 8, 2, 1]}), "against")
    assert set(found) == {("能耗", "index")}
    says = found["能耗", "index"].says
    assert says.en == f"能耗 falls when the index rises: correlation {found['能耗', 'index'].value:.2f}"
    assert says.zh.startswith("“总指数”上升时“能耗”下降")
    weak = made({**CLEAN, "能耗": [9, 8, 8, 2, 1]}, groups={"生态": ["就业", "能耗"]}, weights={"能耗": 3, "生态": 0.5})
    assert set(told(weak, "against")) == {("能耗", "index"), ("就业", "生态"), ("生态", "index")}


def test_importance_against_weight() -> None:
    """Of two unrelated columns of equal spread, weights 9 and 1: importance is 81 to 1, a tenth of the weight of one."""
    columns = {"产出": [0, 0, 1, 1], "研发": [0, 1, 0, 1]}
    found = told(made(columns, weights={"产出": 9}), "importance")
    assert set(found) == {("研发",)}
    assert found[("研发",)].value == pytest.approx(10 / 82)
    assert found[("研发",)].says.en == "研发 has 10% of the weight and 1% of the importance: 0.12 times"
    grouped = made(columns, groups={"经济": ["产出"], "创新": ["研发"]}, weights={"经济": 9})
    assert set(told(grouped, "importance")) == {("研发",), ("创新",)}
    assert told(made(columns, weights={"产出": 2}), "importance") == {}
    assert told(made(columns, weights={"研发": 0}), "importance") == {}


def test_what_counts_twice() -> None:
    """Either way; the limit is called a habit."""
    found = told(made({"产出": [1, 2, 4, 5, 9], "税收": [2, 4, 8, 10, 18], "能耗": [9, 8, 6, 5, 1]}), "twice")
    assert set(found) == {("产出", "税收"), ("产出", "能耗"), ("税收", "能耗")}
    assert [round(f.value, 2) for f in found.values()].count(-1.0) == 2
    assert "惯用" in found["产出", "税收"].says.zh
    assert "5 units" in found["产出", "税收"].says.en
    assert "once each way" in found["产出", "能耗"].says.en


def test_figures_that_are_missing() -> None:
    """By indicator and unit; a unit with a whole heading missing is named, with or without a score."""
    columns = {"产出": [1, 2, 3, NAN, 5], "研发": [1, NAN, 3, NAN, 5], "就业": [2, 1, 3, 4, 4]}
    groups = {"经济": ["产出", "研发"]}
    index = made(columns, groups=groups)
    assert {w: f.value for w, f in told(index, "missing_column").items()} == {("产出",): 0.2, ("研发",): 0.4}
    assert {w[0]: f.says.zh for w, f in told(index, "missing_unit").items()} == {
        "乙": "“乙”缺 1 格，占 3 格的 33%",
        "丁": "“丁”缺 2 格，占 3 格的 67%",
    }
    assert {w: f.says.en for w, f in told(index, "heading_missing").items()} == {
        ("丁", "经济"): "丁 lacks all of 经济: no score"
    }
    assert {w: f.says.en for w, f in told(index, "unscored").items()} == {
        ("乙",): "乙 has no score: 研发 gives no figure"
    }
    some = made(columns, groups=groups, least=0.5)
    empty = told(made({"产出": [1, 2, NAN], "研发": [3, 5, NAN]}), "heading_missing")
    assert empty["丙", "index"].says.zh == "丙缺“总指数”整组数，不合成"
    assert "却仍有得分" in told(some, "heading_missing")["丁", "经济"].says.zh
    assert told(some, "unscored") == {}


def test_columns_that_tell_nothing() -> None:
    """All missing, all alike, a single unit: told, and nothing is computed that has no meaning."""
    for columns, codes in (
        ({**CLEAN, "能耗": [NAN] * 5}, {"missing_column", "missing_unit"}),
        ({**CLEAN, "能耗": [3] * 5}, {"alike", "unscored"}),
        ({"产出": [3], "研发": [4]}, {"alike", "unscored"}),
    ):
        found = audit(made(columns))
        assert {f.code for f in found} == codes
        assert all(math.isfinite(f.value) for f in found)


def test_figures_without_such_a_mean() -> None:
    """One unit of thirty so far below the others that its z-score of mean 50 and spread 10 is not above zero."""
    lone = {c: [-100.0 * (n == 0) + n % 3 for n in range(30)] for c in ("产出", "研发")}
    found = told(made(lone, Recipe(None, "zscore", "geometric")), "unscored")
    assert {w: f.says.zh for w, f in found.items()} == {("区0",): "区0没有得分：按其数值和权重合成不出"}


def test_outliers_and_whom_winsorising_touches() -> None:
    """Left as they are: a warning with who would be touched; treated: a note."""
    columns = {"产出": [1, 2, 2, 3, 3, 4, 90], "研发": [1, 2, 3, 4, 5, 6, 7]}
    found = told(made(columns), "outliers")
    assert set(found) == {("产出", "庚")}
    assert found["产出", "庚"].severity == "warning"
    assert "would touch 庚" in found["产出", "庚"].says.en
    treated = told(made(columns, Recipe(5)), "outliers")["产出", "庚"]
    assert (treated.severity, treated.says.zh[-5:]) == ("note", "已收缩：庚")


def test_who_sets_the_scale() -> None:
    """Both ends by name, several where they share an end, after treatment; ranks set none."""
    found = told(made({"产出": [1, 1, 3, 9], "研发": [2, 4, 7, 5]}), "scale")
    assert set(found) == {("产出", "丁", "乙", "甲"), ("研发", "丙", "甲")}
    assert found["研发", "丙", "甲"].says.en.startswith("the scale of 研发 runs from 2 (甲) to 7 (丙)")
    drawn = {"产出": [1, 2, 2, 3, 3, 4, 90], "研发": [1, 2, 3, 4, 5, 6, 7]}
    assert ("产出", "己", "庚", "甲") in told(made(drawn, Recipe(5)), "scale")
    assert told(made(CLEAN, Recipe(None, "rank")), "scale") == {}


def test_a_reversal_when_a_unit_leaves() -> None:
    """丁 stretches the scale of 产出: with it 乙 (40.6) is ahead of 甲 (23.3), without it 甲 (62.9) of 乙 (50.5)."""
    index = made({"产出": [4, 1, 0, 20], "研发": [1, 3, 4, 0]})
    assert index.scores()["甲"] == pytest.approx((20.8 + 25.75) / 2)
    found = told(index, "reversal")
    # 丙, 50.5 as well, ties with 乙 then and stands behind 甲 too
    assert found["丁",].value == 2
    assert "乙—甲" in found["丁",].says.en
    scale = told(index, "scale")["产出", "丁", "丙"]
    assert (scale.severity, "if 丁 leaves" in scale.says.en) == ("warning", True)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=4, max_size=8),
    st.sampled_from(("arithmetic", "geometric", "harmonic")),
)
def test_whose_leaving_is_not_looked_at_changes_nothing(rows: list[list[int]], mean: str) -> None:
    """Who sets no end of a scale alone may leave: the others have the ranks they had among themselves."""
    seen = look(made(dict(zip("abc", zip(*rows, strict=True), strict=True)), Recipe(None, "minmax", mean)))
    left = leaving(seen.study, seen.recipe)
    for n in set(range(len(rows))) - set(left):
        assert np.array_equal(
            places(np.delete(seen.top, n)), places(without(seen.study, seen.recipe, n)), equal_nan=True
        )


def test_a_score_lost_when_a_unit_leaves() -> None:
    """Without 丁 all have the same output: nobody has a score any more."""
    found = told(made({"产出": [1, 1, 1, 20], "研发": [1, 3, 4, 2]}), "scale")["产出", "丁", "丙", "乙", "甲"]
    assert found.says.en.endswith("if 丁 leaves, 3 other units have no score any more")
    assert (found.severity, found.value) == ("warning", 3)


def test_ranks_without_a_part() -> None:
    """Two opposite columns, the first weighs more: without it the order turns over."""
    found = told(made({"产出": [1, 2, 3], "能耗": [3, 2, 1]}, weights={"产出": 2}), "left_out")
    assert found["产出",].value == pytest.approx(4 / 3)
    assert found["能耗",].value == 0
    assert found["产出",].says.zh == "去掉“产出”，名次平均变动 1.33 位"


@pytest.mark.parametrize(
    ("mean", "weights", "fall"),
    [
        ("arithmetic", {}, 20),
        ("arithmetic", {"研发": 2.0}, 40),
        ("arithmetic", {"研发": 9.0}, 49),  # no further than the least
        ("geometric", {}, 10),
        ("harmonic", {}, 50 - 1 / (1 / 50 + 1 / 80 - 1 / 100)),
        ("copeland", {}, 0),
    ],
)
def test_what_makes_up_for_what(mean: str, weights: dict[str, float], fall: float) -> None:
    """乙 has 50 and 80 on scales from 1 to 100: 80 rises to 100, and 50 may fall by so much."""
    index = made({"产出": [1, 50, 100], "研发": [1, 80, 100]}, Recipe(None, "minmax", mean), weights=weights)
    found = told(index, "compensation")["index",]
    assert found.value == pytest.approx(fall)
    assert "第 2 名乙" in found.says.zh


def test_neighbours_hardly_apart() -> None:
    """A lead of a quarter point on opposite profiles turns over in about half of the runs; equal scores are said so."""
    near = told(made({"产出": [60, 40, 1, 100], "研发": [40.5, 60, 1, 100]}), "close")
    assert set(near) == {("甲", "乙")}
    assert 0.4 < near["甲", "乙"].value < 0.5
    same = told(made({"产出": [60, 40, 1, 100], "研发": [40, 60, 1, 100]}), "close")
    assert same["乙", "甲"].says.en == "乙 and 甲 have the same score"


def test_votes_of_many_runs() -> None:
    """Copeland's votes of runs at once are those of each."""
    table = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]])
    weights = np.array([[2.0, 1.0], [1.0, 2.0]])
    both = copeland(table, weights[:, None, :])
    assert both.tolist() == [copeland(table, w).tolist() for w in weights]
    assert copeland(np.stack([table, -table]), weights[0]).tolist() == [
        copeland(t, weights[0]).tolist() for t in (table, -table)
    ]
    assert len(made(CLEAN, Recipe(None, "minmax", "copeland")).standings()) == 5


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    units=st.permutations(range(6)),
    columns=st.permutations(range(4)),
    mean=st.sampled_from(("arithmetic", "geometric", "copeland")),
    winsorise=st.sampled_from((None, 3)),
)
def test_the_order_in_the_file_plays_no_part(
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    units: list[int],
    columns: list[int],
    mean: str,
    winsorise: int | None,
) -> None:
    """Rows and columns moved about: the same findings, word for word. Weights of runs are drawn by column, so they rest."""
    table = np.random.default_rng(seed).lognormal(size=(6, 4))
    table[0, 0] = np.nan if seed % 3 == 0 else table[0, 0]
    names = [f"列{c}" for c in range(4)]

    def found(rows: Sequence[int], order: Sequence[int], path: Path) -> list[tuple[object, ...]]:
        lines = [
            ",".join([f"区{n}", *("…" if np.isnan(table[n, c]) else f"{table[n, c]:.9f}" for c in order)]) for n in rows
        ]
        path.write_text("\n".join([",".join(["地区", *(names[c] for c in order)]), *lines]), encoding="utf-8")
        index = read_index(path, groups={"组": ["列0", "列1"]}, mean=mean, winsorise=winsorise)
        return [(f.code, f.where, f.says, f.severity) for f in audit(index, index.varied(0.0, 20))]

    path = tmp_path_factory.mktemp("audit") / "a.csv"
    assert found(units, columns, path) == found(range(6), range(4), path)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.integers(-3, 3), st.none()), min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(("minmax", "zscore", "rank", "percentile", "best")),
    st.sampled_from(("arithmetic", "geometric", "harmonic", "copeland")),
    st.sampled_from((1.0, 0.5)),
)
def test_never_a_figure_that_is_none(rows: list[list[int | None]], scale: str, mean: str, least: float) -> None:
    """Holes, ties, constant columns: every finding has a code of the list and a finite number, and no nan in words."""
    table = np.array([[NAN if x is None else x for x in row] for row in rows], dtype=float)
    index = made(dict(zip("abc", table.T.tolist(), strict=True)), Recipe(None, scale, mean), {"g": "ab"}, least=least)
    for finding in audit(index, index.varied(runs=20)):
        assert finding.code in CODES
        assert math.isfinite(finding.value)
        assert "nan" not in finding.says.en
        assert "nan" not in finding.says.zh


def test_the_mean_that_is_used_is_looked_at() -> None:
    """A recipe's mean replaces those of the headings; without one they stand."""
    assert look(made(CLEAN, Recipe(None, "minmax", None))).tree.nodes[-1].how is arithmetic
    assert look(made(CLEAN, Recipe(None, "minmax", "copeland"))).tree.nodes[-1].how is copeland
