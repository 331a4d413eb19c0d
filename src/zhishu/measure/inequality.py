"""How unequally something is spread over regions, each weighing as much as its people.

Theil's T with its split between and within zones (Theil 1967, Economics and Information Theory, ch. 4;
Shorrocks 1980, doi:10.2307/1913126), the Gini coefficient (Gini 1912, Variabilità e mutabilità), the
coefficient of variation (weighted as in Williamson 1965, Regional inequality and the process of national
development), and Hoover's index (Hoover 1936, The measurement of industrial localization). Gini and Hoover
are exact fractions; logarithms and roots have 40 digits.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import SIMPLE, Value
from zhishu.logic import Unknown

Amounts = Mapping[str, Value]
"""By region: an amount, such as GDP, or its people."""


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's T: the whole, the part between zones, the part within them, and each zone's own T."""

    total: Value
    between: Value
    within: Value
    zones: Mapping[str, Value]


def theil(amounts: Amounts, people: Amounts, expected: Collection[str]) -> Value:
    """Return Theil's T, 0 for equal shares per head, at most ln(people / people of the richest region).

    Unknown where a region of ``expected`` has no amount or no people (inequality would change by omission),
    where an amount is negative, where a region has no people, or where there is nothing to share.

    >>> theil({"a": Fraction(1), "b": Fraction(3)}, {"a": Fraction(1), "b": Fraction(3)}, ["a", "b"])
    Fraction(0, 1)
    >>> theil({"成都市": Fraction(1)}, {"成都市": Fraction(1)}, ["成都市", "阿坝州"])
    Unknown(reason='missing', detail='阿坝州')
    """
    return _measured(amounts, people, expected, _theil)


def theil_by_zone(amounts: Amounts, people: Amounts, zones: Mapping[str, Collection[str]]) -> Theil:
    """Return Theil's T over all members of the zones, split so that ``between + within`` is the whole.

    A zone's part of ``within`` is its T times its share of the amount; a zone with no amount adds nothing.
    Zones that share a member, or have none, are outside the domain.
    """
    members = [code for zone in zones.values() for code in zone]
    total = theil(amounts, people, members)
    if len(set(members)) != len(members) or not all(zones.values()):
        total = Unknown("domain", "zones")
    if isinstance(total, Unknown):
        return Theil(total, total, total, dict.fromkeys(sorted(zones), total))
    inside = {zone: theil(amounts, people, zones[zone]) for zone in sorted(zones)}
    sums = {zone: _number(_sum(amounts, zones[zone])) for zone in inside}
    heads = {zone: _number(_sum(people, zones[zone])) for zone in inside}
    whole = sum(sums.values(), Fraction(0))
    between = theil(sums, heads, list(inside))
    within = Fraction(0)
    for zone, value in inside.items():
        if isinstance(value, Fraction):
            within += sums[zone] / whole * value
    return Theil(total, between, within, inside)


def gini(amounts: Amounts, people: Amounts, expected: Collection[str]) -> Value:
    """Return the Gini coefficient of amounts per head, exact: 0 for equal shares, below 1.

    Half the mean absolute difference between two people, over the mean. Unknown as ``theil``.

    >>> gini({"a": Fraction(0), "b": Fraction(1)}, {"a": Fraction(1), "b": Fraction(1)}, ["a", "b"])
    Fraction(1, 2)
    """
    return _measured(amounts, people, expected, _gini)


def variation(amounts: Amounts, people: Amounts, expected: Collection[str]) -> Value:
    """Return the coefficient of variation of amounts per head, weighted by people. Unknown as ``theil``.

    >>> variation({"a": Fraction(0), "b": Fraction(2)}, {"a": Fraction(1), "b": Fraction(1)}, ["a", "b"])
    Fraction(1, 1)
    """
    return _measured(amounts, people, expected, _variation)


def hoover(amounts: Amounts, people: Amounts, expected: Collection[str]) -> Value:
    """Return Hoover's index, exact: the share of the amount that would have to move for equal shares per head.

    Unknown as ``theil``.

    >>> hoover({"a": Fraction(1), "b": Fraction(3)}, {"a": Fraction(1), "b": Fraction(1)}, ["a", "b"])
    Fraction(1, 4)
    """
    return _measured(amounts, people, expected, lambda shares: sum((abs(s - p) for s, p in shares), Fraction(0)) / 2)


Shares = list[tuple[Fraction, Fraction]]
"""Each region's share of the amount and of the people."""


def _measured(
    amounts: Amounts, people: Amounts, expected: Collection[str], compute: Callable[[Shares], Value]
) -> Value:
    """Return a measure of the shares of all regions expected, or why there is none."""
    pairs: Shares = []
    for code in sorted(set(expected)):
        amount, heads = amounts.get(code, Unknown("missing")), people.get(code, Unknown("missing"))
        for value in (amount, heads):
            if isinstance(value, Unknown):
                return Unknown(value.reason, code)
        if not isinstance(amount, Fraction) or not isinstance(heads, Fraction) or amount < 0 or heads <= 0:
            return Unknown("domain", code)
        pairs.append((amount, heads))
    if not pairs:
        return Unknown("empty")
    total, everyone = sum(a for a, _ in pairs), sum(h for _, h in pairs)
    if total == 0:
        return Unknown("divide_by_zero", "total")
    return compute([(a / total, h / everyone) for a, h in pairs])


def _theil(shares: Shares) -> Value:
    total = Fraction(0)
    for amount, heads in shares:
        if amount == 0 or amount == heads:
            continue
        logarithm = SIMPLE["log"]([amount / heads])
        if not isinstance(logarithm, Fraction):
            return logarithm
        total += amount * logarithm
    return total


def _gini(shares: Shares) -> Value:
    ordered = sorted(shares, key=lambda share: share[0] / share[1])
    poorer, area = Fraction(0), Fraction(0)
    for amount, heads in ordered:
        area += heads * (2 * poorer + amount)
        poorer += amount
    return 1 - area


def _variation(shares: Shares) -> Value:
    return SIMPLE["sqrt"]([sum((p * (s / p - 1) ** 2 for s, p in shares), Fraction(0))])


def _sum(values: Amounts, codes: Collection[str]) -> Value:
    return sum((_number(values[code]) for code in codes), Fraction(0))


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction)  # theil() has refused everything else
    return value
