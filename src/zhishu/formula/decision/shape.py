"""Whether a decision table is whole: outputs, ids, and an aggregate that its outputs allow."""

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.decision.order import ordered
from zhishu.formula.decision.table import DecisionTable
from zhishu.terms import Text

_ALLOWED = {"sum": ("number",), "min": ("number", "date"), "max": ("number", "date")}


def shape_problems(table: DecisionTable) -> tuple[Problem, ...]:
    """Return what is wrong with a table as a whole: ``table-column-none``, ``table-row-…``, ``table-policy``.

    >>> [problem.code for problem in shape_problems(DecisionTable("示例", (), (), ()))]
    ['table-column-none', 'table-row-none']
    """
    problems: list[Problem] = []
    if not table.outputs:
        what = Text("表没有输出列", "the table has no output column")
        repair = Text("输出列的表头写作 -> 名称", "head an output column with -> name")
        problems.append(Problem("table-column-none", table.name, what, repair))
    if not table.rows:
        what = Text("表没有行", "the table has no rows")
        problems.append(Problem("table-row-none", table.name, what, Text("写至少一行", "write at least one row")))
    seen: set[str] = set()
    for row in table.rows:
        if row.id in seen:
            what = Text(f"编号 {row.id} 用了两次", f"the id {row.id} is used twice")
            repair = Text("每行用自己的编号", "give each row its own id")
            problems.append(Problem("table-row-twice", row.where or table.name, what, repair))
        seen.add(row.id)
    problems += _policy_problems(table)
    try:
        ordered(table)
    except ZhishuError as error:
        problems += error.problems
    return tuple(problems)


def _policy_problems(table: DecisionTable) -> list[Problem]:
    if (table.policy == "collect") != (table.aggregate is not None):
        what = Text("汇总方式与命中方式不配", "hit policy and aggregate do not go together")
        repair = Text("collect 配 sum、min、max、count、any 之一", "collect goes with sum, min, max, count or any")
        return [Problem("table-policy", table.name, what, repair)]
    allowed = _ALLOWED.get(table.aggregate or "")
    problems = []
    for output in table.outputs if allowed else ():
        if allowed and output.kind.kind not in allowed:
            what = Text(f"{output.name} 不能用 {table.aggregate} 汇总", f"{output.name} has no {table.aggregate}")
            repair = Text("改用 any 或 count", "use any or count")
            problems.append(Problem("table-policy", table.name, what, repair))
    return problems
