"""Orders of the office at a moment: what the system proposes, what waits for a signature, what is in force."""

from dataclasses import dataclass

from zhishu.coordinate.task.orders import Proposal, current, pending, proposed
from zhishu.coordinate.tasks import Item, Order
from zhishu.office.line import Line, Rank, rank
from zhishu.office.moment import Moment
from zhishu.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Orders:
    """Tasks with the order in question, the most urgent first. ``proposed`` are suggestions of rule and clock only."""

    proposed: tuple[tuple[Line, Proposal], ...]
    waiting: tuple[tuple[Line, Order], ...]
    in_force: tuple[tuple[Line, Order], ...]
    objected: tuple[tuple[Line, Order], ...]


def orders(moment: Moment, sight: Sight) -> Orders:
    """Return the orders an account may see; a proposal is looked for where a task is late or silent."""
    suggested: list[tuple[Line, Proposal]] = []
    waiting: list[tuple[Line, Order]] = []
    in_force: list[tuple[Line, Order]] = []
    objected: list[tuple[Line, Order]] = []
    for stream in tuple(moment.known.streams.get("task", ())):
        item, line = moment.state(stream), moment.line(stream)
        late = line.standing is not None and line.standing.light in ("overdue", "stale")
        if not isinstance(item, Item) or not (late or item.orders) or not sight.sees("task", line.scope):
            continue
        runs = line.standing is not None and not line.standing.ended
        # of a closed task nothing can be signed any more
        if runs and (found := pending(item)) is not None:
            waiting.append((line, found))
        if runs and (order := current(item, moment.world)) is not None:
            (objected if order.objected else in_force).append((line, order))
        if late and (proposal := proposed(item, moment.world)) is not None:
            suggested.append((line, proposal))
    return Orders(
        tuple(sorted(suggested, key=_first)),
        tuple(sorted(waiting, key=_first)),
        tuple(sorted(in_force, key=_first)),
        tuple(sorted(objected, key=_first)),
    )


def _first(pair: tuple[Line, object]) -> Rank:
    """Return what registers are sorted by: the most urgent first, then the deadline."""
    return rank(pair[0].stream, pair[0].standing)
