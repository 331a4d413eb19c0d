"""Resident identity numbers typed where a keyed id or a note belongs.

The form of the number and its check character: GB 11643-1999 (ISO 7064 MOD 11-2). A number with a wrong check character
is taken for another number: registers number their files by place, day and a count, which has the same length.
"""

import re
import unicodedata
from datetime import date

from zhishu.errors import Problem
from zhishu.terms import Text

_NUMBER = re.compile(r"(?<![0-9A-Za-z])([1-8]\d{5})((?:19|20)\d{2})(\d{2})(\d{2})(\d{3})([\dXx])(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def holds_identity(text: str) -> bool:
    """Return whether a text holds a resident identity number, full-width digits and spaces between its parts included.

    The first is the example of the standard, the second has another check character, the third no day of birth.

    >>> [holds_identity(t) for t in ("对象 11010519491231002X", "110105194912310021", "110105194913310024")]
    [True, False, False]
    """
    plain = unicodedata.normalize("NFKC", text)
    joined = re.sub(r"(?<=\d) +(?=[\dXx])", "", plain)
    return any(_is_number(m) for words in {plain, joined} for m in _NUMBER.finditer(words))


def identity_problem(where: str, label: Text) -> Problem:
    """Return the refusal of a text that holds one; the number itself is not repeated."""
    return Problem(
        "identity-number",
        where,
        Text(f"“{label.zh}”里有身份证件号码，不得采集", f"{label.en} holds an identity number: it is not taken"),
        Text(
            "改用受理时生成的编号；若是别的编号，前面加上字头再填",
            "use the id made at intake; if it is another number, put a letter before it",
        ),
    )


def _is_number(found: re.Match[str]) -> bool:
    try:
        date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return False
    digits = "".join(found.groups()[:5])
    return _CHECKS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11] == found[6].upper()
