"""Units that leave a task because they end: who they are, and what handing their part over is refused for."""

from collections.abc import Iterator
from datetime import date

from zhishu.coordinate.asked import no_unit
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.task.refuse_draft import refuse_parts
from zhishu.coordinate.task.step import step
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.errors import Problem


def leaving(item: Item, world: World) -> tuple[Unit, ...]:
    """Return the units with a part in the task whose end is on record, passed or ahead, by their ids."""
    # every list of every day asks this of every task, and of most there is none
    of, found = world.of, dict[str, Unit]()
    for id in (item.responsible, item.supervisor, item.reviewer, *item.others):
        unit = of("unit/" + id)
        if isinstance(unit, Unit) and unit.until is not None:
            found[id] = unit
    return tuple(found[id] for id in sorted(found)) if found else ()


def gone(item: Item, world: World) -> tuple[Unit, ...]:
    """Return the units with a part in the task that exist no more on the day."""
    ends = leaving(item, world)
    return tuple(u for u in ends if not u.exists(world.today)) if ends else ()


def next_end(item: Item, world: World) -> date:
    """Return the last day of the unit that ends next, the end of the calendar where none is known to end."""
    ends = leaving(item, world)
    return min((u.until for u in ends if u.until and u.until >= world.today), default=date.max) if ends else date.max


def may_hand_over(item: Item, world: World) -> frozenset[str]:
    """Return the units that hand over: the supervising unit; none in particular where it exists no more."""
    return frozenset() if world.unit(item.supervisor) is None else item.actors["lead"]


def refuse_hand_over(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    """Yield every reason against handing a part over; where the supervising unit has ended, the right alone decides."""
    allowed = may_hand_over(item, world)
    if allowed and fact.unit not in allowed:
        yield refuse(
            "task-not-your-part",
            fact.stream,
            "只有督办单位可以移交",
            "only the supervising unit may hand it over",
            "由督办单位办理",
            "let the supervising unit act",
        )
    left, to = fact.text("leaving"), fact.text("unit")
    if left not in {u.id for u in leaving(item, world)}:
        yield refuse(
            "task-not-leaving",
            "leaving",
            "该单位不在本任务中，或没有撤销记录",
            "the unit has no part in the task, or its end is not on record",
            "先登记单位撤销，再移交",
            "record the end of the unit first",
        )
    elif left == to:
        yield refuse(
            "task-not-leaving",
            "unit",
            "不能移交给同一单位",
            "a unit does not take over from itself",
            "另选承接单位",
            "name another unit",
        )
    yield from no_unit("unit", to, None, world)
    yield from refuse_parts(step(item, fact), {"reviewer": "unit", "supervisor": "unit"})
