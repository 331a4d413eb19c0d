"""Rights: a role holds rights; an account holds roles over a region with all below it, and over a domain."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zhishu.pack.office import RoleRights

EVERY_DOMAIN = "*"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to an account over a region subtree and a domain (``*``: every domain)."""

    role: str
    region: str
    domain: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a subject belongs: its region, its domain, and the units it concerns."""

    region: str
    domain: str
    units: frozenset[str] = frozenset()


def may(
    held: Callable[[RoleRights], bool],
    scope: Scope,
    grants: Iterable[Grant],
    roles: Mapping[str, RoleRights],
    within: Callable[[str, str], bool],
) -> bool:
    """Return whether grants give what ``held`` asks of a role, over a subject; ``within(a, b)``: region a lies in b.

    >>> from zhishu.terms import Text
    >>> roles = {"clerk": RoleRights("clerk", Text("经办", "clerk"), ("task.report",))}
    >>> grants = [Grant("clerk", "510100", "transport")]
    >>> inside = lambda a, b: a == b or (a, b) == ("510104", "510100")
    >>> [may(lambda r: r.holds("task.report"), Scope(r, d), grants, roles, inside) for r, d in
    ...  (("510104", "transport"), ("510300", "transport"), ("510104", "farming"))]
    [True, False, False]
    """
    return any(
        held(roles[g.role]) and g.domain in (EVERY_DOMAIN, scope.domain) and within(scope.region, g.region)
        for g in grants
        if g.role in roles
    )
