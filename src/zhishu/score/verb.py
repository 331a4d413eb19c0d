"""Scoring units by a scheme: sub-scores, a composite where nothing is missing, ranks inside classes of five."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import Dimension, Scheme
from zhishu.score.aggregate import weighted_mean
from zhishu.score.scales import SCALES, Span, span_of
from zhishu.score.vary import Spread, rank_intervals
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A unit's sub-score in a dimension, with the scaled value of each of its indicators."""

    dimension: str
    score: Value
    parts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit: sub-scores, composite or why there is none, rank with its interval or why there is none."""

    unit: str
    group: str
    dimensions: tuple[DimensionScore, ...]
    composite: Value
    rank: Spread | None
    why_no_rank: Text | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All units, who sets each scale, the dimensions without figures, what the intervals vary, and the seed."""

    units: tuple[UnitScore, ...]
    spans: Mapping[str, Span | None]
    empty: tuple[str, ...]
    varies: tuple[Text, ...]
    seed: int


def score(
    scheme: Scheme, values: Mapping[str, Mapping[str, Value]], groups: Mapping[str, str], seed: int = 0
) -> Scores:
    """Return the scores of all units.

    ``values`` holds indicator → unit → value (base units); ``groups`` the class of each unit. The scale is set
    by all units. A dimension without any indicator is empty; a unit that lacks one indicator lacks its dimension,
    unless a share of them is declared enough, and one that lacks a dimension gets sub-scores and no composite: no weight is ever moved silently
    (OECD/JRC Handbook 2008, steps 5 to 7).
    """
    parts = {p.indicator: p for d in scheme.dimensions for p in d.parts}
    scaled = {name: SCALES[scheme.normalise](values[name], part.better) for name, part in parts.items()}
    units = sorted(groups)
    by_unit = {u: tuple(_dimension(scheme, d, scaled, u) for d in scheme.dimensions) for u in units}
    spreads = rank_intervals(scheme, values, groups, seed)
    ranks = {s.unit: s for s in spreads.units}
    found = (
        UnitScore(
            unit,
            groups[unit],
            by_unit[unit],
            _composite(scheme, by_unit[unit]),
            ranks.get(unit),
            spreads.unranked.get(groups[unit]),
        )
        for unit in units
    )
    empty = tuple(d.id for d in scheme.dimensions if not d.parts)
    spans = {name: span_of(values[name]) for name in parts}
    return Scores(tuple(found), spans, empty, spreads.varies, seed)


def _dimension(
    scheme: Scheme, dimension: Dimension, scaled: Mapping[str, Mapping[str, Value]], unit: str
) -> DimensionScore:
    if not dimension.parts:
        return DimensionScore(dimension.id, Unknown("missing", dimension.id), {})
    parts = {p.indicator: scaled[p.indicator].get(unit, Unknown("missing", p.indicator)) for p in dimension.parts}
    weighted = [(parts[p.indicator], p.weight) for p in dimension.parts]
    return DimensionScore(dimension.id, weighted_mean(weighted, scheme.aggregate, dimension.at_least), parts)


def _composite(scheme: Scheme, scores: tuple[DimensionScore, ...]) -> Value:
    missing = next((s.dimension for s in scores if not isinstance(s.score, Fraction)), None)
    if missing is not None:
        return Unknown("missing", missing)
    weights = (d.weight for d in scheme.dimensions)
    return weighted_mean([(s.score, w) for s, w in zip(scores, weights, strict=True)], scheme.aggregate)
