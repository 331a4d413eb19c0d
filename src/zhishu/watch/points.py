"""What a target is watched with: dated points of the series it reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """A figure in base units at the end of a year, as it was known. A named tuple: panels make hundreds of thousands."""

    year: int
    value: Fraction
    planned: bool
    run: str
    known_on: date
    assumed: bool
    confidence: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every point known on the day, by series."""

    series: Mapping[str, tuple[Point, ...]]

    @property
    def single(self) -> bool:
        """Return whether no series has two points of one year, in the order of the years."""
        return all(_rising(points) for points in self.series.values())

    def points(self, name: str, planned: bool = False) -> tuple[Point, ...]:
        """Return the points of a series, actual ones unless asked for planned ones."""
        return tuple([p for p in self.series.get(name, ()) if p.planned == planned])

    def at(self, name: str, year: int, planned: bool = False) -> tuple[Point, ...]:
        """Return the points of a series in a year; two sources that differ are two points."""
        return tuple(p for p in self.points(name, planned) if p.year == year)


def _rising(points: Sequence[Point]) -> bool:
    return all(a.year < b.year for a, b in pairwise(points))


def one_source(evidence: Evidence, highest: bool) -> Evidence:
    """Return the evidence with one figure per series, year, run and status: the newest, and of those of one
    day that differ the lowest or the highest."""
    chosen: dict[str, tuple[Point, ...]] = {}
    sign = 1 if highest else -1
    for name, points in evidence.series.items():
        held: dict[tuple[int, str, bool], Point] = {}
        for p in points:
            key = (p.year, p.run, p.planned)
            other = held.get(key)
            if other is None or (p.known_on, sign * p.value) > (other.known_on, sign * other.value):
                held[key] = p
        chosen[name] = tuple(held[key] for key in sorted(held))
    return Evidence(chosen)


def runs(points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """Return the points of each comparable run by year; of one year the newest, then the lowest, stays."""
    ordered = tuple(points)
    if _rising(ordered):
        parts: dict[str, list[Point]] = {}
        for p in ordered:
            parts.setdefault(p.run, []).append(p)
        return {run: tuple(parts[run]) for run in sorted(parts)}
    found: dict[str, dict[int, Point]] = {}
    for p in ordered:
        held = found.setdefault(p.run, {}).get(p.year)
        if held is None or (p.known_on, -p.value) > (held.known_on, -held.value):
            found[p.run][p.year] = p
    return {run: tuple(by_year[y] for y in sorted(by_year)) for run, by_year in sorted(found.items())}
