"""Methods that put columns on one scale; parameters are in the unit of the indicator, more is better on what comes out."""

from collections.abc import Callable

from zhishu.score import scales
from zhishu.score.methods.example import Array, Example, Table, of_units, units
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import COINR, handbook, tools, work
from zhishu.score.steps import normalise
from zhishu.terms import Text

_DAYS = units({Text("办理天数", "days taken"): (12, 20, 30, 45, 20, None)})
_LESS = Text("越少越好：方向 −1", "less is better: direction −1")
_SCORE = Text("得分", "score")
_TURNED = Text(
    "x：乘以方向之后的值，越大越好；缺的仍缺，不参与",
    "x: the value times its direction, so that more is better; missing stays missing and takes no part",
)
_POINTS = units({Text("覆盖率 %", "coverage %"): (20, 35, 60, 80, 95, 50)})


def _less(scale: Callable[[Array], Array], said: Text = _LESS) -> Example:
    return Example(_DAYS, said, lambda t: of_units(t, {_SCORE: scale(t.array(0))}))


def _more(scale: Callable[[Array], Array], said: Text) -> Example:
    return Example(_POINTS, said, lambda t: of_units(t, {_SCORE: scale(t.array(0))}))


def _z(given: Table) -> Table:
    x = given.array(0)
    return of_units(
        given,
        {
            Text("z 值", "z-score"): normalise.zscore(x, -1),
            Text("均值 50、标准差 10", "mean 50, spread 10"): normalise.zscore(x, -1, 50, 10),
        },
    )


def _ranked(given: Table) -> Table:
    x = given.array(0)
    return of_units(
        given,
        {
            Text("同值取低", "ties share the lowest"): normalise.rank_points(x, -1),
            Text("同值取平均", "ties share the mean"): normalise.rank_points(x, -1, "average"),
        },
    )


_SHARE = Fraction("x_i − min x", "max x − min x")

METHODS = (
    Method(
        id="minmax",
        step="normalise",
        title=Text("极差标准化", "min-max"),
        what=Text(
            "最差的单位得下限，最好的得上限，其余按距离。正式评分按分数精确计算，0 到 100。",
            "The worst unit gets the lower end, the best the upper, the others by distance. Official scores are exact, 0 to 100.",
        ),
        formula=(("y_i =", _SHARE, "· ( b − a ) + a"),),
        symbols=Text(_TURNED.zh + "；a、b：下限、上限", _TURNED.en + "; a, b: the ends of the scale"),
        use=Text(
            "单位的集合固定，只比较它们之间的高低；印出最小、最大值及由谁设定",
            "a fixed set of units compared among themselves; the least and greatest value and who set them are printed",
        ),
        avoid=Text(
            "跨年比较；有离群值；有单位可能退出：端点一动，人人的分数都动。各单位相同则不可标准化",
            "over years; with outliers; where units may leave: when an end moves, so does every score. Where all are equal there is no scale",
        ),
        sources=(handbook(5), tools("5.2.3"), COINR),
        callers=("chengdu-national-centre-functions", "leading-agri-firms", "business-environment-index"),
        functions=(normalise.minmax, normalise.bounds_of, scales.minmax, scales.span_of),
        offered=("scale minmax", "scale minmax0"),
        example=_less(lambda x: normalise.minmax(x, -1)),
    ),
    Method(
        id="zscore",
        step="normalise",
        title=Text("标准分（z 值）", "z-scores"),
        what=Text(
            "与均值之差除以样本标准差，可平移到任意均值和标准差。",
            "The distance from the mean over the sample standard deviation, moved to any mean and spread.",
        ),
        formula=(("y_i =", Fraction("x_i − m", "s"), "· d + c"),),
        symbols=Text(
            _TURNED.zh + "；m、s：均值与样本标准差（n − 1），c、d：所选均值与标准差",
            _TURNED.en + "; m, s: mean and sample standard deviation (n − 1), c, d: the mean and spread chosen",
        ),
        use=Text(
            "希望离群的优绩突出，各列离散程度相当",
            "exceptional results should stand out, and columns weigh by their spread alike",
        ),
        avoid=Text(
            "几何平均（有负值）；只有一个单位；各单位相同",
            "geometric means (values below zero); one unit; all units equal",
        ),
        sources=(handbook(5), tools("5.2.2"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.zscore, scales.zscore),
        offered=("scale zscore",),
        example=Example(_DAYS, _LESS, _z),
    ),
    Method(
        id="rank",
        step="normalise",
        title=Text("名次分", "ranks as points"),
        what=Text(
            "最差的得 1 分，最好的得 n 分；相同的取最低、最高或平均位次。",
            "1 for the worst up to n for the best; ties share the lowest, the highest or the mean of their places.",
        ),
        formula=("y_i = 1 + #{ k : x_k < x_i }",),
        symbols=Text(
            _TURNED.zh + "；#：个数；上式为同值取低",
            _TURNED.en + "; #: how many; the line is that of ties sharing the lowest",
        ),
        use=Text("只认次序，或有极端值", "only the order counts, or there are extreme values"),
        avoid=Text("差距的大小有意义时：名次抹去距离", "where distances matter: ranks lose them"),
        sources=(handbook(5), tools("5.2.1"), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.rank_points, scales.rank_points),
        offered=("scale rank",),
        example=Example(_DAYS, _LESS, _ranked),
    ),
    Method(
        id="borda",
        step="normalise",
        title=Text("博达计分", "Borda points"),
        what=Text(
            "胜过几个单位得几分，相同的互不计分。", "One point for each unit that is beaten; ties count for neither."
        ),
        formula=("y_i = #{ k : x_k < x_i }",),
        symbols=_TURNED,
        use=Text("多个指标以票决方式合成：各列得分相加", "indicators put together as votes: the points are summed"),
        avoid=Text("单位进出会改变两两之间的次序", "units that come and go: the order of two others may turn"),
        sources=(handbook(6), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.borda,),
        example=_less(lambda x: normalise.borda(x, -1)),
    ),
    Method(
        id="percentile",
        step="normalise",
        title=Text("百分位", "percentile"),
        what=Text("胜过其余单位的比例，0 到 1。", "The share of the other units that is beaten, 0 to 1."),
        formula=(("y_i =", Fraction("#{ k : x_k < x_i }", "n − 1")),),
        symbols=Text(_TURNED.zh + "；n：有数的单位数", _TURNED.en + "; n: units with a figure"),
        use=Text("各列缺数不同，仍要可比的名次分", "ranks that stay comparable where columns lack different units"),
        avoid=Text("只有一个单位；差距的大小有意义时", "a single unit; where distances matter"),
        sources=(handbook(5), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.percentile,),
        offered=("scale percentile",),
        example=_less(lambda x: normalise.percentile(x, -1)),
    ),
    Method(
        id="to_best",
        step="normalise",
        title=Text("与最优的距离", "distance to the best"),
        what=Text(
            "一减去与最优之差占全距的比例：即 0 到 1 的极差标准化。",
            "One less the share of the range that lies between a unit and the best: min-max from 0 to 1.",
        ),
        formula=(("y_i = 1 −", Fraction("max x − x_i", "max x − min x")),),
        symbols=_TURNED,
        use=Text("以本组最好的单位为标杆", "the best of the units is the yardstick"),
        avoid=Text("最优单位是离群值", "the best unit is an outlier"),
        sources=(handbook(5), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.to_best,),
        offered=("scale best",),
        example=_less(lambda x: normalise.to_best(x, -1)),
    ),
    Method(
        id="to_reference",
        step="normalise",
        title=Text("与基准或目标的距离", "distance to a reference or target"),
        what=Text(
            "从最差到基准走了几成：到基准为 1，超过的大于 1，可封顶。正式评分按分数精确计算。",
            "How far of the way from the worst to a reference: 1 at the reference, above it beyond, unless capped. Official scores are exact.",
        ),
        formula=(("y_i = 1 −", Fraction("r − x_i", "r − min x")),),
        symbols=Text(
            _TURNED.zh + "；r：基准或目标，同乘方向", _TURNED.en + "; r: the reference or target, turned likewise"
        ),
        use=Text("有规划目标或声明的基准值", "a planned target or declared reference value"),
        avoid=Text("最差的单位已达到基准：没有尺度", "the worst unit has reached the reference: there is no scale"),
        sources=(handbook(5), tools("5.2.4"), COINR),
        callers=("same-city-integration-index", "trade-strong-province"),
        functions=(normalise.to_reference, scales.distance_to_target),
        example=_more(
            lambda x: normalise.to_reference(x, 1, 80, cap=True), Text("目标 80 %，封顶", "target 80 %, capped")
        ),
    ),
    Method(
        id="of_best",
        step="normalise",
        title=Text("占最优的比例", "share of the best"),
        what=Text("值除以最大值。", "The value over the greatest."),
        formula=(("y_i =", Fraction("x_i", "max x")),),
        symbols=_TURNED,
        use=Text("有自然零点、越大越好的量", "quantities with a natural zero, of which more is better"),
        avoid=Text(
            "越小越好的指标：最好的得 1，较差的反而大于 1，次序颠倒",
            "indicators of which less is better: the best gets 1 and the worse get more, so that the order turns",
        ),
        sources=(handbook(5), COINR),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.of_best,),
        example=_more(lambda x: normalise.of_best(x, 1), Text("越大越好", "more is better")),
    ),
    Method(
        id="goalposts",
        step="normalise",
        title=Text("固定上下限", "goalposts"),
        what=Text(
            "以声明的上下限为 0 与满分，界外截断；与别的单位无关，可跨年比较。",
            "0 and full at declared posts, cut off beyond; it does not depend on other units and compares over years.",
        ),
        formula=(("y_i =", Fraction("x_i − l", "u − l"), "· S , 0 ≤ y_i ≤ S"),),
        symbols=Text(
            "l、u：下限与上限（指标原单位），S：满分；越小越好时为 S − y",
            "l, u: the posts in the unit of the indicator, S: full; S − y where less is better",
        ),
        use=Text("逐年比较，或少数单位也要打分", "comparison over years, or few units"),
        avoid=Text("没有依据的上下限；多数单位落在界外", "posts without grounds; most units beyond them"),
        sources=(work("UNDP, Human Development Report, technical notes", ""), COINR),
        callers=(
            "old-base-resource-city",
            "digital-inclusive-green-finance",
            "digital-village",
            "tourism-strong-county-firm",
            "quality-strong-city-county",
            "business-environment-index",
            "city-quality-pilots",
            "differentiated-assessment",
        ),
        functions=(normalise.goalposts,),
        example=_more(
            lambda x: normalise.goalposts(x, 1, 25, 85, 100),
            Text("上下限 25 % 与 85 %，满分 100", "posts 25 % and 85 %, full 100"),
        ),
    ),
    Method(
        id="scaled",
        step="normalise",
        title=Text("固定上下限，不截断", "goalposts without cutting"),
        what=Text(
            "同固定上下限，界外的得分低于 0 或超过满分。",
            "As goalposts, with scores below 0 or above full beyond them.",
        ),
        formula=(("y_i =", Fraction("x_i − l", "u − l"), "· S"),),
        symbols=Text("l、u：下限与上限，S：满分", "l, u: the posts, S: full"),
        use=Text("超额完成也要计分", "what lies beyond a post is to count"),
        avoid=Text("几何平均（可能有负值）", "geometric means (values may be below zero)"),
        sources=(COINR,),
        callers=("hqd-performance-evaluation",),
        functions=(normalise.scaled,),
        example=_more(
            lambda x: normalise.scaled(x, 1, 25, 85),
            Text("上下限 25 % 与 85 %，满分 100", "posts 25 % and 85 %, full 100"),
        ),
    ),
)
