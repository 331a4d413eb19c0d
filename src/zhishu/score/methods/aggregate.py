"""Means that make one score of several, compensating more or less, and the threshold of known figures."""

from collections.abc import Callable

import numpy as np

from zhishu.score.aggregate import weighted_mean
from zhishu.score.methods.example import Array, Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction, Power
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook
from zhishu.score.steps.aggregate import arithmetic, enough, generalised, geometric, harmonic
from zhishu.terms import Text

_SCORE = Text("得分", "score")
_ECONOMY, _ECOLOGY, _WELFARE = Text("经济", "economy"), Text("生态", "ecology"), Text("民生", "welfare")
_WEIGHTS = np.array([0.5, 0.3, 0.2])
_TABLE = units({_ECONOMY: (80, 60, 40, 90), _ECOLOGY: (40, 60, 80, 10), _WELFARE: (60, 60, 60, None)})
_WHOLE = units({_ECONOMY: (80, 60, 40, 90), _ECOLOGY: (40, 60, 80, 10), _WELFARE: (60, 60, 60, 50)})
_SAID = Text("权重 0.5、0.3、0.2", "weights 0.5, 0.3, 0.2")
_W = Text("x_ij：得分，w_j：权重；只计有数的项", "x_ij: scores, w_j: weights; over what is known")
_SHARE = Text("缺项略去，其余权重顶上", "a missing cell is left out, and the other weights stand for all")


def _mean(given: Table, how: Callable[[Array, Array], Array]) -> Table:
    return of_units(given, {_SCORE: how(given.matrix(), _WEIGHTS)})


def _powers(given: Table) -> Table:
    x = given.matrix()
    powers = (-2, -1, 0, 1, 2)
    return of_units(given, {Text(f"p = {p}", f"p = {p}"): generalised(p)(x, _WEIGHTS) for p in powers})


METHODS = (
    Method(
        id="arithmetic",
        step="aggregate",
        title=Text("加权算术平均", "weighted arithmetic mean"),
        what=Text(
            "各项得分按权重相加：一项之短可由另一项之长补足。正式评分按分数精确计算，缺一项即未知，除非方案写明门槛。",
            "Scores are added by weight: a loss in one is made up for by a gain in another. Official scores are exact, and one missing part makes them unknown unless the scheme declares a threshold.",
        ),
        formula=(("y_i =", Fraction("Σ_j w_j x_ij", "Σ_j w_j")),),
        symbols=_W,
        use=Text("允许互相补偿，各项贡献要能相加", "one part may make up for another, and contributions are to add up"),
        avoid=Text(
            "有一项不可偏废：用几何平均或另设底线", "where no part may be neglected: a geometric mean or a floor"
        ),
        sources=(handbook(6), COINR),
        callers=(
            "five-supports-scorecard",
            "differentiated-assessment",
            "four-good-rural-roads",
            "hqd-performance-evaluation",
        ),
        functions=(arithmetic, weighted_mean),
        offered=("mean arithmetic",),
        example=Example(
            _TABLE, Text(f"{_SAID.zh}；{_SHARE.zh}", f"{_SAID.en}; {_SHARE.en}"), lambda t: _mean(t, arithmetic)
        ),
    ),
    Method(
        id="geometric",
        step="aggregate",
        title=Text("加权几何平均", "weighted geometric mean"),
        what=Text(
            "短板难以补足：偏科的单位低于算术平均。有零或负值的单位没有得分。",
            "A low value is hard to make up for: uneven units fall below their arithmetic mean. A unit with a value not above zero has none.",
        ),
        formula=(("y_i = exp (", Fraction("Σ_j w_j log x_ij", "Σ_j w_j"), ")"),),
        symbols=_W,
        use=Text("要求均衡；尺度在零以上", "balance is asked for; scales lie above zero"),
        avoid=Text(
            "0 到 100 的极差标准化：最差单位得零，没有得分",
            "min-max from 0 to 100: the worst unit has zero and no score",
        ),
        sources=(handbook(6), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(geometric, weighted_mean),
        offered=("mean geometric",),
        example=Example(_TABLE, _SAID, lambda t: _mean(t, geometric)),
    ),
    Method(
        id="harmonic",
        step="aggregate",
        title=Text("加权调和平均", "weighted harmonic mean"),
        what=Text(
            "对短板更严：结果最接近最低的一项。", "Stricter still on low values: the result lies closest to the lowest."
        ),
        formula=(("y_i =", Fraction("Σ_j w_j", "Σ_j w_j / x_ij")),),
        symbols=_W,
        use=Text("比率的平均；短板决定成败", "means of rates; the weakest part decides"),
        avoid=Text("有零值（没有得分）", "values of zero (no score)"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(harmonic,),
        offered=("mean harmonic",),
        example=Example(_TABLE, _SAID, lambda t: _mean(t, harmonic)),
    ),
    Method(
        id="generalised",
        step="aggregate",
        title=Text("幂平均", "mean of powers"),
        what=Text(
            "一个参数连起三种平均：p = 1 算术，p → 0 几何，p = −1 调和；p 越小越不容补偿。",
            "One parameter joins the three means: p = 1 arithmetic, p → 0 geometric, p = −1 harmonic; the smaller p, the less one part makes up for another.",
        ),
        formula=(("y_i =", Power(Fraction("Σ_j w_j x_ij^p", "Σ_j w_j"), "1 / p")),),
        symbols=Text(_W.zh + "，p：幂", _W.en + ", p: the power"),
        use=Text("要逐步检验补偿程度", "to test how far compensation matters"),
        avoid=Text("有不大于零的值（p ≠ 1 时没有得分）", "values not above zero (no score unless p is 1)"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(generalised,),
        example=Example(_WHOLE, _SAID, _powers),
    ),
    Method(
        id="enough",
        step="aggregate",
        title=Text("数据够不够的门槛", "threshold of known figures"),
        what=Text(
            "已知项数的比例低于门槛的单位不给得分，不悄悄改权。",
            "A unit of which less than a share of the figures is known gets no score, and never a silent re-weighting.",
        ),
        formula=(("y_i = –  ,", Fraction("q_i", "q"), "< t"),),
        symbols=Text(
            "q_i：单位 i 有数的项数，q：项数，t：门槛", "q_i: figures known of unit i, q: all, t: the threshold"
        ),
        use=Text("每个层级写明一个门槛；默认全部", "one threshold stated for every level; all by default"),
        avoid=Text("整个方面缺数仍合成", "a composite in which a whole dimension is missing"),
        sources=(COINR,),
        callers=("five-supports-scorecard", "same-city-integration-index", "enterprise-environmental-credit"),
        functions=(enough,),
        offered=("least 0.8",),
        example=Example(
            _TABLE,
            Text("算术平均，门槛：全部已知", "arithmetic mean, threshold: all known"),
            lambda t: of_units(t, {_SCORE: enough(t.matrix(), arithmetic(t.matrix(), _WEIGHTS), 1.0)}),
        ),
    ),
)
