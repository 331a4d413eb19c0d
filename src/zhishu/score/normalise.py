"""Bringing an indicator to 0–100 over all units (OECD/JRC Handbook 2008, step 5: min-max)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown


@dataclass(frozen=True, slots=True)
class Span:
    """The smallest and largest value of an indicator and the units that set them."""

    low: Fraction
    high: Fraction
    low_unit: str
    high_unit: str


def minmax(values: Mapping[str, Value], better: str) -> tuple[dict[str, Value], Span | None]:
    """Return 0–100 scores of all units and what set the scale; equal values cannot be normalised.

    >>> minmax({"甲": Fraction(1), "乙": Fraction(3)}, "higher")[0]
    {'乙': Fraction(100, 1), '甲': Fraction(0, 1)}
    """
    known = {u: v for u, v in values.items() if isinstance(v, Fraction)}
    if not known:
        return {u: v if isinstance(v, Unknown) else Unknown("missing") for u, v in sorted(values.items())}, None
    low_unit = min(sorted(known), key=lambda u: known[u])
    high_unit = max(sorted(known), key=lambda u: known[u])
    low, high = known[low_unit], known[high_unit]
    span = Span(low, high, low_unit, high_unit)
    scored: dict[str, Value] = {}
    for unit, value in sorted(values.items()):
        if not isinstance(value, Fraction):
            scored[unit] = value if isinstance(value, Unknown) else Unknown("missing")
        elif low == high:
            scored[unit] = Unknown("divide_by_zero", "all units equal")
        else:
            part = (value - low) / (high - low) * 100
            scored[unit] = part if better == "higher" else 100 - part
    return scored, span
