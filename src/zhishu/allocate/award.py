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
    names = [name for name, quota in quotas for _ in range(quota)]
    found: list[Place] = []
    for c in candidates:
        members = [m for m in candidates if m.group == c.group]
        if c.eligible is False:
            found.append(Place(c.unit, Unknown("not_found", "not eligible"), "none"))
        elif isinstance(c.score, Unknown):
            found.append(Place(c.unit, c.score, Unknown("missing", "score")))
        else:
            found.append(_placed(c, members, names))
    return found


def _placed(c: Candidate, members: Sequence[Candidate], names: Sequence[str]) -> Place:
    low, high, tied = rank_interval(c, members)
    open_rank = high - low != tied
    rank: Fraction | Unknown = Unknown("held", "a unit above is held") if open_rank else Fraction(low)
    if isinstance(c.eligible, Unknown):
        return Place(c.unit, rank, c.eligible)
    possible = {names[r - 1] if r <= len(names) else "none" for r in range(low, high + 1)}
    if len(possible) == 1:
        return Place(c.unit, rank, possible.pop())
    return Place(
        c.unit, rank, Unknown("held", "a unit above is held") if open_rank else Unknown("conflict", "tie at the cut")
    )


def rank_interval(c: Candidate, members: Sequence[Candidate]) -> tuple[int, int, int]:
    """Return best and worst rank of a scored candidate in its group, and how many surely share its place."""
    mine = _key(c)
    rivals = [m for m in members if m is not c and m.eligible is not False and isinstance(m.score, Fraction)]
    above = [m for m in rivals if _key(m) > mine]
    equal = [m for m in rivals if _key(m) == mine]
    low = 1 + sum(m.eligible is True for m in above)
    return low, 1 + len(above) + len(equal), sum(m.eligible is True for m in equal)


def _key(c: Candidate) -> tuple[Fraction, ...]:
    assert isinstance(c.score, Fraction)
    return (c.score, *c.ties)
