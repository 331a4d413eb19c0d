"""The method that leaves out units with too little behind them before anything is compared."""

from zhishu.score.methods.example import Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook
from zhishu.score.steps.screen import screen
from zhishu.terms import Text

_WHY = {"missing": Text("缺数多", "too much missing"), "zeros": Text("零多", "too many zeros")}


def _screened(given: Table) -> Table:
    found = screen(given.matrix(), 0.6, 0.5)
    return of_units(
        given,
        {
            Text("有数比例", "known"): tuple(s.known for s in found),
            Text("非零比例", "not zero"): tuple(s.nonzero for s in found),
            Text("去留", "stays"): tuple(_WHY[s.why[0]] if s.why else Text("留", "stays") for s in found),
        },
    )


METHODS = (
    Method(
        id="screen",
        step="screen",
        title=Text("按数据多少筛选单位", "screening of units"),
        what=Text(
            "有数的比例、或有数中非零的比例低于门槛的单位不参加比较；恰好等于门槛的留下。",
            "A unit of which a smaller share of the figures than the limit is known, or not zero among the known, takes no part; a share of exactly the limit is enough.",
        ),
        formula=((Fraction("q_i", "q"), "< a ∨", Fraction("p_i", "q_i"), "< b"),),
        symbols=Text(
            "q_i：有数的项数，q：项数，p_i：非零的项数，a、b：门槛",
            "q_i: figures known, q: all, p_i: those not zero, a, b: the limits",
        ),
        use=Text(
            "补缺之前；写明门槛，列出退出的单位及原因",
            "before filling in; the limits are stated and those who go are named with the reason",
        ),
        avoid=Text(
            "零是正常的结果；正式考核悄悄剔除单位",
            "where zero is an ordinary result; units dropped from an official assessment in silence",
        ),
        sources=(handbook(2), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(screen,),
        example=Example(
            units(
                {
                    Text("经济", "economy"): (5, None, 0, 4),
                    Text("生态", "ecology"): (2, None, 0, None),
                    Text("民生", "welfare"): (3, 7, 1, 6),
                }
            ),
            Text("至少六成有数，其中至少一半非零", "at least 60 % known, half of it not zero"),
            _screened,
        ),
    ),
)
