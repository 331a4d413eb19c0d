"""Score kinds that hold units against each other, and those that ask people."""

from fractions import Fraction as F

from zhishu.score.kinds import (
    Efficacy,
    Expert,
    Growth,
    MinMax,
    PlacesGained,
    RankLine,
    RankTable,
    Survey,
    efficacy,
    expert,
    growth,
    minmax,
    panel,
    places_gained,
    rank_line,
    rank_table,
    survey,
)
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.kind_page import HUBEI, JIANGXI, SURVEYED, kind
from zhishu.score.methods.sources import handbook
from zhishu.score.scales import efficacy as efficacy_scale
from zhishu.terms import Text

_CLASS = Text(
    "同类各单位的值；未知的单位不参与，仍为未知", "values of one class; an unknown unit takes no part and stays unknown"
)
_VALUE = Text("值", "value")

METHODS = (
    kind(
        "efficacy",
        what=Text(
            "同类最差的得 60，最好的得 100，其余按距离。",
            "60 for the worst of a class, 100 for the best, the others by distance.",
        ),
        formula=(("s_i = 40 ·", Fraction("x_i − min x", "max x − min x"), "+ 60"),),
        symbols=Text(f"x：{_CLASS.zh}；越少越好时先乘 −1", f"x: {_CLASS.en}; turned first where less is better"),
        use=Text(
            "打分不宜拉得太开；印出最小、最大值及由谁设定",
            "where scores should not lie far apart; the ends and who set them are printed",
        ),
        avoid=Text(
            "一个单位退出会改变所有人的分；各单位相同则不可算",
            "one unit that leaves changes every score; where all are equal there are none",
        ),
        source=JIANGXI,
        functions=(efficacy, efficacy_scale),
        how=Efficacy(),
        said=Text("越大越好", "more is better"),
        given={_VALUE: (3, 1, 2, 5, 4, None)},
    ),
    kind(
        "minmax",
        id="minmax_points",
        what=Text(
            "同类最差的得 0，最好的得 100，其余按距离。",
            "0 for the worst of a class, 100 for the best, the others by distance.",
        ),
        formula=(("s_i = 100 ·", Fraction("x_i − min x", "max x − min x")),),
        symbols=Text(f"x：{_CLASS.zh}；越少越好时先乘 −1", f"x: {_CLASS.en}; turned first where less is better"),
        use=Text(
            "差距要充分拉开；印出最小、最大值及由谁设定",
            "where distances are to tell in full; the ends and who set them are printed",
        ),
        avoid=Text(
            "一个单位退出会改变所有人的分；最差的得零分",
            "one unit that leaves changes every score; the worst has no points at all",
        ),
        source=handbook(5),
        functions=(minmax,),
        how=MinMax("lower"),
        said=Text("越少越好", "less is better"),
        given={Text("天数", "days"): (3, 1, 2, 5, 4, None)},
        callers=("chengdu-national-centre-functions", "leading-agri-firms"),
    ),
    kind(
        "rank_table",
        what=Text(
            "按名次表给分，其余给统一的分；并列取较好的名次。",
            "Points by a table of places, the rest one number; ties share the better place.",
        ),
        formula=("s_i = P_r , r = 1 + #{ k : x_k > x_i }",),
        symbols=Text(
            "P：名次表；缺数的单位可能落在哪里会影响谁，谁就未定",
            "P: the table; whoever depends on where a unit without a value would stand is undecided",
        ),
        use=Text("单位数不少于五的类", "classes of at least five"),
        avoid=Text("差距很小而分差很大时", "where small distances make large steps of points"),
        source=SURVEYED,
        functions=(rank_table,),
        how=RankTable((F(10), F(8), F(6)), F(3)),
        said=Text("前三名 10、8、6 分，其余 3 分", "10, 8, 6 for the first three, 3 for the rest"),
        given={_VALUE: (9, 7, 7, 5, 1)},
    ),
    kind(
        "rank_line",
        what=Text("第一名与最后一名之间等差给分。", "Equal steps of points from the first place to the last."),
        formula=(("s_i = a − ( a − b ) ·", Fraction("r_i − 1", "n − 1")),),
        symbols=Text(
            "a、b：首末名得分，r：名次，n：全类单位数",
            "a, b: points of first and last, r: the place, n: units in the class",
        ),
        use=Text("单位数不少于五的类", "classes of at least five"),
        avoid=Text("差距很小而分差很大时", "where small distances make large steps of points"),
        source=SURVEYED,
        functions=(rank_line,),
        how=RankLine(F(100), F(60)),
        said=Text("第一名 100，末名 60", "first 100, last 60"),
        given={_VALUE: (9, 7, 6, 5, 1)},
    ),
    kind(
        "places_gained",
        what=Text(
            "比上一轮每进一位加若干分，有上限；可规定退位扣分。",
            "Points for each place gained since the last round, up to a cap; places lost may cost points.",
        ),
        formula=("s = min ( c , g · ( r_0 − r ) ) , r < r_0", "s = − min ( c_l , l · ( r − r_0 ) ) , r > r_0"),
        symbols=Text(
            "r₀、r：上一轮与本轮名次，g：每位加分，c：上限；l、c_l：每位扣分及其上限",
            "r₀, r: places before and now, g: points a place, c: cap; l, c_l: points lost a place and their cap",
        ),
        use=Text("鼓励落后者进位", "to move those behind"),
        avoid=Text("两轮的类不同；末位附近的名次由误差决定", "classes that changed; places that errors decide"),
        source=HUBEI,
        functions=(places_gained,),
        how=PlacesGained(gain=F(1, 2), cap=F(3)),
        said=Text("每位 0.5 分，至多 3 分", "half a point a place, at most 3"),
        given={Text("上轮", "before"): (12, 20, 8, 5, None), Text("本轮", "now"): (8, 6, 12, 5, 4)},
    ),
    kind(
        "growth",
        what=Text(
            "增速等于同类均值得基本分，每高一个百分点加若干分，两端截断。",
            "The base at the mean growth of the class, points for each percentage point above, cut off at both ends.",
        ),
        formula=("s_i = B + g · ( x_i − m ) , a ≤ s_i ≤ b",),
        symbols=Text(
            "B：基本分，g：每点加分，m：同类均值，a、b：下限与上限；缺数多于规定则无均值、无人得分",
            "B: base, g: points a point, m: mean of the class, a, b: ends; where more are missing than declared there is no mean and nobody scores",
        ),
        use=Text("比增长而不比基数", "growth compared rather than levels"),
        avoid=Text("基数极小的单位；口径断裂的年份", "units with a tiny base; years across a break"),
        source=SURVEYED,
        functions=(growth,),
        how=Growth(base=F(80), gain=F(3), point=F(1), at_least=F(4, 5)),
        said=Text("均值处 80 分，每点 3 分，至少八成有数", "80 at the mean, 3 a point, at least 80 % known"),
        given={Text("增速 %", "growth %"): (9, 5, 7.5, 6, 7.5, None)},
    ),
    kind(
        "survey",
        what=Text(
            "赞成的答卷占比乘以满分；答卷太少不给分。",
            "The share of answers that agree times the full points; too few answers say nothing.",
        ),
        formula=(("s = S ·", Fraction("a", "n")),),
        symbols=Text(
            "a：赞成，n：答卷（不少于规定），S：满分", "a: agreeing, n: answers (at least the least), S: full"
        ),
        use=Text("满意度、知晓率；样本与问卷公开", "satisfaction or awareness; sample and questions are public"),
        avoid=Text("由被考核者挑选答卷人", "where those assessed choose who answers"),
        source=SURVEYED,
        functions=(survey,),
        how=Survey(least=30),
        said=Text("至少 30 份", "at least 30 answers"),
        given={Text("赞成", "agreeing"): (45, 300, 12, 50), Text("答卷", "answers"): (50, 400, 12, 40)},
        callers=("liquor-golden-triangle-brands",),
    ),
    kind(
        "expert",
        what=Text(
            "去掉若干最高、最低分后的平均，换算到满分；专家太少或有分越界则未知。",
            "The mean without the highest and lowest marks, turned to full points; unknown with too few experts or a mark out of range.",
        ),
        formula=(("s = S ·", Fraction("m − a", "b − a")),),
        symbols=Text(
            "m：去高低分后的平均，a、b：打分的最低与最高，S：满分",
            "m: the trimmed mean, a, b: lowest and highest mark, S: full",
        ),
        use=Text("没有数的质量判断；并列印出分差", "judgements of quality; the spread is printed beside"),
        avoid=Text("与申报者有关系的专家没有回避", "experts with ties to those judged who did not withdraw"),
        source=SURVEYED,
        functions=(panel, expert),
        how=Expert(least=5),
        said=Text("五位专家，去一高一低", "five experts, one highest and one lowest left out"),
        given={
            Text(f"专家{n}", f"expert {n}"): marks
            for n, marks in enumerate(
                ((60, 90, 70), (80, 85, 72), (82, 88, None), (84, 95, 75), (100, 20, 74)), start=1
            )
        },
        callers=("quality-brand-award", "outstanding-entrepreneur-award"),
    ),
)
