"""Rulings that wait for whoever may give them by right: of any unit, but never of one that owes the work or asked."""

from dataclasses import dataclass

_NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Barred:
    """Who may not give a ruling that waits, by unit and by account.

    Where ``named`` is set it waits for the units that ``actors`` names and for no other.
    """

    units: frozenset[str] = _NOBODY
    accounts: frozenset[str] = _NOBODY
    named: bool = False

    def lets(self, unit: str, account: str, named: frozenset[str]) -> bool:
        """Return whether an account of a unit may give it; ``named`` are the units it waits for by name.

        >>> Barred(frozenset({"jt"}), frozenset({"clerk"})).lets("dc", "head", frozenset())
        True
        """
        if self.named and unit not in named:
            return False
        return unit not in self.units and account not in self.accounts
