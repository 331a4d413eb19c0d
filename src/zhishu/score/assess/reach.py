"""What it would take for a unit to reach a total or a rank: by figures policy can move, within their bounds, only.

Weights, classes, bonus and what is given back stay as they are; the class is scored anew for every figure tried, so that
one that moves the end of a scale moves everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.pack.assessment import Assessment, Room
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.verb import Assessed, Standing, assess

HALVINGS = 14
"""How often the way to a bound is halved: the answer lies within one part in sixteen thousand of it."""


_FIGURE = ("value", "growth")
"""Readings that are the unit's own figure."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A total to reach, or a rank in the class; one of the two."""

    total: Fraction | None = None
    rank: int | None = None

    def met(self, standing: Standing) -> bool:
        """Whether a standing reaches it."""
        if self.rank is not None:
            return standing.rank is not None and standing.rank <= self.rank
        return self.total is not None and isinstance(standing.total, Fraction) and standing.total >= self.total


@dataclass(frozen=True, slots=True)
class Way:
    """One figure moved alone, from now to the least far value that is enough; None where even its bound is not."""

    indicator: str
    now: Fraction
    bound: Fraction
    to: Fraction | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Each figure alone; all figures moved by one share of their way; total and rank with all at their bounds."""

    unit: str
    now: Standing
    ways: tuple[Way, ...]
    together: Mapping[str, Fraction] | None
    share: Fraction | None
    best: Standing


def reach(assessment: Assessment, facts: Facts, assessed: Assessed, unit: str, aim: Aim) -> Reach:
    """Return what it would take. Raises KeyError for a unit that is not there, ValueError for one that does not compete,
    or whose total is not known."""
    now = assessed.of(unit)
    if now.points is None or not isinstance(now.total, Fraction):
        raise ValueError(unit)
    group = str(now.entry.group)
    bounds = _bounds(assessment, assessed, facts, now)

    def tried(values: Mapping[str, Fraction]) -> Standing:
        return assess(assessment, _with(facts, unit, group, values), assessed.purpose).of(unit)

    ways = []
    for name, (start, end) in bounds.items():
        enough = aim.met(tried({name: end}))
        to = _least({name: (start, end)}, aim, tried) if enough else None
        ways.append(Way(name, start, end, start + (end - start) * to if to is not None else None))
    best = tried({name: end for name, (_, end) in bounds.items()})
    share = _least(bounds, aim, tried) if bounds and aim.met(best) else None
    together = None if share is None else {n: a + (b - a) * share for n, (a, b) in bounds.items()}
    return Reach(unit, now, tuple(ways), together, share, best)


def _least(
    bounds: Mapping[str, tuple[Fraction, Fraction]], aim: Aim, tried: Callable[[Mapping[str, Fraction]], Standing]
) -> Fraction:
    """Return the least share of the way to the bounds that is enough; all of it is known to be."""
    low, high = Fraction(0), Fraction(1)
    if aim.met(tried({n: a for n, (a, _) in bounds.items()})):
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if aim.met(tried({n: a + (b - a) * middle for n, (a, b) in bounds.items()})):
            high = middle
        else:
            low = middle
    return high


def _bounds(
    assessment: Assessment, assessed: Assessed, facts: Facts, now: Standing
) -> dict[str, tuple[Fraction, Fraction]]:
    """Return what may be moved: today's figure and the end of its room on which the unit has more points."""
    found = {}
    for indicator in assessment.indicators():
        if indicator.room is None:
            continue
        value = _figure(facts, now.unit, indicator.id)
        if isinstance(value, Fraction):
            end = _better(assessment, assessed, facts, now, indicator.id, indicator.room)
            if end is not None and end != value:
                found[indicator.id] = (value, end)
    return found


def _better(
    assessment: Assessment, assessed: Assessed, facts: Facts, now: Standing, indicator: str, room: Room
) -> Fraction | None:
    best, end = now.total, None
    for side in (room.least, room.most):
        moved = _with(facts, now.unit, str(now.entry.group), {indicator: side})
        total = assess(assessment, moved, assessed.purpose).of(now.unit).total
        if isinstance(total, Fraction) and isinstance(best, Fraction) and total > best:
            best, end = total, side
    return end


def _figure(facts: Facts, unit: str, indicator: str) -> Value | None:
    own = facts.readings.get(unit, {}).get(indicator, {})
    return next((own[k] for k in _FIGURE if k in own), None)


def _with(facts: Facts, unit: str, group: str, values: Mapping[str, Fraction]) -> Facts:
    """Return the facts of the unit's class with its figures changed: other classes have no part in it."""
    own = dict(facts.readings[unit])
    for name, value in values.items():
        # kinds of score read one figure under two names; a target or a mean is not the unit's to move
        own[name] = {k: value if k in _FIGURE else v for k, v in own[name].items()}
    members = tuple(m for m in facts.members if m.group == group)
    return replace(facts, members=members, readings={**facts.readings, unit: own})
