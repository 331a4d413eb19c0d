"""Dividing an exact total between a floor and a cap for every unit, in proportion to claims in between.

The exact share is the claim times one common rate, raised to the floor or cut to the cap; the rate is solved
exactly, then whole steps are given by largest remainders, so that no bound is ever passed.
"""

from collections.abc import Sequence
from fractions import Fraction

from zhishu.logic import Unknown

Bound = tuple[Fraction, Fraction | None]


def divide_within(
    total: Fraction,
    claims: Sequence[Fraction],
    step: Fraction,
    ties: Sequence[tuple[Fraction, ...]],
    bounds: Sequence[Bound],
) -> list[Fraction] | Unknown:
    """Return shares in whole steps that sum to total, each between its floor and its cap.

    ``bounds`` are (floor, cap) in whole steps, a cap of None is none. Floors above the total, or caps that
    leave a rest nobody may take, are unknown with the reason: nothing is moved past a bound.

    >>> divide_within(Fraction(10), [Fraction(8), Fraction(2)], Fraction(1), [(), ()], [(Fraction(0), Fraction(6)), (Fraction(0), None)])
    [Fraction(6, 1), Fraction(4, 1)]
    """
    fault = _fault(total, claims, step, bounds)
    if fault is not None:
        return fault
    exact = exact_within(total, claims, bounds)
    if isinstance(exact, Unknown):
        return exact
    base = [(e / step).numerator // (e / step).denominator for e in exact]
    rest = [e / step - b for e, b in zip(exact, base, strict=True)]
    left = int(total / step) - sum(base)
    order = sorted(range(len(claims)), key=lambda i: (rest[i], *ties[i]), reverse=True)
    if 0 < left < len(order):
        inside, outside = order[left - 1], order[left]
        if (rest[inside], *ties[inside]) == (rest[outside], *ties[outside]):
            return Unknown("conflict", "equal remainders without a tie rule")
    for i in order[:left]:
        base[i] += 1
    return [b * step for b in base]


def exact_within(total: Fraction, claims: Sequence[Fraction], bounds: Sequence[Bound]) -> list[Fraction] | Unknown:
    """Return the exact shares before any rounding: claim times a common rate, kept inside the bounds."""
    rates = sorted(
        {Fraction(0)}
        | {
            edge / claim
            for claim, bound in zip(claims, bounds, strict=True)
            if claim
            for edge in bound
            if edge is not None
        }
    )

    def at(rate: Fraction) -> list[Fraction]:
        shares = (max(rate * claim, floor) for claim, (floor, _) in zip(claims, bounds, strict=True))
        return [s if cap is None else min(s, cap) for s, (_, cap) in zip(shares, bounds, strict=True)]

    if sum(at(Fraction(0))) > total:
        return Unknown("domain", "floors exceed the total")
    below = max(r for r in rates if sum(at(r)) <= total)
    rest = total - sum(at(below))
    # Between two edges the same claims move; one still held by its floor joins only at its own edge.
    above = min((r for r in rates if r > below), default=below + 1)
    moving = [c for c, now, then in zip(claims, at(below), at(above), strict=True) if then > now]
    if rest and not moving:
        return Unknown("domain", "caps leave a rest")
    return at(below + rest / sum(moving)) if rest else at(below)


def _fault(total: Fraction, claims: Sequence[Fraction], step: Fraction, bounds: Sequence[Bound]) -> Unknown | None:
    if any(c < 0 for c in claims) or total < 0 or step <= 0:
        return Unknown("domain", "negative")
    if not any(claims):
        return Unknown("divide_by_zero", "no claims")
    edges = [e for bound in bounds for e in bound if e is not None]
    if any((e / step).denominator != 1 for e in (total, *edges)):
        return Unknown("domain", "total or a bound is not a whole number of steps")
    if any(floor < 0 or (cap is not None and cap < floor) for floor, cap in bounds):
        return Unknown("domain", "a cap below its floor")
    return None
