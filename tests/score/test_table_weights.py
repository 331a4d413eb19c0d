"""Weights an index finds in its figures: of the whole, however columns are put under headings, or refused by column."""

import numpy as np
import pytest

from zhishu.errors import ZhishuError
from zhishu.score.steps import normalise, weigh
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.diagnose import importance
from zhishu.score.table import Options, index_of
from zhishu.score.table_weights import WEIGHTS_BY

TEXT = "地区,产出,研发,能耗,就业\n示例甲,18,1.5,0.9,60\n示例乙,20,3.5,0.5,72\n示例丙,5,2.2,0.4,55\n示例丁,9,3.2,0.6,58\n示例戊,7,0.8,1.1,51\n"
GROUPS = {"规模": ["就业", "产出"], "质量": ["能耗", "研发"]}
FIGURES = np.array([[float(c) for c in line.split(",")[1:]] for line in TEXT.splitlines()[1:]])
SCALED = np.column_stack([normalise.to_best(x, d) for x, d in zip(FIGURES.T, (1, 1, -1, 1), strict=True)])


@pytest.mark.parametrize(
    ("how", "weights"),
    [
        ("equal", weigh.equal(4)),
        ("entropy", weigh.entropy(SCALED)),
        ("critic", weigh.critic(SCALED)),
        ("pca", weigh.principal(SCALED)),
    ],
)
def test_the_weight_in_the_whole_is_the_one_found(how: str, weights: np.ndarray) -> None:
    """Of each column, with headings and without; both give the same scores where every mean is arithmetic."""
    plain = index_of(TEXT.encode(), "表.csv", less_is_better=["能耗"], weights_by=how)
    under = index_of(TEXT.encode(), "表.csv", less_is_better=["能耗"], weights_by=how, groups=GROUPS)
    for index in (plain, under):
        effective = index.study.tree.effective()
        assert [effective[c] for c in ("产出", "研发", "能耗", "就业")] == pytest.approx(list(weights))
    assert plain.scores() == pytest.approx(under.scores())


def test_outliers_are_drawn_in_before_weights_are_found() -> None:
    """As they are before the scale is made."""
    rows = "\n".join(f"示例{n},{n % 7 + 1},{(n * 5) % 11}" for n in range(30))
    table = f"地区,甲,乙\n{rows}\n示例末,900,3\n".encode()
    drawn, plain = (index_of(table, "表.csv", weights_by="entropy", winsorise=n).study.tree for n in (1, None))
    assert drawn.effective()["甲"] < plain.effective()["甲"]


@pytest.mark.parametrize("mean", sorted(MEANS))
def test_every_mean_scores_whole_tables(mean: str) -> None:
    """The best unit of all indicators is first by each of them, and no score is missing."""
    scores = index_of(
        TEXT.replace("20,3.5,0.5", "20,3.5,0.4").encode(), "表.csv", less_is_better=["能耗"], mean=mean, groups=GROUPS
    ).scores()
    assert None not in scores.values()
    assert max(scores, key=lambda u: scores[u] or 0.0) == "示例乙"


@pytest.mark.parametrize(
    ("text", "options", "where"),
    [
        (TEXT.replace("2.2", "…").replace("3.2", "…"), {"weights_by": "entropy"}, ["研发"]),
        ("地区,甲,乙\n示例甲,1,4\n示例乙,2,4\n示例丙,3,4\n", {"weights_by": "critic"}, ["乙"]),
        ("地区,甲,乙\n示例甲,1,4\n示例乙,2,5\n", {"weights_by": "pca"}, ["pca"]),
        ("地区,甲,乙\n示例甲,1,2\n示例乙,2,4\n示例丙,3,6\n", {"weights_by": "critic"}, ["critic"]),
        ("地区,甲,乙,丙\n示例甲,1,2,9\n示例乙,2,3,7\n示例丙,3,5,1\n", {"weights_by": "pca"}, ["丙"]),
        (TEXT, {"weights_by": "entropy", "weights": {"产出": 2.0}}, ["entropy"]),
    ],
)
def test_where_no_weights_can_be_found(text: str, options: Options, where: list[str]) -> None:
    """Holes, constants, few units, columns that repeat each other or run against the others, weights given twice."""
    with pytest.raises(ZhishuError) as caught:
        index_of(text.encode(), "表.csv", **options)
    assert [(p.code, p.where) for p in caught.value.problems] == [("index-weights", w) for w in where]


def test_what_was_declared_to_matter_comes_to_matter() -> None:
    """In each heading and in the whole, whatever the order of columns, of headings and of what is declared."""
    asked = {"产出": 1.0, "就业": 1.2, "能耗": 1.0, "研发": 1.1, "规模": 2.0, "质量": 3.0}
    backwards = {h: ids[::-1] for h, ids in list(GROUPS.items())[::-1]}
    for weights, groups in ((asked, GROUPS), (dict(reversed(asked.items())), backwards)):
        index = index_of(
            TEXT.encode(), "表.csv", less_is_better=["能耗"], weights=weights, groups=groups, weights_by="importance"
        )
        columns = index.study.scaled(index.recipe)
        scores = {**columns, **index.study.tree.scores(columns)}
        for node in index.study.tree.nodes:
            squared = importance({c: scores[c] for c in node.children}, scores[node.id])
            for c in node.children:
                share = asked[c] / sum(asked[o] for o in node.children)
                assert squared[c] / sum(squared.values()) == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "options", "where"),
    [
        (TEXT, {"weights": {"产出": 9.0}, "less_is_better": ["能耗"]}, "index"),
        (TEXT, {"weights": {"产出": 0.0}}, "产出"),
        (TEXT, {"mean": "copeland"}, "copeland"),
        (TEXT.replace("2.2", "…"), {}, "研发"),
        ("地区,甲,乙\n示例甲,1,4\n示例乙,2,5\n", {}, "importance"),
        ("地区,甲,乙\n示例甲,1,3\n示例乙,2,2\n示例丙,3,1\n", {}, "index"),
        (
            "地区,甲,乙,丙\n示例甲,1,3,4\n示例乙,2,2,7\n示例丙,3,1,5\n",
            {"groups": {"合": ["甲", "乙"]}},
            "importance",
        ),
    ],
)
def test_what_cannot_be_made_to_matter_is_refused(text: str, options: Options, where: str) -> None:
    """Nearest shares are told; nothing for what is declared to matter nothing, has holes, or cancels out."""
    with pytest.raises(ZhishuError) as caught:
        index_of(text.encode(), "表.csv", **{**options, "weights_by": "importance"})
    assert ("index-weights", where) in [(p.code, p.where) for p in caught.value.problems]


def test_another_way_is_proposed() -> None:
    """With the nearest known name."""
    with pytest.raises(ZhishuError) as caught:
        index_of(TEXT.encode(), "表.csv", weights_by="entropie")
    assert "entropy" in caught.value.problems[0].repair.en
    assert "entropy" in WEIGHTS_BY
