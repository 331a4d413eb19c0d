"""Methods of an index over several years: gaps filled along the years, units screened and outliers drawn in by year."""

import numpy as np

from zhishu.score.methods.example import Array, Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook
from zhishu.score.steps.panel import fill, screen, treated
from zhishu.terms import Text

_YEARS = (2016, 2017, 2018)


def _by_year(found: Array, zh: str, en: str) -> dict[Text, Array]:
    return {Text(f"{y} 年{zh}", f"{y}{en}"): found[n] for n, y in enumerate(_YEARS[: len(found)])}


def _filled(given: Table) -> Table:
    found, _ = fill(given.matrix().T, np.array([float(y) for y in _YEARS]), "linear")
    return of_units(given, _by_year(found, "，补后", ", filled"))


def _stays(given: Table) -> Table:
    x = given.matrix().T
    found = screen([x[:2], x[2:]], 0.6)
    return of_units(
        given,
        {
            Text(f"{_YEARS[n]} 年留", f"stays in {_YEARS[n]}"): tuple(bool(c) for c in row)
            for n, row in enumerate(found)
        },
    )


def _drawn(given: Table) -> Table:
    return of_units(given, _by_year(treated(given.matrix().T, 5), "，处理后", ", treated"))


METHODS = (
    Method(
        id="panel_fill",
        step="impute",
        title=Text("多年表逐单位补缺", "gaps of several years"),
        what=Text(
            "每个单位沿自己的年份补缺，逐格记下补的值和取自哪几年。",
            "The gaps of each unit are filled along its own years, and every cell tells its value and the years it was taken from.",
        ),
        formula=(("x_t = x_a + ( x_b − x_a ) ·", Fraction("t − a", "b − a")),),
        symbols=Text(
            "a、b：该单位前后最近的有数年份；其余取法见按时间补缺",
            "a, b: the unit's nearest known years before and after; other ways as along the years",
        ),
        use=Text("多年指数，中间断一两年", "an index of several years with a year or two missing"),
        avoid=Text("单位当年没有这一行；正式考核", "a unit without a row in that year; official scores"),
        sources=(handbook(3), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(fill,),
        example=Example(
            units(
                {
                    Text(f"{y} 年", str(y)): cells
                    for y, cells in zip(_YEARS, ((1, 5, 4), (None, None, 6), (3, None, 8)), strict=True)
                }
            ),
            Text("直线内插", "along the line"),
            _filled,
        ),
    ),
    Method(
        id="panel_screen",
        step="screen",
        title=Text("多年表逐年筛选", "screening by year"),
        what=Text(
            "某一年有数的比例低于门槛的单位，只在那一年不参加比较。",
            "A unit of which a smaller share than the limit is known in a year takes no part in that year alone.",
        ),
        formula=((Fraction("q_it", "q"), "< a"),),
        symbols=Text(
            "q_it：单位 i 在 t 年有数的项数，q：项数，a：门槛",
            "q_it: figures known of unit i in year t, q: all, a: the limit",
        ),
        use=Text("多年指数，各年缺数不同", "an index of several years that lack different figures"),
        avoid=Text("比较两年而参加的单位不同", "two years compared over different units"),
        sources=(handbook(2), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(screen,),
        example=Example(
            units(
                {
                    Text("经济 2016", "economy 2016"): (5, 4, None),
                    Text("经济 2017", "economy 2017"): (6, None, 3),
                    Text("生态 2016", "ecology 2016"): (2, 3, None),
                    Text("生态 2017", "ecology 2017"): (2, 3, 4),
                }
            ),
            Text("两项、两年，至少六成有数", "two indicators, two years, at least 60 % known"),
            _stays,
        ),
    ),
    Method(
        id="panel_treated",
        step="treat",
        title=Text("多年表逐年离群处理", "outliers by year"),
        what=Text(
            "每年各自缩尾；有一年缩尾仍不够，则所有年份改取原数的对数：两种尺度的年份不能比较。",
            "Each year is Winsorised by itself; where that is not enough in one, the logarithm of the original takes its place in all: years on two scales could not be compared.",
        ),
        formula=("y_t = W ( x_t )", "y = log ( x − min x + 0.01 · ( max x − min x ) )"),
        symbols=Text(
            "W：缩尾，逐年；下式的最小、最大取自所有年份",
            "W: Winsorised, year by year; least and greatest of all years in the second line",
        ),
        use=Text("多年指数", "an index of several years"),
        avoid=Text("正式考核没有写明的处理", "a treatment the official scheme does not state"),
        sources=(handbook(3), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(treated,),
        example=Example(
            units({Text("2016 年", "2016"): (1, 2, 2, 3, 3, 4, 90), Text("2017 年", "2017"): (1, 2, 2, 3, 3, 4, 5)}),
            Text("每年至多改 5 格", "at most 5 cells a year"),
            _drawn,
        ),
    ),
)
