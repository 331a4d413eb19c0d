"""Methods that explain a score: what each part weighs and brings, ranks, and what holds a unit back."""

import numpy as np

from zhishu.score.methods.example import INDICATOR, Array, Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction, Power, Root
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, RESEARCH, unchecked, work
from zhishu.score.steps.contribute import contributions
from zhishu.score.steps.diagnose import coupling, obstacles, ranks
from zhishu.score.steps.tree import Node, Tree
from zhishu.terms import Text

_ECONOMY, _ECOLOGY, _WELFARE = Text("经济", "economy"), Text("生态", "ecology"), Text("民生", "welfare")
_SCORE = Text("得分", "score")
_TREE = Tree((Node("index", ("economy", "ecology", "welfare"), (0.5, 0.3, 0.2)),))
_WEIGHTS = np.array([0.5, 0.3, 0.2])
_TABLE = units(
    {_ECONOMY: (80, 60, 40, 90, 70, 20), _ECOLOGY: (40, 60, 80, 10, 30, 90), _WELFARE: (60, 50, None, 70, 80, 40)}
)
_SAID = Text("三项得分，权重 0.5、0.3、0.2", "three scores, weights 0.5, 0.3, 0.2")


def _columns(given: Table) -> dict[str, Array]:
    return {title.en: given.array(n) for n, title in enumerate(given.names())}


def _effective(given: Table) -> Table:
    tree = Tree((Node("people", ("ecology", "welfare"), (1, 3)), Node("index", ("economy", "people"), (0.6, 0.4))))
    found = tree.effective()
    return table(
        INDICATOR, given.names(), {Text("有效权重", "effective weight"): tuple(found[t.en] for t in given.names())}
    )


def _parts(given: Table) -> Table:
    found = contributions(_TREE, _columns(given))
    return of_units(
        given,
        {
            **{Text(f"{t.zh}贡献", f"from {t.en}"): found[t.en] for t in given.names()},
            _SCORE: _TREE.scores(_columns(given))["index"],
        },
    )


def _short(given: Table) -> Table:
    found = obstacles(given.matrix(), _WEIGHTS)
    return of_units(given, {Text(f"{t.zh}障碍度", f"of {t.en}"): found[:, n] for n, t in enumerate(given.names())})


METHODS = (
    Method(
        id="effective",
        step="diagnose",
        title=Text("有效权重", "effective weights"),
        what=Text(
            "每项在整个指数中的权重：各层份额相乘。",
            "The weight of each column in the whole: shares multiplied down the levels.",
        ),
        formula=(("w_j =", "Π_h", Fraction("w_h", "Σ_k w_k")),),
        symbols=Text(
            "h：从指标到顶层的各级标题，k：同组各项",
            "h: the headings from the indicator to the top, k: those beside it",
        ),
        use=Text("多层指数公布时，与各层权重并列", "printed beside the weights of each level"),
        avoid=Text(
            "算术平均之外：那里是指数或票数的份额",
            "beyond arithmetic means: there it is a share of the exponent or of the vote",
        ),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(Tree.effective,),
        example=Example(
            _TABLE,
            Text(
                "经济 0.6；民生类 0.4，其下生态 1、民生 3", "economy 0.6; people 0.4, of which ecology 1 and welfare 3"
            ),
            _effective,
        ),
    ),
    Method(
        id="contributions",
        step="diagnose",
        title=Text("贡献分解", "contributions"),
        what=Text(
            "每项给总分带来几分，相加恰等于总分；只在各级都是算术平均时才有。",
            "How many points each column brings to the score; they add up to it exactly. Only where every mean is arithmetic.",
        ),
        formula=(("c_ij = x_ij ·", Fraction("w_j", "Σ_k w_k"), ", Σ_j c_ij = y_i"),),
        symbols=Text(
            "k：单位 i 有数的项；缺项贡献为零，权重由其余顶上",
            "k: what is known of unit i; a missing cell brings nothing and the others stand for it",
        ),
        use=Text("解释一个单位的得分从何而来", "to explain where a score comes from"),
        avoid=Text(
            "几何平均等：各项的份额取决于其余各项（拒算）",
            "geometric and other means: a part depends on all others (refused)",
        ),
        sources=(COINR,),
        callers=("differentiated-assessment", "opening-in-cadre-appraisal", "hqd-performance-evaluation"),
        functions=(contributions,),
        example=Example(_TABLE, _SAID, _parts),
    ),
    Method(
        id="ranks",
        step="diagnose",
        title=Text("名次", "ranks"),
        what=Text(
            "最高分为第一，同分并列取前；没有得分的没有名次。",
            "1 for the highest; ties share the better rank, and a unit without a score has none.",
        ),
        formula=("R_i = 1 + #{ k : y_k > y_i }",),
        symbols=Text("#：个数", "#: how many"),
        use=Text("同类内、单位数不少于规定", "inside a class of at least the declared size"),
        avoid=Text(
            "不附区间；跨类比较；不足五个单位的类", "without intervals; across classes; in classes of fewer than five"
        ),
        sources=(COINR,),
        callers=("five-supports-scorecard", "four-good-rural-roads", "differentiated-assessment"),
        functions=(ranks,),
        example=Example(
            units({_SCORE: (82.5, 90, 82.5, None, 61, 75)}),
            Text("有并列，有缺分", "a tie and a missing score"),
            lambda t: of_units(t, {Text("名次", "rank"): ranks(t.array(0))}),
        ),
    ),
    Method(
        id="coupling",
        step="diagnose",
        title=Text("耦合协调度", "coupling coordination"),
        what=Text(
            "几个子系统既要水平高、又要相互齐平：耦合度与平均水平的几何平均，0 到 1。",
            "Subsystems should be high and level with each other: the geometric mean of their evenness and their mean, 0 to 1.",
        ),
        formula=(
            ("C =", Fraction(Power("U_1 U_2 … U_n", "1 / n"), "( U_1 + U_2 + … + U_n ) / n")),
            ("D =", Root("C T"), ", T = ( U_1 + U_2 + … + U_n ) / n"),
        ),
        symbols=Text("U：子系统得分，0 到 1，各子系统同等", "U: subsystem scores, 0 to 1, all alike"),
        use=Text(
            "研究两三个子系统是否同步（如城镇化与生态）",
            "research whether two or three subsystems keep pace, such as towns and ecology",
        ),
        avoid=Text(
            "正式考核；常见误用：耦合度漏开 n 次方、子系统不在 0 到 1",
            "official assessment; common errors: the n-th root left out, subsystems not in 0 to 1",
        ),
        sources=(
            work(
                "Wang et al. 2021, Research on misuses and modification of coupling coordination degree model in China, Journal of Natural Resources 36(3) 793–810",
                "10.31497/zrzyxb.20210319",
            ),
        ),
        practice=RESEARCH,
        functions=(coupling,),
        example=Example(
            units({_ECONOMY: (0.9, 0.5, 0.25, 0.8), _ECOLOGY: (0.9, 0.5, 1.0, 0.0)}),
            Text("两个子系统", "two subsystems"),
            lambda t: of_units(t, {Text("耦合协调度", "degree"): coupling(t.matrix())}),
        ),
    ),
    Method(
        id="obstacles",
        step="diagnose",
        title=Text("障碍度", "obstacle degree"),
        what=Text(
            "一个单位离满分的差距中，每项占几成。", "What share of a unit's distance from full each column stands for."
        ),
        formula=(("O_ij =", Fraction("w_j ( 1 − x_ij )", "Σ_k w_k ( 1 − x_ik )")),),
        symbols=Text("x_ij：0 到 1 的得分，w_j：权重", "x_ij: scores from 0 to 1, w_j: weights"),
        use=Text("找出一个单位先补哪一项", "to find what a unit should mend first"),
        avoid=Text("当作因果；样样满分的单位没有障碍度", "as a cause; a unit that is full in everything has none"),
        sources=(
            unchecked(
                "国内综合评价文献中的障碍度模型；没有查到可核对的首创文献",
                "the obstacle model of Chinese research on composite indices; no first work was found to check",
            ),
        ),
        practice=RESEARCH,
        functions=(obstacles,),
        example=Example(
            units({_ECONOMY: (0.9, 0.5, 0.25, 1.0), _ECOLOGY: (0.6, 0.5, 1.0, 1.0), _WELFARE: (0.8, 0.2, 0.7, 1.0)}),
            _SAID,
            _short,
        ),
    ),
)
