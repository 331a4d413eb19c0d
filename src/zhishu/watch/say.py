"""Arithmetic in words, with units and rounded figures."""

from fractions import Fraction

from zhishu.units import parse_unit, rounded


def figure(value: Fraction, unit: str, digits: int = 2) -> str:
    """Return a base value in its unit, without trailing zeros.

    >>> figure(Fraction(5221, 10000), "%")
    '52.21%'
    """
    number = value / parse_unit(unit).factor
    text = rounded(number, digits)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def points_unit(unit: str) -> str:
    """Return the unit of a difference: 个百分点 for percentages."""
    return "个百分点" if unit == "%" else unit
