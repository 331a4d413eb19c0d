"""What a word on the work is refused for: an act of the workflow, or a report of progress."""

from collections.abc import Iterator

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.path import Attempt, breaches
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.refuse import REFUSALS
from zhishu.coordinate.task.milestones import read_numbers
from zhishu.coordinate.task.walk import flow_of, path_of
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.errors import Problem

_WHERE = {
    "task-no-evidence": "files",
    "task-no-reason": "reason",
}


def refuse_move(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    """Yield every reason against an act of the task's workflow."""
    flow = flow_of(item, world)
    if flow is None:
        return
    tried = Attempt(fact.act, fact.unit, fact.on, bool(fact.texts("files")), bool(fact.text("reason").strip()), fact.by)
    for code in breaches(flow, item.actors, path_of(item, flow), tried):
        if code != "task-dated-before":
            found = REFUSALS[code]
            yield Problem(code, _WHERE.get(code, fact.stream), found.what, found.repair)
    yield from refuse_done(item, fact)
    step = flow.acts[fact.act]
    if "evidence" in step.needs and fact.texts("files") and not fact.text("shows").strip():
        yield refuse(
            "task-evidence-unsaid",
            "shows",
            "没有说明佐证证明什么",
            "nothing says what the evidence shows",
            "写一句说明",
            "say it in a sentence",
        )


def refuse_done(item: Item, fact: Fact) -> Iterator[Problem]:
    """Yield what is wrong with milestones reported done."""
    numbers, bad = read_numbers(fact.text("done"))
    wrong = [*bad, *(str(n) for n in numbers if not 0 < n <= len(item.milestones))]
    if wrong:
        yield refuse(
            "task-milestone-unknown",
            "done",
            f"没有节点 {'、'.join(wrong)[:60]}",
            f"there is no milestone {', '.join(wrong)[:60]}",
            f"填 1 至 {len(item.milestones)}" if item.milestones else "留空",
            f"give numbers from 1 to {len(item.milestones)}" if item.milestones else "leave it blank",
        )
    if numbers and not fact.texts("files"):
        yield Problem(
            "task-no-evidence", "files", REFUSALS["task-no-evidence"].what, REFUSALS["task-no-evidence"].repair
        )
