"""What several kinds refuse alike: a deadline that has passed, a unit that is not there, a place that is none."""

from dataclasses import replace
from datetime import date

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError


def no_unit(where: str, id: str, on: date | None, world: World) -> tuple[Problem, ...]:
    """Return the problem of a unit that does not exist on a day (without one: the day of the world)."""
    found = world.of(f"unit/{id}")
    day = on or world.today
    if isinstance(found, Unit) and found.exists(day):
        return ()
    return (
        refuse(
            "unit-unknown",
            where,
            *no_unit_words(id, day, world),
            "用当日在册单位的编号",
            "use the id of a unit that exists on that day",
        ),
    )


def no_unit_words(id: str, day: date, world: World) -> tuple[str, str]:
    """Return in Chinese and English that a unit does not exist on a day: by its name where it ever had one."""
    name = world.unit_name(id)
    if name.zh == id:
        return f"没有单位 {id}", f"there is no unit {id}"
    return f"{name.zh}（{id}）{day} 不存在", f"{name.en} ({id}) does not exist on {day}"


def past_due(fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return the problem of a deadline that is missing or lies before the day of the world."""
    due = fact.day("due")
    if due is None:
        return (refuse("due-missing", "due", "没有时限", "no date is set", "写明时限", "give the date"),)
    if due >= world.today:
        return ()
    return (
        refuse(
            "due-past",
            "due",
            f"时限 {due} 早于今天 {world.today}",
            f"the date {due} lies before today, {world.today}",
            "写今天或以后的日期",
            "give today or a later day",
        ),
    )


def no_place(fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return the problems of a form's region and domain that are not on the lists."""
    found: list[Problem] = []
    try:
        world.regions.get(fact.text("region"))
    except ZhishuError as error:
        found += [replace(p, where="region") for p in error.problems]
    domain = fact.text("domain")
    if domain not in ("*", *world.rules.domains):
        known = "、".join(world.rules.domains)
        found.append(
            refuse(
                "unit-domain",
                "domain",
                f"没有领域 {domain}",
                f"no domain {domain}",
                f"可用：{known}",
                f"known: {known}",
            )
        )
    return tuple(found)
