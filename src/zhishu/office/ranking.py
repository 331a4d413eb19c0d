"""Lines in the order of lists, kept so while the record grows: a new entry moves one line and sorts nothing anew."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter

from zhishu.coordinate.standing import Standing
from zhishu.office.line import Line

Light = tuple[str, str]
"""A light and its colour."""

_RANK = attrgetter("rank")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lines, the most urgent first. What a reader holds is never changed under it.

    ``lights`` holds the lines of each light and colour in the same order, ``due`` how many running lines are due on a day,
    ``units`` in how many lines each unit has a part.
    """

    order: Sequence[Line] = ()
    lights: Mapping[Light, Sequence[Line]] = field(default_factory=dict)
    due: Mapping[date, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)

    def shown(self) -> tuple[tuple[Standing, int], ...]:
        """Return each light as it first comes up in the order, and how many lines stand under it."""
        found: dict[str, tuple[Standing, int]] = {}
        for (light, _), lines in sorted(self.lights.items(), key=lambda pair: pair[1][0].rank):
            first, count = found.get(light, (lines[0].standing, 0))
            if first is not None:
                found[light] = (first, count + len(lines))
        return tuple(found.values())

    def under(self, light: str) -> Sequence[Line]:
        """Return the lines under a light or a colour, in their order."""
        chosen = [lines for key, lines in self.lights.items() if light in key]
        return chosen[0] if len(chosen) == 1 else sorted(chain.from_iterable(chosen), key=_RANK)

    def part(self, takes: Callable[[Line], bool]) -> "Ranking":
        """Return the lines that are taken; the ranking itself where all are."""
        order = [line for line in self.order if takes(line)]
        return self if len(order) == len(self.order) else ranked(order)

    def changed(self, moves: Iterable[tuple[Line | None, Line | None]]) -> "Ranking":
        """Return the ranking after lines gave way to others: (before, after), None for none.

        A line before that it does not hold is passed over.
        """
        moves = tuple(moves)
        if not any(after or (before and _holds(self.order, before)) for before, after in moves):
            return self
        order, due, units = list(self.order), Counter(self.due), Counter(self.units)
        lights: dict[Light, list[Line]] = {}
        for before, after in moves:
            for line, sign in ((before, -1), (after, 1)):
                if line is None or (sign < 0 and not _holds(order, line)):
                    continue
                _moved(order, line, sign)
                units.update(dict.fromkeys(line.units, sign))
                if line.standing is None:
                    continue
                light = (line.standing.light, line.standing.colour)
                if light not in lights:
                    lights[light] = list(self.lights.get(light, ()))
                _moved(lights[light], line, sign)
                if line.standing.due is not None and not line.standing.ended:
                    due[line.standing.due] += sign
        kept = {light: found for light, found in {**self.lights, **lights}.items() if found}
        return Ranking(order, kept, +due, +units)


def ranked(lines: Iterable[Line]) -> Ranking:
    """Return lines in their order."""
    order = sorted(lines, key=_RANK)
    lights: dict[Light, list[Line]] = {}
    due = Counter[date]()
    for line in order:
        if line.standing is not None:
            lights.setdefault((line.standing.light, line.standing.colour), []).append(line)
            if line.standing.due is not None and not line.standing.ended:
                due[line.standing.due] += 1
    return Ranking(order, lights, due, _units(order))


def _units(order: Sequence[Line]) -> Counter[str]:
    """Return in how many lines each unit has a part; lines that lie alike share one scope and are counted together."""
    scopes = {id(line.scope): line.scope for line in order}
    units = Counter[str]()
    for place, count in Counter(id(line.scope) for line in order).items():
        units.update(dict.fromkeys(scopes[place].units, count))
    return units


def _holds(order: Sequence[Line], line: Line) -> bool:
    at = bisect_left(order, line.rank, key=_RANK)
    return at < len(order) and order[at] is line


def _moved(order: list[Line], line: Line, sign: int) -> None:
    if sign > 0:
        insort(order, line, key=_RANK)
    else:
        del order[bisect_left(order, line.rank, key=_RANK)]
