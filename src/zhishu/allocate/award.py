"""Awards: eligible units ranked inside their group, quotas filled in order, ties at the cut never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.logic import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may win: its group, score, tie keys (larger first) and whether it is eligible."""

    unit: str
    group: str
    score: Fraction | Unknown
    ties: tuple[Fraction, ...]
    eligible: Truth


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's rank in its group and its award, or why it has none."""

    unit: str
    rank: Fraction | Unknown
    award: str | Unknown


def award(candidates: Sequence[Candidate], quotas: Sequence[tuple[str, int]]) -> list[Place]:
    """Return rank and award of each candidate, in the order given.

    ``quotas`` are filled in order inside each group; ``none`` is the award of the unplaced. A missing score
    or a failed condition leaves a unit out; an unknown condition holds it and every award it could take.

    >>> two = [Candidate("甲", "一", Fraction(90), (), True), Candidate("乙", "一", Fraction(88), (), True)]
    >>> [p.award for p in award(two, [("强县", 1)])]
    ['强县', 'none']
    """
    found: dict[int, Place] = {}
    for group in dict.fromkeys(c.group for c in candidates):
        members = [i for i, c in enumerate(candidates) if c.group == group]
        ranked = [
            i for i in members if candidates[i].eligible is not False and isinstance(candidates[i].score, Fraction)
        ]
        ranked.sort(key=lambda i: _key(candidates[i]), reverse=True)
        for i in members:
            c = candidates[i]
            if c.eligible is False:
                found[i] = Place(c.unit, Unknown("not_found", "not eligible"), "none")
            elif isinstance(c.score, Unknown):
                found[i] = Place(c.unit, c.score, Unknown("missing", "score"))
        held = any(isinstance(candidates[i].eligible, Unknown) for i in ranked)
        found.update(_places(candidates, ranked, quotas, held))
    return [found[i] for i in range(len(candidates))]


def _key(c: Candidate) -> tuple[Fraction, ...]:
    assert isinstance(c.score, Fraction)
    return (c.score, *c.ties)


def _places(
    candidates: Sequence[Candidate], ranked: list[int], quotas: Sequence[tuple[str, int]], held: bool
) -> dict[int, Place]:
    names = [name for name, quota in quotas for _ in range(quota)]
    found: dict[int, Place] = {}
    for position, i in enumerate(ranked):
        c = candidates[i]
        equal = [p for p, j in enumerate(ranked) if _key(candidates[j]) == _key(c)]
        rank = Fraction(equal[0] + 1)
        awards = {names[p] if p < len(names) else "none" for p in equal}
        given: str | Unknown
        if isinstance(c.eligible, Unknown):
            given = c.eligible
        elif len(awards) > 1:
            given = Unknown("conflict", "tie at the cut")
        elif held and _moves(candidates, ranked, names, position):
            given = Unknown("held", "a unit above is held")
        else:
            given = awards.pop()
        found[i] = Place(c.unit, rank, given)
    return found


def _moves(candidates: Sequence[Candidate], ranked: list[int], names: list[str], position: int) -> bool:
    """Return whether leaving out the held units above would change the award of this place."""
    above = sum(isinstance(candidates[j].eligible, Unknown) for j in ranked[:position])

    def name(place: int) -> str:
        return names[place] if place < len(names) else "none"

    return any(name(position - k) != name(position) for k in range(1, above + 1))
