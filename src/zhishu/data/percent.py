"""Percentages written as bare numbers: 0.6 may be 0.6 % or 60 %; where the column does not tell, it is asked."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from zhishu.errors import Problem
from zhishu.terms import Text


def share_or_percent(name: Text, cells: Sequence[tuple[object, str]]) -> Problem | None:
    """Return the question to the first doubtful cell (raw value, place) of a percentage column, or None.

    A bare number above 1 in any cell shows that the column is written in percent; a cell with its own % sign is
    never in doubt.

    >>> share_or_percent(Text("率", "rate"), [("60", "B2"), ("0.5", "B3")]) is None
    True
    >>> share_or_percent(Text("率", "rate"), [("0.6", "B2"), ("0.5 %", "B3")]).where
    'B2'
    """
    bare = [(number, where) for raw, where in cells if (number := _bare(raw)) is not None]
    doubtful = [(number, where) for number, where in bare if 0 < abs(number) < 1]
    if not doubtful or any(abs(number) > 1 for number, _ in bare):
        return None
    number, where = doubtful[0]
    more = f"；本列这样的格共 {len(doubtful)} 个" if len(doubtful) > 1 else ""
    also = f"; {len(doubtful)} cells of the column are like this" if len(doubtful) > 1 else ""
    return Problem(
        "case-percent-or-share",
        where,
        Text(
            f"{name.zh} 写的是 {number}，分不清是 {number}% 还是 {number * 100:f}%{more}",
            f"{name.en} says {number}: it may be {number} % or {number * 100:f} %{also}",
        ),
        Text(f"写明百分号：{number}% 或 {number * 100:f}%", f"write the sign: {number}% or {number * 100:f}%"),
    )


def _bare(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or raw is None:
        return None
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
