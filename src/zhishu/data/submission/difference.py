"""A reading against what is held: new, the same, or revised. What a file does not say is never withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.submission.figures import Observations, exact


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure held with another value: it becomes a new vintage, known from ``vintage``; the old one stays."""

    new: Observation
    old: Observation

    @property
    def vintage(self) -> date:
        """Return the day from which the new value counts."""
        return self.new.known_on

    @property
    def change(self) -> Fraction:
        """Return new less old, in the unit of the series."""
        return self.new.value - self.old.value

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        n, o = self.new, self.old
        return {
            "region": n.region,
            "period": n.period,
            "series": n.series,
            "unit": n.unit,
            "old": exact(o.value),
            "new": exact(n.value),
            "vintage": self.vintage.isoformat(),
            "held_since": o.known_on.isoformat(),
            "cell": n.ref,
            "held": o.ref,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What figures add to those held."""

    new: Sequence[Observation]
    same: Sequence[Observation]
    revised: tuple[Revision, ...]

    @property
    def nothing(self) -> bool:
        """Return whether the file says nothing that is not held."""
        return not self.new and not self.revised

    def to_json(self) -> dict[str, object]:
        """Return the contract form: counts, and every revision."""
        return {"new": len(self.new), "same": len(self.same), "revised": [r.to_json() for r in self.revised]}


def difference(observations: Observations, held: Panel) -> Difference:
    """Return what observations add to a panel, each against the newest vintage of its region, period, run and status.

    Where sources of one day differ, being the same as any of them is the same.
    """
    import polars as pl

    same: list[int] = []
    revised: dict[int, Revision] = {}
    newest: dict[tuple[str, str, str], dict[tuple[str, str], list[Observation]]] = {}
    # most tables bring series of which much is held, or nothing at all
    places = observations.figures.table.select("series", "region", "status").with_row_index()
    for n, *words in places.filter(pl.col("series").is_in(held.series())).iter_rows():
        place = (words[0], words[1], words[2])
        if place not in newest:
            newest[place] = {}
            for old in held.latest(*place):
                newest[place].setdefault((old.period, old.run), []).append(old)
        if not newest[place]:
            continue
        o = observations[n]
        known = newest[place].get((o.period, o.run), [])
        if any(old.value == o.value for old in known):
            same.append(n)
        elif known:
            revised[n] = Revision(o, known[-1])
    told = {*same, *revised}
    new = [n for n in range(len(observations)) if n not in told]
    return Difference(observations.chosen(new), observations.chosen(same), tuple(revised.values()))
