"""The unit of a column: from its own head, from the line above the table, or as declared; else it is asked."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text
from zhishu.units import PERCENT, Unit, comparable, parse_unit

_SAID = re.compile(r"(?:计量)?单位[:：]\s*(.+)|units?[:：]\s*(.+)", re.IGNORECASE)
_TAIL = re.compile(r"^(.*)[(（]([^()（）]+)[)）]$", re.DOTALL)
PERMILLE = parse_unit("‰")
_ENGLISH = {"yuan": "元", "people": "人", "persons": "人"}


@dataclass(frozen=True, slots=True)
class UnitRead:
    """The unit a column is written in, the factor to that of its series, and how it was found (a kind of guess).

    In a unit that is a ``ratio`` of a hundred or a thousand a bare number may be a share or a percentage.
    """

    unit: Unit
    factor: Fraction
    found: str | None
    others: tuple[str, ...]
    ratio: bool


def unit_or_none(text: str) -> Unit | None:
    """Return the unit a text names, or None."""
    try:
        return parse_unit(_ENGLISH.get(text.strip().lower(), text))
    except ZhishuError:
        return None


def units_above(text: str) -> list[str] | None:
    """Return the units a line states, or None if it is no such line.

    >>> units_above("单位：万元、％"), units_above("四川省统计局")
    (['万元', '%'], None)
    """
    found = _SAID.search(unicodedata.normalize("NFKC", text).strip().strip("()（）"))
    if found is None:
        return None
    words = re.split(r"[、,，;；\s]+", found[1] or found[2])
    return [w.strip("()（）") for w in words if w.strip("()（）")]


def split_head(text: str) -> tuple[str, str | None]:
    """Return the words of a head without the unit in brackets at their end, and that unit.

    >>> split_head("地区生产总值（亿元）"), split_head("地区生产总值（公报）")
    (('地区生产总值', '亿元'), ('地区生产总值（公报）', None))
    """
    found = _TAIL.match(text.strip())
    if found is None or unit_or_none(found[2]) is None:
        return text, None
    return found[1].strip(), found[2].strip()


def unit_of(own: str | None, above: list[str], declared: str | None, series: str, where: str) -> UnitRead | Problem:
    """Return the unit a column is in: its own, the one above that fits, or the declared one.

    >>> unit_of(None, ["万元", "%"], None, "亿元", "B3").factor
    Fraction(1, 10000)
    """
    wanted = parse_unit(series)
    if own is not None:
        return _fitting(own, wanted, series, None, (), where)
    known = [(word, unit_or_none(word)) for word in above]
    fits = [word for word, unit in known if unit is not None and _same(unit, wanted)]
    if len(fits) == 1:
        return _fitting(fits[0], wanted, series, "unit-above", tuple(w for w in above if w != fits[0]), where)
    if len(fits) > 1:
        what = Text(
            f"表上写了 {'、'.join(fits)}，分不清用哪个", f"the table states {', '.join(fits)}: which one is open"
        )
        return Problem("submission-unit-open", where, what, Text("单位写进该列表头", "write the unit into the head"))
    if declared is not None and ((unit := unit_or_none(declared)) is not None and _same(unit, wanted)):
        return _fitting(declared, wanted, series, "unit-declared", tuple(above), where)
    stated = "、".join(above) or "—"
    what = Text(
        f"没有写明单位（表上：{stated}；应能换算成 {series}）", f"no unit that becomes {series} (stated: {stated})"
    )
    return Problem("submission-unit-missing", where, what, Text("在表头写单位", "write the unit into the head"))


def _same(unit: Unit, wanted: Unit) -> bool:
    return unit.dimension == wanted.dimension and unit.sort == wanted.sort


def _fitting(
    word: str, wanted: Unit, series: str, found: str | None, others: tuple[str, ...], where: str
) -> UnitRead | Problem:
    unit = unit_or_none(word)
    if unit is None:
        what = Text(f"没有这个单位：{word}", f"no such unit: {word}")
        return Problem("unit-unknown", where, what, Text(f"如 {series}", f"such as {series}"))
    if not comparable(unit, wanted) or not _same(unit, wanted):
        what = Text(f"单位是 {word}，该指标用 {series}", f"the unit is {word}, the series is in {series}")
        repair = Text(f"换算成 {series}，或核对列", f"convert to {series}, or check the column")
        return Problem("intake-unit", where, what, repair)
    return UnitRead(unit, unit.factor / wanted.factor, found, others, unit in (PERCENT, PERMILLE))
