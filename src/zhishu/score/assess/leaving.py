"""Rank reversal: which pairs of the others change order when one unit leaves its class, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.array import arrays
from zhishu.score.assess.bind import bound
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.points import RELATIVE, Bounded, cells_of
from zhishu.score.assess.verb import Assessed, assess
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.sure import Told

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of the others when a unit leaves: pairs whose order changes, who gains or loses an award, and the
    indicators of which the unit set an end of the scale."""

    unit: str
    group: str
    swapped: tuple[tuple[str, str], ...]
    awards: tuple[tuple[str, str | None, str | None], ...]
    ends: tuple[str, ...]


def leaving(
    assessment: Assessment, facts: Facts, assessed: Assessed, group: str, told: Told | None = None
) -> tuple[Leaving, ...]:
    """Return what happens as each unit of a class leaves, one at a time, for those whose leaving changes an order.

    Only indicators scored against the class are scored anew, and totals are compared as floating-point numbers (equal to
    within 1e-9). Where a pair changes, the whole is run exactly for the awards; the class is taken to be as large as is
    left. Where no indicator is scored against the class nothing can change. ``told`` hears how many units are done.
    """
    made = arrays(assessment, assessed, group)
    relative = {n: b for n, b in bound(assessment, group, assessed.purpose).items() if b.kind.name in RELATIVE}
    if made is None or not relative:
        return ()
    before = made.tree.scores(made.index.study.columns)[made.tree.top] + made.beside
    # all that set a scale, those without a total too
    running = [s.unit for s in assessed.standings if s.entry.group == group and s.whole is not None]
    found = []
    for done, gone in enumerate(running, start=1):
        if told is not None:
            told(done, len(running))
        kept = [u for u in running if u != gone]
        cells = cells_of(relative, kept, facts.readings)
        places = np.array([n for n, u in enumerate(made.units) if u != gone])
        units = [made.units[n] for n in places]
        columns = {
            n: np.array([_number(cells[n][u]) for u in units]) if n in relative else column[places]
            for n, column in made.index.study.columns.items()
        }
        after = made.tree.scores(columns)[made.tree.top] + made.beside[places]
        swapped = _swapped(units, before[places], after)
        if swapped:
            awards = _awards(assessment, facts, assessed, group, gone)
            found.append(Leaving(gone, group, swapped, awards, _ends(assessed, group, gone)))
    return tuple(found)


def _swapped(units: Sequence[str], before: Array, after: Array) -> tuple[tuple[str, str], ...]:
    """Return the pairs (was ahead, is behind now), the best first; a total that is gone swaps with nobody."""
    was = before[:, None] - before[None, :] > _EQUAL
    now = after[None, :] - after[:, None] > _EQUAL
    order = {n: place for place, n in enumerate(np.argsort(-before, kind="stable"))}
    pairs = sorted(np.argwhere(was & now).tolist(), key=lambda p: (order[p[0]], order[p[1]]))
    return tuple((units[a], units[b]) for a, b in pairs)


def _awards(
    assessment: Assessment, facts: Facts, assessed: Assessed, group: str, gone: str
) -> tuple[tuple[str, str | None, str | None], ...]:
    """Return the units whose award becomes another or none, with both; who only moves up into a free place is none."""
    kept = tuple(m for m in facts.members if m.unit != gone and m.group == group)
    after = assess(_of_size(assessment, group, len(kept)), replace(facts, members=kept), assessed.purpose)
    had = {s.unit: s.given.award for s in assessed.standings}
    return tuple(
        (s.unit, had[s.unit], s.given.award)
        for s in after.standings
        if had.get(s.unit) is not None and had[s.unit] != s.given.award
    )


def _ends(assessed: Assessed, group: str, unit: str) -> tuple[str, ...]:
    spans = assessed.spans[group].items()
    return tuple(n for n, span in spans if span is not None and unit in (span.low_unit, span.high_unit))


def _number(cell: Bounded) -> float:
    return float(cell.value) if isinstance(cell.value, Fraction) else float("nan")


def _of_size(assessment: Assessment, group: str, size: int) -> Assessment:
    groups = {**assessment.groups, group: replace(assessment.groups[group], size=size)}
    return replace(assessment, groups=groups)
