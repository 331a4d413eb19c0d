"""Tasks as subjects: a promise drafted as a task, moved by its workflow, watched by the clock, ordered by people."""

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.task.brief import brief
from zhishu.coordinate.task.consequence import consequence
from zhishu.coordinate.task.holds import holds
from zhishu.coordinate.task.light import light
from zhishu.coordinate.task.openings import ASKS, every, openings
from zhishu.coordinate.task.record import record
from zhishu.coordinate.task.refuse_acts import RULES, refuse_act
from zhishu.coordinate.task.refuse_draft import refuse_draft
from zhishu.coordinate.task.refuse_words import refuse_move
from zhishu.coordinate.task.step import step
from zhishu.coordinate.task.waits import actors, deciders
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text


def _refuse(item: Item, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.act not in {a.id for a in openings(item, world)}:
        return (not_open(fact.stream),)
    found = []
    if item.last is not None and fact.on < item.last:
        found.append(
            refuse(
                "task-dated-before",
                fact.stream,
                f"日期早于上一条记录 {item.last}",
                f"dated before the last entry of {item.last}",
                "校准时钟，不得倒签日期",
                "set the clock right; nothing is dated back",
            )
        )
    if fact.act == "draft":
        found += refuse_draft(item, fact, world)
    elif fact.act in RULES:
        found += refuse_act(item, fact, world)
    else:
        found += refuse_move(item, fact, world)
    return tuple(found)


def _asked(item: Item, fact: Fact) -> tuple[str, ...]:
    if fact.act == "hand_over":
        # whoever takes the work over is asked for it; those who had it already are asked nothing new
        return tuple(sorted(item.units & {fact.text("unit")}))
    return tuple(sorted(item.units)) if fact.act in ASKS else ()


TASK = Subject(
    id="task",
    name=Text("任务", "task"),
    start=Item,
    step=step,
    acts=openings,
    refuse=_refuse,
    scope=lambda i: Scope(i.region, i.domain, i.concerned),
    title=lambda i: i.title,
    asked=_asked,
    record=record,
    actors=actors,
    standing=light,
    forms=every,
    brief=brief,
    consequence=consequence,
    deciders=deciders,
    holds=holds,
)
