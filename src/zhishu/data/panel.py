"""The bitemporal panel: every vintage of every figure, asked as of a date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.data.observation import Observation
from zhishu.logic import Unknown

if TYPE_CHECKING:
    import polars


def _order(o: Observation) -> tuple[str, date, str, Fraction, str]:
    return (o.period, o.known_on, o.source, o.value, o.ref)


@dataclass(frozen=True, slots=True)
class Panel:
    """An immutable set of observations, indexed by series and region."""

    observations: tuple[Observation, ...]
    index: dict[tuple[str, str], tuple[Observation, ...]] = field(repr=False, compare=False)

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> "Panel":
        """Return a panel; the order of the input does not matter."""
        found: dict[tuple[str, str], list[Observation]] = {}
        every = tuple(observations)
        for o in every:
            found.setdefault((o.series, o.region), []).append(o)
        index = {k: tuple(sorted(v, key=_order)) for k, v in found.items()}
        return cls(tuple(o for k in sorted(index) for o in index[k]), index)

    def as_of(self, on: date) -> "Panel":
        """Return what was known on a date: published by then, or possibly published by then."""
        return Panel.of(o for o in self.observations if o.known_on <= on)

    def points(self, series: str, region: str) -> tuple[Observation, ...]:
        """Return every vintage of a series in a region, by period and date of publication."""
        return self.index.get((series, region), ())

    def latest(self, series: str, region: str, status: str = "actual") -> tuple[Observation, ...]:
        """Return the newest vintage of each period and run; sources of one day that differ all stay."""
        newest: dict[tuple[str, str], list[Observation]] = {}
        for o in self.points(series, region):
            if o.status != status:
                continue
            held = newest.setdefault((o.period, o.run), [])
            if held and o.known_on > held[0].known_on:
                held.clear()
            if all(other.value != o.value for other in held):
                held.append(o)
        return tuple(o for key in sorted(newest) for o in newest[key])

    def regions(self, series: str) -> tuple[str, ...]:
        """Return the regions that have a figure of a series."""
        return tuple(sorted(region for s, region in self.index if s == series))

    def series(self) -> tuple[str, ...]:
        """Return the ids of all series with a figure."""
        return tuple(sorted({s for s, _ in self.index}))

    def frame(self) -> "polars.DataFrame":
        """Return the panel as a polars table, one row an observation, ``value`` an exact decimal."""
        # polars takes longer to import than the whole panel to read
        from zhishu.data.frame import frame_of

        return frame_of(self.observations)


def growth(a: Observation, b: Observation) -> Fraction | Unknown:
    """Return ``b / a − 1``; across two comparable runs growth is unknown."""
    if a.run != b.run:
        return Unknown("break", f"{a.run} | {b.run}")
    return Unknown("divide_by_zero") if a.value == 0 else b.value / a.value - 1
