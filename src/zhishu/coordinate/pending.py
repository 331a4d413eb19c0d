"""What waits for whom: the open acts of a subject that one unit or one account is asked to do."""

from collections.abc import Callable
from typing import Any

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.act import Act
from zhishu.coordinate.rights import may
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World


def waiting(subject: Subject[Any], state: object, unit: str, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open and wait for a unit, in the order of the kind."""
    named = subject.actors(state, world)
    return tuple(a for a in subject.acts(state, world) if unit in named.get(a.id, frozenset()))


def waiting_for(
    subject: Subject[Any], state: object, account: Account, world: World, within: Callable[[str, str], bool]
) -> tuple[Act, ...]:
    """Return the acts that wait for an account: for its unit, and within its rights; ``within`` as in ``may``.

    That a person must differ from an earlier one is said when the act is refused, not here.
    """
    if account.disabled:
        return ()
    scope = subject.scope(state)
    return tuple(
        act
        for act in waiting(subject, state, account.unit, world)
        if may(act.right, scope, account.grants, world.rules.roles, within)
    )
