"""Which acts of a task stand open: by its node, its clock, its pending proposals and its orders."""

from collections.abc import Iterator

from zhishu.coordinate.act import Act
from zhishu.coordinate.path import PROGRESS
from zhishu.coordinate.task.clock import running_pause
from zhishu.coordinate.task.forms import CANCEL, OWN, REMIND, draft, hand_over, moving, usable
from zhishu.coordinate.task.leaving import leaving
from zhishu.coordinate.task.orders import current, last_issued, objection_ends, pending
from zhishu.coordinate.task.walk import ended, flow_of, path_of
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World

ASKS = frozenset({"assign", "check", "urge", "return", "issue_order"})
"""The acts by which the office asks something of the responsible units; a proposed order asks nothing yet."""


def openings(item: Item, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open now, with their forms."""
    if item.drafted is None:
        return (draft(world),)
    if item.cancelled is not None:
        return ()
    flow = flow_of(item, world)
    moves: tuple[Act, ...] = ()
    if flow is not None:
        node = path_of(item, flow).node
        moves = tuple(moving(s, flow.end, s.id in ASKS) for s in flow.acts.values() if node in s.before)
    if flow is None or ended(item, world):
        return tuple(OWN[name] for name in _after_the_end(item, world))
    begun = path_of(item, flow).node != flow.start
    names = [*((PROGRESS,) if begun else ()), *_clock(item), *_grounds(item), *_orders(item, world)]
    ends = leaving(item, world)
    handing = (hand_over(ends),) if ends else ()
    back = (CANCEL,) if not begun and not item.orders else ()
    return (*moves, *back, *(OWN[name] for name in [*names, *_tolerance(item), "judge"]), *handing, REMIND)


def every(item: Item, world: World) -> tuple[Act, ...]:
    """Return every act a task ever knows, those of its template first; of every template before it has one."""
    flow = flow_of(item, world)
    flows = (flow,) if flow is not None else tuple(f for f in world.workflows.values() if usable(f))
    moves = {s.id: moving(s, f.end, s.id in ASKS) for f in reversed(flows) for s in f.acts.values()}
    return (draft(world), *moves.values(), *OWN.values(), CANCEL, hand_over(leaving(item, world)), REMIND)


def _after_the_end(item: Item, world: World) -> Iterator[str]:
    """A closed task keeps what its unit is owed: a decision on what it asked, and tolerance for what went wrong."""
    if pending(item) is not None or current(item, world) is not None:
        yield "withdraw_order"
    yield from _objection(item, world)
    yield from _tolerance(item)


def _clock(item: Item) -> Iterator[str]:
    yield "pause" if running_pause(item) is None else "resume"
    undecided = item.changes and item.changes[-1].verdict is None
    yield "decide_deadline" if undecided else "propose_deadline"


def _grounds(item: Item) -> Iterator[str]:
    undecided = item.grounds and item.grounds[-1].verdict is None
    yield "decide_ground" if undecided else "ground"


def _orders(item: Item, world: World) -> Iterator[str]:
    waits, order = pending(item) is not None, current(item, world)
    yield from ("issue_order", "decline_order") if waits else ("propose_order",)
    if waits or order is not None:
        yield "withdraw_order"
    if order is not None:
        yield "answer_order"
    yield from _objection(item, world)


def _objection(item: Item, world: World) -> Iterator[str]:
    order = last_issued(item)
    if order is None:
        return
    if order.objected:
        yield "decide_objection"
    elif order.objection is None and world.today <= objection_ends(order, world)[0]:
        yield "object"


def _tolerance(item: Item) -> Iterator[str]:
    undecided = item.tolerances and item.tolerances[-1].verdict is None
    yield "decide_tolerance" if undecided else "propose_tolerance"
