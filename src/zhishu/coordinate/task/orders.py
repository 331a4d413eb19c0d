"""Orders on a late task, blue → orange → red: which are in force, how far the next may go, and what is proposed.

The system proposes and nothing more: an order exists only once a named decider issued it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.task import choices
from zhishu.coordinate.task.clock import agreed, due_on, later, waiting_ends
from zhishu.coordinate.task.light import light
from zhishu.coordinate.task.walk import flow_of, last_word
from zhishu.coordinate.tasks import Ground, Item, Order
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text

LEVELS = dict(choices.LEVELS)
STEPS = tuple(LEVELS)
_LATE = ("overdue", "stale")
_SLOW = (*_LATE, "near", "unrecorded")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order that the facts suggest: its level, why, and the number of the office it rests on."""

    level: str
    why: Text
    basis: Text


def pending(item: Item) -> Order | None:
    """Return the proposed order that waits for a decider."""
    return next((o for o in reversed(item.orders) if o.alive and o.issued is None), None)


def expires(order: Order, world: World) -> date:
    """Return the last day of an issued order."""
    assert order.issued is not None
    return later(order.issued.on, world.rules.number("order_expiry_days"))


def current(item: Item, world: World) -> Order | None:
    """Return the last order issued, if it is in force: neither taken back nor expired."""
    order = last_issued(item)
    return order if order is not None and world.today <= expires(order, world) else None


def last_issued(item: Item) -> Order | None:
    """Return the last order issued and not taken back, expired or not."""
    return next((o for o in reversed(item.orders) if o.alive and o.issued is not None), None)


def objection_ends(order: Order, world: World) -> tuple[date, bool]:
    """Return the last day to object to an issued order, and whether the calendar knows it."""
    assert order.issued is not None
    return waiting_ends(world.calendar, order.issued.on, world.rules.number("objection_days"))


def accepted_ground(item: Item, on: date) -> Ground | None:
    """Return the legitimate ground that holds on a day: accepted, and its day not passed."""
    return next((g for g in reversed(item.grounds) if g.verdict and g.verdict.yes and on <= g.until), None)


def reached_level(item: Item, world: World) -> Order | None:
    """Return the last order that counts on the ladder: in force, or issued in the lateness that still lasts.

    Waiting until an order expires never lowers the next level; a deadline that was changed since, or word
    heard since and the deadline not passed, begins anew.
    """
    order, change = last_issued(item), agreed(item)
    if order is None or order.issued is None:
        return None
    day = order.issued.on
    if change is not None and change.verdict is not None and day < change.verdict.said.on:
        return None
    if current(item, world) is not None:
        return order
    due, flow = due_on(item, world.today), flow_of(item, world)
    heard = last_word(item, flow) if flow else None
    lasts = (due is not None and due < day) or heard is None or heard < day
    return order if lasts else None


def next_levels(item: Item, world: World) -> tuple[str, ...]:
    """Return the levels an order may have now: the last again or the one after it; at first blue, or orange if important."""
    order = reached_level(item, world)
    if order is None:
        return STEPS[:2] if item.important else STEPS[:1]
    at = STEPS.index(order.level)
    return STEPS[at : at + 2]


def earliest(order: Order, world: World) -> tuple[date, bool]:
    """Return the first day for the level after an order, and whether the calendar knows it: time to answer it first."""
    assert order.issued is not None
    days = world.rules.number("order_red_days" if order.level == "orange" else "order_answer_days")
    last, known = waiting_ends(world.calendar, order.issued.on, days)
    return later(last, 1), known


def bars(item: Item, level: str, world: World) -> tuple[Problem, ...]:
    """Return everything that stands against an order of a level on the day."""
    found = []
    order, ground, now = reached_level(item, world), accepted_ground(item, world.today), light(item, world)
    allowed = next_levels(item, world)
    if now is None or now.light not in (_SLOW if level == STEPS[0] else _LATE):
        found.append(
            refuse(
                "task-order-no-cause",
                "level",
                "任务没有逾期，也不是久无消息",
                "the task is neither late nor silent",
                "不必督办；蓝色提醒可用于临期",
                "no order is needed; blue may be used when it is due soon",
            )
        )
    if level not in allowed:
        found.append(
            refuse(
                "task-order-skipped",
                "level",
                "不能越级督办",
                "a level of order is skipped",
                f"可用：{'、'.join(LEVELS[n].zh for n in allowed)}",
                f"allowed: {', '.join(allowed)}",
            )
        )
    if ground is not None:
        found.append(
            refuse(
                "task-order-ground",
                "level",
                f"已认定正当理由，至 {ground.until}",
                f"a legitimate ground was accepted, until {ground.until}",
                "到期后再督办",
                "wait until it ends",
            )
        )
    if order is not None:
        found += _after(order, level, item, world)
    return tuple(found)


def _after(order: Order, level: str, item: Item, world: World) -> Iterator[Problem]:
    """Yield what the order before has against the next."""
    if order.objected:
        yield refuse(
            "task-order-objected",
            "level",
            "上一督办的申辩未决",
            "an objection to the last order is undecided",
            "先复议申辩",
            "decide on the objection first",
        )
    day, _ = earliest(order, world)
    if order.level != level and world.today < day:
        yield refuse(
            "task-order-early",
            "level",
            f"距上一督办过近，{day} 起可升级",
            f"too soon after the last order: possible from {day}",
            "等待答复",
            "wait for the answer",
        )
    if order.level == level and current(item, world) is not None:
        yield refuse(
            "task-order-in-force",
            "level",
            "同级督办仍在有效期",
            "an order of this level is in force",
            "升级，或等其失效",
            "go a level up, or wait until it ends",
        )


def proposed(item: Item, world: World) -> Proposal | None:
    """Return the order that facts, clock and ladder suggest for a task, None where none may be or one already waits.

    Late or silent: blue, or orange for an important task; then the level after the last order once its time to
    answer has passed and the cause still stands.
    """
    now = light(item, world)
    if now is None or now.light not in _LATE or pending(item) is not None:
        return None
    levels = [level for level in next_levels(item, world) if not bars(item, level, world)]
    if not levels:
        return None
    order = reached_level(item, world)
    why = now.reason
    if order is not None and order.issued is not None:
        said = Text("已答复" if order.answers else "未答复", "answered" if order.answers else "not answered")
        why = Text(
            f"{why.zh}；{order.issued.on}{LEVELS[order.level].zh}后{said.zh}",
            f"{why.en}; {order.level} order of {order.issued.on} {said.en}",
        )
    known = order is None or earliest(order, world)[1]
    note = Text("", "") if known else Text("（放假安排未录入，暂计）", " (provisional: holidays not in the table)")
    number = world.rules.numbers[_number(order, now.light)]
    basis = Text(
        f"{number.name.zh} {number.value} {number.unit.zh}{note.zh}",
        f"{number.name.en}: {number.value} {number.unit.en}{note.en}",
    )
    return Proposal(levels[-1], why, basis)


def _number(order: Order | None, cause: str) -> str:
    if order is None:
        return "stale_days" if cause == "stale" else "near_days"
    return "order_red_days" if order.level == "orange" else "order_answer_days"
