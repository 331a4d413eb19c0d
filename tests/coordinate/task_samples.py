"""Samples for tasks of the office: a world with units, a task, and a short way to act on it."""

from datetime import UTC, date, datetime

from tests.shipped import shipped

from zhishu.coordinate.calendar import Calendar, calendar_from_rows
from zhishu.coordinate.fact import Fact, Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.pack.load_office import read_office
from zhishu.study import PACKS
from zhishu.terms import Text

OFFICE = read_office(PACKS / "sichuan2018")
CALENDAR = calendar_from_rows(OFFICE.workdays)
STUDY = shipped(with_systems=False)
UNITS = {
    f"unit/{id}": Unit(id, Text(id, id), "510000", "*", "", date(2018, 1, 1), until)
    for id, until in (("dc", None), ("jt", None), ("fg", None), ("fh", None), ("sz", None), ("old", date(2018, 12, 31)))
}
FILE = "a" * 64
DRAFT: dict[str, Json] = {
    "title": "示例任务", "template": "supervision", "supervisor": "dc", "unit": "jt", "with": ["fg"],
    "reviewer": "fh", "due": "2019-03-29", "region": "510000", "domain": "transport", "at": "3.19",
    "milestones": "2019-02-01 完成招标\n2019-03-01 开工",
}  # fmt: skip
DAY = date(2019, 1, 7)
WHO = {"dc": "督查员", "jt": "交通员", "fg": "发改员", "fh": "复核员", "sz": "签发人"}
Step = tuple[str, str, str, dict[str, Json]]
PROOF: dict[str, Json] = {"files": [FILE], "shows": "验收单", "progress": "已完成"}


def world(today: date, calendar: Calendar = CALENDAR) -> World:
    """Return the world on a day."""
    return World(
        today,
        calendar,
        OFFICE.rules,
        STUDY.pack.workflows,
        STUDY.data.regions,
        UNITS.get,
        lambda kind: tuple(sorted(UNITS)) if kind == "unit" else (),
    )


def fact(item: Item, act: str, unit: str, on: date, body: dict[str, Json], by: str = "") -> Fact:
    """Return an act on a task."""
    at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    return Fact(f"task/{item.id}", 1, act, by or WHO.get(unit, "某人"), unit, at, on, body)


def drafted(**changed: Json) -> Item:
    """Return a task as drafted on DAY, with fields changed; None takes one away."""
    body = {k: v for k, v in {**DRAFT, **changed}.items() if v is not None}
    return TASK.step(Item("t"), fact(Item("t"), "draft", "dc", DAY, body))


def codes(item: Item, act: str, unit: str, on: date, body: dict[str, Json] | None = None, by: str = "") -> list[str]:
    """Return the codes an act is refused with."""
    return [p.code for p in TASK.refuse(item, fact(item, act, unit, on, body or {}, by), world(on))]


def do(item: Item, *steps: tuple[str, str, date, dict[str, Json]], by: str = "") -> Item:
    """Return a task after acts that must all be accepted."""
    for act, unit, on, body in steps:
        found = fact(item, act, unit, on, body, by)
        problems = TASK.refuse(item, found, world(on))
        assert not problems, [p.say("en") for p in problems]
        item = TASK.step(item, found)
    return item


def running(on: date = DAY, **changed: Json) -> Item:
    """Return a task that is being handled since a day."""
    return do(
        drafted(**changed),
        ("open", "dc", on, {}),
        ("assign", "dc", on, {}),
        ("sign", "jt", on, {}),
        ("handle", "jt", on, {}),
    )


def light(item: Item, on: date, calendar: Calendar = CALENDAR) -> str:
    """Return the light of a task on a day."""
    standing = TASK.standing(item, world(on, calendar))
    return standing.light if standing else ""
