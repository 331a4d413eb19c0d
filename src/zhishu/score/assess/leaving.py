"""Rank reversal: which pairs of the others change order when one unit leaves its class, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.points import RELATIVE
from zhishu.score.assess.verb import Assessed, assess


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of the others when a unit leaves: pairs whose order changes, who gains or loses an award, and the
    indicators of which the unit set an end of the scale."""

    unit: str
    group: str
    swapped: tuple[tuple[str, str], ...]
    awards: tuple[tuple[str, str | None, str | None], ...]
    ends: tuple[str, ...]


def leaving(assessment: Assessment, facts: Facts, assessed: Assessed, group: str) -> tuple[Leaving, ...]:
    """Return what happens as each unit of a class leaves, one at a time, for those whose leaving changes an order.

    Where no indicator is scored against the class nobody's points depend on the others, and nothing can change. The class
    is taken to be as large as is left, so that its awards are given.
    """
    relative = any(i.at(group, assessed.purpose).kind in RELATIVE for i in assessment.indicators())
    running = [s for s in assessed.standings if s.entry.group == group and s.whole is not None]
    if not relative:
        return ()
    before = {s.unit: s for s in running}
    found = []
    for gone in running:
        kept = tuple(m for m in facts.members if m.unit != gone.unit and m.group == group)
        after = assess(_of_size(assessment, group, len(kept)), replace(facts, members=kept), assessed.purpose)
        now = {s.unit: s for s in after.standings}
        order = [s.unit for s in running if s.unit != gone.unit and s.rank is not None and now[s.unit].rank is not None]
        ranks = {u: (before[u].rank or 0, now[u].rank or 0) for u in order}
        swapped = tuple(_swapped(order, ranks))
        awards = tuple(
            (u, before[u].given.award, now[u].given.award)
            for u in sorted(now)
            if u in before and before[u].given.award != now[u].given.award
        )
        ends = tuple(
            name
            for name, span in assessed.spans[group].items()
            if span is not None and gone.unit in (span.low_unit, span.high_unit)
        )
        if swapped or any(new is None or old is not None for _, old, new in awards):
            found.append(Leaving(gone.unit, group, swapped, awards, ends))
    return tuple(found)


def _swapped(order: Sequence[str], ranks: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    """Return the pairs (was ahead, is behind now)."""
    best = sorted(order, key=lambda u: ranks[u][0])
    return [
        (a, b)
        for n, a in enumerate(best)
        for b in best[n + 1 :]
        if ranks[a][0] < ranks[b][0] and ranks[a][1] > ranks[b][1]
    ]


def _of_size(assessment: Assessment, group: str, size: int) -> Assessment:
    groups = {**assessment.groups, group: replace(assessment.groups[group], size=size)}
    return replace(assessment, groups=groups)
