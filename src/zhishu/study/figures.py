"""Figures of a study as of a day: the grid of indicators, and the evidence a target is watched with."""

from datetime import date
from fractions import Fraction

from zhishu.data import Observation
from zhishu.measure import Grid, measure
from zhishu.pack.target import Target
from zhishu.study.open import Study
from zhishu.units import parse_unit
from zhishu.watch import Evidence, Point


def grid(study: Study, on: date) -> Grid:
    """Return the grid of everything known on a day."""
    return Grid(study.data.panel.as_of(on), study.data.regions, study.pack.indicators)


def evidence(study: Study, target: Target, known: Grid) -> Evidence:
    """Return the points of every series and indicator a target reads."""
    return Evidence({name: _points(study, name, target.region, known) for name in target.names()})


def _points(study: Study, name: str, region: str, known: Grid) -> tuple[Point, ...]:
    if name in study.pack.indicators:
        years = range(study.pack.header.first_year, study.pack.header.last_year + 1)
        found = []
        for reading in measure(known, name, [region], years):
            if isinstance(reading.value, Fraction) and reading.known_on is not None:
                refs = tuple(o.ref for o in reading.inputs)
                found.append(
                    Point(
                        int(reading.period),
                        reading.value,
                        any(o.status == "planned" for o in reading.inputs),
                        " + ".join(reading.runs),
                        reading.known_on,
                        bool(reading.assumed),
                        reading.confidence,
                        refs,
                    )
                )
        return tuple(found)
    both = [*known.panel.latest(name, region), *known.panel.latest(name, region, "planned")]
    return tuple(point(o) for o in both)


def point(o: Observation) -> Point:
    """Return an observation as a point in base units."""
    value = o.value * parse_unit(o.unit).factor
    return Point(int(o.period), value, o.status == "planned", o.run, o.known_on, o.assumed, o.confidence, (o.ref,))
