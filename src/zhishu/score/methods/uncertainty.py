"""Methods that say how sure scores and ranks are: the index made anew thousands of times."""

import numpy as np

from zhishu.score.methods.example import Array, Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, SAISANA, handbook
from zhishu.score.steps.recipe import Study, moved_weights
from zhishu.score.steps.sure import Sure, Varied, vary
from zhishu.score.steps.tree import Node, Tree
from zhishu.terms import Text

_TREE = Tree((Node("index", ("output", "research", "energy"), (0.5, 0.3, 0.2)),))
TABLE = units(
    {
        Text("产出", "output"): (18, 20, 5, 9, 17),
        Text("研发", "research"): (1.5, 3.5, 2.2, 3.2, 1.8),
        Text("能耗", "energy"): (0.9, 0.5, 0.4, 0.6, 1.1),
    }
)
_VARIED = Varied((None,), ("minmax",), ("arithmetic", "geometric"), 0.25, 1000, 1)
_CALLERS = (
    "five-supports-scorecard",
    "strong-county-classes",
    "business-environment-index",
    "differentiated-assessment",
)


def study_of(given: Table) -> Study:
    """Return the study of an example table: less energy is better."""
    columns: dict[str, Array] = {title.en: given.array(n) for n, title in enumerate(given.names())}
    return Study(columns, {"output": 1, "research": 1, "energy": -1}, _TREE)


def _sure(given: Table) -> Sure:
    return vary(study_of(given), _VARIED)


def _said() -> Text:
    said = _VARIED.says()
    return Text(f"能耗越少越好；变动：{said.zh}；水平 90 %", f"less energy is better; varied: {said.en}; level 90 %")


def _intervals(given: Table) -> Table:
    found = vary(study_of(given), _VARIED)
    (low, high), (first, last) = found.interval(), found.rank_interval()
    return of_units(
        given,
        {
            Text("得分从", "score from"): low,
            Text("得分到", "score to"): high,
            Text("名次从", "rank from"): first,
            Text("名次到", "rank to"): last,
        },
    )


def _chances(given: Table) -> Table:
    found = _sure(given).rank_chances()
    return of_units(given, {Text(f"第 {n + 1} 名", f"rank {n + 1}"): found[:, n] for n in range(found.shape[1])})


def _ahead(given: Table) -> Table:
    found = _sure(given).ahead()
    return of_units(given, {Text(f"胜{u.zh}", f"ahead of {u.en}"): found[:, n] for n, u in enumerate(given.rows)})


def _tiers(given: Table) -> Table:
    return of_units(given, {Text("档", "tier"): _sure(given).tiers().astype(np.float64)})


def _moved(given: Table) -> Table:
    found = moved_weights(_TREE, 0.25, 4, 1)["index"]
    return of_units(given, {Text(f"第 {n + 1} 次", f"run {n + 1}"): run for n, run in enumerate(found)})


METHODS = (
    Method(
        id="moved_weights",
        step="uncertainty",
        title=Text("权重变动", "moved weights"),
        what=Text(
            "每个权重各自上下移动，至多为自身的一个比例，均匀分布；种子印出。",
            "Each weight moves on its own, up or down by at most a share of itself, uniformly; the seed is printed.",
        ),
        formula=("w_j ← w_j ( 1 + δ u ) , u ~ U ( −1 , 1 )",),
        symbols=Text(
            "δ：变动幅度（默认 0.25），u：每项每次各自抽取",
            "δ: the shift (0.25 by default), u: drawn for each weight and run",
        ),
        use=Text("权重是判断、差一些也说得通时", "weights are judgements that might as well be a little different"),
        avoid=Text("权重由法规定死：那里没有不确定", "weights fixed by law: there is nothing unsure about them"),
        sources=(handbook(7), COINR),
        callers=_CALLERS,
        functions=(moved_weights,),
        offered=("shift 0.25",),
        example=Example(
            units({Text("权重", "weight"): (0.5, 0.3, 0.2)}),
            Text("幅度 0.25，抽四次，种子 1", "shift 0.25, four draws, seed 1"),
            _moved,
        ),
    ),
    Method(
        id="vary",
        step="uncertainty",
        title=Text("得分与名次区间", "intervals of scores and ranks"),
        what=Text(
            "同时变动权重、处理、标准化和合成，重算上千次；区间为其中 90 % 所在的范围。没有给出任何得分的次数另计，不丢弃。",
            "Weights, treatment, scale and mean are varied at once, a thousand times; an interval holds 90 % of the runs. Runs that gave nobody a score are counted, never dropped.",
        ),
        formula=("I_i = [ Q_5 ( y_i ) , Q_95 ( y_i ) ]",),
        symbols=Text(
            "Q_5、Q_95：各次得分（名次）的 5 % 与 95 % 分位数",
            "Q_5, Q_95: the 5 % and 95 % quantiles of the scores (ranks) over the runs",
        ),
        use=Text(
            "凡公布名次，附区间、水平、变动内容和种子",
            "with every published rank: interval, level, what was varied, seed",
        ),
        avoid=Text("当作抽样误差：数据误差另有来源", "as an error of sampling: errors of the data come on top"),
        sources=(handbook(7), SAISANA, COINR),
        callers=(*_CALLERS, "hqd-performance-evaluation"),
        functions=(vary, Sure.interval, Sure.rank_interval),
        offered=("runs 1000", "level 0.9", "seed 1"),
        example=Example(TABLE, _said(), _intervals),
    ),
    Method(
        id="rank_chances",
        step="uncertainty",
        title=Text("各名次的概率", "chances of ranks"),
        what=Text("每个单位得到每个名次的次数占比。", "The share of runs in which each unit has each rank."),
        formula=(("p_ir =", Fraction("#{ runs : R_i = r }", "N")),),
        symbols=Text("N：总次数，R_i：该次名次", "N: all runs, R_i: the rank in a run"),
        use=Text("名次要用于奖励或公布时", "where ranks lead to awards or are published"),
        avoid=Text("单位很多：只看区间", "very many units: look at intervals"),
        sources=(handbook(7), SAISANA),
        callers=_CALLERS,
        functions=(Sure.rank_chances,),
        example=Example(TABLE, _said(), _chances),
    ),
    Method(
        id="ahead",
        step="uncertainty",
        title=Text("两两领先概率", "chances of being ahead"),
        what=Text(
            "前者得分高于后者的次数占比，平局各半。",
            "The share of runs in which one unit is ahead of another, ties half.",
        ),
        formula=(("a_ik =", Fraction("#{ y_i > y_k } + ½ #{ y_i = y_k }", "N")),),
        symbols=Text("#：两者都有得分的次数，N：其总数", "#: runs in which both have a score, N: all of these"),
        use=Text("两个单位究竟分不分得出高低", "whether two units can be told apart"),
        avoid=Text("当作显著性检验", "as a test of significance"),
        sources=(handbook(7), SAISANA),
        callers=_CALLERS,
        functions=(Sure.ahead,),
        example=Example(TABLE, _said(), _ahead),
    ),
    Method(
        id="tiers",
        step="uncertainty",
        title=Text("分得开的档次", "tiers that can be told apart"),
        what=Text(
            "从高到低，只有当一档之首在至少 90 % 的次数里领先于某单位，才从该单位起另立一档。",
            "From the top, a unit opens a new tier only if the first of the tier above is ahead of it in at least 90 % of the runs.",
        ),
        formula=("a_fk ≥ 0.9 → k",),
        symbols=Text(
            "f：本档之首，k：下一个单位，a：两两领先概率",
            "f: the first of the tier, k: the next unit, a: the chance of being ahead",
        ),
        use=Text("以档次代替名次公布", "published instead of ranks"),
        avoid=Text("档数要事先定死时", "where the number of tiers is fixed beforehand"),
        sources=(handbook(7),),
        callers=_CALLERS,
        functions=(Sure.tiers,),
        example=Example(TABLE, _said(), _tiers),
    ),
)
