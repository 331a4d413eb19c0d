"""Figures in words: a value in its unit as Chinese and as English say it."""

from fractions import Fraction

from zhishu.terms import Text
from zhishu.units.parse import parse_unit
from zhishu.units.rounded import rounded
from zhishu.units.words import unit_words

# Where English counts in other steps than 万 and 亿: what to multiply by (a power of ten), and the unit.
ENGLISH = {
    "万人": (4, "people"),
    "万个": (4, ""),
    "万元": (4, "yuan"),
    "亿元": (-1, "billion yuan"),
    "万美元": (-2, "million US dollars"),
}


def figure_words(value: Fraction, unit: str, digits: int = 2) -> Text:
    """Return a base value in its unit, without trailing zeros, in both languages.

    >>> figure_words(Fraction(279, 10000), "%").zh, figure_words(Fraction(1_863_000), "km").zh
    ('2.79%', '1,863 公里')
    >>> figure_words(Fraction(1_710_000), "万人")
    Text(zh='171 万人', en='1,710,000 people')
    """
    return _joined(*_numbers(value, unit, digits), unit)


def span_words(low: Fraction, high: Fraction, unit: str, digits: int = 2) -> Text:
    """Return a range of base values; the unit stands once, a percent sign at both ends.

    >>> span_words(Fraction(426_000), Fraction(437_000), "km")
    Text(zh='426—437 公里', en='426–437 km')
    >>> span_words(Fraction(64, 100), Fraction(66, 100), "%").zh
    '64%—66%'
    """
    if low == high:
        return figure_words(low, unit, digits)
    (zh_low, en_low), (zh_high, en_high) = _numbers(low, unit, digits), _numbers(high, unit, digits)
    mark = "%" if unit == "%" else ""
    return _joined(f"{zh_low}{mark}—{zh_high}", f"{en_low}{mark}–{en_high}", unit)


def number_words(value: Fraction, unit: str, digits: int = 2) -> Text:
    """Return a base value in the steps of its unit, without the unit.

    >>> number_words(Fraction(1_710_000), "万人")
    Text(zh='171', en='1,710,000')
    """
    return Text(*_numbers(value, unit, digits))


def _numbers(value: Fraction, unit: str, digits: int) -> tuple[str, str]:
    factor = parse_unit(unit).factor if unit else Fraction(1)
    own = value if factor == 1 else value / factor
    zh = _trimmed(own, digits)
    if unit not in ENGLISH:
        return zh, zh
    power = ENGLISH[unit][0]
    return zh, _trimmed(own * Fraction(10) ** power, max(0, digits - power))


def _joined(zh: str, en: str, unit: str) -> Text:
    if unit in ("%", ""):
        return Text(zh + unit, en + unit)
    words = unit_words(unit)
    english = ENGLISH[unit][1] if unit in ENGLISH else words.en
    return Text(f"{zh} {words.zh}".strip(), f"{en} {english}".strip())


def _trimmed(value: Fraction, digits: int) -> str:
    number = rounded(value, digits)
    return number.rstrip("0").rstrip(".") if "." in number else number
