"""Scoring units by a scheme: sub-scores, a composite where nothing is missing, ranks inside classes of five."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import LEAST_CLASS, Part, Scheme
from zhishu.score.normalise import Span, minmax
from zhishu.terms import Text

SHIFT = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A unit's sub-score in a dimension, with the part each indicator gives."""

    dimension: str
    score: Value
    parts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit: sub-scores, composite or why there is none, rank interval inside its class."""

    unit: str
    group: str
    dimensions: tuple[DimensionScore, ...]
    composite: Value
    rank: tuple[int, int] | None
    why_no_rank: Text | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All units, the spans that set each scale, and the dimensions without figures."""

    units: tuple[UnitScore, ...]
    spans: Mapping[str, Span | None]
    empty: tuple[str, ...]
    varies: Text


VARIES = Text(
    "名次区间：各维度权重逐一增减四分之一后名次的范围",
    "rank interval: over each dimension's weight raised and lowered by a quarter in turn",
)


def score(scheme: Scheme, values: Mapping[str, Mapping[str, Value]], groups: Mapping[str, str]) -> Scores:
    """Return the scores of all units.

    ``values`` holds indicator → unit → value (base units); ``groups`` the class of each unit. A dimension
    without any indicator is empty; a unit without a whole dimension gets sub-scores and no composite: no
    weight is ever moved silently. Weighted arithmetic mean (OECD/JRC Handbook 2008, step 6).
    """
    scored: dict[str, dict[str, Value]] = {}
    spans: dict[str, Span | None] = {}
    for dimension in scheme.dimensions:
        for part in dimension.parts:
            scored[part.indicator], spans[part.indicator] = minmax(values[part.indicator], part.better)
    units = sorted(groups)
    by_unit = {u: tuple(_dimension(d.id, d.parts, scored, u) for d in scheme.dimensions) for u in units}
    weights = {d.id: d.weight for d in scheme.dimensions}
    composite = {u: _composite(by_unit[u], weights) for u in units}
    found = []
    for unit in units:
        members = [u for u in units if groups[u] == groups[unit]]
        rank, why = _rank(unit, members, by_unit, weights, composite)
        found.append(UnitScore(unit, groups[unit], by_unit[unit], composite[unit], rank, why))
    empty = tuple(d.id for d in scheme.dimensions if not d.parts)
    return Scores(tuple(found), spans, empty, VARIES)


def _dimension(
    name: str, parts: tuple[Part, ...], scored: Mapping[str, Mapping[str, Value]], unit: str
) -> DimensionScore:
    given: dict[str, Value] = {}
    total: Value = Fraction(0) if parts else Unknown("missing", name)
    for part in parts:
        value = scored[part.indicator].get(unit, Unknown("missing", part.indicator))
        given[part.indicator] = value * part.weight if isinstance(value, Fraction) else value
        if isinstance(value, Unknown):
            total = value
        elif isinstance(total, Fraction) and isinstance(value, Fraction):
            total += value * part.weight
    return DimensionScore(name, total, given)


def _composite(parts: tuple[DimensionScore, ...], weights: Mapping[str, Fraction]) -> Value:
    total = Fraction(0)
    for part in parts:
        if not isinstance(part.score, Fraction):
            return Unknown("missing", part.dimension)
        total += part.score * weights[part.dimension]
    return total / sum(weights.values())


def _rank(
    unit: str,
    members: list[str],
    by_unit: Mapping[str, tuple[DimensionScore, ...]],
    weights: Mapping[str, Fraction],
    composite: Mapping[str, Value],
) -> tuple[tuple[int, int] | None, Text | None]:
    if len(members) < LEAST_CLASS:
        return None, Text(f"同组只有 {len(members)} 个，不排名", f"only {len(members)} units in the class, no rank")
    if any(not isinstance(composite[u], Fraction) for u in members):
        return None, Text("组内有单位没有综合分，不排名", "a unit of the class has no composite, no rank")
    places = []
    for varied in _variants(weights):
        values = {u: _composite(by_unit[u], varied) for u in members}
        mine = values[unit]
        above = sum(1 for v in values.values() if isinstance(v, Fraction) and isinstance(mine, Fraction) and v > mine)
        places.append(above + 1)
    return (min(places), max(places)), None


def _variants(weights: Mapping[str, Fraction]) -> list[dict[str, Fraction]]:
    found = [dict(weights)]
    for name, weight in weights.items():
        for sign in (1, -1):
            found.append({**weights, name: weight * (1 + sign * SHIFT)})
    return found
