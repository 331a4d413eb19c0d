"""Why a value is unknown, as a text column beside it: null where there is a value."""

from collections.abc import Iterable

import narwhals as nw

Check = tuple[nw.Expr, str]
"""A condition under which a value is unknown, and the reason."""


def word(reason: str) -> nw.Expr:
    """Return a reason as a literal."""
    return nw.lit(reason, dtype=nw.String)


def nothing() -> nw.Expr:
    """Return the absence of a reason: there is a value."""
    return nw.lit(None, dtype=nw.String)


def when_so(check: Check) -> nw.Expr:
    """Return the reason of a check where it holds, else null."""
    condition, reason = check
    return nw.when(condition).then(word(reason))


def first(whys: Iterable[nw.Expr | None]) -> nw.Expr | None:
    """Return the first reason among several, in reading order; None if nothing can be unknown."""
    found = [w for w in whys if w is not None]
    return found[0] if len(found) == 1 else nw.coalesce(*found) if found else None
