"""The method that says what it would take for a unit to reach a score or a rank."""

from zhishu.score.methods.example import Example, Table, table
from zhishu.score.methods.method import Method, Source
from zhishu.score.methods.uncertainty import TABLE, study_of
from zhishu.score.steps.reach import reach
from zhishu.score.steps.recipe import Recipe
from zhishu.terms import Text

_BOUNDS = {"output": 20.0, "research": 2.5}
_NAMES = {"output": Text("产出", "output"), "research": Text("研发", "research")}


def _ways(given: Table) -> Table:
    found = reach(study_of(given), Recipe(None), 0, _BOUNDS, rank=2)
    return table(
        Text("单独改变", "moved alone"),
        tuple(_NAMES[way.indicator] for way in found.ways),
        {
            Text("现值", "now"): tuple(way.now for way in found.ways),
            Text("可达", "bound"): tuple(way.bound for way in found.ways),
            Text("须达到", "needed"): tuple(
                Text("不够", "not enough") if way.to is None else way.to for way in found.ways
            ),
            Text("届时名次", "rank then"): tuple(way.rank for way in found.ways),
        },
    )


METHODS = (
    Method(
        id="reach",
        step="other",
        title=Text("如何达到", "what it would take"),
        what=Text(
            "一个单位单凭一项可改善的指标，要到多少才够得着某个得分或名次；权重、分类和别人的数都不动。",
            "How far one improvable figure of a unit would have to move for a score or a rank; weights, classes and the figures of others stay.",
        ),
        formula=("min | x − x_0 | : y ( x ) ≥ y* , x_0 ≤ x ≤ b",),
        symbols=Text(
            "x₀：现值，b：可达的界限，y*：要达到的得分（或名次）；每试一值重算整个指数，二分 60 次",
            "x₀: today's value, b: the bound, y*: the score (or rank) wanted; the index is made anew for each value, 60 halvings",
        ),
        use=Text("单位找差距、定目标；使用要留痕", "a unit looks for what is missing; uses are logged"),
        avoid=Text("界限没有依据；靠换权重、换类别达到", "bounds without grounds; by other weights or another class"),
        sources=(Source(Text("没有外部文献", "no outside work"), "own"),),
        callers=("differentiated-assessment", "enterprise-growth-ladder"),
        functions=(reach,),
        example=Example(
            TABLE,
            Text(
                f"{TABLE.rows[0].zh}要到第 2 名；产出可达 20，研发可达 2.5",
                f"unit {TABLE.rows[0].en} is to be second; output may reach 20, research 2.5",
            ),
            _ways,
        ),
    ),
)
