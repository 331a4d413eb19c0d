"""Writing values out: exact strings for machines, rounded words with units for people."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from zhishu.data.suppress import MARK
from zhishu.formula.evaluate import Value, to_decimal
from zhishu.logic import Unknown
from zhishu.terms import Language, Text
from zhishu.units import parse_unit, rounded
from zhishu.units.words import unit_words


def exact(value: Value, unit: str | None = None) -> object:
    """Return the contract form: exact numbers as strings, unknown as ``{"unknown": reason}``.

    >>> exact(Fraction(29, 50), "%")
    '58'
    >>> exact(Unknown("missing"))
    {'unknown': 'missing', 'detail': ''}
    """
    if isinstance(value, Unknown):
        return {"unknown": value.reason, "detail": value.detail}
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return plain(own_unit(value, unit))


def own_unit(value: Fraction, unit: str | None) -> Fraction:
    """Return a base value in its own unit."""
    return value / parse_unit(unit).factor if unit else value


def plain(value: Fraction) -> str:
    """Return a decimal: exact where it ends, else 20 significant digits.

    >>> plain(Fraction(1, 3))
    '0.33333333333333333333'
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    number = to_decimal(value)
    if rest != 1:
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - 19), rounding=ROUND_HALF_UP)
    return f"{number.normalize():f}"


def not_known(value: Unknown) -> Text:
    """Return why a cell of a sheet is unknown: what is missing there is as often a code or a yes as a figure.

    >>> not_known(Unknown("missing", "行业代码", "industry code")).zh
    '不明（行业代码）'
    """
    said = value.say()
    if value.reason != "missing":
        return said
    bare = value.bare()
    return Text(said.zh.replace(bare.zh, "不明", 1), said.en.replace(bare.en, "unknown", 1))


def spoken(value: Value, unit: str | None, digits: int | None, words: Mapping[str, Text], language: Language) -> str:
    """Return a value as a person reads it, with its unit.

    >>> spoken(Fraction(29, 50), "%", 1, {}, "zh")
    '58%'
    """
    if isinstance(value, Unknown):
        return MARK if value.reason == "small_cell" else not_known(value).say(language)
    if isinstance(value, bool):
        return {True: Text("是", "yes"), False: Text("否", "no")}[value].say(language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return words[value].say(language) if value in words else value
    number = own_unit(value, unit)
    text = rounded(number, 2 if digits is None else digits)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not unit or unit == "1":
        return text
    return f"{text}%" if unit == "%" else f"{text} {unit_words(unit).say(language)}".strip()
