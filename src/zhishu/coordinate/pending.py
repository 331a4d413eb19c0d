"""What waits for whom: the open acts of a subject that one unit is asked to do."""

from typing import Any

from zhishu.coordinate.act import Act
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World


def waiting(subject: Subject[Any], state: object, unit: str, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open and wait for a unit, in the order of the kind."""
    named = subject.actors(state, world)
    return tuple(a for a in subject.acts(state, world) if unit in named.get(a.id, frozenset()))
