"""Places of a class: the best and the worst a unit can have, with what is unknown, undecided or tied left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Runner:
    """A unit in a ranking: the least and the most it can have, what parts it from equals, and whether it surely runs.

    ``apart`` are values compared in order where two known totals are equal; one that is unknown parts nobody.
    """

    unit: str
    low: Fraction
    high: Fraction
    apart: tuple[Fraction | None, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """The best and the worst place of a unit, and with whom it shares one for good."""

    best: int
    worst: int
    tied: tuple[str, ...]

    @property
    def shared_worst(self) -> int:
        """The worst place where equals share the better one."""
        return self.worst - len(self.tied)


def places_of(runners: Sequence[Runner]) -> dict[str, Place]:
    """Return the place of every runner: 1 plus those surely ahead, to 1 plus those possibly ahead or equal.

    >>> found = places_of([Runner("甲", Fraction(9), Fraction(9)), Runner("乙", Fraction(5), Fraction(10))])
    >>> found["甲"]
    Place(best=1, worst=2, tied=())
    """
    found: dict[str, Place] = {}
    for one in runners:
        best, worst, tied = 1, 1, []
        for other in runners:
            if other is one:
                continue
            ahead = _ahead(other, one)
            if ahead == "never":
                continue
            worst += 1
            if ahead == "tied" and other.sure and one.sure:
                tied.append(other.unit)
            if ahead == "always" and other.sure:
                best += 1
        found[one.unit] = Place(best, worst, tuple(sorted(tied)))
    return found


def _ahead(other: Runner, one: Runner) -> str:
    """Return whether the other is ahead always, never, perhaps, or is equal for good (tied)."""
    if other.low > one.high:
        return "always"
    if other.high < one.low:
        return "never"
    if not other.low == other.high == one.low == one.high:
        # where they only touch at an end, being equal there is for the tie rule to settle
        return "perhaps"
    for theirs, own in zip(other.apart, one.apart, strict=True):
        if theirs is None or own is None:
            return "perhaps"
        if theirs != own:
            return "always" if theirs > own else "never"
    return "tied"


def competition(places: Mapping[str, Place]) -> dict[str, int]:
    """Return the rank of those whose place is sure: equals share the better one."""
    return {u: p.best for u, p in places.items() if p.best == p.shared_worst}
