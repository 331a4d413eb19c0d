"""A small unit algebra: exact factors, unlike things never added, % kept apart from 个百分点."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.terms import Text
from zhishu.units.table import POINTS, TABLE

Dimension = tuple[tuple[str, int], ...]
Sort = Literal["plain", "ratio", "points"]

__all__ = ["ONE", "Unit", "add", "comparable", "convert", "divide", "multiply", "parse_quantity", "parse_unit", "subtract"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its symbol, its dimension, its factor to base units, and whether it is a change of a ratio."""

    symbol: str
    dimension: Dimension
    factor: Fraction
    sort: Sort


ONE = Unit("1", (), Fraction(1), "ratio")


def parse_unit(text: str) -> Unit:
    """Return the unit of a symbol or of a product or quotient of symbols.

    Raises ZhishuError ``unit-unknown``.

    >>> parse_unit("万元/亩").factor
    Fraction(15, 1)
    >>> parse_unit("个百分点").sort
    'points'
    """
    cleaned = text.strip().replace("km²", "km2").replace("％", "%")
    if cleaned in TABLE:
        symbol, base, factor = TABLE[cleaned]
        sort: Sort = "points" if symbol in POINTS else "ratio" if not base else "plain"
        return Unit(symbol, ((base, 1),) if base else (), factor, sort)
    parts = re.split(r"([/·])", cleaned)
    if len(parts) > 1 and all(parts[::2]):
        unit = parse_unit(parts[0])
        for sign, part in zip(parts[1::2], parts[2::2], strict=True):
            unit = divide(unit, parse_unit(part)) if sign == "/" else multiply(unit, parse_unit(part))
        return Unit(cleaned, unit.dimension, unit.factor, unit.sort)
    what = Text(f"不认识的单位 {text!r}", f"unknown unit {text!r}")
    raise ZhishuError([Problem("unit-unknown", text, what, did_you_mean(text, TABLE))])


def _combine(a: Unit, b: Unit, sign: int) -> Dimension:
    powers = dict(a.dimension)
    for base, power in b.dimension:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _made(symbol: str, dimension: Dimension, factor: Fraction, points: bool) -> Unit:
    sort: Sort = "plain" if dimension else "points" if points else "ratio"
    return Unit(symbol, dimension, factor, sort)


def multiply(a: Unit, b: Unit) -> Unit:
    """Return the unit of a product; a share of points is points.

    >>> multiply(parse_unit("元/亩"), parse_unit("亩")).dimension
    (('yuan', 1),)
    """
    return _made(f"{a.symbol}·{b.symbol}", _combine(a, b, 1), a.factor * b.factor, "points" in (a.sort, b.sort))


def divide(a: Unit, b: Unit) -> Unit:
    """Return the unit of a quotient; like over like is a plain ratio.

    >>> divide(parse_unit("公顷"), parse_unit("亩")).sort
    'ratio'
    """
    points = a.sort == "points" and b.sort == "ratio"
    return _made(f"{a.symbol}/{b.symbol}", _combine(a, b, -1), a.factor / b.factor, points)


def comparable(a: Unit, b: Unit) -> bool:
    """Return whether two quantities may be compared: same dimension, and no level against a change.

    >>> comparable(parse_unit("%"), parse_unit("个百分点"))
    False
    """
    return a.dimension == b.dimension and (a.sort == "points") == (b.sort == "points")


def add(a: Unit, b: Unit) -> Unit | None:
    """Return the unit of a sum, or None where unlike things would be added; % + 个百分点 is %.

    >>> add(parse_unit("%"), parse_unit("个百分点")).symbol
    '%'
    """
    if a.dimension != b.dimension:
        return None
    return b if a.sort == "points" and b.sort == "ratio" else a


def subtract(a: Unit, b: Unit) -> Unit | None:
    """Return the unit of a difference, or None; % − % is 个百分点.

    >>> subtract(parse_unit("%"), parse_unit("%")).symbol
    '个百分点'
    """
    if a.dimension != b.dimension:
        return None
    if a.sort == b.sort == "ratio" and "%" in (a.symbol, b.symbol):
        return parse_unit("个百分点")
    return a


def convert(value: Fraction, a: Unit, b: Unit) -> Fraction:
    """Return a value of unit ``a`` in unit ``b``, exactly.

    Raises ZhishuError ``unit-mismatch``.

    >>> convert(Fraction(15), parse_unit("亩"), parse_unit("公顷"))
    Fraction(1, 1)
    """
    if a.dimension != b.dimension or (a.sort == "points") != (b.sort == "points"):
        what = Text(f"{a.symbol} 不能换算成 {b.symbol}", f"{a.symbol} cannot be converted to {b.symbol}")
        repair = Text(f"用 {b.symbol} 填写", f"give the value in {b.symbol}")
        raise ZhishuError([Problem("unit-mismatch", a.symbol, what, repair)])
    return value * a.factor / b.factor


_QUANTITY = re.compile(r"([-+−]?[0-9]+(?:\.[0-9]+)?)\s*(.*)\Z")


def parse_quantity(text: str) -> tuple[Fraction, Unit]:
    """Return the number and the unit of a written quantity; thousands commas are refused.

    Raises ZhishuError ``quantity-unreadable`` or ``unit-unknown``.

    >>> parse_quantity("60 %")[0]
    Fraction(60, 1)
    """
    found = _QUANTITY.match(unicodedata.normalize("NFKC", text).strip())
    if found is None or "," in text:
        what = Text(f"读不出数和单位：{text}", f"no number with a unit: {text}")
        raise ZhishuError(
            [Problem("quantity-unreadable", text, what, Text("写作 60 % 或 1200 公顷", "write 60 % or 1200 公顷"))]
        )
    number = Fraction(found.group(1).replace("−", "-"))
    return number, parse_unit(found.group(2)) if found.group(2) else ONE
