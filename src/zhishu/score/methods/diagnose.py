"""Methods that say what the figures say of an index: who repeats whom, and what makes the score."""

from zhishu.score.methods.example import INDICATOR, RESULT, VALUE, Array, Example, Table, table, units
from zhishu.score.methods.formula import Fraction, Root
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, PARUOLO, handbook, tools, work
from zhishu.score.steps.diagnose import alpha, correlation, correlations, importance, rank_shift
from zhishu.score.steps.tree import Node, Tree
from zhishu.terms import Text

_ECONOMY, _ECOLOGY, _WELFARE = Text("经济", "economy"), Text("生态", "ecology"), Text("民生", "welfare")
_TREE = Tree((Node("index", ("economy", "ecology", "welfare"), (0.5, 0.3, 0.2)),))
_TABLE = units(
    {_ECONOMY: (80, 60, 40, 90, 70, 20), _ECOLOGY: (40, 60, 80, 10, 30, 90), _WELFARE: (60, 50, 60, 70, 80, 40)}
)
_SAID = Text("三项得分，权重 0.5、0.3、0.2", "three scores, weights 0.5, 0.3, 0.2")


def _columns(given: Table) -> dict[str, Array]:
    return {title.en: given.array(n) for n, title in enumerate(given.names())}


def _scores(given: Table) -> Array:
    return _TREE.scores(_columns(given))["index"]


def _correlations(given: Table) -> Table:
    found = correlations(given.matrix(), "spearman")
    return table(INDICATOR, given.names(), {title: found[:, n] for n, title in enumerate(given.names())})


def _by_indicator(given: Table, title: Text, found: dict[str, float]) -> Table:
    return table(INDICATOR, given.names(), {title: tuple(found[t.en] for t in given.names())})


METHODS = (
    Method(
        id="correlation",
        step="diagnose",
        title=Text("相关系数", "correlations"),
        what=Text(
            "两列同升同降的程度，−1 到 1：皮尔逊看数值，斯皮尔曼看名次，肯德尔看两两次序（τ-b，修正同值）。只计两列都有数的单位，不足三个没有。",
            "How far two columns rise together, −1 to 1: Pearson by value, Spearman by rank, Kendall by the order of pairs (tau-b, corrected for ties). Over units known in both; none below three.",
        ),
        formula=(
            ("r =", Fraction("Σ_i ( x_i − m_x ) ( y_i − m_y )", Root("Σ_i ( x_i − m_x )^2 · Σ_i ( y_i − m_y )^2"))),
            (
                "τ =",
                Fraction(
                    "Σ_ik sign ( x_i − x_k ) sign ( y_i − y_k )",
                    Root("Σ_ik sign ( x_i − x_k )^2 · Σ_ik sign ( y_i − y_k )^2"),
                ),
            ),
        ),
        symbols=Text(
            "m：均值；斯皮尔曼为名次的 r，τ 对 i < k 求和", "m: the mean; Spearman's is r of ranks, τ sums over i < k"
        ),
        use=Text(
            "找出重复（很高）和反向（为负）的指标",
            "to find indicators that repeat others (very high) or run against them (negative)",
        ),
        avoid=Text("当作因果；单位很少", "as a cause; with few units"),
        sources=(
            handbook(4),
            work("Kendall 1938, A new measure of rank correlation, Biometrika 30", "10.1093/biomet/30.1-2.81"),
            COINR,
        ),
        callers=("hqd-performance-evaluation",),
        functions=(correlations, correlation),
        example=Example(_TABLE, Text("斯皮尔曼", "Spearman"), _correlations),
    ),
    Method(
        id="alpha",
        step="diagnose",
        title=Text("克隆巴赫 α", "Cronbach's alpha"),
        what=Text(
            "各项在多大程度上量同一件事：同升同降则近 1，互不相干近 0，互相反向可为负。",
            "How far the columns measure one thing: near 1 if they rise together, near 0 if unrelated, below 0 if they run against each other.",
        ),
        formula=(("α =", Fraction("k^2 c_m", "Σ_ij c_ij")),),
        symbols=Text(
            "k：项数，c_m：两两协方差的均值，c_ij：所有协方差（成对完整）",
            "k: columns, c_m: the mean covariance of pairs, c_ij: all covariances (pairwise complete)",
        ),
        use=Text("一组指标打算合成一个分数之前", "before indicators are put together"),
        avoid=Text(
            "各项本来就是不同的目标：α 低不是缺点", "parts that are different aims by design: a low alpha is no fault"
        ),
        sources=(
            handbook(4),
            tools("3.1.3"),
            work(
                "Cronbach 1951, Coefficient alpha and the internal structure of tests, Psychometrika 16",
                "10.1007/BF02310555",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(alpha,),
        example=Example(
            units(
                {
                    _ECONOMY: (80, 60, 40, 90, 70, 20),
                    Text("科技", "science"): (70, 65, 50, 85, 60, 30),
                    _ECOLOGY: (50, 60, 55, 50, 45, 60),
                }
            ),
            Text("三项；另算去掉生态之后", "three columns, and without ecology"),
            lambda t: table(
                RESULT,
                (Text("三项的 α", "alpha of all three"), Text("去掉生态", "without ecology")),
                {VALUE: (alpha(t.matrix()), alpha(t.matrix()[:, :2]))},
            ),
        ),
    ),
    Method(
        id="importance",
        step="diagnose",
        title=Text("实际重要性", "importance"),
        what=Text(
            "每项与总分相关系数的平方：总分的高低有多少由它带出；与声明的权重相比，超过两倍即提示。",
            "The squared correlation of each column with the score: how much of the score it stands for. Against the declared weight, twice as much is flagged.",
        ),
        formula=("S_j = r ( x_j , y )^2",),
        symbols=Text("y：总分（线性情形）", "y: the score (the linear case)"),
        use=Text("检查权重是否名副其实", "to see whether weights mean what they say"),
        avoid=Text("各项与总分的关系明显弯曲", "where columns bend against the score"),
        sources=(PARUOLO,),
        callers=("hqd-performance-evaluation",),
        functions=(importance,),
        example=Example(
            _TABLE, _SAID, lambda t: _by_indicator(t, Text("重要性", "importance"), importance(_columns(t), _scores(t)))
        ),
    ),
    Method(
        id="rank_shift",
        step="diagnose",
        title=Text("逐项剔除", "leaving one out"),
        what=Text(
            "去掉一项后，各单位名次平均移动几位。",
            "By how many ranks the units move on average if a column is left out.",
        ),
        formula=(("d_j =", Fraction("Σ_i | R_i − R_i^j |", "n")),),
        symbols=Text("R_i：名次，R_i 上标 j：去掉 j 之后的名次", "R_i: the rank, R_i with j: the rank without j"),
        use=Text("看名次靠哪几项撑着", "to see which columns hold the ranks"),
        avoid=Text("据此删项：影响大不等于不该有", "as a ground for dropping: what matters much may belong"),
        sources=(handbook(7), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(rank_shift,),
        example=Example(
            _TABLE,
            _SAID,
            lambda t: _by_indicator(t, Text("名次平均移动", "mean move of ranks"), rank_shift(_TREE, _columns(t))),
        ),
    ),
)
