"""Why an entry is refused: each reason in words, with its repair; every surface says these."""

from dataclasses import dataclass

from zhishu.coordinate.entry import Entry
from zhishu.errors import Problem
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: its code, what is wrong, how to repair it."""

    code: str
    what: Text
    repair: Text


_ALL = (
    Refusal(
        "task-unknown",
        Text("台账里没有这项任务", "the plan has no such task"),
        Text("先把任务列入台账", "enter the task in the plan first"),
    ),
    Refusal(
        "task-seq-twice",
        Text("同一序号记了两条不同的内容", "two different entries under one number"),
        Text("为每条记录另编序号", "give each entry a number of its own"),
    ),
    Refusal(
        "task-unknown-act",
        Text("流程里没有这个动作", "the workflow has no such act"),
        Text("使用流程里的动作", "use an act of the workflow"),
    ),
    Refusal(
        "task-out-of-order",
        Text("当前环节不能办这个动作", "the act cannot be done at the node the task stands at"),
        Text("先办完前面的环节", "complete the node before it first"),
    ),
    Refusal(
        "task-dated-before",
        Text("日期早于序号在前的记录", "dated before an entry with a lower number"),
        Text("按办理先后编号，不得倒签日期", "number entries in the order of the acts; none is dated back"),
    ),
    Refusal(
        "task-role-unnamed",
        Text("台账没有写明由谁承担该动作的角色", "the plan does not name who holds the role of the act"),
        Text("先在台账里写明单位", "name the unit in the plan first"),
    ),
    Refusal(
        "task-wrong-actor",
        Text("经办单位不承担该动作的角色", "the unit does not hold the role of the act"),
        Text("由承担该角色的单位办理", "let a unit that holds the role act"),
    ),
    Refusal(
        "task-self-review",
        Text("反馈过本任务的单位不得复核或办结", "a unit that reported on the task may not review or close it"),
        Text("由另一单位办理", "let another unit act"),
    ),
    Refusal(
        "task-self-review-account",
        Text("反馈过本任务的人不得复核或办结", "who reported on the task may not review or close it"),
        Text("由另一人办理", "let somebody else act"),
    ),
    Refusal(
        "task-no-evidence",
        Text("缺佐证", "evidence is missing"),
        Text("附上佐证材料", "attach the evidence"),
    ),
    Refusal(
        "task-no-reason",
        Text("没有写明理由", "the reason is missing"),
        Text("在说明中写明理由", "write the reason in the note"),
    ),
)

REFUSALS = {r.code: r for r in _ALL}


def refusal(code: str, entry: Entry) -> Problem:
    """Return the problem of a refused entry; ``where`` names the task and the entry's number.

    >>> from datetime import date
    >>> refusal("task-no-evidence", Entry("示例任务", 4, "report", "示例局", date(2019, 3, 1))).where
    '示例任务#4'
    """
    found = REFUSALS[code]
    return Problem(code, f"{entry.task}#{entry.seq}", found.what, found.repair)
