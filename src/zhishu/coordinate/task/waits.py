"""Whom the acts of a task wait for: who moves it, who answers an order, who decides."""

from collections.abc import Iterator, Mapping

from zhishu.coordinate.task.leaving import gone, may_hand_over
from zhishu.coordinate.task.orders import current, last_issued, pending
from zhishu.coordinate.task.walk import ended, waits_for
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World


def actors(item: Item, world: World) -> Mapping[str, frozenset[str]]:
    """Return by act the units waited for.

    Decisions wait at the supervising unit, for whoever there may sign; a signing officer of another unit may
    decide as well.
    """
    if item.cancelled is not None:
        return {}
    found = dict(waits_for(item, world))
    if item.drafted is None:
        return found
    order = current(item, world)
    if order is not None and not order.answers and not order.objected and ended(item, world) is None:
        found["answer_order"] = item.units
    if gone(item, world) and ended(item, world) is None and (lead := may_hand_over(item, world)):
        found["hand_over"] = lead
    return {**found, **dict.fromkeys(_decisions(item), item.actors["lead"])}


def _decisions(item: Item) -> Iterator[str]:
    if pending(item) is not None:
        yield from ("issue_order", "decline_order")
    order = last_issued(item)
    if order is not None and order.objected:
        yield "decide_objection"
    if item.changes and item.changes[-1].verdict is None:
        yield "decide_deadline"
    if item.grounds and item.grounds[-1].verdict is None:
        yield "decide_ground"
    if item.tolerances and item.tolerances[-1].verdict is None:
        yield "decide_tolerance"
