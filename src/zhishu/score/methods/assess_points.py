"""What a unit's total is made of: points with bounds, what is added and taken, what is given back."""

from zhishu.pack.assessment import Grade
from zhishu.score.assess.bind import bound
from zhishu.score.assess.facts import Counted, Facts, Forgiven
from zhishu.score.assess.points import ClassPoints, cells_of, class_points
from zhishu.score.assess.whole import Whole, grade_of, whole
from zhishu.score.methods.assessed import (
    ASSESSED,
    HELD,
    JOBS,
    MEASURES,
    OUTPUT,
    OWN,
    cell,
    column,
    declared,
    facts,
    figures,
    members,
    names,
    readings,
    value,
)
from zhishu.score.methods.example import Example, Table, of_units, units
from zhishu.score.methods.method import Method
from zhishu.terms import Text

_ITEMS = """
    bonus:
      most: 3
      items:
        model: {name: {zh: 示范, en: model}, each: 2, most: 4}
    deductions:
      accident: {name: {zh: 事故, en: accident}, each: 5, most: 10}
    forgiving:
      most: 50
      never:
        safety: {name: {zh: 安全生产, en: safety}}
    grades:
      good: {name: {zh: 良好, en: good}, least: 80}
      pass: {name: {zh: 合格, en: pass}, least: 60}
"""
_TOTAL, _LEAST, _MOST = Text("总分", "total"), Text("至少", "at least"), Text("至多", "at most")
_MODELS, _ACCIDENTS = Text("示范次数", "models"), Text("事故次数", "accidents")


def _points(given: Table, output: int = 0, jobs: int = 1) -> ClassPoints:
    bounds = bound(declared(_ITEMS), "a", None)
    return class_points(declared(_ITEMS), bounds, names(given), readings(given, output, jobs))


def _bounded(given: Table) -> Table:
    found = [_points(given).units[u].base for u in names(given)]
    return of_units(
        given,
        {
            _TOTAL: tuple(cell(b.value) for b in found),
            _LEAST: tuple(b.low for b in found),
            _MOST: tuple(b.high for b in found),
        },
    )


def _wholes(given: Table, held: Facts) -> list[Whole]:
    points = _points(given).units
    return [whole(declared(_ITEMS), u, points[u], held) for u in names(given)]


def _counted(given: Table) -> Table:
    models, accidents = column(given, 2), column(given, 3)
    held = Facts(
        members(given),
        readings(given),
        bonus=[Counted(u, "model", value(n)) for u, n in models.items()],
        deductions=[Counted(u, "accident", value(n)) for u, n in accidents.items()],
    )
    found = _wholes(given, held)
    grades = [grade_of(declared(_ITEMS).grades, w.total) for w in found]
    return of_units(
        given,
        {
            Text("加分", "added"): tuple(cell(w.bonus.value) for w in found),
            Text("扣分", "taken"): tuple(cell(w.deducted.value) for w in found),
            _TOTAL: tuple(cell(w.total.value) for w in found),
            _LEAST: tuple(w.total.low for w in found),
            _MOST: tuple(w.total.high for w in found),
            Text("等级", "grade"): tuple(g.name if isinstance(g, Grade) else g for g in grades),
        },
    )


def _forgiven(given: Table) -> Table:
    asked, safety = column(given, 2), column(given, 3)
    held = [Forgiven(u, "output", value(n), "safety" if safety[u] else None) for u, n in asked.items()]
    found = _wholes(given, Facts(members(given), readings(given), forgiven=held))
    before = _wholes(given, facts(given))
    return of_units(
        given,
        {
            Text("原总分", "total before"): tuple(cell(w.total.value) for w in before),
            Text("退回", "given back"): tuple(cell(w.restored.value) for w in found),
            _TOTAL: tuple(cell(w.total.value) for w in found),
        },
    )


METHODS = (
    Method(
        id="bounds",
        step="assessment",
        title=Text("缺数的上下界", "bounds for missing figures"),
        what=Text(
            "缺一个数，就没有总分，只有至少和至多：缺的指标最低按下限、最高按上限算。权重不挪给别的指标。",
            "Where a figure is missing there is no total but a least and a most: what is missing earns at least its floor and at most its cap. No weight is moved to other indicators.",
        ),
        formula=("Σ_j w_j l_j ≤ y ≤ Σ_j w_j h_j",),
        symbols=Text(
            "w：权重份额，l、h：指标得分的下限与上限，知道的数两者相等；几何平均同理",
            "w: share of weight, l, h: floor and cap of the points, equal where the figure is known; a geometric mean likewise",
        ),
        use=Text("正式考核里有缺数", "an official assessment that lacks figures"),
        avoid=Text(
            "缺数按零分、按平均或按其余指标折算", "counting a missing figure as nothing, as the mean, or by the others"
        ),
        sources=(OWN,),
        callers=ASSESSED,
        functions=(class_points, cells_of),
        example=Example(
            figures((90, 80, None, 60, None), (90, None, 70, 60, None)),
            Text("产出权重 60、就业 40，0 到 100 按直线", "output weighs 60, jobs 40, a straight line from 0 to 100"),
            _bounded,
        ),
    ),
    Method(
        id="bonus",
        step="assessment",
        title=Text("加分、扣分与总分", "bonus, deductions and the total"),
        what=Text(
            "指标得分之外，按次加分、扣分：各项有各自的上限，加分合计另有上限；总分不低于零。次数未知，总分和等级给上下界。",
            "Beside the points of indicators, so many points are added or taken each time: each item has its cap, all bonus together another; no total is below zero. Where a count is unknown the total has bounds, and so has the grade.",
        ),
        formula=(
            "y = max ( 0 , b + A − D + r )",
            "A = min ( C , Σ_k min ( a_k n_k , c_k ) )",
            "D = Σ_k min ( d_k m_k , e_k )",
        ),
        symbols=Text(
            "b：指标得分，A、D：加分、扣分，a、n、c：加分的分值、次数、上限，C：加分合计上限，d、m、e：扣分的分值、次数、上限，r：容错退回",
            "b: points of indicators, A, D: bonus and deductions, a, n, c: points, times and cap of bonus, C: cap of all bonus, d, m, e: points, times and cap of deductions, r: what is given back",
        ),
        use=Text("办法列明的加分、扣分项", "items that the measures list"),
        avoid=Text("没有上限的加分；与指标重复计分的事", "bonus without a cap; what an indicator counts already"),
        sources=(MEASURES, HELD),
        practice=Text(
            "四川县域经济考核2019：五个方面之外另有加减项",
            "Sichuan county assessment 2019: items beside the five aspects",
        ),
        callers=ASSESSED,
        functions=(whole, grade_of),
        example=Example(
            units(
                {
                    OUTPUT: (90, 80, 80, 60, 50),
                    JOBS: (90, 80, 80, 60, 50),
                    _MODELS: (0, 1, 3, 0, 0),
                    _ACCIDENTS: (0, 0, 0, None, 3),
                }
            ),
            Text(
                "示范每次 +2、至多 4，加分合计至多 3；事故每次 −5、至多 10；80 分良好，60 分合格",
                "a model +2 each, 4 at most, all bonus 3 at most; an accident −5 each, 10 at most; good from 80, pass from 60",
            ),
            _counted,
        ),
    ),
    Method(
        id="forgiving",
        step="assessment",
        title=Text("容错", "forgiving"),
        what=Text(
            "经认定的失误，退回该指标所失分的一部分，有上限；列明不予容错的理由（如安全生产）一分不退。不自动，须有记录。",
            "For an error that was found forgivable a share of the points lost on the indicator is given back, up to a cap; nothing on grounds that are barred, such as safety at work. Never by itself: there is a record.",
        ),
        formula=("r = min ( p , s · w · ( 1 − x / 100 ) ) , g ∉ N",),
        symbols=Text(
            "p：准予退回的分，s：所失分可退的份额，w：指标权重，x：指标得分，g：理由，N：不予容错的理由",
            "p: points granted, s: the share of a loss that may come back, w: weight, x: points of the indicator, g: the ground, N: grounds that are barred",
        ),
        use=Text(
            "有人提出、有证据、有人决定的容错", "errors with somebody who asks, evidence, and somebody who decides"
        ),
        avoid=Text("自动减免；超过所失的分", "anything automatic; more than was lost"),
        sources=(OWN,),
        callers=("incentive-updown-errortolerance", *ASSESSED),
        functions=(whole,),
        example=Example(
            units(
                {
                    OUTPUT: (90, 70, 70, 70, 95),
                    JOBS: (90, 70, 70, 70, 50),
                    Text("准予退回", "points granted"): (0, 5, 20, 5, 5),
                    Text("因安全生产", "for safety at work"): (False, False, False, True, False),
                }
            ),
            Text(
                "产出权重 60，至多退回所失的一半；安全生产不退",
                "output weighs 60, half of the loss at most; nothing for safety at work",
            ),
            _forgiven,
        ),
    ),
)
