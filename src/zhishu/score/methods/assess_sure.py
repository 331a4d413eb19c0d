"""How sure the totals and ranks of a class are, and which choice makes them unsure."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from zhishu.score.assess.shares import rank_shares
from zhishu.score.assess.sure import class_sure, drawn_points
from zhishu.score.assess.verb import assess
from zhishu.score.methods.assessed import ASSESSED, declared, facts, figures, names, place
from zhishu.score.methods.example import Example, Table, of_units, table
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import SAISANA, handbook
from zhishu.terms import Text

_UNEVEN = figures((95, 50, 78, 62, 40, 45), (55, 96, 60, 70, 80, 30))


def _sure(given: Table) -> Table:
    held = facts(given)
    found = class_sure(declared(), held, assess(declared(), held), "a")
    assert found is not None
    ranks, totals, tiers = found.ranks(), found.totals(), found.tiers()
    return of_units(
        given,
        {
            Text("总分从", "total from"): tuple(totals[u][0] for u in names(given)),
            Text("总分到", "to"): tuple(totals[u][1] for u in names(given)),
            Text("名次", "rank"): tuple(place(*ranks[u]) for u in names(given)),
            Text("档", "tier"): tuple(tiers[u] for u in names(given)),
        },
    )


def _shares(given: Table) -> Table:
    held = replace(facts(given), errors={(u, "output"): Fraction(1, 5) for u in ("A", "D")})
    found = rank_shares(declared(), held, assess(declared(), held), "a", base=256)
    assert found is not None
    said: Mapping[str, Text] = {
        "index": Text("两个方面的权重", "weights of the two aspects"),
        "mean": Text("合成", "mean"),
        "errors": Text("数据误差", "errors of figures"),
    }
    return table(
        Text("选择", "choice"),
        tuple(said[name] for name in found.shares),
        {
            Text("单独", "alone"): tuple(s.first for s in found.shares.values()),
            Text("连同交互", "with all it acts with"): tuple(s.total for s in found.shares.values()),
        },
    )


METHODS = (
    Method(
        id="class_sure",
        step="assessment",
        title=Text("类内名次区间", "rank intervals of a class"),
        what=Text(
            "各层权重各自变动，有标准误的数在误差内抽取，重算一千次：给出总分和名次的区间，以及能如实分开的档次。",
            "Weights of both levels move each on its own, figures with a standard error are drawn within it, a thousand times: intervals of totals and ranks, and the tiers that can honestly be told apart.",
        ),
        formula=("w_j ← w_j ( 1 + s u_j ) , u_j ~ U ( − 1 , 1 )", "x_ij ← x_ij ( 1 + e_ij z ) , z ~ N ( 0 , 1 )"),
        symbols=Text(
            "s：权重变动的幅度，e：相对标准误；尺度的两端和其他单位不变；没有总分的单位没有区间",
            "s: how far weights move, e: relative standard error; ends of the scale and other units are held; a unit without a total has no interval",
        ),
        use=Text("公布名次时，一并说明有多稳", "told beside ranks: how far they can be trusted"),
        avoid=Text("用区间改动名次或奖项", "ranks or awards changed by their intervals"),
        sources=(handbook(7), SAISANA),
        callers=ASSESSED,
        functions=(class_sure, drawn_points),
        example=Example(
            _UNEVEN,
            Text(
                "权重各增减至多 25 %，1000 次，种子 1，水平 90 %",
                "weights ±25 % at most, 1000 runs, seed 1, level 90 %",
            ),
            _sure,
        ),
    ),
    Method(
        id="rank_shares",
        step="assessment",
        title=Text("类内什么决定名次", "what moves the ranks of a class"),
        what=Text(
            "各单位名次平均变动的方差，有几成来自各级权重，几成来自合成方法，几成来自数据误差。",
            "What share of the variance of the mean change of ranks comes from the weights of each level, from the mean, and from errors of figures.",
        ),
        formula=(("y =", "Σ_i | r_i − r_0i | / n"),),
        symbols=Text(
            "r：变动后的名次，r_0：原名次，n：单位数；y 的一阶、总阶索博尔指数",
            "r: ranks as varied, r_0: as declared, n: units; Sobol' indices of y, first and total",
        ),
        use=Text("改进办法之前，看先议哪一项", "before measures are revised: which choice to discuss first"),
        avoid=Text("单位很少的类", "classes of few units"),
        sources=(handbook(7), SAISANA),
        callers=ASSESSED,
        functions=(rank_shares,),
        example=Example(
            _UNEVEN,
            Text(
                "权重 ±25 %，算术或几何平均，甲、丁的产出标准误 20 %；256 组，种子 1",
                "weights ±25 %, arithmetic or geometric, a standard error of 20 % of the output of A and D; base 256, seed 1",
            ),
            _shares,
            "scipy",
        ),
    ),
)
