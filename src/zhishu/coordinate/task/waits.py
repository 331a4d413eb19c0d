"""Whom the acts of a task wait for: who moves it, who answers an order, who decides."""

from collections.abc import Mapping

from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.task.leaving import gone, may_hand_over
from zhishu.coordinate.task.orders import current, last_issued, pending
from zhishu.coordinate.task.walk import ended, waits_for
from zhishu.coordinate.tasks import Item, Said
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
    return {**found, **dict.fromkeys(deciders(item), item.actors["lead"])}


def deciders(item: Item) -> Mapping[str, Barred]:
    """Return the decisions that wait, and who gives none of them: the units that owe the work, and who asked."""
    if item.cancelled is not None:
        return {}
    found: dict[str, Barred] = {}

    def bar(said: Said, *others: str) -> Barred:
        return Barred(item.units, frozenset({said.by, *others}))

    waits, order = pending(item), last_issued(item)
    if waits is not None:
        found |= dict.fromkeys(("issue_order", "decline_order"), bar(waits.said))
    if order is not None and order.objection is not None and order.objected:
        found["decide_objection"] = bar(order.objection.said, *((order.issued.by,) if order.issued else ()))
    if item.changes and item.changes[-1].verdict is None:
        found["decide_deadline"] = bar(item.changes[-1].said)
    if item.grounds and item.grounds[-1].verdict is None:
        found["decide_ground"] = bar(item.grounds[-1].said)
    if item.tolerances and item.tolerances[-1].verdict is None:
        found["decide_tolerance"] = bar(item.tolerances[-1].said)
    return found
