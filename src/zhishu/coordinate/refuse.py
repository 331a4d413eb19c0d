"""Why an entry is refused: each reason with its place, in words, and with its repair."""

from zhishu.coordinate.record import Record
from zhishu.errors import Problem
from zhishu.terms import Text

REFUSALS: dict[str, tuple[Text, Text]] = {
    "task-unknown": (
        Text("台账里没有这个任务", "the plan has no such task"),
        Text("先把任务列入台账", "enter the task in the plan first"),
    ),
    "task-seq-twice": (
        Text("同一序号记了两条不同的内容", "two different entries under one number"),
        Text("为每条记录另编序号", "give each entry a number of its own"),
    ),
    "task-unknown-act": (
        Text("流程里没有这个动作", "the workflow has no such act"),
        Text("使用流程里的动作", "use an act of the workflow"),
    ),
    "task-out-of-order": (
        Text("当前节点不能做这个动作", "the act cannot be done at the node the task stands at"),
        Text("按流程先完成前一个节点", "complete the node before it first"),
    ),
    "task-dated-before": (
        Text("日期早于上一条记录", "dated before the last entry"),
        Text("按办理先后记录，不得倒签日期", "record in order; no entry is dated back"),
    ),
    "task-wrong-actor": (
        Text("这个单位不承担该动作的角色", "the unit does not hold the role of the act"),
        Text("由承担该角色的单位办理", "let a unit that holds the role act"),
    ),
    "task-self-review": (
        Text("反馈过本任务的单位不得复核或办结", "a unit that reported on the task may not review or close it"),
        Text("由另一单位复核", "let another unit review"),
    ),
    "task-no-evidence": (Text("缺佐证", "evidence is missing"), Text("附上佐证材料", "attach the evidence")),
    "task-no-reason": (Text("没有写明理由", "the reason is missing"), Text("写明理由", "write the reason")),
}


def refusal(code: str, record: Record) -> Problem:
    """Return the problem of a refused entry; ``where`` names the task and the entry's number.

    >>> from datetime import date
    >>> from zhishu.coordinate.verb import Entry
    >>> refusal("task-no-evidence", Record(Entry("示例任务", 4, "report", "示例局", date(2019, 3, 1), ""))).where
    '示例任务#4'
    """
    what, repair = REFUSALS[code]
    return Problem(code, f"{record.entry.task}#{record.entry.seq}", what, repair)
