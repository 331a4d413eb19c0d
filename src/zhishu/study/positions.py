"""The positions a strategy gives one place, with what the pack proposes to measure each by."""

from dataclasses import dataclass

from zhishu.pack.promise import Promise
from zhishu.study.open import Study
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Position:
    """A promise that gives a place its role, the indicators proposed for it, and how far they reach or why none does."""

    promise: Promise
    indicators: tuple[str, ...]
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What names a place: its positions, other promises that name it, and those that name only a zone it lies in."""

    positions: tuple[Position, ...]
    others: tuple[Promise, ...]
    zone: tuple[tuple[Promise, str], ...]


def named(study: Study, code: str) -> Named:
    """Return every promise that names a place or one of its zones, each once.

    A promise that names both counts as naming the place.
    """
    table = study.pack.header.positions
    zones = {f"zone:{z}" for z in study.data.regions.zones if code in study.data.regions.zone_members(z)}
    positions: list[Position] = []
    others: list[Promise] = []
    zone: list[tuple[Promise, str]] = []
    for promise in study.pack.promises():
        if code in promise.regions:
            roles = table.roles_of(promise)
            if roles:
                indicators = tuple(dict.fromkeys(i for r in roles for i in r.indicators))
                positions.append(Position(promise, indicators, tuple(r.why for r in roles)))
            else:
                others.append(promise)
        else:
            zone += [(promise, r) for r in promise.regions if r in zones][:1]
    return Named(tuple(positions), tuple(others), tuple(zone))
