"""Methods that fill in what is missing: for research, never for official scores, where unknown is an answer."""

import numpy as np

from zhishu.score.methods.example import Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook, tools
from zhishu.score.steps.impute import by_centre, by_row, by_scaled_row, over_time
from zhishu.terms import Text

_GROUPS = ("a", "a", "a", "b", "b", "b")
_YEAR = Text("年", "year")
_OUTPUT = Text("产出", "output")


def _centre(given: Table) -> Table:
    x = given.array(1)
    return of_units(
        given,
        {
            Text("按均值", "by the mean"): by_centre(x, "mean"),
            Text("按组中位数", "by the median of the group"): by_centre(x, "median", _GROUPS),
        },
    )


def _row(given: Table) -> Table:
    found = by_row(given.matrix(), "mean")
    return of_units(given, {title: found[:, n] for n, title in enumerate(given.names())})


def _scaled_row(given: Table) -> Table:
    found = by_scaled_row(given.matrix(), [1, -1], "mean")
    return of_units(given, {Text(f"{t.zh}，补后", f"{t.en}, filled"): found[:, n] for n, t in enumerate(given.names())})


def _time(given: Table) -> Table:
    values, years = given.array(0), np.arange(2013.0, 2019.0)
    return of_units(
        given,
        {
            Text("沿用上期 latest", "latest"): over_time(values, years, "latest"),
            Text("直线内插 linear", "linear"): over_time(values, years, "linear"),
            Text("内插并外延 linear_constant", "linear_constant"): over_time(values, years, "linear_constant"),
        },
    )


METHODS = (
    Method(
        id="by_centre",
        step="impute",
        title=Text("按均值或中位数补缺", "mean or median of the units"),
        what=Text(
            "缺的数用同一指标已知各单位（或同组单位）的均值或中位数代替。",
            "A missing figure takes the mean or median of the units known in the indicator, or of its group.",
        ),
        formula=(("x_i =", Fraction("Σ_k x_k", "n"), ", k ∈ K"),),
        symbols=Text(
            "K：该指标有数的单位（给出分组时为同组），n：其个数；中位数同理",
            "K: the units with a figure (of the same group, if groups are given), n: how many; likewise the median",
        ),
        use=Text("缺数少，且单位相近或分组合理", "few gaps, among units or groups that are alike"),
        avoid=Text(
            "正式考核；缺数多或不是随机缺失：补上的数会把差距抹平",
            "official scores; many gaps or gaps not at random: what is filled in levels the differences",
        ),
        sources=(handbook(3), tools("4.1.1"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(by_centre,),
        example=Example(
            units({Text("组", "group"): _GROUPS, _OUTPUT: (10, None, 30, 4, 8, None)}),
            Text("两组各三个单位，缺两个数", "two groups of three units, two figures missing"),
            _centre,
        ),
    ),
    Method(
        id="by_row",
        step="impute",
        title=Text("按本单位其他指标补缺", "mean or median of the unit's other indicators"),
        what=Text(
            "缺的数用该单位其余指标的均值或中位数代替；与合成时略去缺项、其余权重顶上，结果相同（等权时）。",
            "A missing figure takes the mean or median of the unit's other indicators: under equal weights the same as leaving it out.",
        ),
        formula=(("x_ij =", Fraction("Σ_k x_ik", "n_i"), ", k ∈ K_i"),),
        symbols=Text("K_i：单位 i 有数的指标，n_i：其个数", "K_i: the indicators known of unit i, n_i: how many"),
        use=Text("各指标已在同一尺度上，且同属一组", "indicators on one scale already, under one heading"),
        avoid=Text("原始单位不同的指标；正式考核", "indicators in units of their own; official scores"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(by_row,),
        example=Example(
            units(
                {
                    Text("经济", "economy"): (60, 80),
                    Text("生态", "ecology"): (None, 70),
                    Text("民生", "welfare"): (90, None),
                }
            ),
            Text("三项得分，各缺一项", "three scores, one missing of each unit"),
            _row,
        ),
    ),
    Method(
        id="by_scaled_row",
        step="impute",
        title=Text("按本单位其他指标的位置补缺", "where the unit's other indicators stand"),
        what=Text(
            "各指标原单位不同：先按最差到最好定位，取该单位其余指标位置的均值或中位数，再折回缺数指标的单位。",
            "Of indicators in units of their own: each is placed between its worst and best, the mean or median of the unit's places is taken and turned back into the unit of the missing cell.",
        ),
        formula=(("x_ij = a_j + p_i ( b_j − a_j ) , p_i =", Fraction("Σ_k p_ik", "n_i")),),
        symbols=Text(
            "a_j、b_j：最差与最好的值，p_ik：位置，0 到 1，n_i：有数的指标数",
            "a_j, b_j: worst and best value, p_ik: the place, 0 to 1, n_i: how many are known",
        ),
        use=Text("指标单位各异、同属一组，缺数少", "indicators of one heading in different units, with few gaps"),
        avoid=Text("只有一个值的列（没有尺度）；正式考核", "columns of one value (no scale); official scores"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(by_scaled_row,),
        example=Example(
            units({_OUTPUT: (0, 4, 1, 2), Text("能耗", "energy"): (10, 30, None, 20)}),
            Text("产出越多越好，能耗越少越好", "more output is better, less energy is better"),
            _scaled_row,
        ),
    ),
    Method(
        id="over_time",
        step="impute",
        title=Text("按时间补缺", "along the years"),
        what=Text(
            "缺的年份沿用上期、在前后两年之间直线内插，或再向两端外延。",
            "A missing year takes the latest known figure, the line between its neighbours, or that and the ends carried on.",
        ),
        formula=(("x_t = x_a + ( x_b − x_a ) ·", Fraction("t − a", "b − a")),),
        symbols=Text("a、b：前后最近的有数年份", "a, b: the nearest known years before and after"),
        use=Text("同口径序列中间断一两年", "a year or two missing inside a series on one basis"),
        avoid=Text("口径断裂处；向未来外延；正式考核", "across a break of the basis; into the future; official scores"),
        sources=(handbook(3), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(over_time,),
        example=Example(
            table(
                _YEAR,
                [Text(str(y), str(y)) for y in range(2013, 2019)],
                {_OUTPUT: (None, 100, None, None, 130, None)},
            ),
            Text("六年，知道两年", "six years, two of them known"),
            _time,
        ),
    ),
)
