"""Numerals, dates, list signs and line breaks of a document, in both languages."""

from datetime import date

from zhishu.surfaces.printable import ems, printable
from zhishu.terms import Language, Text

DIGITS = "零一二三四五六七八九"
NO_NUMBER = Text("（文号待编）", "(number not yet assigned)")
NO_DATE = Text("（成文日期待签发）", "(date of signature pending)")
STAMPS = {"draft": Text("送审稿", "Draft for approval"), "specimen": Text("示例", "Specimen")}
SOURCES = Text("数据出处", "Sources of the figures")
SOURCE_COLUMN = Text("出处", "Source")
TABLE, FIGURE = Text("表", "Table "), Text("图", "Figure ")
ANNEX, COPIES = Text("附件：", "Annex: "), Text("抄送：", "Copies: ")
UNIT, NOTE = Text("单位：", "Unit: "), Text("注：", "Note: ")
COLON, LIST_SIGN, LIST_END = Text("：", ":"), Text("，", ", "), Text("。", ".")
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
# A title's line may end after one of these without tearing a word apart.
_BREAK_AFTER = "的、，：》”）月日年和与及 "
_NEVER_FIRST = "、，。：；）》”〉？！的"


def day(on: date, language: Language) -> str:
    """Return a date in Arabic numerals without leading zeros.

    >>> day(date(2018, 6, 3), "zh"), day(date(2018, 6, 3), "en")
    ('2018年6月3日', '3 June 2018')
    """
    return f"{on.year}年{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def chinese(number: int) -> str:
    """Return a numeral from 1 to 99 in Chinese.

    >>> chinese(10), chinese(12), chinese(40)
    ('十', '十二', '四十')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十") + (DIGITS[ones] if ones else "")


def numeral(level: int, number: int, language: Language) -> str:
    """Return the sign before a heading: 一、 （一） 1. （1） or I. A. 1. (1).

    >>> numeral(2, 3, "zh"), numeral(1, 4, "en")
    ('（三）', 'IV. ')
    """
    if language == "zh":
        return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[level - 1]
    letter = chr(64 + number) if number <= 26 else str(number)
    return (f"{_roman(number)}. ", f"{letter}. ", f"{number}. ", f"({number}) ")[level - 1]


def _roman(number: int) -> str:
    said = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            said, number = said + sign, number - value
    return said


def ranges(numbers: tuple[int, ...]) -> str:
    """Return numbers with neighbours drawn together.

    >>> ranges((3, 1, 2, 7))
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)


def lines(text: str, room: float) -> tuple[str, ...]:
    """Return a title in lines of about equal length, each at most ``room`` ems; its own line feeds stand.

    >>> lines("关于2018年上半年县域经济运行情况的通报", 14)
    ('关于2018年上半年', '县域经济运行情况的通报')
    """
    given = [line for part in text.split("\n") if (line := printable(part))]
    found: list[str] = []
    for part in given:
        count = max(1, -int(-ems(part) // room))
        while count > 1:
            cut = _cut(part, ems(part) / count, room)
            found.append(part[:cut].strip())
            part, count = part[cut:].strip(), count - 1
            count = max(count, -int(-ems(part) // room))
        found.append(part)
    return tuple(found)


def _cut(text: str, even: float, room: float) -> int:
    """Return where to end a line: near the even length, after a sign that ends a word, never before a stop."""
    best, cost, wide = len(text), float("inf"), 0.0
    for i, sign in enumerate(text[:-1], start=1):
        wide += ems(sign)
        if wide > room:
            return best if best < len(text) else max(1, i - 1)
        torn = text[i].isascii() and sign.isascii() and text[i] != " " and sign != " "
        here = abs(wide - even) - (4 if sign in _BREAK_AFTER else 0) + (50 if text[i] in _NEVER_FIRST or torn else 0)
        if here < cost:
            best, cost = i, here
    return best
