"""Comparisons, three-valued logic and choices between values."""

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw

from zhishu.formula.engine.arithmetic import add, subtract
from zhishu.formula.engine.part import (
    TOLERANCE,
    Part,
    common_kind,
    guarded,
    level_of,
    literal,
    number,
    refuse,
    typed,
)
from zhishu.formula.engine.reasons import first, nothing
from zhishu.terms import Text


def compare(op: str, a: Part, b: Part) -> Part:
    """Return ``a op b``: whole numbers exactly, floats within their error, texts and truths by equality."""
    kind = common_kind((a, b))
    a, b = typed(a, kind), typed(b, kind)
    if kind == "number":
        return guarded("truth", (a, b), _numbers(op, a, b))
    if op not in ("==", "!=") and kind != "date":
        raise refuse(
            "engine-kind",
            Text(f"{kind} 没有大小", f"a {kind} has no order"),
            Text("只用 == 和 !=", "use == and != only"),
        )
    return guarded("truth", (a, b), _plain(op, a.value, b.value))


def _plain(op: str, a: nw.Expr, b: nw.Expr) -> nw.Expr:
    match op:
        case "==":
            return a == b
        case "!=":
            return ~(a == b)
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case _:
            return a >= b


def _numbers(op: str, a: Part, b: Part) -> nw.Expr:
    difference = a.value - b.value
    tolerance = (a.off() + b.off()) * number(TOLERANCE)
    match op:
        case "==":
            floats = difference.abs() <= tolerance
        case "!=":
            floats = difference.abs() > tolerance
        case "<":
            floats = b.value - a.value > tolerance
        case "<=":
            floats = difference <= tolerance
        case ">":
            floats = difference > tolerance
        case _:
            floats = b.value - a.value <= tolerance
    if a.exact is None or b.exact is None:
        return floats
    return nw.when(a.exact.is_null() | b.exact.is_null()).then(floats).otherwise(_plain(op, a.exact, b.exact))


def negation(a: Part) -> Part:
    """Return ``not a``; unknown stays unknown."""
    a = typed(a, "truth")
    return guarded("truth", (a,), ~a.value)


def conjunction(parts: Sequence[Part]) -> Part:
    """Return ``and``: false if one is false, else unknown if one is unknown."""
    terms = [typed(p, "truth") for p in parts]
    raw = terms[0].value
    for term in terms[1:]:
        raw = raw & term.value
    return _kleene(terms, raw)


def disjunction(parts: Sequence[Part]) -> Part:
    """Return ``or``: true if one is true, else unknown if one is unknown."""
    terms = [typed(p, "truth") for p in parts]
    raw = terms[0].value
    for term in terms[1:]:
        raw = raw | term.value
    return _kleene(terms, raw)


def _kleene(terms: Sequence[Part], raw: nw.Expr) -> Part:
    # the engines' own and, or are Kleene's; only the reason has to be found
    why = first(t.why for t in terms)
    if why is not None:
        why = nw.when(raw.is_null()).then(why)
    return replace(guarded("truth", terms, raw), why=why)


def is_known(a: Part) -> Part:
    """Return whether there is a value; never unknown itself."""
    if a.why is None:
        return literal(True)
    return Part("truth", a.why.is_null(), level=a.level)


def coalesce(parts: Sequence[Part]) -> Part:
    """Return the first known value, else the last part's reason."""
    kind = common_kind(parts)
    parts = [typed(p, kind) for p in parts]
    chosen = parts[-1]
    for part in reversed(parts[:-1]):
        if part.why is None:
            chosen = part
            continue
        chosen = _pick(part.why.is_null(), part, chosen, _gated(part.why, chosen.why))
    return replace(chosen, level=level_of(parts))


def one_of(parts: Sequence[Part]) -> Part:
    """Return whether the first part is among the written others; a column of values is a join, not a list."""
    value, listed = parts[0], parts[1:]
    if any(p.literal is None for p in listed):
        raise refuse(
            "engine-list",
            Text("one_of 只能列出写定的值", "one_of takes written values only"),
            Text("与另一列比较用 ==", "compare with a column by =="),
        )
    kind = value.kind or "number"
    value = typed(value, kind)
    alike = [p for p in listed if p.kind == kind]
    if kind == "word":
        words = [p.literal for p in alike if isinstance(p.literal, str)]
        return guarded("truth", (value,), value.value.is_in(words))
    raw = ~(value.value == value.value)
    for p in alike:
        raw = raw | compare("==", value, p).value
    return guarded("truth", (value,), raw)


def within(length: Part, error: Part, limit: Part) -> Part:
    """Return whether a measured length lies within a limit; unknown where its error reaches across."""
    inside = compare("<=", add(length, error), limit)
    outside = compare(">", subtract(length, error), limit)
    checks = [(error.value < number(0.0), "domain"), (~inside.value & ~outside.value, "tolerance")]
    return guarded("truth", (length, error, limit), inside.value, checks)


def starts_with(value: Part, prefix: Part) -> Part:
    """Return whether a word begins with a written prefix; a column of prefixes is a join, not a formula."""
    if not isinstance(prefix.literal, str) or not prefix.literal:
        raise refuse(
            "engine-list",
            Text("starts_with 的前缀须写定", "starts_with takes a written prefix"),
            Text('写出前缀，如 "26"', 'write the prefix, as "26"'),
        )
    value = typed(value, "word")
    return guarded("truth", (value,), value.value.str.starts_with(prefix.literal))


def when(condition: Part, then: Part, otherwise: Part) -> Part:
    """Return the second part where the condition holds, the third where it does not.

    Where nobody knows which, the value is known only if both are the same.
    """
    condition = typed(condition, "truth")
    kind = common_kind((then, otherwise))
    then, otherwise = typed(then, kind), typed(otherwise, kind)
    yes = condition.value
    if condition.why is None:
        picked = _pick(yes, then, otherwise, _otherwise(yes, then, otherwise))
        return replace(picked, level=level_of((condition, then, otherwise)))
    same = compare("==", then, otherwise).value
    third = nw.when(same).then(nothing()).otherwise(condition.why)
    no = nw.when(~yes).then(otherwise.why if otherwise.why is not None else nothing()).otherwise(third)
    why = nw.when(yes).then(then.why if then.why is not None else nothing()).otherwise(no)
    # a plain else would also take the rows whose condition is unknown
    picked = _pick(yes | (yes.is_null() & same), then, otherwise, why, ~yes)
    return replace(picked, level=level_of((condition, then, otherwise)))


def _otherwise(yes: nw.Expr, then: Part, otherwise: Part) -> nw.Expr | None:
    if then.why is None and otherwise.why is None:
        return None
    a = then.why if then.why is not None else nothing()
    b = otherwise.why if otherwise.why is not None else nothing()
    return nw.when(yes).then(a).otherwise(b)


def _gated(before: nw.Expr, why: nw.Expr | None) -> nw.Expr | None:
    """Return a reason only where the choice before it has one too."""
    return None if why is None else nw.when(~before.is_null()).then(why)


def _pick(yes: nw.Expr, a: Part, b: Part, why: nw.Expr | None, no: nw.Expr | None = None) -> Part:
    """Return a where ``yes``, b where ``no`` (everywhere else if not given), with all that belongs to each."""
    assert a.kind is not None

    def choose(x: nw.Expr, y: nw.Expr) -> nw.Expr:
        rest = y if no is None else nw.when(no).then(y)
        return nw.when(yes).then(x).otherwise(rest)

    scale = None if a.scale is None and b.scale is None else choose(a.off(), b.off())
    exact = None if a.exact is None or b.exact is None else choose(a.exact, b.exact)
    return Part(a.kind, choose(a.value, b.value), why, scale, exact)
