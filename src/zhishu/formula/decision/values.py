"""One written value of a column: read by the column's kind, and written back."""

import re
from datetime import date
from fractions import Fraction

from zhishu.errors import did_you_mean
from zhishu.formula.decision.refuse import refuse
from zhishu.formula.decision.table import InputKind, Value
from zhishu.formula.tree import Number, Truth, Word
from zhishu.formula.written import decimal
from zhishu.terms import Text
from zhishu.units import Unit, comparable, parse_quantity, parse_unit

YES = frozenset({"yes", "true", "是", "真"})
NO = frozenset({"no", "false", "否", "假"})
_BARE = re.compile(r'[^,，、"“”()（）\[\]［］<>＜＞=＝≤≥*]+')


def read_value(text: str, kind: InputKind, where: str) -> Value:
    """Return the value that a text names in a column of this kind.

    Raises ZhishuError ``table-value``, ``table-value-unit``, ``table-value-share``, ``table-value-choice``,
    or what :func:`zhishu.units.parse_quantity` raises.

    >>> read_value("60 %", InputKind("number", "%"), "示例.csv:2 share")
    Number(value=Fraction(60, 1), unit='%')
    >>> read_value("眉山市", InputKind("choice", values={"511400": Text("眉山市", "Meishan")}), "示例.csv:2 city")
    Word(value='511400')
    """
    text = text.strip()
    match kind.kind:
        case "number":
            return read_number(text, kind, where)
        case "date":
            return read_date(text, where)
        case "truth":
            return _truth(text, where)
        case "choice":
            return _choice(unquoted(text, where), kind, where)
        case "word":
            return Word(unquoted(text, where))


def unquoted(text: str, where: str) -> str:
    """Return a word without its quotes; a bare word has no sign of the cell language in it.

    >>> unquoted('"甲, 乙"', "示例.csv:2 place"), unquoted("成都市", "示例.csv:2 place")
    ('甲, 乙', '成都市')
    """
    if len(text) >= 2 and text[0] in '"“' and text[-1] in '"”':
        inner = text[1:-1]
        if inner and '"' not in inner.replace('""', ""):
            return inner.replace('""', '"')
    if _BARE.fullmatch(text):
        return text
    repair = Text(f'文字里有符号时加引号，如 "{text}"', f'put a text with signs in it in quotes, as "{text}"')
    raise refuse("table-value", where, Text(f"读不成一个值：{text}", f"not one value: {text}"), repair)


def read_number(text: str, kind: InputKind, where: str) -> Number:
    """Return a number with its unit; without one it is in the unit of the column, as figures in a register are.

    A bare share up to 1 in a column of per cents is refused: 0.6 may be 60 % or 0.6 %.

    >>> read_number("3", InputKind("number", "公里"), "示例.csv:2 length")
    Number(value=Fraction(3, 1), unit='公里')
    """
    value, unit = parse_quantity(text, where)
    bare = text[-1:].isdigit() or text[-1:] == "."
    own = None if kind.unit in (None, "1") else kind.unit
    if bare:
        column = parse_unit(own, where) if own else None
        if column is not None and column.sort != "quantity" and column.factor != 1 and 0 < abs(value) <= 1:
            whole = decimal(value * 100)
            what = Text(f"{text} 是 {text} % 还是 {whole} %？", f"is {text} {text} % or {whole} %?")
            raise refuse("table-value-share", where, what, Text("写明单位", "write the unit"))
        return Number(value, own)
    _fits(unit, kind, text, where)
    return Number(value, unit.symbol if own or unit.factor != 1 else None)


def _fits(unit: Unit, kind: InputKind, text: str, where: str) -> None:
    column = parse_unit(kind.unit, where) if kind.unit else None
    if column is None:
        what = Text(f"{text} 有单位，这一列没有", f"{text} has a unit, the column has none")
        raise refuse("table-value-unit", where, what, Text("去掉单位，或给列声明单位", "drop it, or declare one"))
    if not comparable(unit, column):
        what = Text(f"{text} 的单位与本列（{kind.unit}）不同类", f"{text} is not comparable with {kind.unit}")
        raise refuse(
            "table-value-unit", where, what, Text(f"用 {kind.unit} 或同类单位", f"use {kind.unit} or a like unit")
        )


def read_date(text: str, where: str) -> date:
    """Return a written day.

    >>> read_date("2018-06-30", "示例.csv:2 opened")
    datetime.date(2018, 6, 30)
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    what = Text(f"读不成日期：{text}", f"not a date: {text}")
    raise refuse("table-value", where, what, Text("写作 2019-01-01", "write it as 2019-01-01"))


def _truth(text: str, where: str) -> Truth:
    word = text.lower()
    if word in YES or word in NO:
        return Truth(word in YES)
    what = Text(f"读不成是或否：{text}", f"not a yes or no: {text}")
    raise refuse("table-value", where, what, Text("写 是 或 否", "write yes or no"))


def _choice(text: str, kind: InputKind, where: str) -> Word:
    if text in kind.values:
        return Word(text)
    found = [id_ for id_, name in kind.values.items() if text in (name.zh, name.en)]
    if len(found) == 1:
        return Word(found[0])
    if found:
        what = Text(f"{text} 是几个取值共用的名称", f"{text} names several values")
        raise refuse("table-value-choice", where, what, Text(f"写编号：{'、'.join(found)}", f"write {found[0]} …"))
    known = [*kind.values, *(n for name in kind.values.values() for n in (name.zh, name.en))]
    what = Text(f"没有这个取值：{text}", f"there is no such value: {text}")
    raise refuse("table-value-choice", where, what, did_you_mean(text, known))


def write_value(value: Value) -> str:
    """Return a value as a cell holds it; ``read_value`` reads it back.

    >>> write_value(Number(Fraction(60), "%")), write_value(Word("甲, 乙")), write_value(date(2018, 6, 30))
    ('60 %', '"甲, 乙"', '2018-06-30')
    """
    match value:
        case Number(number, None):
            return decimal(number)
        case Number(number, unit):
            return f"{decimal(number)} {unit}"
        case Truth(flag):
            return "yes" if flag else "no"
        case Word(word):
            return write_word(word)
        case date():
            return value.isoformat()


def write_word(word: str) -> str:
    """Return a word, in quotes where it could be read as something else.

    >>> write_word("成都市"), write_word("known")
    ('成都市', '"known"')
    """
    plain = _BARE.fullmatch(word) and word == word.strip() and not special(word)
    return word if plain else '"' + word.replace('"', '""') + '"'


def special(word: str) -> bool:
    """Return whether a bare word means something of its own in a cell.

    >>> special("未知"), special("-"), special("成都市")
    (True, True, False)
    """
    return word.lower() in {"", "-", "known", "unknown", "已知", "未知"}


def base(value: Number | date) -> Fraction:
    """Return where a number or a day lies on its line: base units, or days.

    >>> base(Number(Fraction(60), "%"))
    Fraction(3, 5)
    """
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return value.value * parse_unit(value.unit).factor if value.unit else value.value


def place(value: Value) -> Fraction:
    """Return where a value of a column that has an order lies; yes comes after no.

    >>> place(Truth(True)) > place(Truth(False))
    True
    """
    match value:
        case Number() | date():
            return base(value)
        case Truth(flag):
            return Fraction(flag)
        case Word():
            return Fraction(0)


def same(value: Value | None) -> tuple[str, object]:
    """Return what two values have in common exactly when they are one: 60 % and 0.6 are.

    >>> same(Number(Fraction(60), "%")) == same(Number(Fraction(3, 5)))
    True
    """
    match value:
        case None:
            return "unknown", None
        case Number() | date():
            return "place", base(value)
        case Truth(flag):
            return "truth", flag
        case Word(word):
            return "word", word
