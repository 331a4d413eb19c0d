"""What an account may see and do: its roles over regions and domains, and what concerns its own unit."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.rights import Scope, may
from zhishu.coordinate.units import Unit
from zhishu.data.regions import Regions
from zhishu.pack.office import RoleRights

READ = "office.read"


def lies_within(regions: Regions, home: str, region: str, above: str) -> bool:
    """Return whether a region lies in another or in a zone; what lies nowhere belongs to the whole alone."""
    if above == home:
        return True
    seen = region
    while seen:
        if seen == above:
            return True
        found = regions.by_code.get(seen)
        seen = found.parent if found else ""
    return above.startswith("zone:") and region in regions.zone_members(above[5:])


@dataclass(frozen=True, slots=True)
class Sight:
    """The reach of one account, as of now."""

    account: Account
    roles: Mapping[str, RoleRights]
    regions: Regions
    home: str
    of: Callable[[str], Any]

    @property
    def reach(self) -> Hashable:
        """Return what all that it may see and do rests on, beside the units: equal for accounts of equal posts."""
        rights = frozenset((id, role.rights) for id, role in self.roles.items())
        return self.account.disabled, self.account.unit, self.account.grants, rights

    def narrowed(self, only: RoleRights) -> "Sight":
        """Return the reach of a program: of each role's rights those that its token carries as well."""

        def part(role: RoleRights) -> RoleRights:
            both = [r for r in role.rights if only.holds(r)] + [r for r in only.rights if role.holds(r)]
            return replace(role, rights=tuple(dict.fromkeys(both)))

        return replace(self, roles={id: part(role) for id, role in self.roles.items()})

    def may(self, right: str, scope: Scope) -> bool:
        """Return whether the account holds a right over a subject.

        What concerns the account's own unit lies where that unit does: a city's clerk answers for the city's
        part of a task of the whole province.
        """
        return self._reaches(lambda role: role.holds(right), scope)

    def sees(self, kind: str, scope: Scope) -> bool:
        """Return whether the account may read a subject: it reads there, acts on its kind there, or is concerned."""
        if self.account.disabled:
            return False
        return self.account.unit in scope.units or self._reaches(lambda r: r.holds(READ) or r.touches(kind), scope)

    def _reaches(self, held: Callable[[RoleRights], bool], scope: Scope) -> bool:
        if self.account.disabled:
            return False
        return any(may(held, s, self.account.grants, self.roles, self.within) for s in self._scopes(scope))

    def holds(self, right: str) -> bool:
        """Return whether the account holds a right anywhere at all."""
        return not self.account.disabled and any(
            self.roles[g.role].holds(right) for g in self.account.grants if g.role in self.roles
        )

    def within(self, region: str, above: str) -> bool:
        """Return whether a region lies in another; zones and what lies nowhere belong to the whole alone."""
        return lies_within(self.regions, self.home, region, above)

    def _scopes(self, scope: Scope) -> list[Scope]:
        found = [scope]
        if not scope.region:
            # what has no place of its own lies where its units do; without units it is the whole's
            places = [u.region for id in scope.units if isinstance(u := self.of(f"unit/{id}"), Unit)]
            found = [Scope(region, scope.domain, scope.units) for region in places or [self.home]]
        own = self.of(f"unit/{self.account.unit}")
        if self.account.unit in scope.units and isinstance(own, Unit):
            found.append(Scope(own.region, scope.domain, scope.units))
        return found
