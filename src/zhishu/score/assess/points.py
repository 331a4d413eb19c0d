"""Points of a class: each indicator by its kind, each aspect and the total by their means, with bounds for what is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import Aspect, Assessment
from zhishu.score.aggregate import weighted_mean
from zhishu.score.assess.bind import Bound
from zhishu.score.assess.facts import Reading
from zhishu.score.scales import Span, span_of

RELATIVE = ("minmax", "efficacy", "rank_table", "rank_line", "growth")
"""Kinds that score the units of a class against each other: whoever leaves changes the others' points."""
_SPANNED = ("minmax", "efficacy")
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with the least and the most it can be; an unknown one says why."""

    value: Value
    low: Fraction
    high: Fraction

    @property
    def known(self) -> bool:
        """Whether the number itself is known."""
        return isinstance(self.value, Fraction)


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator of a unit: what was read, its points of 100, its weight, and what it brings to the total.

    What it brings is unknown where its aspect or the total is no sum.
    """

    indicator: str
    reading: Reading
    points: Bounded
    weight: Fraction
    contribution: Value


@dataclass(frozen=True, slots=True)
class AspectPoints:
    """An aspect of a unit: its points of 100, its weight, and what it brings to the total."""

    aspect: str
    points: Bounded
    weight: Fraction
    contribution: Value


@dataclass(frozen=True, slots=True)
class Points:
    """A unit's parts, its aspects, and the whole before anything is added, taken or given back."""

    parts: tuple[Part, ...]
    aspects: tuple[AspectPoints, ...]
    base: Bounded


@dataclass(frozen=True, slots=True)
class ClassPoints:
    """The points of one class, and who sets the ends of the scale of each indicator scored between them."""

    units: Mapping[str, Points]
    spans: Mapping[str, Span | None]


def class_points(
    assessment: Assessment,
    bounds: Mapping[str, Bound],
    units: Sequence[str],
    readings: Mapping[str, Mapping[str, Reading]],
) -> ClassPoints:
    """Return the points of the units of one class.

    ``bounds`` are the indicators that count in it; an unknown one gives at least its floor and at most its cap, so that
    no weight is ever moved from what is missing to what is there.
    """
    cells = cells_of(bounds, units, readings)
    spans = {
        name: span_of({u: _row(one, readings.get(u, {}).get(name, {}))[0] for u in units})
        for name, one in bounds.items()
        if one.kind.name in _SPANNED
    }
    return ClassPoints(
        {u: _unit(assessment, bounds, {n: c[u] for n, c in cells.items()}, readings.get(u, {})) for u in units}, spans
    )


def cells_of(
    bounds: Mapping[str, Bound], units: Sequence[str], readings: Mapping[str, Mapping[str, Reading]]
) -> dict[str, dict[str, Bounded]]:
    """Return the points of each indicator: indicator → unit → points of 100."""
    found = {}
    for name, one in bounds.items():
        scored = one.kind.score({u: _row(one, readings.get(u, {}).get(name, {})) for u in units}, one.parameters)
        found[name] = {u: _bounded(one, scored[u]) for u in units}
    return found


def _row(one: Bound, reading: Reading) -> tuple[Value, ...]:
    """Return what the kind reads; marks that were not given are no marks, anything else that is not given is missing."""
    if one.kind.many:
        return tuple(v for k, v in reading.items() if k.startswith(one.kind.reads[0]) and not _blank(v))
    missing = Unknown("missing", one.indicator.name.zh, one.indicator.name.en)
    return tuple(reading.get(name, missing) for name in one.kind.reads)


def _blank(value: Value) -> bool:
    return isinstance(value, Unknown) and value.reason == "missing"


def _bounded(one: Bound, score: Value) -> Bounded:
    low, high = one.indicator.floor * _HUNDRED, one.indicator.cap * _HUNDRED
    if isinstance(score, Fraction):
        points = max(low, min(high, score / one.indicator.full * _HUNDRED))
        return Bounded(points, points, points)
    return Bounded(score if isinstance(score, Unknown) else Unknown("domain", "not a number"), low, high)


def _unit(
    assessment: Assessment,
    bounds: Mapping[str, Bound],
    cells: Mapping[str, Bounded],
    readings: Mapping[str, Reading],
) -> Points:
    aspects, parts = [], []
    for aspect in assessment.aspects:
        named = {i.id: bounds[i.id].scored.weight for i in aspect.indicators if i.id in bounds}
        own = {i: w for i, w in named.items() if w > 0}
        # what weighs nothing here is shown beside, because an award goes by it or it parts a tie
        parts += [Part(i, readings.get(i, {}), cells[i], w, w) for i, w in named.items() if w == 0]
        if not own:
            continue
        whole = sum(own.values(), Fraction(0))
        points = _mean([(cells[i], w) for i, w in own.items()], aspect.aggregate)
        summed = assessment.aggregate == "arithmetic"
        brings = points.value * whole / _HUNDRED if summed and isinstance(points.value, Fraction) else _none(points)
        aspects.append(AspectPoints(aspect.id, points, whole, brings))
        for i, weight in own.items():
            parts.append(Part(i, readings.get(i, {}), cells[i], weight, _brings(assessment, aspect, cells[i], weight)))
    base = _mean([(a.points, a.weight) for a in aspects], assessment.aggregate)
    return Points(tuple(parts), tuple(aspects), base)


def _brings(assessment: Assessment, aspect: Aspect, cell: Bounded, weight: Fraction) -> Value:
    if assessment.aggregate != "arithmetic" or aspect.aggregate != "arithmetic":
        return Unknown("domain", "几何平均不是相加", "a geometric mean is no sum")
    return cell.value * weight / _HUNDRED if isinstance(cell.value, Fraction) else cell.value


def _none(points: Bounded) -> Value:
    if isinstance(points.value, Unknown):
        return points.value
    return Unknown("domain", "几何平均不是相加", "a geometric mean is no sum")


def _mean(parts: Sequence[tuple[Bounded, Fraction]], how: Literal["arithmetic", "geometric"]) -> Bounded:
    value = weighted_mean([(b.value, w) for b, w in parts], how)
    if isinstance(value, Fraction):
        # all parts are known, so their bounds are themselves
        return Bounded(value, value, value)
    low = weighted_mean([(b.low, w) for b, w in parts], how)
    high = weighted_mean([(b.high, w) for b, w in parts], how)
    if not isinstance(low, Fraction):
        # a geometric mean with a part of nothing has no number: at least it is nothing …
        low = Fraction(0)
    if not isinstance(high, Fraction):
        # … and at most the arithmetic mean
        most = weighted_mean([(b.high, w) for b, w in parts], "arithmetic")
        high = most if isinstance(most, Fraction) else _HUNDRED
    return Bounded(value, low, high)
