"""Rank intervals that say what they vary: weights, scale, or one indicator left out; seeded, never hidden.

A composite is the sum of scaled indicators times effective weights (dimension share × share inside it), so
every variation is another set of effective weights or another scale (OECD/JRC Handbook 2008, step 7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from random import Random

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import LEAST_CLASS, Scheme
from zhishu.score.rank import places
from zhishu.score.scales import SCALES
from zhishu.terms import Text

Weights = Mapping[str, Fraction]
_GRID = 2000


@dataclass(frozen=True, slots=True)
class Spread:
    """A unit's rank as declared, and its best and worst rank under each thing varied.

    >>> Spread("雅安", "ring", 2, (1, 3), (2, 4), (2, 2)).say()
    '2 (1–4)'
    """

    unit: str
    group: str
    rank: int
    weights: tuple[int, int]
    scale: tuple[int, int]
    one_out: tuple[int, int]

    def say(self) -> str:
        """Return the rank with its interval over everything varied: ``2 (1–4)``."""
        best, worst = self.overall()
        return f"{self.rank} ({best}–{worst})"

    def overall(self) -> tuple[int, int]:
        """Return the best and worst rank over everything varied."""
        return (
            min(self.weights[0], self.scale[0], self.one_out[0]),
            max(self.weights[1], self.scale[1], self.one_out[1]),
        )


@dataclass(frozen=True, slots=True)
class Spreads:
    """The spreads by unit, why a class has none, and in words what was varied and how."""

    units: tuple[Spread, ...]
    unranked: Mapping[str, Text]
    varies: tuple[Text, ...]
    seed: int


def rank_intervals(
    scheme: Scheme,
    values: Mapping[str, Mapping[str, Value]],
    groups: Mapping[str, str],
    seed: int,
    runs: int = 200,
    shift: Fraction = Fraction(1, 4),
) -> Spreads:
    """Return rank intervals inside every class of at least five units whose figures are complete.

    ``values`` holds indicator → unit → value; ``shift`` is how far each weight may move, up or down, before
    they are renormalised. A scheme with an empty dimension has no composite, and so no ranks.
    """
    unranked: dict[str, Text] = {}
    found: list[Spread] = []
    for group in sorted(set(groups.values())):
        members = sorted(u for u, g in groups.items() if g == group)
        why = _why_not(scheme, values, members)
        if why is not None:
            unranked[group] = why
        else:
            found += _spreads(scheme, values, groups, members, _draws(scheme, seed, runs, shift))
    said = (
        Text(
            f"权重：各层权重各自独立增减不超过 {shift}，抽 {runs} 次，种子 {seed}",
            f"weights: each weight of both levels moved by at most {shift} on its own, {runs} draws, seed {seed}",
        ),
        Text(f"归一化：{'、'.join(sorted(SCALES))}", f"scale: {', '.join(sorted(SCALES))}"),
        Text("指标：逐一去掉一个，其余按比例补足", "indicators: one left out at a time, the others scaled up"),
    )
    return Spreads(tuple(sorted(found, key=lambda s: (s.group, s.rank, s.unit))), unranked, said, seed)


def effective(scheme: Scheme, factors: Weights, without: str | None = None) -> dict[str, Fraction]:
    """Return the weight of each indicator in the composite, summing to 1, or nothing if none is left.

    ``factors`` multiplies weights by the id of the dimension or ``dimension/indicator``. An indicator left
    out gives its weight to the others of its dimension; the only one of a dimension takes the dimension along.
    """
    dimensions: dict[str, tuple[Fraction, dict[str, Fraction]]] = {}
    for d in scheme.dimensions:
        inside = {
            p.indicator: p.weight * factors.get(f"{d.id}/{p.indicator}", Fraction(1))
            for p in d.parts
            if p.indicator != without
        }
        if sum(inside.values()) > 0:
            dimensions[d.id] = (d.weight * factors.get(d.id, Fraction(1)), inside)
    whole = sum((w for w, _ in dimensions.values()), Fraction(0))
    found: dict[str, Fraction] = {}
    for weight, inside in dimensions.values():
        own = sum(inside.values(), Fraction(0))
        for indicator, part in inside.items():
            found[indicator] = found.get(indicator, Fraction(0)) + weight / whole * part / own
    return found


def _draws(scheme: Scheme, seed: int, runs: int, shift: Fraction) -> list[dict[str, Fraction]]:
    random = Random(seed)
    names = [d.id for d in scheme.dimensions] + [f"{d.id}/{p.indicator}" for d in scheme.dimensions for p in d.parts]
    draws = []
    for _ in range(runs):
        steps = [Fraction(int(random.random() * (_GRID + 1)) * 2 - _GRID, _GRID) for _ in names]
        draws.append({name: 1 + shift * step for name, step in zip(names, steps, strict=True)})
    return draws


def _why_not(scheme: Scheme, values: Mapping[str, Mapping[str, Value]], members: Sequence[str]) -> Text | None:
    if len(members) < LEAST_CLASS:
        return Text(f"同组只有 {len(members)} 个，不排名", f"only {len(members)} units in the class, no rank")
    if scheme.aggregate != "arithmetic":
        return Text("名次区间只对算术平均给出，不排名", "rank intervals are given for arithmetic means only, no rank")
    if any(not d.parts for d in scheme.dimensions):
        return Text("有维度没有数据，没有综合分，不排名", "a dimension has no figures, so no composite and no rank")
    indicators = {p.indicator for d in scheme.dimensions for p in d.parts}
    if any(not isinstance(values[i].get(u, Unknown("missing")), Fraction) for i in indicators for u in members):
        return Text("组内有单位缺数，不排名", "a unit of the class lacks a figure, no rank")
    if any(not isinstance(v, Fraction) for i in indicators for v in _scaled(scheme, values, "minmax", i, members)):
        return Text("有指标各单位数值相同，无法归一化，不排名", "an indicator is equal for all units and has no scale")
    return None


def _scaled(
    scheme: Scheme, values: Mapping[str, Mapping[str, Value]], scale: str, indicator: str, members: Sequence[str]
) -> list[Value]:
    better = next(p.better for d in scheme.dimensions for p in d.parts if p.indicator == indicator)
    # the scale is set by all units, whatever the class
    scaled = SCALES[scale](values[indicator], better)
    return [scaled[u] for u in members]


def _spreads(
    scheme: Scheme,
    values: Mapping[str, Mapping[str, Value]],
    groups: Mapping[str, str],
    members: Sequence[str],
    draws: Sequence[Weights],
) -> list[Spread]:
    indicators = sorted({p.indicator for d in scheme.dimensions for p in d.parts})
    tables = {s: {i: whole_numbers(_scaled(scheme, values, s, i, members)) for i in indicators} for s in SCALES}
    plain = effective(scheme, {})
    nominal = ranked(tables[scheme.normalise], plain, len(members))
    by_weight = [nominal] + [ranked(tables[scheme.normalise], effective(scheme, d), len(members)) for d in draws]
    by_scale = [nominal] + [ranked(table, plain, len(members)) for _, table in sorted(tables.items())]
    left = [effective(scheme, {}, without=i) for i in indicators]
    by_one = [nominal] + [ranked(tables[scheme.normalise], w, len(members)) for w in left if w]
    return [
        Spread(unit, groups[unit], nominal[k], _range(by_weight, k), _range(by_scale, k), _range(by_one, k))
        for k, unit in enumerate(members)
    ]


def whole_numbers(values: Sequence[Value]) -> tuple[list[int], int]:
    """Return numerators over one common denominator: whole numbers keep many exact runs fast."""
    known = [v for v in values if isinstance(v, Fraction)]
    common = lcm(*(v.denominator for v in known))
    return [v.numerator * (common // v.denominator) for v in known], common


def ranked(table: Mapping[str, tuple[list[int], int]], weights: Weights, count: int) -> list[int]:
    """Return the rank of each of ``count`` units by the weighted sum of whole-number columns, exactly."""
    rates = {i: w / table[i][1] for i, w in weights.items()}
    common = lcm(*(r.denominator for r in rates.values()))
    whole = {i: r.numerator * (common // r.denominator) for i, r in rates.items()}
    totals = [sum(whole[i] * table[i][0][k] for i in whole) for k in range(count)]
    return places(totals)


def _range(runs: Sequence[Sequence[int]], k: int) -> tuple[int, int]:
    places = [run[k] for run in runs]
    return min(places), max(places)
