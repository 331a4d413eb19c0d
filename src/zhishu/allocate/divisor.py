"""Dividing whole steps by divisors: Webster (odd numbers) and Jefferson (d'Hondt), exact and house monotone.

Balinski & Young 1982, Fair Representation, ch. 3: the steps go to the largest of claim / d(s), where s is
what the unit already has and d(s) is s + 1 (Jefferson) or s + 1/2 (Webster).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from zhishu.logic import Unknown

SIGNPOSTS: Mapping[str, Fraction] = {"webster": Fraction(1, 2), "jefferson": Fraction(1)}

_Key = tuple[Fraction, ...]


def divide_by_divisors(
    total: Fraction,
    claims: Sequence[Fraction],
    step: Fraction,
    ties: Sequence[tuple[Fraction, ...]],
    method: str,
) -> list[Fraction] | Unknown:
    """Return the share of each claim by a divisor method; shares are whole steps and sum to total.

    ``method`` is ``webster`` or ``jefferson``. ``ties`` orders equal quotients, larger first; an equal last
    quotient without a tie rule leaves the division undecided.

    >>> divide_by_divisors(Fraction(4), [Fraction(3), Fraction(1)], Fraction(1), [(), ()], "jefferson")
    [Fraction(3, 1), Fraction(1, 1)]
    """
    if method not in SIGNPOSTS:
        return Unknown("domain", f"method {method}")
    whole = sum(claims, Fraction(0))
    if any(c < 0 for c in claims) or total < 0 or step <= 0:
        return Unknown("domain", "negative")
    if whole == 0:
        return Unknown("divide_by_zero", "no claims")
    if (total / step).denominator != 1:
        return Unknown("domain", "total is not a whole number of steps")
    post = SIGNPOSTS[method]
    seats = int(total / step)
    counts = [_start(seats * c / whole, post) for c in claims]

    def key(i: int, held: int) -> _Key:
        """Return the priority of the step that raises unit i from ``held``."""
        return (claims[i] / (held + post), *ties[i])

    while sum(counts) < seats:
        counts[max(_claimants(claims), key=lambda i: key(i, counts[i]))] += 1
    while sum(counts) > seats:
        counts[min((i for i, n in enumerate(counts) if n), key=lambda i: key(i, counts[i] - 1))] -= 1
    last = min(((key(i, n - 1), i) for i, n in enumerate(counts) if n), default=None)
    following = max(key(i, counts[i]) for i in _claimants(claims))
    if last is not None and last[0] == following:
        return Unknown("conflict", "equal quotients without a tie rule")
    return [n * step for n in counts]


def _claimants(claims: Sequence[Fraction]) -> list[int]:
    return [i for i, claim in enumerate(claims) if claim > 0]


def _start(exact: Fraction, post: Fraction) -> int:
    """Return the steps whose quotient is above the divisor total / claims, never one that equals it."""
    above = exact - post
    return max(0, -((-above.numerator) // above.denominator))
