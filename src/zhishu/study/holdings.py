"""What a panel holds of each series: years, regions, figures and how sure most of them are."""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from zhishu.data import Panel

_GRADE = attrgetter("confidence")


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


def holdings(panel: Panel) -> tuple[Holding, ...]:
    """Return what is held of every series with a figure, by its id."""
    found = []
    for series in panel.places:
        parts = [points for region in panel.places[series] if (points := panel.points(series, region))]
        if parts:
            grades: Counter[str] = Counter()
            for points in parts:
                grades.update(map(_GRADE, points))
            first, last = min(p[0].period for p in parts), max(p[-1].period for p in parts)
            found.append(Holding(series, first, last, len(parts), grades.total(), grades))
    return tuple(found)
