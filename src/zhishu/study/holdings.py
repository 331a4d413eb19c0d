"""What a panel holds of each series on a day: years, regions, figures and how sure most of them are.

A figure becomes known once and stays known, so one pass in the order of publication answers for every day.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.data import Panel


@dataclass(frozen=True, slots=True)
class Holding:
    """One series as held: first and last period, number of regions and figures, figures by confidence."""

    series: str
    first: str
    last: str
    regions: int
    figures: int
    grades: Counter[str]

    @property
    def mostly(self) -> str:
        """Return the confidence of most figures."""
        return min(self.grades, key=lambda grade: (-self.grades[grade], grade))


@dataclass(frozen=True, slots=True)
class Growing:
    """One series as it became known: after each figure the span and the regions; each grade's own days."""

    series: str
    days: tuple[date, ...]
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    regions: tuple[int, ...]
    grades: Mapping[str, tuple[date, ...]]

    def on(self, day: date) -> Holding | None:
        """Return what was held on a day, or None before the first figure."""
        known = bisect_right(self.days, day)
        if known == 0:
            return None
        counts = {grade: bisect_right(days, day) for grade, days in self.grades.items()}
        grades = Counter({grade: count for grade, count in counts.items() if count})
        last = known - 1
        return Holding(self.series, self.firsts[last], self.lasts[last], self.regions[last], known, grades)


def growing(panel: Panel) -> tuple[Growing, ...]:
    """Return every series of a panel as it became known, by its id."""
    return tuple(_grown(panel, series) for series in panel.places if panel.regions(series))


def holdings(grown: tuple[Growing, ...], on: date) -> tuple[Holding, ...]:
    """Return what was held on a day of every series with a figure."""
    return tuple(held for series in grown if (held := series.on(on)) is not None)


def _grown(panel: Panel, series: str) -> Growing:
    points = sorted(
        ((o.known_on, o.period, o.region, o.confidence) for r in panel.places[series] for o in panel.points(series, r)),
        key=lambda found: found[0],
    )
    firsts: list[str] = []
    lasts: list[str] = []
    counts: list[int] = []
    seen: set[str] = set()
    grades: dict[str, list[date]] = {}
    for day, period, region, grade in points:
        firsts.append(min(period, firsts[-1]) if firsts else period)
        lasts.append(max(period, lasts[-1]) if lasts else period)
        seen.add(region)
        counts.append(len(seen))
        grades.setdefault(grade, []).append(day)
    days = tuple(day for day, _, _, _ in points)
    by_grade = {grade: tuple(found) for grade, found in sorted(grades.items())}
    return Growing(series, days, tuple(firsts), tuple(lasts), tuple(counts), by_grade)
