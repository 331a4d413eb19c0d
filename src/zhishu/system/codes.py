"""Codes of a classification: what cannot be one is refused, for no list would ever name it and it would pass them all."""

import re

from zhishu.errors import Problem
from zhishu.pack.system import Column
from zhishu.terms import Text

_PLAIN = re.compile(r"([0-9]{2})[0-9]{0,2}")
_LETTERED = re.compile(r"([A-Ta-t])([0-9]{2,4})")
_FIRST = {"A": 1, "B": 6, "C": 13, "D": 44, "E": 47, "F": 51, "G": 53, "H": 61, "I": 63, "J": 66, "K": 70, "L": 71}
_FIRST |= {"M": 73, "N": 76, "O": 80, "P": 83, "Q": 84, "R": 86, "S": 91, "T": 97}
_LAST = 97


def is_industry_code(text: str) -> bool:
    """Return whether a text has the form of a division, group or class of industry, in one of the divisions there are.

    Source: GB/T 4754-2017, divisions 01 to 97 (those of 2011 end at 96). Whether the class exists is not looked up.

    >>> [is_industry_code(t) for t in ("2511", "25", "01", "C2511", "制革", "2511,2611", "99")]
    [True, True, True, False, False, False, False]
    """
    found = _PLAIN.fullmatch(text)
    return found is not None and 1 <= int(found[1]) <= _LAST


def code_problem(column: Column, value: str, where: str) -> Problem | None:
    """Return the problem of a text that is no code of the classification its field declares, or None.

    >>> tells = Column("industry", Text("行业代码", "industry code"), "text", codes="GB/T 4754")
    >>> code_problem(tells, "C1910", "B2").repair.en
    'leave the letter out: 1910'
    """
    if column.codes is None or is_industry_code(value):
        return None
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    name = column.name
    what = Text(f"{name.zh} 不是 {column.codes} 的代码：{shown}", f"{name.en} is no code of {column.codes}: {shown}")
    lettered = _LETTERED.fullmatch(value)
    if lettered is not None and _in_section(lettered[1].upper(), int(lettered[2][:2])):
        repair = Text(f"不写门类字母：{lettered[2]}", f"leave the letter out: {lettered[2]}")
    else:
        repair = Text(
            "写一个代码，两到四位数字，开头的 0 不省，如 2511；不知道则留空",
            "write one code of two to four digits with its leading zero, as 2511; leave it blank if unknown",
        )
    return Problem("case-not-a-code", where, what, repair)


def _in_section(letter: str, division: int) -> bool:
    """Return whether a division stands under a letter."""
    ends = [*list(_FIRST.values())[1:], _LAST + 1]
    return dict(zip(_FIRST, ends, strict=True))[letter] > division >= _FIRST[letter]
