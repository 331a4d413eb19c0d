"""What is asked around an assessment: what turns its order, what changed, what a unit would need."""

from fractions import Fraction

from zhishu.score.assess.compare import compare
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.leaving import leaving
from zhishu.score.assess.reach import Aim, reach
from zhishu.score.assess.verb import assess
from zhishu.score.methods.assessed import (
    ASSESSED,
    JOBS,
    LINE,
    LINES,
    NAMES,
    OWN,
    award,
    declared,
    facts,
    figures,
    members,
    names,
    readings,
)
from zhishu.score.methods.example import Example, Table, of_units, table, units
from zhishu.score.methods.method import Method, Source
from zhishu.terms import Text

_ROOM = f"{LINE}, room: {{least: 0, most: 95, by: {{zh: 项目, en: projects}}}}"


def _leaving(given: Table) -> Table:
    assessment, held = declared(output="kind: minmax"), facts(given)
    found = leaving(assessment, held, assess(assessment, held), "a")
    called = dict(zip(names(given), given.rows, strict=True))
    pairs = [[(called[a], called[b]) for a, b in one.swapped] for one in found]
    return table(
        Text("退出的单位", "unit that leaves"),
        tuple(called[one.unit] for one in found),
        {
            Text("次序对调", "pairs that change order"): tuple(
                Text("；".join(f"{a.zh}、{b.zh}" for a, b in own), "; ".join(f"{a.en}, {b.en}" for a, b in own))
                for own in pairs
            ),
            Text("它定了端点", "ends it set"): tuple(
                Text("、".join(NAMES[i].zh for i in one.ends), ", ".join(NAMES[i].en for i in one.ends))
                for one in found
            ),
        },
    )


def _moved(given: Table) -> Table:
    before, after = (assess(declared(), Facts(members(given), readings(given, output, 2))) for output in (0, 1))
    moved = {m.unit: m for m in compare(before, after)}
    own = [moved.get(u) for u in names(given)]
    return of_units(
        given,
        {
            Text("总分变动", "change of the total"): tuple(Fraction(0) if m is None else m.change for m in own),
            Text("原奖项", "award before"): tuple(award(before.of(u).given) for u in names(given)),
            Text("现奖项", "award after"): tuple(award(after.of(u).given) for u in names(given)),
            Text("失去奖项", "award lost"): tuple(m is not None and m.dropped for m in own),
        },
    )


def _reached(given: Table) -> Table:
    assessment, held = declared(output=_ROOM), facts(given)
    done = assess(assessment, held)
    aims = {
        Text("总分 82", "total 82"): Aim(total=Fraction(82)),
        Text("总分 86", "total 86"): Aim(total=Fraction(86)),
        Text("第 2 名", "rank 2"): Aim(rank=2),
    }
    found = [reach(assessment, held, done, "C", aim).ways[0] for aim in aims.values()]
    return table(
        Text("要达到", "to reach"),
        tuple(aims),
        {
            Text("产出现值", "output now"): tuple(way.now for way in found),
            Text("可达", "bound"): tuple(way.bound for way in found),
            Text("须达到", "needed"): tuple(Text("不够", "not enough") if w.to is None else w.to for w in found),
        },
    )


METHODS = (
    Method(
        id="leaving",
        step="assessment",
        title=Text("退出引起的名次颠倒", "rank reversal as a unit leaves"),
        what=Text(
            "同类互定尺度时，一个单位退出会改变其余单位的分，次序可能颠倒。逐个退出重算，列出对调的单位、变化的奖项和它定的端点。",
            "Where a class sets its own scale, a unit that leaves changes the points of the others, and their order may turn. Each leaves in turn; told are the pairs that change order, awards that change, and the ends it set.",
        ),
        formula=("y_i > y_k ∧ z_i < z_k",),
        symbols=Text("y、z：退出前、后的总分", "y, z: totals before and after it left"),
        use=Text("计分方式与同类比较时，定稿之前", "where points are set by the class, before it is final"),
        avoid=Text("只与固定线比较的计分：不会颠倒", "points by fixed lines: nothing can turn"),
        sources=(OWN,),
        practice=Text(
            "四川县域经济考核2018年度：公示 31 个，定稿 30 个",
            "Sichuan county assessment of 2018: 31 in the notice, 30 in the end",
        ),
        callers=ASSESSED,
        functions=(leaving,),
        example=Example(
            figures((50, 60, 400, 0, 10, 20), (80, 70, 0, 0, 10, 10)),
            Text("产出按同类极差计分，就业按固定线", "output by min-max of the class, jobs by a fixed line"),
            _leaving,
        ),
    ),
    Method(
        id="compare",
        step="assessment",
        title=Text("版本比较", "two versions compared"),
        what=Text(
            "两次测算并排：谁的总分、名次、奖项变了，由哪些指标引起。失去奖项的必须写明理由。",
            "Two runs side by side: whose total, rank or award changed, and by which indicators. Where an award is lost a reason must be given.",
        ),
        formula=("z_i − y_i = Σ_j ( d_ij − c_ij ) + b_i − a_i",),
        symbols=Text(
            "y、z：前、后总分，c、d：前、后指标对总分的贡献，a、b：前、后的加分、扣分与退回之和",
            "y, z: totals before and after, c, d: what an indicator brings before and after, a, b: bonus, deductions and what was given back, before and after",
        ),
        use=Text("从测算到定稿的每一版", "every version from the first calculation to the final one"),
        avoid=Text("两个办法不同的年份", "years under different measures"),
        sources=(
            Source(
                Text(
                    "四川县域经济考核2018年度公示与定稿名单",
                    "Sichuan county assessment of 2018, the notice and the final list",
                ),
                "report",
            ),
        ),
        practice=Text(
            "四川县域经济考核2018年度：公示 31 个，定稿 30 个",
            "Sichuan county assessment of 2018: 31 in the notice, 30 in the end",
        ),
        callers=ASSESSED,
        functions=(compare,),
        example=Example(
            units(
                {
                    Text("产出，公示", "output, notice"): (90, 80, 70, 60, 50, 40),
                    Text("产出，复核", "output, reviewed"): (90, 80, 50, 60, 50, 40),
                    JOBS: (90, 80, 70, 60, 50, 40),
                }
            ),
            LINES,
            _moved,
        ),
    ),
    Method(
        id="class_reach",
        step="assessment",
        title=Text("考核中如何达到", "reach in an assessment"),
        what=Text(
            "一个单位靠声明可改善的指标，要到多少才够得着某个总分或名次；只在声明的余地之内，不动权重、分类、加分和别人的数。",
            "How far figures declared improvable would have to move for a total or a rank: within the room that is declared, never by weights, classes, bonus or the figures of others.",
        ),
        formula=("min | x − x_0 | : y ( x ) ≥ y* , a ≤ x ≤ b",),
        symbols=Text(
            "x₀：现值，a、b：余地的两端，y*：要达到的总分（或名次）；每试一值整个类重算，二分 14 次",
            "x₀: today's figure, a, b: ends of the room, y*: the total (or rank) wanted; the class is scored anew for each value, 14 halvings",
        ),
        use=Text("单位找差距、定措施；使用要留痕", "a unit looks for what is missing; uses are logged"),
        avoid=Text("总分未知的单位；余地没有依据", "a unit without a total; room without grounds"),
        sources=(OWN,),
        callers=ASSESSED,
        functions=(reach,),
        example=Example(
            figures((90, 80, 70, 60, 50, 40), (90, 80, 70, 60, 50, 40)),
            Text("丙，产出权重 60，余地到 95", "unit C, output weighs 60, its room ends at 95"),
            _reached,
        ),
    ),
)
