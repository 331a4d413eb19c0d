"""Methods that look at columns before and beside an index: their form, how they move, who stands where."""

import numpy as np

from zhishu.score.methods.example import INDICATOR, RESULT, VALUE, Array, Cell, Example, Table, table, units
from zhishu.score.methods.formula import Fraction, Power, Root
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook, tools, unchecked
from zhishu.score.steps.describe import by_group, describe
from zhishu.score.steps.relate import by_chance, family, pairs
from zhishu.score.steps.stand_out import stands, strengths, weaknesses
from zhishu.score.steps.tree import Node, Tree
from zhishu.score.steps.trend import growth, slope
from zhishu.score.steps.weigh import variances
from zhishu.terms import Text

_A, _B, _C = Text("经济", "economy"), Text("科技", "science"), Text("生态", "ecology")
_TABLE = units({_A: (80, 60, 40, 90, 70, 20), _B: (70, 65, 50, 85, 60, 30), _C: (50, 60, 55, 50, 45, 60)})
_TREE = Tree((Node("index", ("economy", "science", "ecology"), (1.0, 1.0, 1.0)),))
_YEARS = tuple(Text(str(y), str(y)) for y in range(2013, 2019))


def _columns(given: Table) -> dict[str, Array]:
    return {title.en: given.array(n) for n, title in enumerate(given.names())}


def _described(given: Table) -> Table:
    found = describe(given.array(0))
    rows: dict[Text, Cell] = {
        Text("有数", "known"): found.known,
        Text("最小", "least"): found.least,
        Text("最大", "greatest"): found.most,
        Text("均值", "mean"): found.mean,
        Text("中位数", "median"): found.median,
        Text("标准差", "standard deviation"): found.spread,
        Text("不需处理", "passes"): found.even,
    }
    return table(RESULT, tuple(rows), {VALUE: tuple(rows.values())})


def _chance(given: Table) -> Table:
    found = tuple(by_chance(float(str(r)), int(str(n))) for r, n in zip(*(c for _, c in given.columns), strict=True))
    return table(given.head, given.rows, {Text("偶然的概率", "by chance"): found})


def _paired(given: Table) -> Table:
    names = {t.en: t for t in given.names()}
    found = pairs(_TREE, _columns(given), low=-0.2, high=0.9)
    rows = tuple(Text(f"{names[p.one].zh}—{names[p.other].zh}", f"{p.one}–{p.other}") for p in found)
    return table(Text("对", "pair"), rows, {Text("相关系数", "correlation"): tuple(p.value for p in found)})


def _family(given: Table) -> Table:
    columns = _columns(given)
    found = family(_TREE, {**columns, **_TREE.scores(columns)})
    with_index = Text("与总指数", "with the index")
    return table(INDICATOR, given.names(), {with_index: tuple(found[t.en]["index"] for t in given.names())})


def _stands(given: Table) -> Table:
    found = stands(_columns(given), 4)
    names = {t.en: t for t in given.names()}
    ranked = {Text("名次", "rank"): tuple(s.rank for s in found), Text("共", "of"): tuple(s.of for s in found)}
    return table(INDICATOR, tuple(names[s.id] for s in found), ranked)


def _trend(given: Table) -> Table:
    values, years = given.array(0), np.arange(2013.0, 2019.0)
    rows = (Text("年均复合增速", "compound growth a year"), Text("直线年变化 %", "along the line, % a year"))
    return table(RESULT, rows, {VALUE: (growth(values, years).rate, slope(values, years).rate)})


def _variances(given: Table) -> Table:
    found = variances(given.matrix())
    rows = tuple(Text(f"第 {n + 1} 主成分", f"component {n + 1}") for n in range(len(found)))
    return table(RESULT, rows, {Text("方差", "variance"): found, Text("占比", "share"): found / found.sum()})


METHODS = (
    Method(
        id="describe",
        step="diagnose",
        title=Text("一列的概貌", "description of a column"),
        what=Text(
            "有数的个数、最小、最大、均值、中位数、样本标准差、非零与不同值的个数，以及要不要处理离群值；可分组。",
            "How many are known, least, greatest, mean, median, sample standard deviation, how many are not zero or differ, and whether outliers need a look; by group too.",
        ),
        formula=(("s =", Root(Fraction("Σ_i ( x_i − m )^2", "n − 1"))),),
        symbols=Text("m：均值，n：有数的单位数", "m: the mean, n: units with a figure"),
        use=Text("动手之前先看每一列", "every column, before anything is done"),
        avoid=Text("代替看原始数据", "in place of a look at the figures"),
        sources=(handbook(4), COINR),
        callers=("hqd-indicator-system",),
        functions=(describe, by_group),
        example=Example(
            units({Text("投资", "investment"): (0, 4, 4, 7, 12, None)}),
            Text("六个单位，缺一个", "six units, one missing"),
            _described,
        ),
    ),
    Method(
        id="by_chance",
        step="diagnose",
        title=Text("相关系数是否偶然", "correlation by chance"),
        what=Text(
            "两列本无关系时，偶然出现这么大相关系数的概率（双侧 t 检验）。",
            "The probability of a correlation at least so far from zero between columns that have none (two-sided t test).",
        ),
        formula=(("t = r ·", Root(Fraction("n − 2", "1 − r^2"))), "p = P ( | T | ≥ | t | )"),
        symbols=Text(
            "r：皮尔逊相关系数，n：单位数，T：自由度 n − 2 的 t 分布",
            "r: Pearson's correlation, n: units, T: Student's t with n − 2 degrees of freedom",
        ),
        use=Text("单位少时判断相关是否可信", "to judge a correlation of few units"),
        avoid=Text("一次检验很多对而不加修正；明显偏态", "many pairs at once without correction; lopsided columns"),
        sources=(
            unchecked(
                "统计学教科书的相关系数 t 检验；未对照某一本",
                "the t test of a correlation in textbooks; not checked against one",
            ),
            COINR,
        ),
        callers=("hqd-performance-evaluation",),
        functions=(by_chance,),
        example=Example(
            table(
                Text("情形", "case"),
                (Text("甲", "a"), Text("乙", "b"), Text("丙", "c")),
                {Text("相关系数", "correlation"): (0.878, 0.5, 0.5), Text("单位数", "units"): (5, 10, 30)},
            ),
            Text("同样的相关系数，单位越多越不会是偶然", "the more units, the less a correlation is by chance"),
            _chance,
        ),
    ),
    Method(
        id="pairs",
        step="diagnose",
        title=Text("同组中过高或为负的相关", "neighbours that repeat or oppose each other"),
        what=Text(
            "同一标题下相关系数高于或低于界限的各对：过高可能重复计算，为负则互相抵消。",
            "The pairs under one heading whose correlation lies above or below the limits: too high may count one thing twice, below zero they cancel out.",
        ),
        formula=("r_jk > b ∨ r_jk < a",),
        symbols=Text(
            "r_jk：同组两项的相关系数，a、b：界限", "r_jk: correlation of two under one heading, a, b: the limits"
        ),
        use=Text("定权之前", "before weights are settled"),
        avoid=Text("据此机械删项", "as a rule for dropping indicators"),
        sources=(handbook(4), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(pairs,),
        example=Example(_TABLE, Text("界限 −0.2 与 0.9", "limits −0.2 and 0.9"), _paired),
    ),
    Method(
        id="family",
        step="diagnose",
        title=Text("与上级的相关", "correlation with those above"),
        what=Text(
            "每项与其上各级标题及总指数的相关系数：为负即与总分反向。",
            "The correlation of each column with every heading above it: below zero it runs against the score.",
        ),
        formula=("r ( x_j , y_h )",),
        symbols=Text("y_h：上级标题 h 的得分", "y_h: the score of heading h above"),
        use=Text("找出与总分反向的指标", "to find indicators that run against the score"),
        avoid=Text("当作重要性：见实际重要性", "as importance: see importance"),
        sources=(handbook(4), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(family,),
        example=Example(_TABLE, Text("三项等权", "three of equal weight"), _family),
    ),
    Method(
        id="variances",
        step="diagnose",
        title=Text("主成分方差", "variance of principal components"),
        what=Text(
            "标准化各列的各主成分方差，相加等于项数；第一个越大，各项越像一件事。",
            "The variances of the principal components of the standardised columns; they sum to their number, and the larger the first, the more the columns are one thing.",
        ),
        formula=("R v_k = λ_k v_k , Σ_k λ_k = q",),
        symbols=Text(
            "R：相关矩阵，λ_k：第 k 主成分的方差，q：项数", "R: correlations, λ_k: variance of component k, q: columns"
        ),
        use=Text("看一组指标有几个方面", "to see how many things a group of indicators measures"),
        avoid=Text("单位少于指标", "fewer units than indicators"),
        sources=(handbook(4), tools("3.1.1"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(variances,),
        example=Example(_TABLE, Text("三项、六个单位", "three columns, six units"), _variances),
    ),
    Method(
        id="stands",
        step="diagnose",
        title=Text("强项与弱项", "strengths and weaknesses"),
        what=Text(
            "一个单位各项指标按其名次从好到差排列。", "The indicators of one unit from its best rank to its worst."
        ),
        formula=("R_ij = 1 + #{ k : x_kj > x_ij }",),
        symbols=Text("x：转为越大越好；#：个数", "x: turned so that more is better; #: how many"),
        use=Text("单位自查", "a unit looks at itself"),
        avoid=Text("名次相近时当作真有强弱", "where ranks are close together"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(stands, strengths, weaknesses),
        example=Example(
            _TABLE, Text(f"{_TABLE.rows[4].zh}的各项", f"the indicators of unit {_TABLE.rows[4].en}"), _stands
        ),
    ),
    Method(
        id="trend",
        step="other",
        title=Text("走势", "trend"),
        what=Text(
            "首末两个有数年之间的年均复合增速，或最小二乘直线每年的变化占其起点的百分比；起点不大于零没有。仅供研究，目标进度另有判定。",
            "Compound growth a year between the first and last known year, or the change a year along the least-squares line in percent of where it begins; none from a start not above zero. For research: progress to targets is judged elsewhere.",
        ),
        formula=(
            ("g =", Power(Fraction("y_b", "y_a"), "1 / ( b − a )"), "− 1"),
            (
                "s = 100 ·",
                Fraction("β", "ŷ_a"),
                ", β =",
                Fraction("Σ_t ( t − m_t ) ( y_t − m_y )", "Σ_t ( t − m_t )^2"),
            ),
        ),
        symbols=Text(
            "a、b：首末有数年，β：直线斜率，ŷ_a：直线在 a 的值，m：均值",
            "a, b: first and last known year, β: slope, ŷ_a: the line at a, m: means",
        ),
        use=Text("描述一段时间的变化", "to describe a stretch of time"),
        avoid=Text("口径断裂；首末年异常", "across a break of the basis; where the first or last year is unusual"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation", "enterprise-growth-ladder"),
        functions=(growth, slope),
        example=Example(
            table(Text("年", "year"), _YEARS, {Text("产出", "output"): (100, 104, None, 121, 126, 140)}),
            Text("六年，缺一年", "six years, one missing"),
            _trend,
        ),
    ),
)
