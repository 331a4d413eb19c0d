"""Methods that make one score without letting one part make up for another: votes, distances, unevenness punished."""

import numpy as np

from zhishu.score.methods.example import Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction, Root
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, MUNDA, RESEARCH, handbook, work
from zhishu.score.steps.aggregate import closeness, copeland, mazziotta_pareto, mpi, outranking, topsis
from zhishu.score.steps.ampi import ampi, ampi_scaled
from zhishu.terms import Text

_SCORE = Text("得分", "score")
_ECONOMY, _ECOLOGY, _WELFARE = Text("经济", "economy"), Text("生态", "ecology"), Text("民生", "welfare")
_WEIGHTS = np.array([0.5, 0.3, 0.2])
_WHOLE = units({_ECONOMY: (80, 60, 40, 90), _ECOLOGY: (40, 60, 80, 10), _WELFARE: (60, 60, 60, 50)})
_SAID = Text("权重 0.5、0.3、0.2", "weights 0.5, 0.3, 0.2")


def _pairs(given: Table) -> Table:
    found = outranking(given.matrix(), _WEIGHTS)
    beside = {Text(f"对{u.zh}", f"over {u.en}"): found[:, n] for n, u in enumerate(given.rows)}
    return of_units(given, beside)


def _over_years(given: Table) -> Table:
    """The table holds first and last year of two indicators."""
    x = given.matrix()
    found = ampi([x[:, :2], x[:, 2:]], [1, -1], [20.0, 6.0])
    return of_units(given, {Text("第一年", "first year"): found[:, 0], Text("第二年", "second year"): found[:, 1]})


METHODS = (
    Method(
        id="outranking",
        step="aggregate",
        title=Text("两两优势矩阵", "outranking matrix"),
        what=Text(
            "每两个单位之间，前者占优的指标权重之和，平局各半。",
            "For each pair, the weight of the indicators on which the first is ahead, ties counting half.",
        ),
        formula=("O_ik = Σ_j w_j [ x_ij > x_kj ] + ½ Σ_j w_j [ x_ij = x_kj ]",),
        symbols=Text(
            "[ … ]：成立为 1，否则为 0；权重之和为 1，只计两者都有数的指标",
            "[ … ]: 1 where it holds, else 0; weights sum to 1, over the indicators known of both",
        ),
        use=Text("不许补偿；供科普兰计分", "no compensation; what Copeland's votes rest on"),
        avoid=Text("单位很多：结果是单位数的平方", "very many units: the result has the square of their number"),
        sources=(MUNDA, COINR),
        callers=("hqd-performance-evaluation",),
        functions=(outranking,),
        example=Example(_WHOLE, _SAID, _pairs),
    ),
    Method(
        id="copeland",
        step="aggregate",
        title=Text("科普兰计分", "Copeland's votes"),
        what=Text(
            "胜一个单位加一分、负一个减一分：两两之间谁占的权重过半谁胜。没有补偿，只认次序。",
            "One point for each unit beaten, one less for each lost to: of a pair the one ahead on more than half of the weight wins. No compensation, only order.",
        ),
        formula=("y_i = Σ_k sign ( O_ik − ½ )",),
        symbols=Text(
            "O：两两优势矩阵；一项都没有的单位没有得分",
            "O: the outranking matrix; a unit of which nothing is known has none",
        ),
        use=Text("各项不可互相替代，只要名次", "parts cannot stand for each other, and only ranks are wanted"),
        avoid=Text(
            "需要分数的距离；单位会退出（次序可能改变）",
            "where distances are wanted; where units leave (others may change places)",
        ),
        sources=(handbook(6), MUNDA, COINR),
        callers=("hqd-performance-evaluation",),
        functions=(copeland,),
        offered=("mean copeland",),
        example=Example(_WHOLE, _SAID, lambda t: of_units(t, {_SCORE: copeland(t.matrix(), _WEIGHTS)})),
    ),
    Method(
        id="topsis",
        step="aggregate",
        title=Text("逼近理想解（TOPSIS）", "TOPSIS"),
        what=Text(
            "离各项最好值近、离最差值远的单位得分高，0 到 1。",
            "A unit scores by being near the best and far from the worst of each indicator, 0 to 1.",
        ),
        formula=(
            ("b_i =", Root("Σ_j w_j^2 ( x_ij − max x_j )^2")),
            ("c_i =", Root("Σ_j w_j^2 ( x_ij − min x_j )^2")),
            ("y_i =", Fraction("c_i", "b_i + c_i")),
        ),
        symbols=Text(
            "b_i、c_i：离最好、最差的距离；同一尺度的得分，先乘权重再求距离；标题用 closeness 回到原来的尺度",
            "b_i, c_i: distances to the best and the worst; scores on one scale, weighted before distances are taken; a heading stands on its scale by closeness",
        ),
        use=Text("研究：以本组最好、最差为参照", "research: the best and the worst of the units as references"),
        avoid=Text(
            "单位进出改变参照，次序可能颠倒；有缺项的单位没有得分",
            "units that come and go move the references and may turn the order; a unit with a hole has none",
        ),
        sources=(work("Hwang, Yoon 1981, Multiple attribute decision making, Springer", "10.1007/978-3-642-48318-9"),),
        practice=RESEARCH,
        functions=(topsis, closeness),
        offered=("mean topsis",),
        example=Example(_WHOLE, _SAID, lambda t: of_units(t, {_SCORE: topsis(t.matrix(), _WEIGHTS)})),
    ),
    Method(
        id="mazziotta_pareto",
        step="aggregate",
        title=Text("马齐奥塔－帕累托指数", "Mazziotta-Pareto index"),
        what=Text(
            "平均分减去不均衡的惩罚：同样的平均，偏科者低。",
            "The mean less a penalty for unevenness: of equal means the uneven unit is lower.",
        ),
        formula=(("y_i = m_i −", Fraction("s_i^2", "m_i")),),
        symbols=Text(
            "m_i、s_i：单位 i 各项 z 值（均值 100、标准差 10）的平均与标准差；越大越差的指数改为加",
            "m_i, s_i: mean and spread of the unit's z-scores (mean 100, spread 10); added where more is worse",
        ),
        use=Text("各项同等重要、不可替代", "parts that matter alike and cannot stand for each other"),
        avoid=Text("各项权重不同；有缺项", "parts of unequal weight; missing cells"),
        sources=(
            work(
                "De Muro, Mazziotta, Pareto 2011, Composite indices of development and poverty, Social Indicators Research 104(1)",
                "10.1007/s11205-010-9727-z",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(mazziotta_pareto, mpi),
        offered=("mean mpi", "scale mpi"),
        example=Example(
            units({_ECONOMY: (110, 100, 90, 105), _ECOLOGY: (90, 100, 110, 95), _WELFARE: (100, 100, 100, 115)}),
            Text("三项 z 值，均值 100、标准差 10", "three z-scores, mean 100, spread 10"),
            lambda t: of_units(t, {_SCORE: mazziotta_pareto(t.matrix())}),
        ),
    ),
    Method(
        id="ampi",
        step="aggregate",
        title=Text("可跨年比较的马齐奥塔－帕累托指数", "adjusted Mazziotta-Pareto index"),
        what=Text(
            "各指标以所有年份的全距定上下限，基准值得 100，再减不均衡的惩罚：各年在同一尺度上。",
            "Each indicator is scaled by the range of all years, a reference scoring 100, and unevenness is taken off: all years stand on one scale.",
        ),
        formula=(
            ("z_i = 100 ± 30 ·", Fraction("x_i − r", "( max x − min x ) / 2")),
            ("y_i = m_i −", Fraction("s_i^2", "m_i")),
        ),
        symbols=Text(
            "r：基准值，±：方向，m_i、s_i：单位各项的平均与标准差",
            "r: the reference, ±: the direction, m_i, s_i: mean and spread over the unit's indicators",
        ),
        use=Text("一个指数逐年公布，要能比较", "an index published year by year that is to compare"),
        avoid=Text(
            "每年更换指标；新年份超出旧的全距（旧年分数随之改变）",
            "indicators that change; a new year beyond the old range (scores of old years move)",
        ),
        sources=(
            work(
                "Mazziotta, Pareto 2016, On a generalized non-compensatory composite index for measuring socio-economic phenomena, Social Indicators Research 127(3)",
                "10.1007/s11205-015-0998-2",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(ampi, ampi_scaled),
        example=Example(
            units(
                {
                    Text("产出，第一年", "output, first year"): (10, 20),
                    Text("产出，第二年", "output, second year"): (15, 30),
                    Text("能耗，第一年", "energy, first year"): (8, 6),
                    Text("能耗，第二年", "energy, second year"): (7, 4),
                }
            ),
            Text(
                "两项、两年；基准 20 与 6，能耗越少越好",
                "two indicators, two years; references 20 and 6, less energy is better",
            ),
            _over_years,
        ),
    ),
)
