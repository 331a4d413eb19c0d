"""Methods that order by pairs or by places: net flow, the order with most support, ordered means."""

import numpy as np

from zhishu.score.methods.example import Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import RESEARCH, handbook, work
from zhishu.score.steps.order import median_order, supported
from zhishu.score.steps.ordered import ordered, owa
from zhishu.score.steps.vote import net_flow, outranking
from zhishu.terms import Text

_WEIGHTS = np.array([0.5, 0.3, 0.2])
_TABLE = units(
    {
        Text("经济", "economy"): (80, 60, 40, 90),
        Text("生态", "ecology"): (40, 60, 80, 10),
        Text("民生", "welfare"): (60, 60, 60, 50),
    }
)
_SAID = Text("权重 0.5、0.3、0.2", "weights 0.5, 0.3, 0.2")
_SCORE = Text("得分", "score")


def _order(given: Table) -> Table:
    found = median_order(outranking(given.matrix(), _WEIGHTS))
    places = tuple(Text(f"第 {n + 1}", f"place {n + 1}") for n in range(len(found.units)))
    return table(Text("名次", "place"), places, {Text("单位", "unit"): tuple(given.rows[u] for u in found.units)})


def _ordered(given: Table) -> Table:
    x = given.matrix()
    found = {Text(f"幂 {p}", f"power {p}"): owa(p)(x, _WEIGHTS) for p in (0.5, 1, 2)}
    lowest = {Text("只看最差", "the worst alone"): ordered(x, np.array([0.0, 0.0, 1.0]))}
    return of_units(given, {**found, **lowest})


METHODS = (
    Method(
        id="net_flow",
        step="aggregate",
        title=Text("净优势", "net flow"),
        what=Text(
            "平均而言，一个单位占优的权重比被占优的多多少，−1 到 1；与科普兰不同，赢多少也算。",
            "By how much more weight a unit is ahead of the others than behind, on average, −1 to 1; unlike Copeland's votes it counts by how much a pair is won.",
        ),
        formula=(("y_i =", Fraction("Σ_k ( 2 O_ik − 1 )", "n − 1")),),
        symbols=Text("O：两两优势矩阵，n：单位数", "O: the outranking matrix, n: units"),
        use=Text(
            "各项不可互相替代，又要比名次细的分数", "parts cannot stand for each other, and more than ranks is wanted"
        ),
        avoid=Text("单位会退出（次序可能改变）", "where units leave (others may change places)"),
        sources=(
            work(
                "Brans, Vincke 1985, A preference ranking organisation method, Management Science 31(6)",
                "10.1287/mnsc.31.6.647",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(net_flow,),
        offered=("mean outranking",),
        example=Example(_TABLE, _SAID, lambda t: of_units(t, {_SCORE: net_flow(t.matrix(), _WEIGHTS)})),
    ),
    Method(
        id="median_order",
        step="aggregate",
        title=Text("支持最多的次序", "order with the most support"),
        what=Text(
            "所有次序中，两两支持之和最大的一个（孔多塞、凯门尼）；14 个单位以内逐一比较，更多则逐步改进、不保证最优。",
            "Of all orders the one whose pairs have most support (Condorcet, Kemeny); up to 14 units every order is weighed, of more the best is sought step by step and not proved.",
        ),
        formula=("max Σ O_ik , i ≻ k",),
        symbols=Text("O：两两优势矩阵，i ≻ k：i 排在 k 之前", "O: the outranking matrix, i ≻ k: i stands before k"),
        use=Text("只要次序、不许补偿", "only an order is wanted, without compensation"),
        avoid=Text("单位很多；需要分数", "very many units; where scores are wanted"),
        sources=(
            handbook(6),
            work(
                "Young, Levenglick 1978, A consistent extension of Condorcet's election principle, SIAM Journal on Applied Mathematics 35(2)",
                "10.1137/0135023",
            ),
        ),
        practice=RESEARCH,
        functions=(median_order, supported),
        example=Example(_TABLE, _SAID, _order),
    ),
    Method(
        id="owa",
        step="aggregate",
        title=Text("有序加权平均（OWA）", "ordered weighted averaging"),
        what=Text(
            "权重给名次而不给指标：最差的算得多就少补偿；owa 同时保留指标的权重，幂 1 为算术平均，更大偏向最差。",
            "Weights go to places, not to indicators: the more the worst counts, the less is made up for; owa keeps the importance of indicators too, power 1 is the arithmetic mean, more leans to the worst.",
        ),
        formula=("y_i = Σ_j ( s_j^p − s_k^p ) x_ij , k = j − 1",),
        symbols=Text(
            "x：一个单位的得分从高到低，s_j：前 j 项所占权重，p：幂",
            "x: the scores of a unit from high to low, s_j: share of the weight of the first j, p: the power",
        ),
        use=Text("要明说补偿到什么程度", "to say how far one part may make up for another"),
        avoid=Text("说不清幂从何而来", "where nobody can say where the power comes from"),
        sources=(
            work(
                "Yager 1988, On ordered weighted averaging aggregation operators in multicriteria decisionmaking, IEEE Transactions on Systems, Man, and Cybernetics 18(1)",
                "10.1109/21.87068",
            ),
        ),
        practice=RESEARCH,
        functions=(owa, ordered),
        offered=("mean owa",),
        example=Example(_TABLE, _SAID, _ordered),
    ),
)
