"""Reminders that rules and clock call for on a day, addressed to those who owe the work, never to who entered it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.task.clock import due_soon
from zhishu.coordinate.task.light import light
from zhishu.coordinate.task.milestones import reached
from zhishu.coordinate.task.orders import current
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: its rule, the task's stream, the day, the units addressed, and what it says.

    It is recorded by the act ``remind`` on the task, under ``key``: a second recording of one rule, task and
    day is refused by the task and impossible by the key.
    """

    rule: str
    stream: str
    day: date
    units: tuple[str, ...]
    words: Text

    @property
    def key(self) -> str:
        """The key of its record: rule, task, day."""
        return f"{self.rule}/{self.stream}/{self.day}"


def reminders(items: Iterable[Item], world: World) -> tuple[Reminder, ...]:
    """Return the reminders of a day, by task and rule, without those recorded already.

    Due soon and overdue go to every unit concerned; silence to the units waited for; milestones and orders
    that await an answer to the units that owe the work. A closed task and one whose clock is stopped get none.
    """
    found = [r for item in items for r in _of(item, world) if (r.rule, r.day) not in item.reminded]
    return tuple(sorted(found, key=lambda r: (r.stream, r.rule)))


def _of(item: Item, world: World) -> Iterator[Reminder]:
    now = light(item, world)
    if now is None or now.ended or now.colour == "paused":
        return
    stream, today = f"task/{item.id}", world.today
    owed, concerned = tuple(sorted(item.units)), tuple(sorted(item.concerned))
    if now.light in ("near", "overdue"):
        yield Reminder(now.light, stream, today, concerned, now.reason)
    if now.light == "stale":
        yield Reminder("stale", stream, today, now.units or owed, now.reason)
    if (said := _milestones(item, world)) is not None:
        yield Reminder("milestone", stream, today, owed, said)
    order = current(item, world)
    if order is not None and order.issued is not None and not order.answers and not order.objected:
        words = Text(f"{order.issued.on} 督办待答复", f"the order of {order.issued.on} awaits an answer")
        yield Reminder("answer", stream, today, owed, words)


def _milestones(item: Item, world: World) -> Text | None:
    done, limit = reached(item), world.rules.number("near_days")
    due = [
        f"{m.on} {m.title}"
        for n, m in enumerate(item.milestones, 1)
        if n not in done and due_soon(world.calendar, world.today, m.on, limit) is not None
    ]
    if not due:
        return None
    return Text(f"节点未完成：{'；'.join(due)}", f"milestones not done: {'; '.join(due)}")
