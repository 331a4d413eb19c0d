"""Aggregates over rows, three-valued: an unknown row never disappears from a sum."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Truth, Unknown, k_and, k_or

Pair = tuple[Value, Truth]
NOTHING = Fraction(0)


def aggregate(function: str, pairs: Sequence[Pair], level: Value = NOTHING) -> Value:
    """Return an aggregate of (value, counts?) pairs.

    ``count*`` and ``any``/``all`` read the second part only; ``quantile`` takes its level from ``level``.

    >>> aggregate("sum", [(Fraction(2), True), (Fraction(3), False)])
    Fraction(2, 1)
    >>> aggregate("sum", [(Unknown("missing"), True)])
    Unknown(reason='missing', detail='')
    """
    if function in BY_TRUTH:
        return BY_TRUTH[function]([truth for _, truth in pairs])
    if function == "sum":
        return _sum(pairs)
    if function == "sum_known":
        return sum((v for v, t in pairs if t is True and isinstance(v, Fraction)), Fraction(0))
    if function == "names":
        return "、".join(dict.fromkeys(_word(v) for v, t in pairs if t is True))
    values = _settled(pairs)
    if isinstance(values, Unknown):
        return values
    if function == "distinct":
        return Fraction(len({(type(v), v) for v in values}))
    if function == "only":
        return values[0] if len(values) == 1 else Unknown("not_found" if not values else "conflict")
    if not values:
        return Unknown("empty")
    if function in ("least", "largest"):
        return _extreme(function, values)
    numbers = [v for v in values if isinstance(v, Fraction)]
    if len(numbers) != len(values):
        return Unknown("domain", "not numbers")
    if function == "mean":
        return sum(numbers, Fraction(0)) / len(numbers)
    q = Fraction(1, 2) if function == "median" else level
    if not isinstance(q, Fraction) or not 0 <= q <= 1:
        return q if isinstance(q, Unknown) else Unknown("domain", "quantile level")
    return _quantile(sorted(numbers), q)


def _count(truths: Sequence[Truth]) -> Value:
    unknown = next((t for t in truths if isinstance(t, Unknown)), None)
    return unknown if unknown is not None else Fraction(sum(t is True for t in truths))


# what reads only whether rows count
BY_TRUTH: dict[str, Callable[[Sequence[Truth]], Value]] = {
    "count": _count,
    "count_surely": lambda truths: Fraction(sum(t is True for t in truths)),
    "count_possibly": lambda truths: Fraction(sum(t is not False for t in truths)),
    "any": lambda truths: k_or(*truths),
    "all": lambda truths: k_and(*truths),
}


def _sum(pairs: Sequence[Pair]) -> Value:
    total = Fraction(0)
    for value, truth in pairs:
        if truth is False or (isinstance(truth, Unknown) and value == 0):
            continue
        if isinstance(truth, Unknown):
            return truth
        if not isinstance(value, Fraction):
            return value if isinstance(value, Unknown) else Unknown("domain", "not a number")
        total += value
    return total


def _settled(pairs: Sequence[Pair]) -> list[Value] | Unknown:
    """Return the values that count, or why they cannot be settled."""
    values: list[Value] = []
    for value, truth in pairs:
        if truth is False:
            continue
        if isinstance(truth, Unknown):
            return truth
        if isinstance(value, Unknown):
            return value
        values.append(value)
    return values


def _extreme(function: str, values: Sequence[Value]) -> Value:
    dates = [v for v in values if isinstance(v, date)]
    numbers = [v for v in values if isinstance(v, Fraction)]
    if len(numbers) == len(values):
        return min(numbers) if function == "least" else max(numbers)
    if len(dates) == len(values):
        return min(dates) if function == "least" else max(dates)
    return Unknown("domain", "not numbers")


def _quantile(ordered: list[Fraction], q: Fraction) -> Fraction:
    """Linear interpolation between order statistics (Hyndman & Fan 1996, type 7)."""
    position = q * (len(ordered) - 1)
    below = position.numerator // position.denominator
    if below + 1 >= len(ordered):
        return ordered[-1]
    return ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])


def _word(value: Value) -> str:
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    return str(value)
