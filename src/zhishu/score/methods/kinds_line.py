"""Score kinds that hold a unit against a line, a target or a mean that stands by itself."""

from fractions import Fraction as F

from zhishu.score.kinds import (
    Boolean,
    Cliff,
    Completion,
    Deduct,
    Interval,
    Marginal,
    boolean,
    cliff,
    completion,
    deduct,
    interval,
    marginal,
)
from zhishu.score.methods.formula import Fraction
from zhishu.score.methods.kind_page import BANDS, JIANGXI, SURVEYED, kind
from zhishu.terms import Text

METHODS = (
    kind(
        "completion",
        what=Text(
            "完成目标的比例乘以满分，封顶；越少越好时反过来。",
            "The share of the target reached times the full points, capped; turned where less is better.",
        ),
        formula=(("s =", "S ·", Fraction("x", "T"), ", 0 ≤ s ≤ c S"), ("s =", "S ·", Fraction("T", "x"), ", s ≤ c S")),
        symbols=Text(
            "x：实绩，T：目标，S：满分，c：封顶倍数；下式为越少越好",
            "x: the result, T: the target, S: full points, c: cap; the second line where less is better",
        ),
        use=Text("年度目标任务", "yearly targets"),
        avoid=Text(
            "目标为零或负（未知，不给分）；以负值为好的量",
            "targets of zero or below (unknown, no points); quantities that may be negative",
        ),
        source=SURVEYED,
        functions=(completion,),
        how=Completion(cap=F(6, 5)),
        said=Text("满分 100，封顶 1.2 倍", "full 100, capped at 1.2 times"),
        given={Text("实绩", "result"): (45, 50, 70, 8, None), Text("目标", "target"): (50, 50, 50, 0, 50)},
    ),
    kind(
        "interval",
        what=Text(
            "一个值得满分，一个值得零分，其间按直线，两端截断。",
            "Full points at one value, none at another, a straight line between, cut off at both ends.",
        ),
        formula=(("s =", "S ·", Fraction("x − x_0", "x_1 − x_0"), ", 0 ≤ s ≤ S"),),
        symbols=Text(
            "x₁：满分处，x₀：零分处，S：满分；两者的先后即方向",
            "x₁: where points are full, x₀: where there are none, S: full; their order is the direction",
        ),
        use=Text("有依据的上下限；与别的单位无关", "ends with grounds; independent of other units"),
        avoid=Text("上下限随意", "ends without grounds"),
        source=SURVEYED,
        functions=(interval,),
        how=Interval(full_at=F(5), none_at=F(20)),
        said=Text("5 天满分，20 天零分", "full at 5 days, none at 20"),
        given={Text("办理天数", "days"): (3, 5, 8, 15, 30, None)},
        callers=("old-base-resource-city", "digital-village", "quality-strong-city-county"),
    ),
    kind(
        "marginal",
        what=Text(
            "以均值处的基本分为准，高出或低于均值的百分点分段折算，越远每点越不值；最低为零。",
            "From the base at the mean, points away from it count by bands, the further the less each; never below zero.",
        ),
        formula=(
            (
                "s = B ± ( x_1 ·",
                Fraction("B", "20"),
                "+ x_2 ·",
                Fraction("B", "40"),
                "+ x_3 ·",
                Fraction("B", "60"),
                ")",
            ),
        ),
        symbols=Text(
            "B：基本分，x₁、x₂、x₃：落在第一、二、三个 10 个百分点内的点数；第三段到 30 为止是本项目的读法",
            "B: the base, x₁, x₂, x₃: the points that fall into the first, second, third ten; that the third ends at thirty is our reading",
        ),
        use=Text(
            "与全省均值比增速或水平，防止一项独大",
            "growth or level against the mean of the province, with no single item running away",
        ),
        avoid=Text("均值本身缺数或由很少的单位得出", "where the mean is missing or rests on few units"),
        source=BANDS,
        functions=(marginal,),
        how=Marginal(F(60), point=F(1)),
        said=Text("基本分 60，单位：个百分点", "base 60, in percentage points"),
        given={Text("增速 %", "growth %"): (37, 25, 12, 8, -20, None), Text("全省均值 %", "mean %"): (12,) * 6},
    ),
    kind(
        "deduct",
        what=Text(
            "先给满分，越线每一步扣若干分，扣完为止。",
            "Full points first; for each step beyond a line points are taken away, down to zero.",
        ),
        formula=(("s = max ( 0 , S − a ·", Fraction("x − l", "h"), ")"),),
        symbols=Text(
            "S：满分，l：线，h：步长，a：每步扣分；步数可按比例、按起步、按整步计",
            "S: full, l: the line, h: the step, a: points a step; steps count in part, when begun, or when whole",
        ),
        use=Text("约束性、控制性指标", "control indicators"),
        avoid=Text("做得更好也应加分的指标", "where doing better should earn more"),
        source=JIANGXI,
        functions=(deduct,),
        how=Deduct(full=F(5), line=F(2), step=F(1), loss=F(2)),
        said=Text(
            "空气质量：满分 5，二级以内不扣，每差一级扣 2（满分为示例）",
            "air quality: full 5, none taken up to grade 2, then 2 a grade (full points illustrative)",
        ),
        given={Text("级", "grade"): (1, 2, 3, 4, 5, None)},
    ),
    kind(
        "cliff",
        what=Text(
            "越线即扣若干分，每再差一步再扣；可只扣不加。",
            "Points are lost at once when a line is missed, and more for each further step; an item may only take away.",
        ),
        formula=(("s = max ( f , S − a_0 − a · ⌊", Fraction("x − l", "h"), "⌋ ) , x > l"),),
        symbols=Text(
            "S：满分，a₀：越线即扣，a：每步再扣，l：线，h：步长，f：下限；⌊ ⌋：只计整步（也可按比例、按起步计）",
            "S: full, a₀: lost at once, a: lost a step, l: the line, h: the step, f: the floor; ⌊ ⌋: whole steps (or in part, or when begun)",
        ),
        use=Text(
            "红线：如耕地占补未平衡 −3，每再差 1 % 再 −3",
            "red lines: farmland out of balance −3, and −3 for each further 1 %",
        ),
        avoid=Text("线附近的误差足以决定得分时", "where errors near the line decide"),
        source=JIANGXI,
        functions=(cliff,),
        how=Cliff(full=F(10), line=F(0), step=F(1)),
        said=Text(
            "耕地：满分 10，未平衡 −3，每满 1 % 再 −3（满分为示例）",
            "farmland: full 10, out of balance −3, and −3 for each whole 1 % (full points illustrative)",
        ),
        given={Text("未平衡 %", "out of balance %"): (0, 0.1, 1, 2.5, 9, None)},
    ),
    kind(
        "boolean",
        what=Text(
            "是得一个分，否得另一个分；未知不给分也不当作否。",
            "One number of points for yes, another for no; unknown is neither.",
        ),
        formula=("s = a , p", "s = b , ¬ p"),
        symbols=Text("p：事实，a、b：是与否的得分", "p: the fact, a, b: points for yes and no"),
        use=Text("有无、是否达标的清单项", "items of a list: there or not, met or not"),
        avoid=Text("有程度之分的事", "matters of degree"),
        source=SURVEYED,
        functions=(boolean,),
        how=Boolean(),
        said=Text("是 100，否 0", "yes 100, no 0"),
        given={Text("已互认", "recognised"): (True, False, None)},
        callers=("south-sichuan-integration", "rural-three-governances"),
    ),
)
