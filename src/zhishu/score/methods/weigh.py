"""Methods that find weights: from judgements or from the figures; declared weights need no method and are the rule."""

from zhishu.score.methods.example import INDICATOR, Array, Cell, Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, RESEARCH, handbook, tools, work
from zhishu.score.steps.weigh import critic, entropy, equal, loadings, pairwise, principal
from zhishu.terms import Text

WEIGHT = Text("权重", "weight")
_TABLE = units(
    {
        Text("经济", "economy"): (0.2, 0.9, 0.6, 0.4, 1.0, 0.1),
        Text("生态", "ecology"): (0.9, 0.1, 0.5, 0.7, 0.2, 1.0),
        Text("民生", "welfare"): (0.5, 0.6, 0.5, 0.6, 0.7, 0.4),
    }
)
_SCALED = Text("六个单位、三项得分，越大越好", "six units, three scores, more is better")
_DEFENSIBLE = Text(
    "正式考核：权重由数字的离散决定，与事情的轻重无关，且每年变",
    "official assessment: such weights follow the spread of the figures, not what matters, and change every year",
)


def _weights(given: Table, found: Array) -> Table:
    return table(INDICATOR, given.names(), {WEIGHT: found})


def _judged(given: Table) -> Table:
    found = pairwise(given.matrix())
    consistent: tuple[Cell, ...] = (found.ratio, *("" for _ in given.rows[1:]))
    return of_units(given, {WEIGHT: found.weights, Text("一致性比率", "consistency ratio"): consistent})


METHODS = (
    Method(
        id="equal",
        step="weigh",
        title=Text("等权", "equal weights"),
        what=Text("同组各项权重相同。", "All under one heading weigh the same."),
        formula=(("w_j =", Fraction("1", "q")),),
        symbols=Text("q：项数", "q: how many there are"),
        use=Text("没有理由区分轻重；写明是等权", "no ground to tell them apart; it is said that they are equal"),
        avoid=Text(
            "几项其实量同一件事：等权即重复计算", "several measure one thing: equal weights count it several times"
        ),
        sources=(handbook(6),),
        callers=("rural-three-governances", "hqd-performance-evaluation"),
        functions=(equal,),
        offered=("weight NAME=2", "weights-by equal"),
        example=Example(_TABLE, Text("三项", "three indicators"), lambda t: _weights(t, equal(len(t.columns)))),
    ),
    Method(
        id="entropy",
        step="weigh",
        title=Text("熵权法", "entropy weights"),
        what=Text(
            "一项在各单位之间分布越不均，权重越大；只看离散，不看方向和意义。",
            "The more unevenly an indicator is spread over the units, the more it weighs; it minds spread alone.",
        ),
        formula=(
            ("p_ij =", Fraction("x_ij", "Σ_i x_ij")),
            ("e_j = −", Fraction("Σ_i p_ij log p_ij", "log n")),
            ("w_j =", Fraction("1 − e_j", "Σ_k ( 1 − e_k )")),
        ),
        symbols=Text(
            "x_ij ≥ 0：单位 i 在指标 j 的得分，n：单位数，0 · log 0 = 0",
            "x_ij ≥ 0: score of unit i in indicator j, n: units, 0 · log 0 = 0",
        ),
        use=Text("研究：没有专家意见时的一种参照", "research: one reference where there are no judgements"),
        avoid=_DEFENSIBLE,
        sources=(
            work(
                "Shannon 1948, A mathematical theory of communication, Bell System Technical Journal 27",
                "10.1002/j.1538-7305.1948.tb01338.x",
            ),
            work("Hwang, Yoon 1981, Multiple attribute decision making, Springer", "10.1007/978-3-642-48318-9"),
        ),
        practice=RESEARCH,
        functions=(entropy,),
        offered=("weights-by entropy",),
        example=Example(_TABLE, _SCALED, lambda t: _weights(t, entropy(t.matrix()))),
    ),
    Method(
        id="critic",
        step="weigh",
        title=Text("CRITIC 权重", "CRITIC weights"),
        what=Text(
            "离散越大、与其余指标相关越低，权重越大。",
            "An indicator weighs by its spread and by how little it repeats the others.",
        ),
        formula=(("c_j = s_j Σ_k ( 1 − r_jk )",), ("w_j =", Fraction("c_j", "Σ_k c_k"))),
        symbols=Text(
            "s_j：样本标准差，r_jk：相关系数；先作极差标准化",
            "s_j: sample standard deviation, r_jk: correlation; of min-max scaled columns",
        ),
        use=Text("研究：指标之间相关高，要压低重复", "research: indicators correlate, and repetition is to weigh less"),
        avoid=_DEFENSIBLE,
        sources=(
            work(
                "Diakoulaki, Mavrotas, Papayannakis 1995, Determining objective weights in multiple criteria problems: the CRITIC method, Computers and Operations Research 22(7)",
                "10.1016/0305-0548(94)00059-H",
            ),
        ),
        practice=RESEARCH,
        functions=(critic,),
        offered=("weights-by critic",),
        example=Example(_TABLE, _SCALED, lambda t: _weights(t, critic(t.matrix()))),
    ),
    Method(
        id="principal",
        step="weigh",
        title=Text("第一主成分权重", "first principal component"),
        what=Text(
            "标准化各列第一主成分的载荷除以其和；符号取使和为正的一种，个别可为负：该项与其余反向。",
            "The loadings of the first principal component of the standardised columns over their sum, turned so that the sum is above zero; single ones may be negative: they run against the others.",
        ),
        formula=("R v = λ_1 v , Σ_j v_j > 0", ("w_j =", Fraction("v_j", "Σ_k v_k"))),
        symbols=Text(
            "R：相关矩阵，λ₁：最大特征值，v：其特征向量", "R: correlations, λ₁: the largest eigenvalue, v: its vector"
        ),
        use=Text(
            "查看各项是否量同一件事；研究中的权重", "to see whether indicators measure one thing; weights in research"
        ),
        avoid=Text(
            "第一主成分只占方差的小部分，或有负载荷；正式考核",
            "the first component holds little of the variance, or loadings are negative; official assessment",
        ),
        sources=(handbook(6), tools("3.1.1"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(principal, loadings),
        offered=("weights-by pca",),
        example=Example(
            units(
                {
                    Text("经济", "economy"): (0.2, 0.9, 0.6, 0.4, 1.0, 0.1),
                    Text("科技", "science"): (0.3, 0.7, 0.7, 0.2, 0.9, 0.2),
                    Text("民生", "welfare"): (0.5, 0.6, 0.5, 0.6, 0.7, 0.4),
                }
            ),
            _SCALED,
            lambda t: _weights(t, principal(t.matrix())),
        ),
    ),
    Method(
        id="pairwise",
        step="weigh",
        title=Text("层次分析法（两两比较）", "analytic hierarchy process"),
        what=Text(
            "由“这项比那项重要几倍”的判断求权重，并给出一致性比率：不低于 0.1 应重新判断。",
            "Weights from judgements of how many times more one item matters than another, with a consistency ratio: at 0.1 and above the judgements should be made again.",
        ),
        formula=(
            "A w = λ w , a_kj = 1 / a_jk",
            ("CR =", Fraction("λ − q", "( q − 1 ) · RI_q")),
        ),
        symbols=Text(
            "A：判断矩阵，λ：最大特征值，q：项数（至多十项），RI：随机一致性指标",
            "A: the judgements, λ: the largest eigenvalue, q: items (at most ten), RI: index of random judgements",
        ),
        use=Text(
            "专家说得出两两的轻重；公布判断矩阵与一致性比率",
            "experts can tell pairs apart; judgements and ratio are published",
        ),
        avoid=Text(
            "项数多；不同专家的矩阵未加说明地平均", "many items; matrices of several experts averaged without a word"
        ),
        sources=(
            handbook(6),
            work(
                "Saaty 1977, A scaling method for priorities in hierarchical structures, Journal of Mathematical Psychology 15(3)",
                "10.1016/0022-2496(77)90033-5",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(pairwise,),
        example=Example(
            table(
                INDICATOR,
                (Text("经济", "economy"), Text("生态", "ecology"), Text("民生", "welfare")),
                {
                    Text("比经济", "against economy"): (1, 0.5, 0.25),
                    Text("比生态", "against ecology"): (2, 1, 1 / 3),
                    Text("比民生", "against welfare"): (4, 3, 1),
                },
            ),
            Text("行比列重要几倍", "how many times more the row matters than the column"),
            _judged,
        ),
    ),
)
