"""A task in a row: its node, its evidence, the order on it, and the reminders of the day."""

from zhishu.coordinate.brief import Brief, Node
from zhishu.coordinate.task.choices import RULES
from zhishu.coordinate.task.orders import current, pending
from zhishu.coordinate.task.walk import flow_of, path_of
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World


def brief(item: Item, world: World) -> Brief:
    """Return what a row says of a task: an order in force before one that is only proposed."""
    order = current(item, world)
    shown = order or pending(item)
    names = dict(RULES)
    return Brief(
        item.at,
        item.responsible,
        len(item.units - {item.responsible}),
        node(item, world),
        sum(len(w.said.files) for w in item.words),
        shown.level if shown else "",
        order is not None,
        tuple(names[rule] for rule, day in sorted(item.reminded) if day == world.today),
    )


def node(item: Item, world: World) -> Node | None:
    """Return where a task stands in its template; None without one. The start is no node of its own."""
    flow = flow_of(item, world)
    if flow is None:
        return None
    ids = list(flow.nodes)
    at, last = path_of(item, flow).node, len(ids) - 1
    passed = last if at == flow.end else max(0, ids.index(at) - 1)
    return Node(passed, last, flow.nodes[at])
