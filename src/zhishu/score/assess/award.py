"""Awards inside a class: places are fixed beforehand, given one award after the other, and held where it is not certain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from zhishu.pack.assessment import Award
from zhishu.score.assess.place import Runner, places_of


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit gets: an award that is certain, and those it could still get once all is settled."""

    award: str | None
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Purse:
    """An award in a class: its places, those given, those still open, those that stay empty, and the same in money.

    ``given + open + empty`` is all that the places cost.
    """

    award: str
    group: str
    places: int
    won: int
    held: int
    prize: Fraction

    @property
    def empty(self) -> int:
        """Places that nobody can get any more."""
        return self.places - self.won - self.held

    @property
    def given(self) -> Fraction:
        """Money that is given."""
        return self.won * self.prize

    @property
    def open(self) -> Fraction:
        """Money that waits for places still open."""
        return self.held * self.prize

    @property
    def unspent(self) -> Fraction:
        """Money that stays in the pool."""
        return self.empty * self.prize


def give(awards: Sequence[Award], group: str, measures: Mapping[str, Sequence[Runner]]) -> dict[str, Given]:
    """Return what every unit of a class gets.

    ``measures`` holds what an award goes by → the runners by it. Awards that go by one thing in a row share out one
    ranking: the places of the first, then those of the second … Whoever surely has one is out of what follows. An award is
    given where the unit surely runs and its best and worst place both lie in its places; it is open where one may.
    """
    got: dict[str, str] = {}
    may: dict[str, list[str]] = {}
    units = [r.unit for runners in measures.values() for r in runners]
    for by, block in groupby(awards, key=lambda award: award.by):
        bands = _bands(list(block), group)
        runners = [
            Runner(r.unit, r.low, r.high, r.apart, r.sure and r.unit not in may)
            for r in measures.get(by, ())
            if r.unit not in got
        ]
        for unit, place in places_of(runners).items():
            within = [(name, first, last) for name, first, last in bands if place.best <= last and first <= place.worst]
            for name, first, last in within:
                sure = next(r.sure for r in runners if r.unit == unit)
                if sure and first <= place.best and place.worst <= last:
                    got[unit] = name
                else:
                    may.setdefault(unit, []).append(name)
    return {u: Given(got.get(u), tuple(may.get(u, ()))) for u in dict.fromkeys(units)}


def _bands(awards: Sequence[Award], group: str) -> list[tuple[str, int, int]]:
    """Return the first and the last place of each award in the ranking they share."""
    found, taken = [], 0
    for award in awards:
        places = award.places.get(group, 0)
        if places:
            found.append((award.id, taken + 1, taken + places))
        taken += places
    return found


def purses(
    awards: Sequence[Award],
    group: str,
    given: Mapping[str, Given],
    dropped: Mapping[str, str],
    *,
    settled: bool = True,
) -> list[Purse]:
    """Return the awards of a class with places and money; ``dropped`` are units that left and the award they had.

    In a class that is not settled every place is still open.
    """
    found = []
    for award in awards:
        places = award.places.get(group, 0)
        won = sum(g.award == award.id for u, g in given.items() if u not in dropped)
        gone = sum(a == award.id for a in dropped.values())
        waiting = sum(award.id in g.open for g in given.values())
        held = min(places - won - gone, waiting) if settled else places
        found.append(Purse(award.id, group, places, won, held, award.prize))
    return found
