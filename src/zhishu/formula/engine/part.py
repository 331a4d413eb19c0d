"""One part of a compiled formula: its value, why it is unknown, and how exactly it is known.

A number is a 64-bit float beside, where it is whole, an exact 64-bit integer. ``scale`` bounds the error of
a float: it is off by less than a small multiple of 2⁻⁵³ × scale. Without a scale the number itself bounds it;
a sum has one, because 0.3 − 0.1 − 0.2 is as inexact as 0.3, however small it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import narwhals as nw

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.check_types import Kind
from zhishu.formula.engine.reasons import Check, first, when_so, word
from zhishu.formula.evaluate import LIMIT, Value
from zhishu.logic import Unknown
from zhishu.terms import Text

TOLERANCE = 1e-12
"""Two floats are equal when they differ by less than this times their scales."""
NOTHING = 1e-14
"""A sum smaller than this times what it is a sum of is zero."""
BOUND = float(LIMIT)
WHOLE = float(2**62)
"""An exact integer is smaller than this, so that no engine ever overflows."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula. ``value`` is null exactly where ``why`` is not; without a ``why`` it is never unknown.

    ``kind`` is None for an unknown of any kind; ``literal`` is the value of a part that is written out;
    ``level`` says before which step it can be read.
    """

    kind: Kind | None
    value: nw.Expr
    why: nw.Expr | None = None
    scale: nw.Expr | None = None
    exact: nw.Expr | None = None
    literal: Value | None = None
    level: int = 0

    def off(self) -> nw.Expr:
        """Return the scale of the error of a number."""
        if isinstance(self.literal, Fraction):
            return number(abs(float(self.literal)))
        return self.value.abs() if self.scale is None else self.scale


def number(value: float) -> nw.Expr:
    """Return a literal number; never without its type, because an untyped literal stops an engine."""
    return nw.lit(value, dtype=nw.Float64)


def null(kind: Kind) -> nw.Expr:
    """Return an unknown of a kind."""
    match kind:
        case "number":
            return nw.lit(None, dtype=nw.Float64)
        case "truth":
            return nw.lit(None, dtype=nw.Boolean)
        case "word" | "listing":
            return nw.lit(None, dtype=nw.String)
        case "date":
            return nw.lit(None, dtype=nw.Date)


def literal(value: Value) -> Part:
    """Return a written value as a part."""
    match value:
        case Unknown(reason):
            return Part(None, null("number"), word(reason), literal=value)
        case bool():
            return Part("truth", nw.lit(value, dtype=nw.Boolean), literal=value)
        case Fraction():
            whole = value.denominator == 1 and abs(value) < WHOLE
            exact = nw.lit(int(value), dtype=nw.Int64) if whole else None
            return Part("number", number(float(value)), exact=exact, literal=value)
        case date():
            return Part("date", nw.lit(value, dtype=nw.Date), literal=value)
        case _:
            return Part("word", nw.lit(value, dtype=nw.String), literal=value)


def typed(part: Part, kind: Kind) -> Part:
    """Return a part as one of a kind; an unknown of any kind becomes one of this kind."""
    if part.kind is None:
        return replace(part, kind=kind, value=null(kind))
    if part.kind != kind:
        raise refuse(
            "engine-kind",
            Text(f"类型不符：要 {kind}，得到 {part.kind}", f"unlike kinds: {kind} is needed, {part.kind} is given"),
            Text("先用 check 检查公式", "check the formula first"),
        )
    return part


def common_kind(parts: Sequence[Part]) -> Kind:
    """Return the one kind of several parts; a number if all are unknown."""
    return next((p.kind for p in parts if p.kind is not None), "number")


def guarded(
    kind: Kind,
    parts: Sequence[Part],
    raw: nw.Expr,
    checks: Sequence[Check] = (),
    scale: nw.Expr | None = None,
    exact: nw.Expr | None = None,
) -> Part:
    """Return a part that is unknown where one of its parts is, or where a check holds."""
    value = raw
    if checks:
        # over an unknown part a check is null, and then the value is too
        bad = checks[0][0]
        for condition, _ in checks[1:]:
            bad = bad | condition
        value = nw.when(~bad).then(raw)
    why = first([*(p.why for p in parts), *(when_so(check) for check in checks)])
    return Part(kind, value, why, scale, exact, None, level_of(parts))


def level_of(parts: Sequence[Part]) -> int:
    """Return the step before which all parts can be read."""
    return max((p.level for p in parts), default=0)


def refuse(problem: str, what: Text, repair: Text, where: str = "engine") -> ZhishuError:
    """Return the error for a formula that an engine does not run."""
    return ZhishuError([Problem(problem, where, what, repair)])
