"""Sums, products, quotients and extremes of numbers, total and with the scale of their error."""

from collections.abc import Sequence

import narwhals as nw

from zhishu.formula.engine.part import BOUND, NOTHING, WHOLE, Part, guarded, number
from zhishu.formula.engine.reasons import Check


def overflow(raw: nw.Expr) -> Check:
    """Return the check that a number stays inside the bound of the language."""
    return raw.abs() >= number(BOUND), "overflow"


def add(a: Part, b: Part) -> Part:
    """Return ``a + b``."""
    whole = None if a.exact is None or b.exact is None else a.exact + b.exact
    return _sum(a, b, a.value + b.value, whole)


def subtract(a: Part, b: Part) -> Part:
    """Return ``a − b``."""
    whole = None if a.exact is None or b.exact is None else a.exact - b.exact
    return _sum(a, b, a.value - b.value, whole)


def _sum(a: Part, b: Part, raw: nw.Expr, whole: nw.Expr | None) -> Part:
    checks = [overflow(raw)]
    if whole is not None:
        # two integers below 2⁶² never leave 64 bits, but their sum may leave the bound for the next step
        exact = nw.when(raw.abs() < number(WHOLE)).then(whole)
        return guarded("number", (a, b), _float(exact, raw), checks, exact=exact)
    scale = a.off() + b.off()
    return guarded("number", (a, b), settled(raw, scale), checks, scale)


def settled(raw: nw.Expr, scale: nw.Expr) -> nw.Expr:
    """Return a sum with what is only rounding error made zero."""
    return nw.when(raw.abs() <= scale * number(NOTHING)).then(number(0.0)).otherwise(raw)


def multiply(a: Part, b: Part) -> Part:
    """Return ``a × b``."""
    raw = a.value * b.value
    if a.exact is not None and b.exact is not None:
        # the operands are kept, not only the result: some engines stop on overflow, others wrap silently
        fits = raw.abs() < number(WHOLE)
        exact = nw.when(fits).then(a.exact) * nw.when(fits).then(b.exact)
        return guarded("number", (a, b), _float(exact, raw), [overflow(raw)], exact=exact)
    scale = None
    if a.scale is not None or b.scale is not None:
        scale = a.value.abs() * b.off() + b.value.abs() * a.off()
    return guarded("number", (a, b), raw, [overflow(raw)], scale)


def divide(a: Part, b: Part) -> Part:
    """Return ``a / b``; unknown where b is zero."""
    raw = a.value / b.value
    scale = None
    if a.scale is not None or b.scale is not None:
        scale = (a.off() + raw.abs() * b.off()) / b.value.abs()
    zero = b.value == number(0.0)
    return guarded("number", (a, b), raw, [(zero, "divide_by_zero"), overflow(raw)], scale)


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
    # the engines skip nulls here, so the answer is allowed only where nothing is unknown
    raw = nw.when(_all_known([p.value for p in parts])).then(pick(*(p.value for p in parts)))
    if parts[0].kind == "date":
        return guarded("date", parts, raw)
    exacts = [p.exact for p in parts if p.exact is not None]
    # one too large for 64 bits is null here; where the answer is not that one, it is among the others
    fits = raw.abs() < number(WHOLE)
    exact = nw.when(fits).then(pick(*exacts)) if len(exacts) == len(parts) else None
    scale = nw.max_horizontal(*(p.off() for p in parts)) if any(p.scale is not None for p in parts) else None
    return guarded("number", parts, raw, (), scale, exact)


def _all_known(values: Sequence[nw.Expr]) -> nw.Expr:
    every = ~values[0].is_null()
    for value in values[1:]:
        every = every & ~value.is_null()
    return every


def _float(exact: nw.Expr, raw: nw.Expr) -> nw.Expr:
    return nw.coalesce(exact.cast(nw.Float64), raw)
