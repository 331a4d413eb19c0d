"""Text that office files may carry, and how wide it is set: users' words stay words."""

import unicodedata

from zhishu.terms import TURNING

# a number could be made to read backwards; the byte order mark is no word either
_LEFT_OUT = TURNING | {"\ufeff"}


def printable(text: str) -> str:
    """Return text without control characters, broken surrogates and turning marks; line breaks become blanks.

    >>> printable("成都\\x07市\\n双流\\u202e区")
    '成都市 双流区'
    """
    kept = []
    for sign in text:
        if sign in "\t\n\r\v\f\u2028\u2029":
            kept.append(" ")
        elif sign not in _LEFT_OUT and unicodedata.category(sign) not in ("Cc", "Cs") and not _no_character(sign):
            kept.append(sign)
    return " ".join("".join(kept).split(" ")).strip()


def ems(text: str) -> float:
    """Return the width of text in ems, estimated: a Chinese character is 1, a digit 0.5, a capital 0.72.

    >>> ems("四川"), ems("2018")
    (2.0, 2.0)
    """
    return sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    # ambiguous signs (dashes, quotes, brackets of the standard) are set full width in Chinese type
    if unicodedata.east_asian_width(sign) in ("W", "F", "A"):
        return 1.0
    if sign.isupper() or sign in "%@&":
        return 0.72
    return 0.3 if sign in " .,:;'|il!" else 0.45 if sign.islower() else 0.5


def _no_character(sign: str) -> bool:
    return ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
