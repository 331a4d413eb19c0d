"""One unit: what it measures, how much of the base unit it is, and whether it is a level or a change."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Sort = Literal["quantity", "ratio", "change"]
Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; two units are equal when they measure the same with the same factor, however written.

    ``dimension`` lists base units with their exponents, sorted; a ratio has none. ``sort`` keeps a level
    (60 %) apart from a change of a level (5 个百分点), which share dimension and factor.
    """

    symbol: str = field(compare=False)
    dimension: Dimension
    factor: Fraction
    sort: Sort


ONE = Unit("1", (), Fraction(1), "ratio")
PERCENT = Unit("%", (), Fraction(1, 100), "ratio")
POINT = Unit("个百分点", (), Fraction(1, 100), "change")
DAY = Unit("天", (("天", 1),), Fraction(1), "quantity")


def to_base(value: Fraction, unit: Unit) -> Fraction:
    """Return a value written in a unit as a number of base units.

    >>> to_base(Fraction(60), PERCENT)
    Fraction(3, 5)
    """
    return value * unit.factor


def from_base(value: Fraction, unit: Unit) -> Fraction:
    """Return a number of base units as a value written in a unit.

    >>> from_base(Fraction(3, 5), PERCENT)
    Fraction(60, 1)
    """
    return value / unit.factor
