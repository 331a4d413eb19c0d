"""What cannot make an index is refused with a sentence, or resolved as declared; no result ever holds NaN."""

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhishu.errors import Problem, ZhishuError
from zhishu.score.audit import audit
from zhishu.score.index import Index
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.prepare import FILLINGS
from zhishu.score.steps.recipe import SCALES
from zhishu.score.table import Options, index_of
from zhishu.score.table_prepare import Preparation

TEXT = "地区,产出,研发,能耗\n示例甲,18,1.5,0.9\n示例乙,20,3.5,0.5\n示例丙,5,2.2,0.4\n示例丁,9,3.2,0.6\n"
NAN = math.nan
FAR = "地区,产出\n" + "".join(f"区{n},{n % 3}\n" for n in range(40)) + "区末,-900\n"


def problems(text: str, **options: object) -> list[tuple[str, str, str, str]]:
    """Return code, place and both sentences of everything refused."""
    with pytest.raises(ZhishuError) as caught:
        index_of(text.encode(), "表.csv", **options)  # type: ignore[arg-type]  # wrong options too
    for p in caught.value.problems:
        assert p.what.zh
        assert p.repair.zh
        assert p.repair.en
    return [(p.code, p.where, p.what.zh, p.what.en) for p in caught.value.problems]


def test_a_constant_column_is_refused_where_it_has_no_scale() -> None:
    """Named with its figure; by ranks all units tie and the others decide."""
    text = "地区,产出,研发\n示例甲,18,3\n示例乙,20,3\n示例丙,5,3\n"
    for scale in ("minmax", "zscore", "best"):
        assert problems(text, scale=scale) == [
            (
                "index-alike",
                "研发",
                "列“研发”的数都是 3，分不出高低，没有尺度可言",
                "every figure of 研发 is 3: it tells no unit apart and has no scale",
            )
        ]
    for scale in ("rank", "percentile"):
        scores = index_of(text.encode(), "表.csv", scale=scale).scores()
        assert sorted(scores, key=lambda u: scores[u] or 0.0) == ["示例丙", "示例甲", "示例乙"]
        # what moves ranks is found by other scales too, and there it has none
        with pytest.raises(ZhishuError, match="研发 is 3"):
            index_of(text.encode(), "表.csv", scale=scale).sensitivity()
    assert None not in index_of(text.encode(), "表.csv", leave_out=["研发"]).scores().values()


def test_a_column_without_figures_is_refused() -> None:
    """Whatever the scale; a figure alone has nothing to be compared with."""
    text = "地区,产出,研发\n示例甲,18,…\n示例乙,20,…\n"
    for scale in SCALES:
        assert [p[:2] for p in problems(text, scale=scale)] == [("index-no-figure", "研发")]
    for scale in SCALES:
        assert problems(text.replace("…", "3", 1), scale=scale) == [
            (
                "index-alike",
                "研发",
                "列“研发”只有“示例甲”有数，无从比较",
                "示例甲 alone has a figure of 研发: there is no comparison",
            )
        ]


def test_columns_are_refused_all_at_once() -> None:
    """Without figures, with one, and of one value."""
    text = "地区,产出,研发,能耗,就业\n示例甲,18,…,7,3\n示例乙,20,…,…,3\n示例丙,5,…,…,3\n"
    assert [p[:2] for p in problems(text)] == [
        ("index-no-figure", "研发"),
        ("index-alike", "能耗"),
        ("index-alike", "就业"),
    ]


def test_one_unit_is_refused() -> None:
    """There is nothing to compare it with."""
    assert problems("地区,产出\n示例甲,18\n") == [
        (
            "index-one-unit",
            "表.csv",
            "只有一个单位“示例甲”，无从比较",
            "示例甲 is the only unit: there is nothing to compare with",
        )
    ]


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_values_that_have_no_such_mean_are_refused_by_cell(mean: str) -> None:
    """A z-score so far below that it is under zero on the scale of mean 50 and spread 10; minmax begins at 1."""
    found = problems(FAR, scale="zscore", mean=mean)
    assert [p[:2] for p in found] == [("index-mean", "表.csv 产出")]
    assert found[0][2].startswith("“区末”的“产出”标准化后是 -")
    assert "of values above zero only" in found[0][3]
    assert [p[:2] for p in problems(TEXT, scale="minmax0", mean=mean)] == [
        ("index-mean", f"表.csv {c}") for c in ("产出", "研发", "能耗")
    ]
    for scale in ("minmax", "rank", "percentile"):
        assert None not in index_of(FAR.encode(), "表.csv", scale=scale, mean=mean).scores().values()


def test_units_that_are_all_alike_tie_by_ranks_whatever_the_mean() -> None:
    """By ranks every unit is both the best and the worst: a mean of equal values is that value, and all share a rank."""
    text = "地区,产出,研发\n示例甲,3,5\n示例乙,3,5\n示例丙,3,5\n"
    for mean in ("topsis", "arithmetic", "geometric"):
        found = index_of(text.encode(), "表.csv", scale="rank", mean=mean).standings()
        assert {s.score for s in found} == {1.0}
        assert {s.rank for s in found} == {1}


def test_the_range_of_the_scale_is_a_choice() -> None:
    """From 0 or from 1 to 100: the ends are those, and an arithmetic mean has the same order by both."""
    nought, one = (index_of(TEXT.encode(), "表.csv", scale=s).scores() for s in ("minmax0", "minmax"))
    for unit, score in nought.items():
        assert one[unit] == pytest.approx((score or 0.0) * 0.99 + 1)
    plain = index_of("地区,产出\n示例甲,1\n示例乙,3\n".encode(), "表.csv", scale="minmax0").scores()
    assert plain == {"示例甲": 0, "示例乙": 100}


def test_weights_that_are_none_are_refused() -> None:
    """Negative, not a number, endless; all zero under the index or under a heading; of what is not there."""
    for weight in (-1.0, NAN, math.inf, -math.inf, 1e9, 1e-10):
        assert [p[:2] for p in problems(TEXT, weights={"产出": weight})] == [("index-weights", "产出")]
    zero = {"产出": 0.0, "研发": 0.0, "能耗": 0.0}
    assert problems(TEXT, weights=zero) == [
        (
            "index-weights-zero",
            "产出",
            "“总指数”之下的权重（产出、研发、能耗）合计为 0",
            "the weights under the index (产出, 研发, 能耗) sum to zero",
        )
    ]
    groups = {"创新": ["研发"], "生态": ["能耗"]}
    assert [p[:2] for p in problems(TEXT, weights={"研发": 0.0}, groups=groups)] == [("index-weights-zero", "研发")]
    assert [p[0] for p in problems(TEXT, weights={"就业": 1.0})] == ["index-column"]
    assert index_of(TEXT.encode(), "表.csv", weights={"产出": 0.0}).scores()


def test_a_group_without_members_is_refused() -> None:
    """But a heading whose columns are all left out goes with them, and its weight."""
    assert problems(TEXT, groups={"生态": []}) == [
        ("index-group", "生态", "组“生态”没有成员", "nothing stands under the heading 生态")
    ]
    options: Options = {"groups": {"生态": ["能耗"]}, "weights": {"生态": 2.0}, "leave_out": ["能耗"]}
    tree = index_of(TEXT.encode(), "表.csv", **options).study.tree
    assert [node.id for node in tree.nodes] == ["index"]
    assert tree.leaves() == ("产出", "研发")
    assert [p[0] for p in problems(TEXT, leave_out=["就业"])] == ["index-column"]
    assert [p[0] for p in problems(TEXT, leave_out=["产出", "研发", "能耗"])] == ["index-empty"]


def test_ties_share_the_better_rank() -> None:
    """The next one stands as far behind as units are ahead of it; the order of the table decides nothing."""
    text = "地区,产出\n示例甲,3\n示例乙,5\n示例丙,3\n示例丁,1\n"
    for again in (text, "\n".join([*text.splitlines()[:1], *text.splitlines()[:0:-1]])):
        ranks = {r.unit: r.rank for r in index_of(again.encode(), "表.csv").standings()}
        assert ranks == {"示例乙": 1, "示例甲": 2, "示例丙": 2, "示例丁": 4}


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"least": 1.5}, "least"),
        ({"least": NAN}, "least"),
        ({"winsorise": 0}, "winsorise"),
        ({"prepare": Preparation(known=2)}, "known"),
        ({"prepare": Preparation(nonzero=NAN)}, "nonzero"),
        ({"prepare": Preparation(filling="mode")}, "mode"),
        ({"prepare": Preparation(filling="row_mean", within={})}, "within"),
    ],
)
def test_choices_that_mean_nothing_are_refused(options: dict[str, object], where: str) -> None:
    """With the option they stand in."""
    assert ("index-choice", where) in [p[:2] for p in problems(TEXT, **options)]


@pytest.mark.parametrize("asked", [{"shift": 1.0}, {"shift": NAN}, {"level": 0.0}, {"level": 1.0}, {"level": NAN}])
def test_intervals_that_mean_nothing_are_refused(asked: dict[str, float]) -> None:
    """For standings and for what moves ranks."""
    index = index_of(TEXT.encode(), "表.csv")
    for ask in (
        lambda: index.standings(index.varied(asked.get("shift", 0.25), 10), asked.get("level", 0.9)),
        lambda: index.sensitivity(asked.get("shift", 0.25), asked.get("level", 0.9)),
    ):
        with pytest.raises(ZhishuError) as caught:
            ask()
        assert [p.code for p in caught.value.problems] == ["index-choice"]


cells = st.one_of(
    st.integers(-3, 3).map(str),
    st.decimals(-(10**15), 10**15, places=3, allow_nan=False).map(str),
    st.sampled_from(["…", "", "0", "0.00000000000000001", "99999999999999999", "99999999999999998"]),
)
weights = st.one_of(st.floats(), st.floats(1e-9, 1e8), st.sampled_from([0.0, 1.0, -1.0]))


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, Options]:
    """Return a table and choices, sensible or not."""
    columns = [f"列{n}" for n in range(draw(st.integers(1, 4)))]
    rows = draw(st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=7))
    lines = [f"区{n}," + ",".join(row) for n, row in enumerate(rows)]
    options: Options = {
        "scale": draw(st.sampled_from(sorted(SCALES))),
        "mean": draw(st.sampled_from(sorted(MEANS))),
        "winsorise": draw(st.sampled_from([None, 1, 5])),
        "least": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "weights": draw(st.dictionaries(st.sampled_from(columns), weights, max_size=2)),
        "less_is_better": draw(st.lists(st.sampled_from(columns), max_size=2)),
        "groups": {"组": columns[: draw(st.integers(0, 2))]} if draw(st.booleans()) else {},
        "leave_out": draw(st.lists(st.sampled_from(columns), max_size=1)),
        "prepare": Preparation(
            {columns[0]: (columns[-1], draw(st.sampled_from([1.0, 10.0])))} if draw(st.booleans()) else {},
            draw(st.sampled_from([0.0, 0.5])),
            draw(st.sampled_from([0.0, 0.5])),
            draw(st.sampled_from([None, *FILLINGS])),
        ),
    }
    return "地区," + ",".join(columns) + "\n" + "\n".join(lines) + "\n", options


def tried(text: str, options: Options) -> Index | tuple[Problem, ...]:
    """Return the index, or why there is none."""
    try:
        return index_of(text.encode(), "表.csv", **options)
    except ZhishuError as refused:
        return refused.problems


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked())
@pytest.mark.filterwarnings("ignore:Mean of empty slice")
def test_no_result_ever_holds_nan(made: tuple[str, Options]) -> None:
    """Refused with sentences, or every number finite and every unit without a score lacking one of its figures."""
    text, options = made
    found = tried(text, options)
    if not isinstance(found, Index):
        assert found
        assert all(p.what.zh and p.what.en and p.repair.zh and p.repair.en for p in found)
        return
    index = found
    rows = index.standings(index.varied(runs=20))
    json.dumps([r.to_json() for r in rows], allow_nan=False)
    json.dumps([t.to_json() for t in index.touched()], allow_nan=False)
    json.dumps([t.to_json() for t in index.left_out], allow_nan=False)
    for row in rows:
        n = index.units.index(row.unit)
        missing = [bool(np.isnan(x[n])) for x in index.study.columns.values()]
        assert row.score is not None or any(missing)
        assert (row.score is None) == (row.rank is None)
        if row.score is not None:
            assert row.low is not None
            assert row.rank_from is not None
    # a table that asks for nothing missing scores everybody
    if not any(np.isnan(x).any() for x in index.study.columns.values()):
        assert None not in index.scores().values()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(asked())
@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:All-NaN slice")
def test_audit_and_sensitivity_answer_or_refuse_too(made: tuple[str, Options]) -> None:
    """Of any index that stands: findings are numbers, and what moves ranks is told or refused with a sentence."""
    index = tried(*made)
    if not isinstance(index, Index):
        return
    assert all(math.isfinite(f.value) for f in audit(index, index.varied(runs=10)))
    try:
        found = index.sensitivity(base=64)
    except ZhishuError as refused:
        codes = {p.code for p in refused.problems}
        found = None
    else:
        codes = set()
    assert codes <= {"index-alike", "index-empty"}
    assert found is None or (math.isfinite(found.variance) and found.failed <= 64)
