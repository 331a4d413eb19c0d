"""Awards inside a class: places are fixed beforehand, given one award after the other, and held where it is not certain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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

    ``measures`` holds what an award goes by → the runners by it. An award is given only where the unit surely runs, and
    its worst place among all who may still run lies inside the places; it is lost where its best place lies outside.
    """
    got: dict[str, str] = {}
    may: dict[str, list[str]] = {}
    units = [r.unit for runners in measures.values() for r in runners]
    for award in awards:
        places = award.places.get(group, 0)
        runners = [
            Runner(r.unit, r.low, r.high, r.apart, r.sure and r.unit not in may)
            for r in measures.get(award.by, ())
            if r.unit not in got
        ]
        found = places_of(runners)
        for runner in runners:
            place = found[runner.unit]
            if place.best > places:
                continue
            if runner.sure and place.worst <= places:
                got[runner.unit] = award.id
            else:
                may.setdefault(runner.unit, []).append(award.id)
    return {u: Given(got.get(u), tuple(may.get(u, ()))) for u in dict.fromkeys(units)}


def purses(awards: Sequence[Award], group: str, given: Mapping[str, Given], dropped: Mapping[str, str]) -> list[Purse]:
    """Return the awards of a class with places and money; ``dropped`` are units that left and the award they had."""
    found = []
    for award in awards:
        places = award.places.get(group, 0)
        won = sum(g.award == award.id for u, g in given.items() if u not in dropped)
        gone = sum(a == award.id for a in dropped.values())
        waiting = sum(award.id in g.open for g in given.values())
        held = min(places - won - gone, waiting)
        found.append(Purse(award.id, group, places, won, held, award.prize))
    return found
