"""Other scales than min-max (OECD/JRC Handbook 2008, step 5): z-score, ranks, efficacy 60–100, distance to target.

The direction is applied first, so that more is better on every scale; unknown values stay unknown and take no
part in the scale; where all units are equal nothing can be scaled.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from zhishu.formula.evaluate import Value, arithmetic
from zhishu.logic import Unknown
from zhishu.score.normalise import minmax

Scale = Callable[[Mapping[str, Value], str], dict[str, Value]]


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
    scaled, _ = minmax(values, better)
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


def min_to_max(values: Mapping[str, Value], better: str) -> dict[str, Value]:
    """Return the 0–100 scores of ``minmax`` without what set the scale."""
    return minmax(values, better)[0]


SCALES: Mapping[str, Scale] = {
    "minmax": min_to_max,
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
