"""Two runs of an assessment side by side: who moved, who gained or lost an award, and what was counted otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.score.assess.verb import Assessed, Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """One unit in two runs: totals, ranks and awards before and after, and the parts whose contribution changed.

    ``parts`` holds indicator → change of what it brings, in points; the rest of the change is bonus, deductions and
    what was given back.
    """

    unit: str
    before: Standing | None
    after: Standing | None
    change: Fraction | None
    parts: Mapping[str, Fraction]

    @property
    def award_before(self) -> str | None:
        """The award it had."""
        return self.before.given.award if self.before else None

    @property
    def award_after(self) -> str | None:
        """The award it has."""
        return self.after.given.award if self.after else None

    @property
    def dropped(self) -> bool:
        """Whether it had an award and has none: for this a reason must be given."""
        return self.award_before is not None and self.award_after is None


def compare(before: Assessed, after: Assessed) -> tuple[Moved, ...]:
    """Return every unit of either run in which anything differs, in the order of names."""
    was, now = ({s.unit: s for s in run.standings} for run in (before, after))
    found = []
    for unit in sorted({*was, *now}):
        a, b = was.get(unit), now.get(unit)
        if a is not None and b is not None and _same(a, b):
            continue
        found.append(Moved(unit, a, b, _change(a, b), _parts(a, b)))
    return tuple(found)


def _same(a: Standing, b: Standing) -> bool:
    return (a.total, a.rank, a.given, a.entry.state, a.entry.group) == (
        b.total,
        b.rank,
        b.given,
        b.entry.state,
        b.entry.group,
    )


def _change(a: Standing | None, b: Standing | None) -> Fraction | None:
    if a is None or b is None or not isinstance(a.total, Fraction) or not isinstance(b.total, Fraction):
        return None
    return b.total - a.total


def _parts(a: Standing | None, b: Standing | None) -> dict[str, Fraction]:
    if a is None or b is None or a.points is None or b.points is None:
        return {}
    was = {p.indicator: p.contribution for p in a.points.parts}
    found = {}
    for part in b.points.parts:
        old, new = was.get(part.indicator, Fraction(0)), part.contribution
        if isinstance(old, Fraction) and isinstance(new, Fraction) and old != new:
            found[part.indicator] = new - old
    return found
