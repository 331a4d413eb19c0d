"""Dividing an exact total in proportion to claims, in whole steps, with nothing lost.

Largest remainders after Hamilton (Balinski & Young 1982, Fair Representation, ch. 2): every unit gets the
whole steps below its exact share, the steps left go to the largest remainders; ties by declared keys.
"""

from collections.abc import Sequence
from fractions import Fraction

from zhishu.logic import Unknown


def divide(
    total: Fraction, claims: Sequence[Fraction], step: Fraction, ties: Sequence[tuple[Fraction, ...]]
) -> list[Fraction] | Unknown:
    """Return the share of each claim; shares are whole steps (the last takes what no step fits) and sum to total.

    ``ties`` orders equal remainders, larger first; equal ties leave the division undecided.

    >>> divide(Fraction(10), [Fraction(1), Fraction(2)], Fraction(1), [(), ()])
    [Fraction(3, 1), Fraction(7, 1)]
    >>> divide(Fraction(1), [Fraction(0)], Fraction(1), [()])
    Unknown(reason='divide_by_zero', detail='no claims')
    """
    whole = sum(claims, Fraction(0))
    if any(c < 0 for c in claims) or total < 0 or step <= 0:
        return Unknown("domain", "negative")
    if whole == 0:
        return Unknown("divide_by_zero", "no claims")
    if (total / step).denominator != 1:
        return Unknown("domain", "total is not a whole number of steps")
    exact = [total * c / whole / step for c in claims]
    base = [e.numerator // e.denominator for e in exact]
    left = int(total / step) - sum(base)
    order = sorted(range(len(claims)), key=lambda i: (exact[i] - base[i], *ties[i]), reverse=True)
    if 0 < left < len(order):
        inside, outside = order[left - 1], order[left]
        if (exact[inside] - base[inside], *ties[inside]) == (exact[outside] - base[outside], *ties[outside]):
            return Unknown("conflict", "equal remainders without a tie rule")
    for i in order[:left]:
        base[i] += 1
    return [b * step for b in base]
