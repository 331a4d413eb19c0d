"""An index of a table with a column of years: one scale, ranks within a year, changes, and every filled cell by name."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score.steps.sure import Varied
from zhishu.score.table import index_of
from zhishu.score.table_prepare import Preparation
from zhishu.score.years_table import panel_of, read_panel

TEXT = """地区,年份,产出,污染
示例甲,2018,10,4
示例乙,2018,20,1
示例丙,2018,5,2
示例甲,2019,12,…
示例乙,2019,18,2
示例甲,2020年,15,2
示例乙,2020,,1
示例丙,2020,6,2
"""


def test_scores_and_ranks_by_year() -> None:
    """On one scale over all years: 5 to 20 and 4 to 1; what is not known stays so."""
    panel = panel_of(TEXT.encode(), "a.csv", "年份", less_is_better=["污染"])
    scores = panel.scores()
    assert scores[2018] == {"示例甲": pytest.approx((34 + 1) / 2), "示例乙": 100.0, "示例丙": pytest.approx(34.0)}
    assert scores[2019] == {"示例甲": None, "示例乙": pytest.approx((86.8 + 67) / 2), "示例丙": None}
    rows = panel.standings(Varied(runs=50))
    assert [(r.year, r.standing.unit, r.standing.rank) for r in rows] == [
        *((2018, u, n) for n, u in enumerate(("示例乙", "示例丙", "示例甲"), 1)),
        (2019, "示例乙", 1),
        (2019, "示例甲", None),
        (2020, "示例甲", 1),
        (2020, "示例丙", 2),
        (2020, "示例乙", None),
    ]
    change = next(r for r in rows if r.year == 2019 and r.standing.unit == "示例乙")
    assert (change.since, change.rose) == (2018, 0.0)
    assert change.change == pytest.approx(76.9 - 100)
    assert (change.change_low or 0) < -20 < (change.change_high or 0) + 5
    # 2019 is not known of 示例甲, so that 2020 has nothing to be compared with
    assert [r.change for r in rows if r.year == 2020] == [None, None, None]


def test_what_was_carried_forward_is_named_cell_by_cell(tmp_path: Path) -> None:
    """With the years it comes from; a unit that has no row in a year is not made up."""
    path = tmp_path / "a.csv"
    path.write_text(TEXT, encoding="utf-8")
    panel = read_panel(path, "年份", fill="latest", less_is_better=["污染"])
    told = [(f.unit, f.year, f.column, f.value, f.sources) for f in panel.filled]
    assert told == [("示例甲", 2019, "污染", 4.0, (2018,)), ("示例乙", 2020, "产出", 18.0, (2019,))]
    assert panel.scores()[2019]["示例丙"] is None
    assert [r.filled for r in panel.standings(Varied(runs=9)) if r.year == 2019] == [0, 1]
    between = read_panel(path, "年份", fill="linear")
    assert [(f.value, f.sources) for f in between.filled] == [(3.0, (2018, 2020))]


def test_units_of_which_too_little_is_known_stay_out_of_a_year() -> None:
    """And are told with the share that is known, before anything is filled."""
    panel = panel_of(TEXT.encode(), "a.csv", "年份", screen=0.6, fill="latest")
    assert [(s.unit, s.year, s.known) for s in panel.screened] == [("示例甲", 2019, 0.5), ("示例乙", 2020, 0.5)]
    assert panel.filled == ()
    assert panel.scores()[2020]["示例乙"] is None


@pytest.mark.parametrize(
    ("text", "year", "options", "told"),
    [
        (TEXT, "年度", {}, [("index-column", "a.csv")]),
        (TEXT.replace("示例丙,2018", "示例乙,2018"), "年份", {}, [("index-unit-twice", "a.csv A4")]),
        (TEXT.replace("示例乙,2019", "示例乙,去年"), "年份", {}, [("index-year", "a.csv B6")]),
        (TEXT.replace("示例乙,2019", "示例乙,"), "年份", {}, [("index-year", "a.csv B6")]),
        (TEXT.replace("2019,18", "2019,十八"), "年份", {}, [("index-cell", "a.csv C6")]),
        (TEXT, "年份", {"fill": "nearest"}, [("index-choice", "fill")]),
        (TEXT, "年份", {"by": "年份"}, [("index-column", "a.csv")]),
        (TEXT, "年份", {"by": "分组"}, [("index-column", "a.csv")]),
        ("地区,年份\n示例甲,2018\n", "年份", {}, [("index-empty", "a.csv")]),
        (TEXT, "年份", {"less_is_better": ["污然"]}, [("index-column", "a.csv")]),
    ],
)
def test_what_is_wrong_is_named(text: str, year: str, options: dict[str, str], told: list[tuple[str, str]]) -> None:
    """A column that is not there, a unit twice in a year, a year that is none."""
    with pytest.raises(ZhishuError) as caught:
        panel_of(text.encode(), "a.csv", year, **options)  # type: ignore[arg-type]  # options of several kinds
    assert [(p.code, p.where) for p in caught.value.problems] == told


figures = st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), min_size=2, max_size=6)


@settings(max_examples=30, deadline=None)
@given(figures, st.randoms(use_true_random=False), st.sampled_from(["minmax", "zscore", "rank"]))
def test_one_year_is_an_index_of_it_and_order_is_free(rows: list[list[int]], random: object, scale: str) -> None:
    """A table of one year gives what it gives without the column of years; rows of a panel may stand in any order."""
    # a column of one value has no scale and is refused, here and there
    assume(all(len(set(column)) > 1 for column in zip(*rows, strict=True)))
    plain = "u,a,b\n" + "".join(f"u{n},{a},{b}\n" for n, (a, b) in enumerate(rows))
    dated = [f"u{n},2018,{a},{b}" for n, (a, b) in enumerate(rows)]
    one = panel_of(("u,y,a,b\n" + "\n".join(dated)).encode(), "a.csv", "y", scale=scale)
    alone = index_of(plain.encode(), "a.csv", scale=scale)
    assert one.scores()[2018] == alone.scores()
    assert [r.standing for r in one.standings(Varied(scales=(scale,), runs=20))] == alone.standings(
        Varied(scales=(scale,), runs=20)
    )
    two = dated + [line.replace("2018", "2019") for line in reversed(dated)]
    first = panel_of(("u,y,a,b\n" + "\n".join(two)).encode(), "a.csv", "y", scale=scale).scores()
    random.shuffle(two)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    again = panel_of(("u,y,a,b\n" + "\n".join(two)).encode(), "a.csv", "y", scale=scale).scores()
    for year in (2018, 2019):
        for unit, score in first[year].items():
            assert (score is None and again[year][unit] is None) or np.isclose(score, again[year][unit])  # type: ignore[arg-type]  # both are figures


@pytest.mark.parametrize("ready", [Preparation(known=0.5), Preparation(nonzero=0.5), Preparation(filling="mean")])
def test_a_table_of_years_is_screened_and_filled_by_year(ready: Preparation) -> None:
    """What is done to a table of one year before its index would take the years apart: it is refused in words."""
    with pytest.raises(ZhishuError) as caught:
        panel_of("u,y,a\n甲,2018,1\n乙,2018,2\n".encode(), "a.csv", "y", prepare=ready)
    assert [(p.code, p.where) for p in caught.value.problems] == [("index-choice", "prepare")]
