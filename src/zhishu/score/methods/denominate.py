"""The method that makes figures comparable by size."""

from zhishu.score.methods.example import Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook
from zhishu.score.steps.denominate import denominate
from zhishu.terms import Text

_LOST = {
    "no_denominator": Text("没有分母", "no denominator"),
    "denominator_zero": Text("分母为零", "denominator zero"),
    "denominator_negative": Text("分母为负", "denominator below zero"),
    "too_large": Text("商过大", "quotient too large"),
}


def _divided(given: Table) -> Table:
    found = denominate(given.array(0), given.array(1), 10_000)
    why = tuple(_LOST[found.lost[n]] if n in found.lost else "" for n in range(len(given.rows)))
    return of_units(given, {Text("每万人", "per 10,000"): found.values, Text("缺的原因", "why missing"): why})


METHODS = (
    Method(
        id="denominate",
        step="denominate",
        title=Text("按规模换算", "denomination"),
        what=Text(
            "数除以规模（人口、面积、产值），再乘以换算系数；分母缺、为零或为负的，结果也缺，并写明原因。",
            "A figure over a size (people, area, output) times a factor; where the size is missing, zero or negative the result is missing too, with the reason.",
        ),
        formula=(("y_i = f ·", Fraction("x_i", "d_i")),),
        symbols=Text(
            "d_i > 0：分母，f > 0：换算系数，如每万人为 10000",
            "d_i > 0: the denominator, f > 0: the factor, such as 10000 for per ten thousand",
        ),
        use=Text("总量指标要在大小不同的单位之间比较", "totals that are compared between units of different size"),
        avoid=Text(
            "已是比率的指标；分母与分子不是同一年、同一口径",
            "figures that are rates already; a denominator of another year or basis",
        ),
        sources=(handbook(2), COINR),
        callers=("digital-inclusive-green-finance", "public-health-gaps", "capital-talent-return"),
        functions=(denominate,),
        example=Example(
            units(
                {
                    Text("网点", "outlets"): (120, 30, 45, 8, None),
                    Text("人口", "people"): (800000, 150000, 0, None, 90000),
                }
            ),
            Text("每万人网点数", "outlets per ten thousand people"),
            _divided,
        ),
    ),
)
