"""Scales (OECD/JRC Handbook 2008, step 5): min-max, z-score, ranks, efficacy 60–100, distance to target.

The direction is applied first, so that more is better on every scale; unknown values stay unknown and take no
part in the scale; where all units are equal nothing can be scaled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value, arithmetic
from zhishu.logic import Unknown

Scale = Callable[[Mapping[str, Value], str], dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Span:
    """The smallest and largest value of an indicator and the units that set them."""

    low: Fraction
    high: Fraction
    low_unit: str
    high_unit: str


def span_of(values: Mapping[str, Value]) -> Span | None:
    """Return who sets the scale, by unit where several do; none without a known value."""
    known = {u: v for u, v in sorted(values.items()) if isinstance(v, Fraction)}
    if not known:
        return None
    low, high = min(known, key=lambda u: known[u]), max(known, key=lambda u: known[u])
    return Span(known[low], known[high], low, high)


def minmax(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    """Return 0 for the worst to 100 for the best; equal values cannot be scaled.

    >>> minmax({"成都": Fraction(1), "乐山": Fraction(3)}, "higher")
    {'乐山': Fraction(100, 1), '成都': Fraction(0, 1)}
    """
    turned = _turned(values, better)
    span = span_of(turned)
    if span is None:
        return turned
    if span.low == span.high:
        return _all_unknown(turned, Unknown("divide_by_zero", "all units equal"))
    width = span.high - span.low
    return {u: (v - span.low) / width * 100 if isinstance(v, Fraction) else v for u, v in turned.items()}


def zscore(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    """Return (x − mean) / standard deviation of the sample (n − 1); fewer than two units are unknown.

    The root is taken at 40 significant digits.

    >>> zscore({"成都": Fraction(3), "乐山": Fraction(1), "雅安": Fraction(2)}, "higher")["成都"]
    Fraction(1, 1)
    """
    turned = _turned(values, better)
    known = _known(turned)
    if len(known) < 2:
        return _all_unknown(turned, Unknown("short_window", "fewer than two units"))
    mean = sum(known.values(), Fraction(0)) / len(known)
    variance = sum(((v - mean) ** 2 for v in known.values()), Fraction(0)) / (len(known) - 1)
    spread = arithmetic("**", variance, Fraction(1, 2)) if variance else Fraction(0)
    if not isinstance(spread, Fraction):
        return _all_unknown(turned, spread if isinstance(spread, Unknown) else Unknown("domain"))
    return {u: arithmetic("/", v - mean, spread) if isinstance(v, Fraction) else v for u, v in turned.items()}


def rank_points(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    """Return 1 for the worst up to n for the best; equal values share the lower points.

    >>> rank_points({"成都": Fraction(9), "乐山": Fraction(4)}, "lower")
    {'乐山': Fraction(2, 1), '成都': Fraction(1, 1)}
    """
    turned = _turned(values, better)
    known = sorted(_known(turned).values())
    first = {v: Fraction(i) for i, v in reversed(list(enumerate(known, start=1)))}
    return {u: first[v] if isinstance(v, Fraction) else v for u, v in turned.items()}


def efficacy(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    """Return 60 for the worst to 100 for the best: 40 (x − min) / (max − min) + 60.

    >>> efficacy({"成都": Fraction(3), "乐山": Fraction(1), "雅安": Fraction(2)}, "higher")["雅安"]
    Fraction(80, 1)
    """
    scaled = minmax(values, better)
    return {u: v * Fraction(40, 100) + 60 if isinstance(v, Fraction) else v for u, v in scaled.items()}


def distance_to_target(
    values: Mapping[str, Value], better: str, target: Fraction, cap: Fraction | None = None
) -> dict[str, Value]:
    """Return (x − worst) / (target − worst): 1 at the target, above it if passed, unless capped.

    A target that the worst unit has already reached gives no scale and is unknown.

    >>> distance_to_target({"成都": Fraction(3), "乐山": Fraction(1)}, "higher", Fraction(5))["成都"]
    Fraction(1, 2)
    """
    turned = _turned(values, better)
    known = _known(turned)
    if not known:
        return turned
    worst = min(known.values())
    way = (target if better == "higher" else -target) - worst
    if way <= 0:
        return _all_unknown(turned, Unknown("domain", "the worst unit has reached the target"))
    shares = {u: (v - worst) / way for u, v in known.items()}
    return {u: v if u not in shares else shares[u] if cap is None else min(cap, shares[u]) for u, v in turned.items()}


SCALES: Mapping[str, Scale] = {
    "minmax": minmax,
    "efficacy": efficacy,
    "rank": rank_points,
    "zscore": zscore,
}


def _turned(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    sign = 1 if better == "higher" else -1
    found: dict[str, Value] = {}
    for unit, value in sorted(values.items()):
        if isinstance(value, Fraction):
            found[unit] = value * sign
        else:
            found[unit] = value if isinstance(value, Unknown) else Unknown("missing")
    return found


def _known(values: Mapping[str, Value]) -> dict[str, Fraction]:
    return {u: v for u, v in values.items() if isinstance(v, Fraction)}


def _all_unknown(values: Mapping[str, Value], reason: Unknown) -> dict[str, Value]:
    return {u: reason if isinstance(v, Fraction) else v for u, v in values.items()}
