"""One cell of a case: from what a user wrote to an exact value in base units, or a problem."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from zhishu.data.days import read_day
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.identity import holds_identity, identity_problem
from zhishu.terms import Text
from zhishu.units import convert, parse_quantity, parse_unit
from zhishu.units.words import unit_words

UNKNOWN_WORDS = frozenset(
    {"", "unknown", "未知", "不详", "…", "...", "-", "—", "——", "--", "/", "n/a", "na", "#n/a", "null"}
)
# to a yes-or-no 无 is no, and a choice may offer it; anywhere else there is nothing to read
NOTHING = frozenset({"无", "none"})
MOST_DIGITS, MOST_DECIMALS = 60, 400
"""Digits before and after the point of a number that is read: an exponent of a million would take hours to write out."""
_SHOWN = 60
_YES = frozenset({"true", "yes", "y", "是", "对", "有", "√", "✓", "✔", "1", "1.0"})
_NO = frozenset({"false", "no", "n", "否", "错", "无", "×", "x", "✗", "✘", "0", "0.0"})


def read_cell(
    raw: object, kind: str, unit: str | None, choices: Mapping[str, Text], name: Text, where: str
) -> tuple[Value, Problem | None]:
    """Return the value of one cell in base units; a blank is unknown, an unreadable cell a problem.

    >>> read_cell("60 %", "number", "%", {}, Text("率", "rate"), "B2")[0]
    Fraction(3, 5)
    >>> read_cell("", "number", "%", {}, Text("率", "rate"), "B2")[0]
    Unknown(reason='missing', detail='率')
    """
    if kind in ("choice", "region") and raw is not None and (chosen := _chosen(raw, choices)) is not None:
        return chosen, None
    if raw is None or _blank(raw, kind):
        return Unknown("missing", name.zh, name.en), None
    if kind == "number":
        return _number(raw, unit, name, where)
    if kind == "year":
        return _year(raw, name, where)
    if kind == "date":
        return _date(raw, name, where)
    if kind == "truth":
        return _truth(raw, name, where)
    if kind == "choice":
        return _no_choice(_norm(str(raw)), choices, name, where)
    word = _norm(str(raw))
    if holds_identity(word):
        return Unknown("held", "identity-number"), identity_problem(where, name)
    return word, None


def _blank(raw: object, kind: str) -> bool:
    word = _norm(raw).lower() if isinstance(raw, str) else None
    return word in UNKNOWN_WORDS or (word in NOTHING and kind != "truth")


def _norm(raw: str) -> str:
    """Full-width digits and letters become plain; the width of a sign never changes a value."""
    return unicodedata.normalize("NFKC", raw).strip()


def _shown(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _bad(code: str, where: str, what: Text, repair: Text) -> tuple[Value, Problem]:
    return Unknown("held", code), Problem(code, where, what, repair)


def _number(raw: object, unit: str | None, name: Text, where: str) -> tuple[Value, Problem | None]:
    if isinstance(raw, bool):
        return _bad(
            "case-not-a-number",
            where,
            Text(f"{name.zh}应是数", f"{name.en} should be a number"),
            Text("写数", "write a number"),
        )
    written = _norm(repr(raw) if isinstance(raw, float) else str(raw))
    if "," in written:
        return _bad(
            "case-thousands-comma",
            where,
            Text(f"{name.zh}带千位逗号：{_shown(written)}", f"{name.en} has a thousands comma: {_shown(written)}"),
            Text(f"写作 {_shown(written.replace(',', ''))}", f"write {_shown(written.replace(',', ''))}"),
        )
    factor = parse_unit(unit).factor if unit else Fraction(1)
    try:
        number = Decimal(written)
    except InvalidOperation:
        return _quantity(written, unit, name, where)
    if not number.is_finite() or number.adjusted() > MOST_DIGITS:
        return _bad(
            "case-not-finite",
            where,
            Text(f"{name.zh}不是有限的数：{_shown(written)}", f"{name.en} is not a finite number: {_shown(written)}"),
            Text("留空表示未知", "leave the cell blank if it is unknown"),
        )
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DECIMALS:
        return _bad(
            "case-not-finite",
            where,
            Text(
                f"{name.zh}的小数超过 {MOST_DECIMALS} 位：{_shown(written)}",
                f"{name.en} has more than {MOST_DECIMALS} decimals: {_shown(written)}",
            ),
            Text("舍入后再填；未知则留空", "round it; leave the cell blank if it is unknown"),
        )
    return Fraction(number) * factor, None


def _quantity(written: str, unit: str | None, name: Text, where: str) -> tuple[Value, Problem | None]:
    try:
        value, given = parse_quantity(written)
        return convert(value, given, parse_unit(unit or "1")) * parse_unit(unit or "1").factor, None
    except ZhishuError:
        wanted = unit_words(unit) if unit and unit != "1" else None
        if wanted is None:
            what = Text(f"{name.zh}不是数：{_shown(written)}", f"{name.en} is not a number: {_shown(written)}")
            return _bad("case-not-a-number", where, what, Text("写数；未知则留空", "write a number; blank if unknown"))
        return _bad(
            "case-not-a-number",
            where,
            Text(
                f"{name.zh}读不成以{wanted.zh}计的数：{_shown(written)}",
                f"{name.en} is not a number in {wanted.en}: {_shown(written)}",
            ),
            Text(f"写数，单位为{wanted.zh}；未知则留空", f"write a number in {wanted.en}; leave it blank if unknown"),
        )


def _year(raw: object, name: Text, where: str) -> tuple[Value, Problem | None]:
    written = _norm(str(raw)).removesuffix("年").removesuffix(".0")
    if written.isdigit() and 1900 <= int(written) <= 2100:
        return Fraction(int(written)), None
    return _bad(
        "case-not-a-year",
        where,
        Text(f"{name.zh}不是年份：{raw}", f"{name.en} is not a year: {raw}"),
        Text("写四位年份，如 2018", "write four digits, as 2018"),
    )


def _date(raw: object, name: Text, where: str) -> tuple[Value, Problem | None]:
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day), None
    day = read_day(str(raw))
    if day is None:
        return _bad(
            "case-not-a-date",
            where,
            Text(f"{name.zh}不是日期：{raw}", f"{name.en} is not a date: {raw}"),
            Text("写作 2018-06-30", "write it as 2018-06-30"),
        )
    return day, None


def _truth(raw: object, name: Text, where: str) -> tuple[Value, Problem | None]:
    if isinstance(raw, bool):
        return raw, None
    word = _norm(str(raw)).lower()
    if word in _YES or word in _NO:
        return word in _YES, None
    return _bad(
        "case-not-yes-no",
        where,
        Text(f"{name.zh}应填是或否：{raw}", f"{name.en} should be yes or no: {raw}"),
        Text("填是或否；未知则留空", "write yes or no; leave it blank if unknown"),
    )


def _chosen(raw: object, choices: Mapping[str, Text]) -> str | None:
    text = _norm(str(raw))
    # a label is compared as a cell is read: its brackets and commas may be full-width
    return next((w for w, label in choices.items() if text in (w, _norm(label.zh), _norm(label.en))), None)


def _no_choice(text: str, choices: Mapping[str, Text], name: Text, where: str) -> tuple[Value, Problem | None]:
    return _bad(
        "case-not-a-choice",
        where,
        Text(f"{name.zh}没有这个选项：{text}", f"{name.en} has no such choice: {text}"),
        Text(
            did_you_mean(text, [label.zh for label in choices.values()]).zh,
            did_you_mean(text, [label.en for label in choices.values()]).en,
        ),
    )
