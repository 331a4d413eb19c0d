"""Powers, roots, logarithms, exponentials and whole parts, guarded so that no engine leaves its domain."""

from dataclasses import replace
from fractions import Fraction
from math import log

import narwhals as nw

from zhishu.formula.engine.arithmetic import divide, overflow
from zhishu.formula.engine.part import NOTHING, TOLERANCE, Part, guarded, literal, number
from zhishu.formula.engine.reasons import Check

_LN10 = log(10.0)
_LARGEST, _SMALLEST, _TINIEST = 100.0, -110.0, -300.0
_WHOLE_POWER = 64.0


def logarithm(a: Part) -> Part:
    """Return the natural logarithm; outside the domain at zero and below."""
    bad = a.value <= number(0.0)
    inside = nw.when(~bad).then(a.value)
    raw = inside.log()
    scale = raw.abs() + (number(1.0) if a.scale is None else a.scale / inside)
    return guarded("number", (a,), raw, [(bad, "domain")], scale)


def exponential(a: Part) -> Part:
    """Return e to the power of a; too large or too small a result is an overflow, as in the exact evaluator."""
    digits = a.value / number(_LN10)
    bad = (digits >= number(_LARGEST)) | (digits < number(_SMALLEST))
    raw = nw.when(~bad).then(a.value).exp()
    return guarded("number", (a,), raw, [(bad, "overflow")], raw * (number(1.0) + a.off()))


def square_root(a: Part) -> Part:
    """Return the square root; outside the domain below zero."""
    return root(a, literal(Fraction(2)), halved=True)


def root(a: Part, n: Part, halved: bool = False) -> Part:
    """Return the n-th root; outside the domain for a negative number and for n = 0."""
    zero = n.value == number(0.0)
    turned = literal(Fraction(1, 2)) if halved else divide(literal(Fraction(1)), n)
    # n = 0 is refused below with its own reason, so the exponent may be anything there
    safe = replace(turned, value=nw.when(zero).then(number(1.0)).otherwise(turned.value), why=None)
    outside: list[Check] = [((a.value < number(0.0)) | zero, "domain")]
    return _power(a, safe, (a, n), outside)


def power(a: Part, b: Part) -> Part:
    """Return ``a ** b``; a broken power of a negative number and 0 ** 0 are outside the domain."""
    return _power(a, b, (a, b), [])


def _power(a: Part, b: Part, parts: tuple[Part, Part], checks: list[Check]) -> Part:
    nearest = (b.value + number(0.5)).floor()
    near = (b.value - nearest).abs() <= number(TOLERANCE) * (number(1.0) + b.off())
    exponent = nw.when(near).then(nearest).otherwise(b.value)
    whole = near & (exponent.abs() <= number(_WHOLE_POWER))
    base_zero = a.value == number(0.0)
    size = nw.when(base_zero).then(number(1.0)).otherwise(a.value.abs())
    digits = exponent * size.log() / number(_LN10)
    large = (digits >= number(_LARGEST)) | (digits < nw.when(whole).then(number(_TINIEST)).otherwise(number(_SMALLEST)))
    checks = [
        *checks,
        (base_zero & (exponent < number(0.0)), "divide_by_zero"),
        (base_zero & (exponent == number(0.0)), "domain"),
        (~whole & (a.value < number(0.0)), "domain"),
        (~base_zero & large, "overflow"),
    ]
    bad = checks[0][0]
    for condition, _ in checks[1:]:
        bad = bad | condition
    # one to the power of one where the real power is refused
    raw = nw.when(bad).then(number(1.0)).otherwise(a.value) ** nw.when(bad).then(number(1.0)).otherwise(exponent)
    relative = exponent.abs() * a.off() / size + b.off() * size.log().abs()
    scale = None if a.scale is None and b.literal is not None else raw.abs() * (number(1.0) + relative)
    return guarded("number", parts, raw, [*checks, overflow(raw)], scale)


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
