"""Sums, products, quotients and extremes of numbers, total and with the scale of their error."""

from collections.abc import Callable, Sequence

import narwhals as nw

from zhishu.formula.engine.part import BOUND, NOTHING, WHOLE, Part, guarded, number
from zhishu.formula.engine.reasons import Check


def overflow(raw: nw.Expr) -> Check:
    """Return the check that a number stays inside the bound of the language."""
    return raw.abs() >= number(BOUND), "overflow"


def add(a: Part, b: Part) -> Part:
    """Return ``a + b``."""
    return _sum(a, b, lambda x, y: x + y)


def subtract(a: Part, b: Part) -> Part:
    """Return ``a − b``."""
    return _sum(a, b, lambda x, y: x - y)


def _sum(a: Part, b: Part, join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Part:
    raw = join(a.value, b.value)
    exact = _exact(a, b, raw, join)
    if exact is not None:
        raw = _from(exact, raw)
        return guarded("number", (a, b), raw, [overflow(raw)], exact=exact)
    scale = a.off() + b.off()
    raw = settled(raw, scale)
    return guarded("number", (a, b), raw, [overflow(raw)], scale)


def settled(raw: nw.Expr, scale: nw.Expr) -> nw.Expr:
    """Return a sum with what is only rounding error made zero."""
    return nw.when(raw.abs() <= scale * number(NOTHING)).then(number(0.0)).otherwise(raw)


def multiply(a: Part, b: Part) -> Part:
    """Return ``a × b``."""
    raw = a.value * b.value
    exact = _exact(a, b, raw, lambda x, y: x * y)
    if exact is not None:
        raw = _from(exact, raw)
        return guarded("number", (a, b), raw, [overflow(raw)], exact=exact)
    scale = None
    if a.scale is not None or b.scale is not None:
        scale = a.value.abs() * b.off() + b.value.abs() * a.off()
    return guarded("number", (a, b), raw, [overflow(raw)], scale)


def divide(a: Part, b: Part) -> Part:
    """Return ``a / b``; unknown where b is zero."""
    zero = b.value == number(0.0)
    safe = nw.when(zero).then(number(1.0)).otherwise(b.value)
    raw = a.value / safe
    scale = None
    if a.scale is not None or b.scale is not None:
        scale = (a.off() + raw.abs() * b.off()) / safe.abs()
    checks: list[Check] = [(zero, "divide_by_zero"), overflow(raw)]
    return guarded("number", (a, b), raw, checks, scale)


def negate(a: Part) -> Part:
    """Return ``−a``."""
    exact = None if a.exact is None else nw.lit(0, dtype=nw.Int64) - a.exact
    return guarded("number", (a,), number(0.0) - a.value, (), a.scale, exact)


def absolute(a: Part) -> Part:
    """Return the absolute value."""
    exact = None if a.exact is None else a.exact.abs()
    return guarded("number", (a,), a.value.abs(), (), a.scale, exact)


def extreme(parts: Sequence[Part], largest: bool) -> Part:
    """Return the smallest or largest of numbers or dates; unknown if one of them is."""
    pick = nw.max_horizontal if largest else nw.min_horizontal
    every = _all_known([p.value for p in parts])
    # the engines skip nulls here, so the answer is allowed only where nothing is unknown
    raw = nw.when(every).then(pick(*(p.value for p in parts)))
    kind = parts[0].kind
    assert kind is not None
    if kind == "date":
        return guarded("date", parts, raw)
    exacts = [p.exact for p in parts if p.exact is not None]
    exact = nw.when(_all_known(exacts)).then(pick(*exacts)) if len(exacts) == len(parts) else None
    scale = nw.max_horizontal(*(p.off() for p in parts)) if any(p.scale is not None for p in parts) else None
    return guarded("number", parts, raw, (), scale, exact)


def _all_known(values: Sequence[nw.Expr]) -> nw.Expr:
    every = ~values[0].is_null()
    for value in values[1:]:
        every = every & ~value.is_null()
    return every


def _exact(a: Part, b: Part, raw: nw.Expr, join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr | None:
    """Return the exact integer of two whole numbers, null where 64 bits would not hold it."""
    if a.exact is None or b.exact is None:
        return None
    fits = raw.abs() < number(WHOLE)
    # the operands, not only the result, are kept small: some engines stop on overflow, others wrap silently
    nothing = nw.lit(0, dtype=nw.Int64)
    left = nw.when(fits).then(a.exact).otherwise(nothing)
    right = nw.when(fits).then(b.exact).otherwise(nothing)
    return nw.when(fits & ~a.exact.is_null() & ~b.exact.is_null()).then(join(left, right))


def _from(exact: nw.Expr, raw: nw.Expr) -> nw.Expr:
    return nw.when(exact.is_null()).then(raw).otherwise(exact.cast(nw.Float64))
