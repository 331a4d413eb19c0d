"""The bitemporal panel: every vintage of every figure, asked as of a date."""

from collections.abc import Iterable, Mapping
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


_Index = Mapping[tuple[str, str], tuple[Observation, ...]]


@dataclass(frozen=True, slots=True)
class Panel:
    """An immutable set of observations by series and region; ``on`` hides what was not known by that date."""

    index: _Index = field(repr=False)
    places: Mapping[str, tuple[str, ...]] = field(repr=False)
    on: date | None = None

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> "Panel":
        """Return a panel; the order of the input does not matter."""
        found: dict[tuple[str, str], list[Observation]] = {}
        for o in observations:
            found.setdefault((o.series, o.region), []).append(o)
        index = {k: tuple(sorted(found[k], key=_order)) for k in sorted(found)}
        places: dict[str, list[str]] = {}
        for series, region in index:
            places.setdefault(series, []).append(region)
        return cls(index, {k: tuple(v) for k, v in places.items()})

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Return every observation, by series, region, period and date of publication."""
        return tuple(o for series, region in self.index for o in self.points(series, region))

    def as_of(self, on: date) -> "Panel":
        """Return what was known on a date: published by then, or possibly published by then.

        Nothing is copied; what is asked for is looked through when it is asked for.
        """
        return Panel(self.index, self.places, on if self.on is None else min(on, self.on))

    def points(self, series: str, region: str) -> tuple[Observation, ...]:
        """Return every vintage of a series in a region, by period and date of publication."""
        found = self.index.get((series, region), ())
        return found if self.on is None else tuple(o for o in found if o.known_on <= self.on)

    def latest(self, series: str, region: str, status: str = "actual") -> tuple[Observation, ...]:
        """Return the newest vintage of each period and run; sources of one day that differ all stay."""
        points = tuple(o for o in self.points(series, region) if o.status == status)
        if len({o.period for o in points}) == len(points):
            return points
        newest: dict[tuple[str, str], list[Observation]] = {}
        for o in points:
            held = newest.setdefault((o.period, o.run), [])
            if held and o.known_on > held[0].known_on:
                held.clear()
            if all(other.value != o.value for other in held):
                held.append(o)
        return tuple(o for key in sorted(newest) for o in newest[key])

    def regions(self, series: str) -> tuple[str, ...]:
        """Return the regions that have a figure of a series, sorted."""
        return tuple(region for region in self.places.get(series, ()) if self._any(series, region))

    def _any(self, series: str, region: str) -> bool:
        found = self.index.get((series, region), ())
        return bool(found) if self.on is None else any(o.known_on <= self.on for o in found)

    def series(self) -> tuple[str, ...]:
        """Return the ids of all series with a figure, sorted."""
        return tuple(s for s, regions in self.places.items() if any(self._any(s, region) for region in regions))

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
