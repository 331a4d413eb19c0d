"""What a draft of a task is refused for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from zhishu.coordinate.asked import no_unit
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.task.forms import usable
from zhishu.coordinate.task.milestones import read_milestones
from zhishu.coordinate.task.step import step
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.terms import Text


def refuse_draft(state: Item, fact: Fact, world: World) -> Iterator[Problem]:
    """Yield every reason against a draft."""
    item = step(state, fact)
    yield from _units(item, world)
    yield from _days(item, fact)
    flow = world.workflows.get(item.template)
    if flow is None or not usable(flow):
        yield Problem(
            "task-template",
            "template",
            Text(f"没有流程模板 {item.template}", f"there is no template {item.template}"),
            did_you_mean(item.template, world.workflows),
        )
    if item.domain not in world.rules.domains:
        yield Problem(
            "task-domain",
            "domain",
            Text(f"没有领域 {item.domain}", f"there is no domain {item.domain}"),
            did_you_mean(item.domain, world.rules.domains),
        )
    try:
        world.regions.get(item.region)
    except ZhishuError as error:
        yield from (replace(p, where="region") for p in error.problems)
    if not item.title.zh.strip():
        yield refuse("task-title", "title", "没有写任务", "the task has no title", "写明任务", "give it a title")


def _units(item: Item, world: World) -> Iterator[Problem]:
    named = (("supervisor", item.supervisor), ("unit", item.responsible), ("reviewer", item.reviewer))
    for field, unit in (*named, *(("with", u) for u in item.others)):
        yield from no_unit(field, unit, None, world)
    yield from refuse_parts(item, {})


def refuse_parts(item: Item, fields: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems of a unit that would rule on its own work; ``fields`` names them in another form."""
    if item.reviewer in item.units:
        yield refuse(
            "task-own-reviewer",
            fields.get("reviewer", "reviewer"),
            "复核单位就是责任单位",
            "the reviewing unit is a responsible unit",
            "另选复核单位",
            "name another reviewing unit",
        )
    if item.supervisor in item.units:
        yield refuse(
            "task-own-supervisor",
            fields.get("supervisor", "supervisor"),
            "督办单位就是责任单位",
            "the supervising unit is a responsible unit",
            "另选督办单位",
            "name another supervising unit",
        )


def _days(item: Item, fact: Fact) -> Iterator[Problem]:
    if item.due is not None and item.due < fact.on:
        yield refuse(
            "task-due-past",
            "due",
            f"时限 {item.due} 早于拟定之日 {fact.on}",
            f"the deadline {item.due} lies before {fact.on}, the day of drafting",
            "改日期",
            "correct the day",
        )
    milestones, bad = read_milestones(fact.text("milestones"))
    for line in bad:
        yield refuse(
            "task-milestone",
            "milestones",
            f"看不懂节点：{line[:40]}",
            f"a milestone nobody can read: {line[:40]}",
            "每行写 2026-03-01 标题",
            "write 2026-03-01 title on each line",
        )
    for m in milestones:
        if m.on < fact.on or (item.due is not None and m.on > item.due):
            yield refuse(
                "task-milestone-day",
                "milestones",
                f"节点 {m.on} 早于拟定之日或晚于时限",
                f"the milestone {m.on} lies before the day of drafting or after the deadline",
                "改日期",
                "correct the day",
            )
