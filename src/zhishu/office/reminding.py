"""The reminders of a day, recorded once whoever calls for them and however often."""

from collections.abc import Iterable

from zhishu.coordinate.task.reminders import Reminder, reminders
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.ledger import Entry
from zhishu.office.service import Office
from zhishu.office.wish import Wish


def remind(office: Office) -> tuple[Entry, ...]:
    """Record the reminders that stand today in one transaction and return their entries.

    They are worked out under the ledger's pen, so a second call, by this process or another, finds them recorded
    and adds nothing; a task closed meanwhile gets none.
    """
    return office.propose(_wishes)


def _wishes(world: World) -> tuple[Wish, ...]:
    items = [state for s in world.streams("task") if isinstance(state := world.of(s), Item)]
    return tuple(_numbered(reminders(items, world)))


def _numbered(found: Iterable[Reminder]) -> Iterable[Wish]:
    for r in found:
        if r.units:
            yield Wish(r.stream, "remind", 0, {"rule": [r.rule], "units": list(r.units)}, key=r.key)
