"""Methods that say which choice makes ranks unsure; they need SciPy (extra ``sensitivity``)."""

from collections.abc import Mapping

import numpy as np

from zhishu.score.methods.example import Example, Table, table
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, SAISANA, handbook, work
from zhishu.score.methods.uncertainty import TABLE, study_of
from zhishu.score.steps.sobol import Share, indices, of_ranks, of_unit
from zhishu.score.steps.sure import Varied
from zhishu.terms import Text

_VARIED = Varied((None, 5), ("minmax", "zscore", "rank"), ("arithmetic", "geometric"), 0.25, 1000, 1)
# scales with other units of score would stand for all of its variance
_OF_UNIT = Varied((None,), ("minmax",), ("arithmetic", "geometric"), 0.25, 1000, 1)
_FACTORS = {
    "treatment": Text("离群处理", "treatment"),
    "scale": Text("标准化", "scale"),
    "mean": Text("合成", "mean"),
    "weights": Text("权重", "weights"),
}
_CHOICE = Text("选择", "choice")
_CHOICES = Text(
    "离群处理有无；极差、z 值、名次；算术、几何；权重 ±25 %；1024 组，种子 1",
    "treated or not; min-max, z-score, ranks; arithmetic, geometric; weights ±25 %; base 1024, seed 1",
)
_SALTELLI = work(
    "Saltelli et al. 2010, Variance based sensitivity analysis of model output, Computer Physics Communications 181(2)",
    "10.1016/j.cpc.2009.09.018",
)
_JANSEN = work(
    "Jansen 1999, Analysis of variance designs for model output, Computer Physics Communications 117",
    "10.1016/S0010-4655(98)00154-4",
)


def _shares(names: Mapping[str, Text], found: Mapping[str, Share]) -> Table:
    return table(
        _CHOICE,
        tuple(names[id] for id in found),
        {
            Text("单独", "alone"): tuple(s.first for s in found.values()),
            Text("连同交互", "with all it acts with"): tuple(s.total for s in found.values()),
            Text("连同交互，下界", "the latter from"): tuple(s.total_bounds[0] for s in found.values()),
            Text("上界", "to"): tuple(s.total_bounds[1] for s in found.values()),
        },
    )


def _linear(given: Table) -> Table:
    slopes = given.array(0)
    ids = [title.en for title in given.rows]
    found = indices(lambda u: np.asarray(u @ slopes), ids, 512, 1)
    return _shares(dict(zip(ids, given.rows, strict=True)), found.shares)


METHODS = (
    Method(
        id="sobol",
        step="sensitivity",
        title=Text("索博尔指数", "Sobol' indices"),
        what=Text(
            "结果的方差有几成由一个因素单独造成（一阶），几成与它有关（总阶）；置乱索博尔序列抽点，自助法给区间，失败的次数另计。",
            "What share of the variance one factor causes alone (first order), and with all it acts together with (total); points from a scrambled Sobol' sequence, intervals by bootstrap, failed runs counted.",
        ),
        formula=(
            ("S_i =", Fraction("Σ ( y_B − m ) ( y_ABi − y_A )", "N V")),
            ("T_i =", Fraction("Σ ( y_A − y_ABi )^2", "2 N V")),
        ),
        symbols=Text(
            "A、B：两组点，ABi：A 的第 i 列换成 B 的，m、V：A 与 B 结果的均值与方差；共算 N ( k + 2 ) 次，k 为因素数",
            "A, B: two sets of points, ABi: A with column i of B, m, V: mean and variance of the results of A and B; N ( k + 2 ) runs of k factors",
        ),
        use=Text(
            "几个选择同时不定，要知道该先定哪一个", "several choices are open, and it matters which to settle first"
        ),
        avoid=Text(
            "因素彼此相关；抽点太少（看区间）", "factors that depend on each other; too few points (see the intervals)"
        ),
        sources=(handbook(7), _SALTELLI, _JANSEN),
        callers=("hqd-performance-evaluation",),
        functions=(indices,),
        example=Example(
            table(
                Text("因素", "factor"),
                (Text("甲", "a"), Text("乙", "b"), Text("丙", "c")),
                {Text("系数", "slope"): (1, 2, 0)},
            ),
            Text(
                "y = a + 2 b，均匀分布；真值 0.2、0.8、0；512 组，种子 1",
                "y = a + 2 b, uniform; true values 0.2, 0.8, 0; base 512, seed 1",
            ),
            _linear,
            "scipy",
        ),
    ),
    Method(
        id="of_ranks",
        step="sensitivity",
        title=Text("名次的敏感性", "what moves ranks"),
        what=Text(
            "处理、标准化、合成、权重四个选择各占名次变动的几成；名次变动为各单位与声明指数名次之差的平均。",
            "What share of the moves of ranks each of four choices causes: treatment, scale, mean, weights; a move is the mean distance of the units from their declared ranks.",
        ),
        formula=(("y =", Fraction("Σ_i | R_i − R_i^0 |", "n")),),
        symbols=Text(
            "R 上标 0：声明的指数的名次；对 y 求索博尔指数",
            "R with 0: ranks of the declared index; Sobol' indices of y",
        ),
        use=Text("公布方法时说明名次靠什么", "published with the method: what the ranks rest on"),
        avoid=Text("选择都已由办法定死", "choices that are all fixed by the scheme"),
        sources=(handbook(7), SAISANA, COINR),
        callers=("hqd-performance-evaluation",),
        functions=(of_ranks,),
        offered=("sensitivity",),
        example=Example(
            TABLE, _CHOICES, lambda t: _shares(_FACTORS, of_ranks(study_of(t), _VARIED, 1024).shares), "scipy"
        ),
    ),
    Method(
        id="of_unit",
        step="sensitivity",
        title=Text("一个单位得分的敏感性", "what moves one unit's score"),
        what=Text("同上，对一个单位的得分。", "The same of the score of one unit."),
        formula=("y = y_i",),
        symbols=Text("i：所问的单位；对其得分求索博尔指数", "i: the unit asked about; Sobol' indices of its score"),
        use=Text("一个单位问自己的名次为何不稳", "a unit asks why its place is unsure"),
        avoid=Text(
            "分值尺度不同的标准化一起变动：那时标准化必占大头",
            "scales of different units varied together: the scale then holds nearly all",
        ),
        sources=(handbook(7), _SALTELLI),
        callers=("hqd-performance-evaluation",),
        functions=(of_unit,),
        example=Example(
            TABLE,
            Text(
                f"{TABLE.rows[3].zh}；算术、几何；权重 ±25 %；1024 组，种子 1",
                f"unit {TABLE.rows[3].en}; arithmetic, geometric; weights ±25 %; base 1024, seed 1",
            ),
            lambda t: _shares(_FACTORS, of_unit(study_of(t), _OF_UNIT, 3, 1024).shares),
            "scipy",
        ),
    ),
)
