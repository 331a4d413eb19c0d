"""How long light and waiting acts of a task stay as they are: lists of a new day look only at what may have changed."""

from datetime import date

from zhishu.coordinate.standing import Standing
from zhishu.coordinate.task.clock import days_far, later
from zhishu.coordinate.task.leaving import next_end
from zhishu.coordinate.task.orders import expires, last_issued
from zhishu.coordinate.task.walk import flow_of, last_word
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World

_LASTS = ("open", "no_deadline", "unrecorded")
"""Lights whose words count no days."""


def holds(item: Item, standing: Standing | None, world: World) -> date:
    """Return the last day through which light and waiting acts stay the same if nothing is recorded until then.

    It may end early, never late: where the words count days, or a deadline may come near, it is the day itself.
    """
    today = world.today
    if item.last is not None and today < item.last:
        return today
    if standing is None or standing.ended:
        return date.max
    if standing.light not in _LASTS:
        return today
    days = [(date.max - today).days]
    if standing.due is not None:
        days.append(days_far(today, standing.due, world.rules.number("near_days")) - 1)
    flow = flow_of(item, world)
    heard = last_word(item, flow) if flow else None
    if heard is not None:
        days.append(world.rules.number("stale_days") - (today - heard).days)
    days.append((next_end(item, world) - today).days)
    order = last_issued(item)
    if order is not None and (left := (expires(order, world) - today).days) >= 0:
        days.append(left)
    return later(today, max(0, min(days)))
