"""What the answers of a table come to: each outcome that is left, over every completion a row allows, and the masks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

import numpy as np
import numpy.typing as npt

from zhishu.formula.tree import Node
from zhishu.judge.columnar.planes import P, Planes, Words, every, masks, never, some, weighed
from zhishu.judge.register import Plan
from zhishu.judge.ruleset import ATOM

Places = npt.NDArray[np.int8]
Masks = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Concluded:
    """For each row the places of the best and the worst outcome (the number of outcomes where none is left), and masks:
    bit i is set where rule i fired, or is open, or where fact i is missing."""

    best: Places
    worst: Places
    fired: Masks
    open: Masks
    missing: Masks


@dataclass(frozen=True, slots=True)
class Reached(Generic[P]):
    """The planes of each rule, and for each outcome where it is left."""

    rules: tuple[Planes[P], ...]
    left: tuple[P, ...]


def conclude(plan: Plan, named: Mapping[str, Planes[Words]], missing: Mapping[str, Words], rows: int) -> Concluded:
    """Return what the named answers of so many rows come to."""
    found = reached(plan, named)
    left = masks(found.left, rows)
    best, worst = ends(len(found.left))
    return Concluded(
        np.take(best, left),
        np.take(worst, left),
        masks([r.sure for r in found.rules], rows),
        masks([r.may & ~r.sure for r in found.rules], rows),
        masks([missing[f] for f in plan.facts], rows),
    )


def ends(size: int) -> tuple[Places, Places]:
    """Return for every mask of so many outcomes its best and its worst; ``size`` where there is none."""
    every_way = range(1 << size)
    best = np.array([(w & -w).bit_length() - 1 if w else size for w in every_way], dtype=np.int8)
    worst = np.array([w.bit_length() - 1 if w else size for w in every_way], dtype=np.int8)
    return best, worst


def reached(plan: Plan, named: Mapping[str, Planes[P]]) -> Reached[P]:
    """Return where each rule holds, and where each outcome is left over every completion a row allows."""
    base: dict[Node, Planes[P]] = {}
    held = tuple(weighed(node, named, base) for node in plan.units.conditions)
    return Reached(held, tuple(_left(plan, named, base)))


def _left(plan: Plan, named: Mapping[str, Planes[P]], base: dict[Node, Planes[P]]) -> list[P]:
    rules = plan.rules
    allowed: dict[tuple[str, tuple[bool, ...]], P] = {}
    for hazard in plan.hazards.completed:
        for truths in hazard.answers:
            parts: list[Any] = [
                named[f"{ATOM}{i}"].may if t else ~named[f"{ATOM}{i}"].sure
                for i, t in zip(hazard.atoms, truths, strict=True)
            ]
            allowed[(hazard.fact, truths)] = every(parts)
    found: list[list[P]] = [[] for _ in rules.order]
    for completion, conditions in plan.ways:
        held = [weighed(node, named, base) for node in conditions]
        here = [allowed[(hazard.fact, truths)] for hazard, truths in completion]
        for o, way in enumerate(_ways(plan, held)):
            found[o].append(every([*here, way]))
    return [some(ways) for ways in found]


def _ways(plan: Plan, held: Sequence[Planes[P]]) -> list[P]:
    """Return where each outcome is possible; as ``outcomes.standing`` says of one case."""
    rules = plan.rules
    none = never(held[0].sure)
    if rules.book.combine == "first":
        found = [none] * len(rules.order)
        before = none
        for give, rule in zip(rules.gives, held, strict=True):
            found[give] = found[give] | (rule.may & ~before)
            before = before | rule.sure
        found[rules.otherwise] = found[rules.otherwise] | ~before
        return found
    sure, may = [none] * len(rules.order), [none] * len(rules.order)
    for give, rule in zip(rules.gives, held, strict=True):
        sure[give], may[give] = sure[give] | rule.sure, may[give] | rule.may
    may[rules.otherwise] = may[rules.otherwise] | ~some(sure)
    worse = none
    ways: list[P] = []
    for o in reversed(range(len(rules.order))):
        ways.append(may[o] & ~worse)
        worse = worse | sure[o]
    return ways[::-1]
