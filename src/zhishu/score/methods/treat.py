"""Methods that draw in outliers, on one column each; every cell that changes is told."""

from zhishu.score.methods.example import RESULT, VALUE, Example, Table, of_units, table, units
from zhishu.score.methods.formula import Fraction, Power, Root
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook, tools, work
from zhishu.score.steps.shape import is_even, kurtosis, skewness
from zhishu.score.steps.treat import box_cox, log_by_skew, log_from_one, log_of_range, log_scaled, treat, winsorise
from zhishu.terms import Text

_WAYS = {
    "none": Text("不需处理", "none needed"),
    "winsorised": Text("缩尾", "Winsorised"),
    "transformed": Text("取对数", "logarithm"),
    "unhelped": Text("处理后仍不合格", "still beyond the limits"),
}
_SKEWED = units({Text("投资", "investment"): (1, 2, 2, 3, 3, 4, 90)})
_EVEN = units({Text("投资", "investment"): (1, 4, 9, 16, 25, 100)})
_SAID = Text("七个单位，一个远在其余之上", "seven units, one far above the rest")


def _shape(given: Table) -> Table:
    x = given.array(0)
    value = {VALUE: (skewness(x), kurtosis(x), is_even(x))}
    return table(
        RESULT, (Text("偏度 G₁", "skewness G₁"), Text("峰度 G₂", "kurtosis G₂"), Text("合格", "passes")), value
    )


def _treated(given: Table) -> Table:
    found = treat(given.array(0), 5)
    touched = [n in found.touched for n in range(len(given.rows))]
    way = Text(f"处理后（{_WAYS[found.way].zh}）", f"treated ({_WAYS[found.way].en})")
    return of_units(given, {way: found.values, Text("改动", "changed"): touched})


def _logs(given: Table) -> Table:
    x = given.array(0)
    return of_units(
        given,
        {
            Text("按极差 log_of_range", "log_of_range"): log_of_range(x),
            Text("按偏向 log_by_skew", "log_by_skew"): log_by_skew(x),
            Text("从一起 log_from_one", "log_from_one"): log_from_one(x),
            Text("到最大 log_scaled", "log_scaled"): log_scaled(x),
        },
    )


METHODS = (
    Method(
        id="skewness",
        step="treat",
        title=Text("偏度与峰度检验", "skewness and kurtosis"),
        what=Text(
            "偏度和超额峰度同时越过界限的列才算有离群值：|G₁| ≥ 2 且 G₂ ≥ 3.5。",
            "A column has outliers where skewness and excess kurtosis both pass their limits: |G₁| ≥ 2 and G₂ ≥ 3.5.",
        ),
        formula=(
            (
                "G_1 =",
                Fraction((Root("n"), "Σ_i d_i^3"), Power("Σ_i d_i^2", "3/2")),
                "·",
                Fraction(Root("n ( n − 1 )"), "n − 2"),
            ),
            ("r =", Fraction("n Σ_i d_i^4", Power("Σ_i d_i^2", "2"))),
            ("G_2 =", Fraction("( ( n + 1 ) ( r − 3 ) + 6 ) ( n − 1 )", "( n − 2 ) ( n − 3 )")),
        ),
        symbols=Text("d_i：与均值之差，n：有数的单位数", "d_i: distance from the mean, n: units with a figure"),
        use=Text("标准化之前，逐列", "before scaling, column by column"),
        avoid=Text("单位很少（不足四个没有峰度）", "very few units (fewer than four have no kurtosis)"),
        sources=(
            work(
                "Joanes, Gill 1998, Comparing measures of sample skewness and kurtosis, The Statistician 47(1)",
                "10.1111/1467-9884.00122",
            ),
            COINR,
        ),
        callers=("hqd-performance-evaluation",),
        functions=(skewness, kurtosis, is_even),
        example=Example(
            _SKEWED,
            _SAID,
            _shape,
        ),
    ),
    Method(
        id="winsorise",
        step="treat",
        title=Text("缩尾", "Winsorisation"),
        what=Text(
            "把最外端的值改为相邻的值，一次一端一步，直到偏度、峰度检验通过或改动满规定格数；相同的值一起改。",
            "The outermost value is set to the next one, one end and one step at a time, until the column passes or the cells allowed are used up; ties move together.",
        ),
        formula=("x_max ← max { x_i : x_i < x_max }",),
        symbols=Text("偏度为负时对最小值同理", "with negative skewness likewise the least value"),
        use=Text("少数单位远离其余，而次序要保留", "a few units far from the rest, whose order is to stay"),
        avoid=Text(
            "离群值正是要评的成绩；改动的格数超过少数几个",
            "the outlier is the very result to be judged; more than a few cells",
        ),
        sources=(handbook(3), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(winsorise,),
        offered=("winsorise 5",),
        example=Example(
            _SKEWED,
            Text("至多改 5 格", "at most 5 cells"),
            lambda t: of_units(t, {Text("缩尾后", "Winsorised"): winsorise(t.array(0), 5)}),
        ),
    ),
    Method(
        id="logarithm",
        step="treat",
        title=Text("取对数", "logarithms"),
        what=Text(
            "把列移到零以上再取自然对数；四种移法，只有 log_by_skew 与 log_scaled 看偏向。",
            "The column is moved above zero and its natural logarithm taken; four ways of moving, of which log_by_skew and log_scaled mind the skew.",
        ),
        formula=(
            "log ( x − min x + 0.01 · ( max x − min x ) )",
            "− log ( max x + 0.01 · ( max x − min x ) − x )",
            "log ( x − min x + 1 )",
            ("log (", "( f max x − 1 )", Fraction("x − min x", "max x − min x"), "+ 1 )"),
        ),
        symbols=Text(
            "依次：log_of_range（log_by_skew 正偏时相同）、log_by_skew 负偏时、log_from_one、log_scaled（f：系数；负偏时取镜像）",
            "in order: log_of_range (and log_by_skew of positive skew), log_by_skew of negative skew, log_from_one, log_scaled (f: a factor; mirrored with negative skew)",
        ),
        use=Text(
            "缩尾不够、数量级相差大的列", "columns over several orders of magnitude, where Winsorising is not enough"
        ),
        avoid=Text("读者要按原单位理解差距", "where readers must understand distances in the unit itself"),
        sources=(tools("5.1"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(log_of_range, log_by_skew, log_from_one, log_scaled),
        example=Example(_EVEN, Text("数量级相差大的一列", "a column over two orders of magnitude"), _logs),
    ),
    Method(
        id="box_cox",
        step="treat",
        title=Text("博克斯－考克斯变换", "Box-Cox transform"),
        what=Text(
            "幂变换的一族；λ = 0 为对数，λ = 1 不变形。",
            "A family of powers; λ = 0 is the logarithm, λ = 1 changes no shape.",
        ),
        formula=(("y =", Fraction("x^λ − 1", "λ"), ", λ ≠ 0"), "y = log x , λ = 0"),
        symbols=Text("可先移到从 1 开始：x − min x + 1", "the column may first be moved to begin at 1: x − min x + 1"),
        use=Text("需要介于原值与对数之间的变换", "a transform between the figures and their logarithm is wanted"),
        avoid=Text("有不大于零的值而不移动（拒收）", "values not above zero that are not moved (refused)"),
        sources=(
            work("Box, Cox 1964, An analysis of transformations, JRSS B 26(2)", "10.1111/j.2517-6161.1964.tb00553.x"),
            COINR,
        ),
        callers=("hqd-performance-evaluation",),
        functions=(box_cox,),
        example=Example(
            _EVEN,
            Text("λ = 0.5 与 λ = 0", "λ = 0.5 and λ = 0"),
            lambda t: of_units(
                t,
                {
                    Text("λ = 0.5", "λ = 0.5"): box_cox(t.array(0), 0.5),
                    Text("λ = 0", "λ = 0"): box_cox(t.array(0), 0),
                },
            ),
        ),
    ),
    Method(
        id="treat",
        step="treat",
        title=Text("离群处理次序", "treatment of a column"),
        what=Text(
            "合格的列不动；否则缩尾，仍不合格则对原列取对数；没有第三步，动过的格逐一列出。",
            "A column that passes stays; else it is Winsorised, and if that is not enough the original is put on a logarithm; there is no third way, and every cell touched is told.",
        ),
        formula=("y = x , | G_1 | < 2 ∨ G_2 < 3.5", "y = W ( x )", "y = log ( x − min x + 0.01 · ( max x − min x ) )"),
        symbols=Text(
            "W：缩尾；自上而下取第一个通过检验的，对数之后不再检验",
            "W: Winsorised; from above the first that passes, after the logarithm nothing is tried",
        ),
        use=Text("一张表的每一列，标准化之前", "every column of a table, before scaling"),
        avoid=Text("正式考核没有写明的处理", "a treatment the official scheme does not state"),
        sources=(handbook(3), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(treat,),
        offered=("winsorise 5",),
        example=Example(_SKEWED, _SAID, _treated),
    ),
)
