"""Reading a number with its unit: ``60 %``, ``171万人``, ``1 个百分点``."""

import re
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text
from zhishu.units.parse import parse_unit
from zhishu.units.unit import Unit

# Only ASCII and full-width digits: a superscript or a circled digit is no part of a plain number.
_NUMBER = re.compile(r"([+\-−－＋]?)([0-9０-９]{1,60})(?:[.．]([0-9０-９]{1,60}))?\s*")
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def parse_quantity(text: str, where: str = "quantity") -> tuple[Fraction, Unit]:
    """Return the number as written and its unit; without a unit it is a plain ratio (unit 1).

    Raises ZhishuError ``quantity-thousands-comma``, ``quantity-unreadable`` or ``unit-unknown``.

    >>> number, unit = parse_quantity("１７１万人")
    >>> number, unit.symbol
    (Fraction(171, 1), '万人')
    """
    written = text.strip()
    found = _NUMBER.match(written)
    if found is None:
        raise _refuse("quantity-unreadable", where, written)
    rest = written[found.end() :]
    if rest[:1] in (",", "，") and rest[1:2].isdigit():
        raise _refuse("quantity-thousands-comma", where, written)
    if rest[:1].isdigit() or rest[:1] in (".", "．", ",", "，", "/"):
        raise _refuse("quantity-unreadable", where, written)
    sign, whole, decimals = found.group(1), found.group(2), found.group(3) or "0"
    number = Fraction(f"{whole}.{decimals}".translate(_WIDTH))
    return (-number if sign in ("-", "−", "－") and sign else number), parse_unit(rest or "1", where)


def _refuse(code: str, where: str, written: str) -> ZhishuError:
    shown = written if len(written) <= 40 else f"{written[:40]}…"
    if code == "quantity-thousands-comma":
        what = Text(f"数带千位逗号：{shown}", f"the number has a thousands comma: {shown}")
        repair = Text("去掉逗号", "write it without the comma")
    else:
        what = Text(f"读不成数和单位：{shown}", f"not a number with a unit: {shown}")
        repair = Text("写作 60 % 或 171 万人", "write it as 60 % or 171 万人")
    return ZhishuError([Problem(code, where, what, repair)])
