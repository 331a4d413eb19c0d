"""Methods that seek weights: those best for each unit, and those by which indicators matter as declared."""

from zhishu.score.methods.example import INDICATOR, Array, Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import PARUOLO, RESEARCH, handbook, work
from zhishu.score.steps.doubt import benefit_of_doubt
from zhishu.score.steps.fit import fit_tree, fit_weights
from zhishu.terms import Text

_TABLE = units(
    {
        Text("经济", "economy"): (0.2, 0.9, 0.6, 0.4, 1.0, 0.1),
        Text("生态", "ecology"): (0.9, 0.1, 0.5, 0.7, 0.2, 1.0),
        Text("民生", "welfare"): (0.5, 0.6, 0.5, 0.6, 0.7, 0.4),
    }
)


def _doubted(given: Table) -> Table:
    found = benefit_of_doubt(given.matrix(), 0.2, 0.6)
    shares = {Text(f"{t.zh}权重", f"weight of {t.en}"): found.shares[:, n] for n, t in enumerate(given.names())}
    return of_units(given, {Text("得分", "score"): found.scores, **shares})


def _fitted(given: Table) -> Table:
    columns: dict[str, Array] = {title.en: given.array(n) for n, title in enumerate(given.names())}
    found = fit_weights(columns, dict.fromkeys(columns, 1.0))
    ids = tuple(columns)
    return table(
        INDICATOR,
        given.names(),
        {
            Text("权重", "weight"): tuple(found.weights[id] for id in ids),
            Text("重要性", "importance"): tuple(found.importance[id] for id in ids),
        },
    )


METHODS = (
    Method(
        id="benefit_of_doubt",
        step="weigh",
        title=Text("择优赋权（BoD）", "benefit of the doubt"),
        what=Text(
            "每个单位用对它最有利的权重计分，条件是同一组权重下谁都不超过 1；可限定每项份额的上下界。",
            "Each unit is scored by the weights that serve it best, under which nobody has more than 1; each share may be bounded.",
        ),
        formula=("y_i = max_w Σ_j w_j x_ij", "Σ_j w_j x_kj ≤ 1 , w_j ≥ 0"),
        symbols=Text(
            "第二行对所有单位 k 成立；另可限定 w_j 或 w_j x_ij 占其和的份额",
            "the second line holds for every unit k; the share of w_j, or of w_j x_ij, in their sum may be bounded",
        ),
        use=Text(
            "研究：权重有争议，给每个单位最好的可能",
            "research: weights are disputed, and each unit is given its best case",
        ),
        avoid=Text(
            "正式考核：各单位用不同的尺子；不设界时许多单位并列第一",
            "official assessment: every unit has a measure of its own; without bounds many share the first place",
        ),
        sources=(
            handbook(6),
            work(
                "Cherchye et al. 2007, An introduction to 'benefit of the doubt' composite indicators, Social Indicators Research 82(1)",
                "10.1007/s11205-006-9029-7",
            ),
        ),
        practice=RESEARCH,
        functions=(benefit_of_doubt,),
        example=Example(_TABLE, Text("每项份额 0.2 到 0.6", "each share 0.2 to 0.6"), _doubted, "scipy"),
    ),
    Method(
        id="fit_weights",
        step="weigh",
        title=Text("按声明的重要性求权重", "weights fitted to declared importance"),
        what=Text(
            "求使各项与总分的相关系数平方之比等于所声明重要性之比的权重；按指标名对应，与列的次序无关。做不到时给最接近的并说明。",
            "Weights under which the squared correlations of the columns with the score stand to each other as declared; by name, whatever the order of columns. Where none do, the nearest are given and it is said.",
        ),
        formula=((Fraction("r ( x_j , y )^2", "Σ_k r ( x_k , y )^2"), "= s_j"),),
        symbols=Text(
            "s_j：声明的重要性份额，y：按所求权重的总分",
            "s_j: declared share of importance, y: the score by the weights sought",
        ),
        use=Text(
            "声明的权重与实际重要性差得远时，看差在哪里",
            "where declared weights and importance lie far apart, to see what would bring them together",
        ),
        avoid=Text(
            "与其余反向的指标：没有正的权重做得到",
            "indicators that run against the others: no weight above zero does it",
        ),
        sources=(
            PARUOLO,
            work(
                "Becker et al. 2017, Weights and importance in composite indicators: closing the gap, Ecological Indicators",
                "10.1016/j.ecolind.2017.03.056",
            ),
        ),
        callers=("hqd-performance-evaluation",),
        functions=(fit_weights, fit_tree),
        offered=("weights-by importance",),
        example=Example(
            units(
                {
                    Text("经济", "economy"): (80, 60, 40, 90, 70, 20),
                    Text("科技", "science"): (70, 65, 50, 85, 60, 30),
                    Text("民生", "welfare"): (60, 50, 70, 75, 70, 45),
                }
            ),
            Text("声明三项同等重要", "all three declared to matter alike"),
            _fitted,
        ),
    ),
)
