"""How much was asked of each unit in a month: counted from entries, against the limit of the pack."""

from dataclasses import dataclass

from zhishu.coordinate.units import Unit
from zhishu.office.moment import Moment
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a unit in a month: how often, and by which units how often."""

    unit: str
    name: Text
    count: int
    by: tuple[tuple[str, int], ...]

    def over(self, limit: int) -> int:
        """Return by how much the limit is exceeded, 0 within it."""
        return max(0, self.count - limit)


def burden(moment: Moment, month: str) -> tuple[Asked, ...]:
    """Return every unit that something was asked of in a month (``2026-11``), the most burdened first."""
    found = []
    for (asked_in, unit), entries in moment.known.asks.items():
        if asked_in != month:
            continue
        by: dict[str, int] = {}
        for entry in entries:
            by[entry.fact.unit] = by.get(entry.fact.unit, 0) + 1
        ranked = tuple(sorted(by.items(), key=lambda pair: (-pair[1], pair[0])))
        state = moment.state(f"unit/{unit}")
        name = state.name if isinstance(state, Unit) else Text(unit, unit)
        found.append(Asked(unit, name, len(entries), ranked))
    return tuple(sorted(found, key=lambda a: (-a.count, a.unit)))
