"""Reading a unit as officials write it: 万元/亩, 家/年, µg/m³, 元/(人·年)."""

import unicodedata
from functools import lru_cache

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text
from zhishu.units.algebra import divide, multiply, power
from zhishu.units.table import KNOWN, count, named, scaled
from zhishu.units.unit import ONE, Unit

_MAX_LENGTH = 60
_MAX_POWER = 9


def parse_unit(text: str, where: str = "unit") -> Unit:
    """Return the unit that a text names; everything after ``/`` is below the line.

    Raises ZhishuError ``unit-unknown``.

    >>> parse_unit("万元/亩").factor
    Fraction(15, 1)
    >>> parse_unit("KM")
    Traceback (most recent call last):
    zhishu.errors.ZhishuError: unit: no such unit: KM → repair: did you mean km? [unit-unknown]
    """
    unit, bad = _read(text[: _MAX_LENGTH + 1])
    if unit is None:
        what = Text(f"没有这个单位：{bad}", f"no such unit: {bad}")
        raise ZhishuError([Problem("unit-unknown", where, what, _repair(bad))])
    return unit


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[Unit | None, str]:
    """Return the unit, or None with the part that is not one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for dot in "*×⋅・•":
        plain = plain.replace(dot, "·")
    if len(plain) > _MAX_LENGTH:
        return None, f"{plain[:20]}…"
    whole = named(plain)
    if whole is not None:
        return whole, ""
    top, slash, bottom = plain.partition("/")
    if bottom.startswith("(") and bottom.endswith(")"):
        bottom = bottom[1:-1]
    unit = ONE
    for part in top.split("·"):
        factor = _factor(part.strip(), below=False)
        if factor is None:
            return None, part.strip()
        unit = multiply(unit, factor)
    for part in bottom.split("·") if slash else ():
        factor = _factor(part.strip(), below=True)
        if factor is None:
            return None, part.strip()
        unit = divide(unit, factor)
    return unit, ""


def _factor(part: str, below: bool) -> Unit | None:
    name, caret, exponent = part.partition("^")
    if caret and not (exponent.isascii() and exponent.isdigit() and 1 <= int(exponent) <= _MAX_POWER):
        return None
    unit = named(name)
    if unit is None and below and _new_count(name):
        unit = count(name, name)
    return power(unit, int(exponent)) if unit is not None and caret else unit


def _new_count(name: str) -> bool:
    """Return whether a word below the line may be one that things are counted by (个/嘎查).

    One character is too easily a slip of the hand, and so is a word one character off a known one.
    """
    han = all("\u4e00" <= c <= "\u9fff" for c in name)
    return han and 2 <= len(name) <= 6 and not scaled(name) and not _near(name)


def _near(name: str) -> list[str]:
    """Return known names that differ in case only, else those with one character of two or more changed."""
    cased = [known for known in KNOWN if known.casefold() == name.casefold()]
    changed = [
        known
        for known in KNOWN
        if 1 < len(name) == len(known) and sum(x != y for x, y in zip(name, known, strict=True)) == 1
    ]
    return cased or ([] if name.isascii() else changed)


def _repair(bad: str) -> Text:
    near = _near(bad)[:3]
    if near:
        return Text(f"是否指 {'、'.join(near)}？", f"did you mean {', '.join(near)}?")
    listed = "元、万元、人、万人、公顷、亩、km、%、个百分点、天、年、个、家、元/人"
    return Text(f"如 {listed}", f"such as {listed.replace('、', ', ')}")
