"""Whom the acts of a task wait for: who moves it, who answers an order."""

from collections.abc import Mapping

from zhishu.coordinate.task.orders import current
from zhishu.coordinate.task.walk import ended, waits_for
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World


def actors(item: Item, world: World) -> Mapping[str, frozenset[str]]:
    """Return by act the units waited for: those of the next node, and who owes an order its answer.

    Deciders act by their role, whatever their unit, so decisions name no unit here.
    """
    found = dict(waits_for(item, world))
    order = current(item, world)
    if order is not None and not order.answers and not order.objected and ended(item, world) is None:
        found["answer_order"] = item.units
    return found
