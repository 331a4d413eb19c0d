"""An index of several years: scores on one scale, ranks within each year, and what changed for sure."""

from collections import Counter
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.index import Index
from zhishu.score.standing import Standing, standings_of
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.impute import Time
from zhishu.score.steps.sure import LEVEL, Sure, Told, Varied, span
from zhishu.terms import Text

WAYS: dict[Time, Text] = {
    "latest": Text("沿用此前最近的数", "the last figure before"),
    "linear": Text("前后两数连线，两端不补", "on the line between the figures before and after, nothing at the ends"),
    "constant": Text("沿用前数，两端沿用最近的数", "the figure before, at the ends the nearest"),
    "linear_constant": Text("前后两数连线，两端沿用最近的数", "on the line between, at the ends the nearest"),
}
"""How gaps may be filled over the years; without one of them nothing is."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell that had no figure and was given one: by which way, and from the figures of which years."""

    unit: str
    year: int
    column: str
    value: float
    way: Time
    sources: tuple[int, ...]

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {**asdict(self), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Screened:
    """A unit left out of a year, because only so great a share of its figures is known."""

    unit: str
    year: int
    known: float

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A unit in one year: its standing, its score less that of the year before in the table (``since``), the interval
    of this change, the share of runs in which it rose (no change counts half), and how many figures were filled."""

    year: int
    standing: Standing
    since: int | None
    change: float | None
    change_low: float | None
    change_high: float | None
    rose: float | None
    filled: int

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        own = {k: v for k, v in asdict(self).items() if k not in ("year", "standing")}
        return {"year": self.year, **self.standing.to_json(), **own}


@dataclass(frozen=True, slots=True)
class Panel:
    """An index of units (in order of the table) over years (in order of time): ``index`` holds the rows, all units of
    the first year first. ``there`` (years, units) says which rows the table has, ``filled`` which cells were given a
    figure, ``screened`` which rows were left out."""

    units: tuple[str, ...]
    years: tuple[int, ...]
    index: Index
    there: NDArray[np.bool_]
    filled: tuple[Filled, ...] = ()
    screened: tuple[Screened, ...] = ()

    def scores(self) -> dict[int, dict[str, float | None]]:
        """Return the score of each unit by year, None where it has none."""
        return {
            year: {u: float(x) if np.isfinite(x) else None for u, x in zip(self.units, row, strict=True)}
            for year, row in zip(self.years, self._scores(), strict=True)
        }

    def standings(
        self, varied: Varied | None = None, level: float = LEVEL, told: Told | None = None
    ) -> list[YearStanding]:
        """Return every unit that the table has in a year, year by year, the best first. A run gives all years the same
        weights and choices, so that a change is not one of how it is counted.

        Raises ZhishuError ``index-too-large`` for more runs than are allowed.
        """
        return self.standings_by(self.index.sure(varied, told), level)

    def standings_by(self, sure: Sure, level: float = LEVEL) -> list[YearStanding]:
        """Return the standings by runs that were made already."""
        at, filled = {u: n for n, u in enumerate(self.units)}, Counter((f.year, f.unit) for f in self.filled)
        scores, found = self._scores(), []
        runs = sure.scores.reshape(len(sure.scores), len(self.years), -1)
        for n, year in enumerate(self.years):
            changes = (
                _changes(scores[n - 1 : n + 1], runs[:, n - 1 : n + 1], level) if n else np.full((4, len(at)), np.nan)
            )
            if len(sure.varied.scales) > 1:
                # scores on two scales have no interval in common
                changes[1:3] = np.nan
            for one in standings_of(self.units, scores[n], self.of_year(sure, n), level):
                unit = at[one.unit]
                if not self.there[n, unit]:
                    continue
                change, low, high, rose = (float(x) if np.isfinite(x) else None for x in changes[:, unit])
                since = self.years[n - 1] if change is not None else None
                found.append(YearStanding(year, one, since, change, low, high, rose, filled[year, one.unit]))
        return found

    def of_year(self, sure: Sure, year: int) -> Sure:
        """Return the runs of one year, by its place."""
        return sure.of_year(year, len(self.years))

    def _scores(self) -> Array:
        index = self.index
        return index.study.scores(index.recipe)[index.study.tree.top].reshape(len(self.years), -1)


def _changes(scores: Array, runs: Array, level: float) -> Array:
    """Return for each unit the change of its score, its bounds and the share of runs in which it rose, (4, units)."""
    apart = runs[:, 1] - runs[:, 0]
    known = (~np.isnan(apart)).sum(axis=0)
    rose = (apart > 0).sum(axis=0) + (apart == 0).sum(axis=0) / 2
    change = scores[1] - scores[0]
    found = np.stack([change, *span(apart, level), rose / np.where(known > 0, known, np.nan)])
    # runs may know a score that the declared index does not
    return np.where(np.isnan(change), np.nan, found)
