"""Weighted means of a dimension (OECD/JRC Handbook 2008, step 6): arithmetic, or geometric with no trade for zero."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from zhishu.formula.evaluate import Value, arithmetic
from zhishu.logic import Unknown

Aggregation = Literal["arithmetic", "geometric"]


def weighted_mean(parts: Sequence[tuple[Value, Fraction]], how: Aggregation, at_least: Fraction = Fraction(1)) -> Value:
    """Return the weighted mean of (value, weight) pairs; weights need not sum to 1.

    One unknown value makes the mean unknown, unless a share ``at_least`` of the values is declared to be enough:
    then the known ones stand for all and their weights are renormalised. A geometric mean of a value that is not
    above zero is unknown; its powers are taken at 40 significant digits.

    >>> weighted_mean([(Fraction(1), Fraction(1)), (Fraction(3), Fraction(1))], "arithmetic")
    Fraction(2, 1)
    >>> weighted_mean([(Fraction(0), Fraction(1)), (Fraction(3), Fraction(1))], "geometric")
    Unknown(reason='domain', detail='geometric mean of a value not above zero')
    """
    known = [(v, w) for v, w in parts if isinstance(v, Fraction)]
    if len(known) < len(parts) * at_least:
        return next((v for v, _ in parts if isinstance(v, Unknown)), Unknown("domain", "not a number"))
    total = sum((w for _, w in known), Fraction(0))
    if total == 0:
        return Unknown("empty", "no weight")
    if how == "arithmetic":
        return sum((v * w for v, w in known), Fraction(0)) / total
    if any(v <= 0 for v, _ in known):
        return Unknown("domain", "geometric mean of a value not above zero")
    product: Value = Fraction(1)
    for value, weight in known:
        product = arithmetic("*", product, arithmetic("**", value, weight / total))
    return product
