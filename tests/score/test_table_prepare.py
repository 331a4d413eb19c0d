"""A table denominated, screened and imputed before its index: who goes, which cell was filled or lost, and why."""

from pathlib import Path

import pytest

from zhishu.errors import ZhishuError
from zhishu.score.table import index_of, read_index
from zhishu.score.table_prepare import Preparation

TEXT = """地区,产出,研发,能耗,人口
示例甲,18,1.5,0.9,3
示例乙,20,…,0.5,4
示例丙,5,2.2,…,0
示例丁,9,3.2,0.6,2
示例戊,7,…,…,…
"""
PER_HEAD = {"产出": ("人口", 10.0)}


def test_a_denominator_is_no_indicator() -> None:
    """Output per head; where nobody lives there is no quotient, and the reason is told."""
    index = index_of(TEXT.encode(), "表.csv", less_is_better=["能耗"], prepare=Preparation(PER_HEAD), least=0.0)
    assert list(index.study.columns) == ["产出", "研发", "能耗"]
    assert index.study.columns["产出"].tolist()[:2] == [60, 50]
    assert [(t.unit, t.column, t.step, t.before, t.after, t.says.zh) for t in index.touched()] == [
        ("示例丙", "产出", "denominate", 5.0, None, "“人口”为零，没有商，作缺数"),
        ("示例戊", "产出", "denominate", 7.0, None, "“人口”缺数，没有商，作缺数"),
    ]


def test_screening_tells_who_goes_and_why() -> None:
    """By what came in, before anything is filled; those who stay are scored without them."""
    index = index_of(TEXT.encode(), "表.csv", prepare=Preparation(PER_HEAD, known=0.5, filling="mean"))
    assert [(u.unit, u.says.zh) for u in index.left_out] == [
        ("示例丙", "缺 2 格，只有 33% 的数"),
        ("示例戊", "缺 3 格，只有 0% 的数"),
    ]
    assert index.units == ("示例甲", "示例乙", "示例丁")
    assert None not in index.scores().values()
    zeros = index_of(
        "地区,甲,乙\n示例甲,0,0\n示例乙,1,2\n示例丙,3,1\n".encode(), "b.csv", prepare=Preparation(nonzero=0.5)
    )
    assert [u.to_json() for u in zeros.left_out] == [
        {"unit": "示例甲", "says": {"zh": "2 格为零，不为零的只有 0%", "en": "2 figures are zero, 0% are not"}}
    ]


def test_every_filled_cell_is_told() -> None:
    """With its value and where that comes from, within groups too."""
    within = {"示例甲": "平原", "示例乙": "平原", "示例丙": "山区", "示例丁": "山区", "示例戊": "山区"}
    index = index_of(TEXT.encode(), "表.csv", prepare=Preparation(filling="mean", within=within))
    told = {(t.unit, t.column): (t.after, t.says.zh) for t in index.touched()}
    assert told["示例乙", "研发"] == (1.5, "缺数，按“平原”组内各单位的平均数补为 1.5")
    assert told["示例戊", "研发"] == (pytest.approx(2.7), "缺数，按“山区”组内各单位的平均数补为 2.7")
    assert len(told) == 5
    plain = index_of(TEXT.encode(), "表.csv", prepare=Preparation(filling="median"))
    assert {(t.unit, t.column): t.after for t in plain.touched()}["示例乙", "研发"] == 2.2
    row = index_of(TEXT.encode(), "表.csv", less_is_better=["能耗"], prepare=Preparation(filling="row_mean"))
    told = {(t.unit, t.column): (t.after, t.says.en) for t in row.touched()}
    # best in all else; and the least output and people, 0.7 of 1.7 of research: so far from 0.9 to 0.5
    assert told["示例乙", "研发"] == (
        pytest.approx(3.2),
        "missing, filled with 3.2: the mean position of the unit's other indicators",
    )
    assert told["示例丙", "能耗"][0] == pytest.approx(0.9 - 0.4 * (0 + 0.7 / 1.7 + 0) / 3)
    assert None not in row.scores().values()


def test_treated_cells_are_told_beside_the_others() -> None:
    """An outlier drawn in, a column on a logarithm, a hole filled: one list."""
    rows = "".join(f"区{n},{n % 5 + 1},{2 ** (3 * n)}\n" for n in range(16))
    index = index_of(
        f"地区,甲,乙\n{rows}区末,99,…\n".encode(), "表.csv", winsorise=1, prepare=Preparation(filling="median")
    )
    steps = [(t.column, t.step) for t in index.touched()]
    assert steps.count(("乙", "impute")) == 1
    assert steps.count(("甲", "winsorise")) == 1
    # the cell that was filled too
    assert steps.count(("乙", "transform")) == 17
    one = next(t for t in index.touched() if t.step == "winsorise")
    assert (one.unit, one.says.zh) == ("区末", "离群，由 99 收为 5")
    assert one.to_json()["says"] == {"zh": "离群，由 99 收为 5", "en": "an outlier, drawn in from 99 to 5"}


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (Preparation({"产出": ("人数", 1.0)}), "index-column"),
        (Preparation({"就业": ("人口", 1.0)}), "index-column"),
        (Preparation({"产出": ("人口", 0.0)}), "index-denominator"),
        (Preparation({"产出": ("人口", 1.0), "人口": ("研发", 1.0)}), "index-denominator"),
        (Preparation({"产出": ("能耗", 1.0)}), "index-denominator"),
        (Preparation(filling="mean", within={"示例甲": "平原"}), "index-group"),
        (Preparation(known=1.0), "index-screened"),
    ],
)
def test_what_cannot_be_prepared_is_refused(prepare: Preparation, code: str) -> None:
    """Columns that are not there, no factor, a chain of divisions, a denominator named otherwise, nobody left."""
    text = TEXT.replace("示例丁,9,3.2,0.6,2", "示例丁,9,3.2,…,2")
    with pytest.raises(ZhishuError) as caught:
        index_of(text.encode(), "表.csv", less_is_better=["能耗"], prepare=prepare)
    assert code in [p.code for p in caught.value.problems]


def test_files_are_prepared_too(tmp_path: Path) -> None:
    """As bytes are."""
    path = tmp_path / "表.csv"
    path.write_text(TEXT, encoding="utf-8")
    assert len(read_index(path, prepare=Preparation(filling="median")).touched()) == 5
