"""A register in a workbook, written as the CSV that registers are read from: each row stands in the line of its number."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.csv_text import csv_plain
from zhishu.surfaces.excel.workbook import sheets
from zhishu.surfaces.register.source import GUIDE
from zhishu.terms import Text

HEAD_ROWS = 20
"""The row of ids is looked for in so many rows; what stands above it is taken for guidance."""


def sheet_csv(content: bytes, name: str, key: str) -> bytes:
    """Return the register of a workbook: the first sheet with a row of ids that names the ``key``.

    A cell says what a person sees in it, ``60 %`` for a stored 0.6. Raises ZhishuError ``register-no-sheet`` and what a
    workbook that cannot be read raises.
    """
    for rows in sheets(content, name).values():
        for at, row in enumerate(rows[:HEAD_ROWS]):
            if key in (_word(cell) for cell in row):
                return _written(rows, at)
    what = Text(f"没有一张工作表写着编号列 {key}", f"no sheet has the key column {key}")
    repair = Text("用表样的编号行作表头", "use the row of ids of the template as the header")
    raise ZhishuError([Problem("register-no-sheet", name, what, repair)])


def _written(rows: Sequence[Sequence[object]], at: int) -> bytes:
    header = _trimmed(rows[at])
    # a line break in a cell would make two lines of one row
    guidance = [[GUIDE, *(" ".join(_word(cell).split()) for cell in row)] for row in rows[:at]]
    body = [_trimmed(row) for row in rows[at + 1 :]]
    filled = ([*cells, *[""] * (len(header) - len(cells))] for cells in body)
    return csv_plain([*guidance, header, *filled]).encode()


def _trimmed(row: Sequence[object]) -> list[str]:
    """Return the words of a row without the blank cells at its end."""
    words = [_word(cell) for cell in row]
    while words and not words[-1]:
        words.pop()
    return words


def _word(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
