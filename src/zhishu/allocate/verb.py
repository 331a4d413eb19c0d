"""Allocating an exact total by a declared plan: conserved to the last step, or unknown with the reason."""

from collections.abc import Sequence
from fractions import Fraction

from zhishu.allocate.bounds import divide_within, exact_within
from zhishu.allocate.divide import divide
from zhishu.allocate.divisor import divide_by_divisors
from zhishu.allocate.plan import Allocation, Claim, Plan, Share
from zhishu.logic import Unknown


def allocate(plan: Plan, claims: Sequence[Claim]) -> Allocation:
    """Return every unit's share, sorted by unit; the shares sum to the total or none is known.

    A claim whose condition fails gets 0. An unknown claim or condition holds all shares, unless the plan
    excludes it; a tie nobody declared a rule for, a negative claim and a total no claim can take are unknown.
    Raises ValueError for two claims of one unit.

    >>> plan = Plan("示例", Fraction(100), Fraction(1))
    >>> [s.share for s in allocate(plan, [Claim("成都", Fraction(2)), Claim("乐山", Fraction(1))]).shares]
    [Fraction(33, 1), Fraction(67, 1)]
    """
    ordered = sorted(claims, key=lambda c: c.unit)
    if len({c.unit for c in ordered}) != len(ordered):
        raise ValueError("two claims of one unit")
    reasons = {c.unit: _reason(plan, c) for c in ordered}
    inside = [c for c in ordered if reasons[c.unit] == "counts"]
    held = next((_unknown(c) for c in ordered if reasons[c.unit] == "unknown"), None)
    found = _divide(plan, inside) if held is None else held
    if isinstance(found, Unknown):
        shares = [Share(c.unit, found, found, "unknown") for c in ordered]
        return Allocation(plan, tuple(shares), found)
    given, exact = found
    by_unit = {c.unit: (given[i], exact[i]) for i, c in enumerate(inside)}
    nothing = (Fraction(0), Fraction(0))
    shares = [Share(c.unit, *by_unit.get(c.unit, nothing), reasons[c.unit]) for c in ordered]
    return Allocation(plan, tuple(shares), sum(given, Fraction(0)))


def _reason(plan: Plan, claim: Claim) -> str:
    if claim.counts is False:
        return "not_counted"
    if _unknown(claim) is None:
        return "counts"
    return "excluded" if plan.unknown_claims == "exclude" else "unknown"


def _unknown(claim: Claim) -> Unknown | None:
    return next((v for v in (claim.counts, claim.amount) if isinstance(v, Unknown)), None)


def _divide(plan: Plan, inside: Sequence[Claim]) -> tuple[list[Fraction], list[Fraction]] | Unknown:
    if isinstance(plan.total, Unknown):
        return plan.total
    amounts = [c.amount for c in inside if isinstance(c.amount, Fraction)]
    # claims come sorted by unit, so a smaller position is the unit that stands first
    last = [(Fraction(-i),) if plan.last_tie == "key" else () for i in range(len(inside))]
    ties = [(*c.ties, *extra) for c, extra in zip(inside, last, strict=True)]
    bounds = [(c.floor, c.cap) for c in inside]
    bounded = any(floor or cap is not None for floor, cap in bounds)
    if bounded and plan.method != "hamilton":
        return Unknown("domain", "floors and caps go with hamilton only")
    given: list[Fraction] | Unknown
    if bounded:
        given = divide_within(plan.total, amounts, plan.step, ties, bounds)
    elif plan.method == "hamilton":
        given = divide(plan.total, amounts, plan.step, ties)
    else:
        given = divide_by_divisors(plan.total, amounts, plan.step, ties, plan.method)
    if isinstance(given, Unknown):
        return given
    exact = exact_within(plan.total, amounts, bounds)
    return exact if isinstance(exact, Unknown) else (given, exact)
