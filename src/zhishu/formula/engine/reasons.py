"""Reasons as small numbers inside an engine, as words at its edges."""

from collections.abc import Iterable, Sequence

import narwhals as nw

from zhishu.logic import REASONS

KNOWN = 0
CODES: dict[str, int] = {reason: code for code, reason in enumerate(REASONS, start=1)}
ALL = frozenset(CODES)

Check = tuple[nw.Expr, str]
"""A condition under which a value is unknown, and the reason."""


def code(reason: str) -> nw.Expr:
    """Return the code of a reason as a literal; a reason nobody declared counts as missing."""
    return nw.lit(CODES.get(reason, CODES["missing"]), dtype=nw.Int16)


def known() -> nw.Expr:
    """Return the code that means there is a value."""
    return nw.lit(KNOWN, dtype=nw.Int16)


def encode(column: nw.Expr) -> nw.Expr:
    """Return the codes of a text column of reasons; what is no reason is ``missing``."""
    found = code("missing")
    for reason in REASONS:
        if reason != "missing":
            found = nw.when(column == nw.lit(reason, dtype=nw.String)).then(code(reason)).otherwise(found)
    return found


def decode(why: nw.Expr | None, possible: Iterable[str]) -> nw.Expr:
    """Return reasons as words, null where there is a value."""
    words = nw.lit(None, dtype=nw.String)
    if why is None:
        return words
    for reason in sorted(possible):
        words = nw.when(why == code(reason)).then(nw.lit(reason, dtype=nw.String)).otherwise(words)
    return words


def first(whys: Iterable[nw.Expr | None]) -> nw.Expr | None:
    """Return the first reason among several parts, in reading order; None if none can be unknown."""
    found: nw.Expr | None = None
    for why in reversed([w for w in whys if w is not None]):
        found = why if found is None else nw.when(why != known()).then(why).otherwise(found)
    return found


def after(why: nw.Expr | None, checks: Sequence[Check]) -> nw.Expr | None:
    """Return a reason already there, else that of the first check that holds."""
    if not checks:
        return why
    own = known()
    for condition, reason in reversed(checks):
        own = nw.when(condition).then(code(reason)).otherwise(own)
    return own if why is None else nw.when(why != known()).then(why).otherwise(own)
