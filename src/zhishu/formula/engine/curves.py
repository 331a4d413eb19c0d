"""Powers, roots, logarithms, exponentials and whole parts, guarded so that no engine leaves its domain."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import log

import narwhals as nw

from zhishu.formula.engine.arithmetic import divide, multiply, overflow
from zhishu.formula.engine.part import NOTHING, TOLERANCE, Part, guarded, level_of, literal, number
from zhishu.formula.engine.reasons import Check

Keep = Callable[[nw.Expr, int], nw.Expr]
"""Computes an expression before a level and returns the column that holds it."""

_LN10 = log(10.0)
_MOST_DIGITS, _LEAST_DIGITS, _FLOAT_DIGITS = 100.0, -110.0, -300.0
_SMALLEST = 1e-110
_WHOLE_POWER = 64


def logarithm(a: Part) -> Part:
    """Return the natural logarithm; outside the domain at zero and below."""
    bad = a.value <= number(0.0)
    inside = nw.when(~bad).then(a.value)
    raw = inside.log()
    scale = raw.abs() + (number(1.0) if a.scale is None else a.scale / inside)
    return guarded("number", (a,), raw, [(bad, "domain")], scale)


def exponential(a: Part) -> Part:
    """Return e to the power of a; too large or too small a result is an overflow, as in the exact evaluator."""
    bad = (a.value >= number(_MOST_DIGITS * _LN10)) | (a.value < number(_LEAST_DIGITS * _LN10))
    raw = nw.when(~bad).then(a.value).exp()
    return guarded("number", (a,), raw, [(bad, "overflow")], raw * (number(1.0) + a.off()))


def square_root(a: Part) -> Part:
    """Return the square root; outside the domain below zero."""
    bad = a.value < number(0.0)
    raw = nw.when(~bad).then(a.value).sqrt()
    tiny = (raw < number(_SMALLEST)) & (raw > number(0.0))
    scale = None if a.scale is None else nw.when(raw > number(0.0)).then(a.scale / raw).otherwise(number(0.0))
    return guarded("number", (a,), raw, [(bad, "domain"), (tiny, "overflow")], scale)


def root(a: Part, n: Part, keep: Keep) -> Part:
    """Return the n-th root; outside the domain for a negative number and for n = 0."""
    if n.literal == Fraction(2):
        return square_root(a)
    outside: list[Check] = [((a.value < number(0.0)) | (n.value == number(0.0)), "domain")]
    exponent = divide(literal(Fraction(1)), n)
    if isinstance(n.literal, Fraction) and n.literal != 0:
        exponent = literal(1 / n.literal)
    return _power(a, replace(exponent, why=None), (a, n), outside, keep)


def power(a: Part, b: Part, keep: Keep) -> Part:
    """Return ``a ** b``; a broken power of a negative number and 0 ** 0 are outside the domain."""
    if b.literal == Fraction(2) and a.exact is not None:
        return multiply(a, a)
    if isinstance(b.literal, Fraction) and b.literal.denominator == 1 and abs(b.literal) <= _WHOLE_POWER:
        return _whole_power(a, b, int(b.literal))
    return _power(a, b, (a, b), [], keep)


def _whole_power(a: Part, b: Part, n: int) -> Part:
    zero = a.value == number(0.0)
    raw = a.value**b.value
    checks = [overflow(raw)]
    if n <= 0:
        checks.insert(0, (zero, "divide_by_zero" if n < 0 else "domain"))
    if n not in (0, 1):
        # a power too small for a float is unknown: zero would be wrong, and could be divided by
        checks.append(((raw == number(0.0)) & ~zero, "overflow"))
    scale = None if a.scale is None else raw.abs() * (number(1.0) + number(float(abs(n))) * a.scale / a.value.abs())
    if scale is not None and n > 0:
        scale = nw.when(zero).then(number(0.0)).otherwise(scale)
    return guarded("number", (a, b), raw, checks, scale)


def _power(a: Part, b: Part, parts: tuple[Part, Part], checks: list[Check], keep: Keep) -> Part:
    """Return a power of any exponent, in steps: each expression is used many times below it."""
    level = level_of(parts)
    nearest = keep((b.value + number(0.5)).floor(), level)
    distance = (b.value - nearest).abs()
    near = keep(distance <= number(TOLERANCE) * (number(1.0) + b.off()), level + 1)
    exponent = keep(nw.when(near).then(nearest).otherwise(b.value), level + 2)
    whole = keep(near & (nearest.abs() <= number(float(_WHOLE_POWER))), level + 2)
    zero = keep(a.value == number(0.0), level)
    logged = keep(nw.when(~zero).then(a.value.abs()).log(), level + 1)
    digits = keep(exponent * logged / number(_LN10), level + 3)
    least = nw.when(whole).then(number(_FLOAT_DIGITS)).otherwise(number(_LEAST_DIGITS))
    large = keep((digits >= number(_MOST_DIGITS)) | (digits < least), level + 4)
    checks = [
        *checks,
        (zero & (exponent < number(0.0)), "divide_by_zero"),
        (zero & (exponent == number(0.0)), "domain"),
        (~whole & (a.value < number(0.0)), "domain"),
        (large, "overflow"),
    ]
    bad = checks[0][0]
    for condition, _ in checks[1:]:
        bad = bad | nw.coalesce(condition, nw.lit(False, dtype=nw.Boolean))
    bad = keep(bad, level + 5)
    raw = keep(nw.when(~bad).then(a.value) ** nw.when(~bad).then(exponent), level + 6)
    relative = exponent.abs() * (number(1.0) if a.scale is None else a.scale / a.value.abs()) + b.off() * logged.abs()
    scale = nw.when(zero).then(number(0.0)).otherwise(raw.abs() * (number(1.0) + relative))
    # a check that is null, because no logarithm of zero was taken, does not hold
    settled = [(nw.coalesce(condition, nw.lit(False, dtype=nw.Boolean)), reason) for condition, reason in checks]
    found = guarded("number", parts, raw, [*settled, overflow(raw)], scale)
    return replace(found, level=level + 7)


def whole_part(a: Part, up: bool) -> Part:
    """Return the largest whole number not above, or the smallest not below.

    A float within its error of a whole number is that number: 0.29 × 100 is 29, not 28.
    """
    if a.exact is not None:
        return guarded("number", (a,), a.value, (), None, a.exact)
    nearest = (a.value + number(0.5)).floor()
    near = (a.value - nearest).abs() <= number(NOTHING) * a.off()
    raw = nw.when(near).then(nearest).otherwise(a.value.ceil() if up else a.value.floor())
    return guarded("number", (a,), raw)
