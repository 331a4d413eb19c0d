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
    """Return the register of a workbook: the one sheet with a row of ids that names the ``key``.

    A cell says what a person sees in it, ``60 %`` for a stored 0.6. Raises ZhishuError ``register-no-sheet``,
    ``register-sheets`` where more than one sheet is filled in (a hidden one too: nobody would see which was read), and
    what a workbook that cannot be read raises.
    """
    found = [(sheet, rows, at) for sheet, rows in sheets(content, name).items() if (at := _head(rows, key)) is not None]
    filled = [(sheet, rows, at) for sheet, rows, at in found if any(_trimmed(row) for row in rows[at + 1 :])]
    if len(filled) > 1:
        names = [sheet for sheet, _, _ in filled]
        what = Text(
            f"{len(names)} 张工作表都有编号列 {key}：{'、'.join(names)}",
            f"{len(names)} sheets have the key column {key}: {', '.join(names)}",
        )
        repair = Text(
            "并成一张，或另存后只留一张（隐藏的也算）", "put them on one sheet, or keep one (hidden ones count too)"
        )
        raise ZhishuError([Problem("register-sheets", name, what, repair)])
    for _, rows, at in filled or found:
        return _written(rows, at)
    what = Text(f"没有一张工作表写着编号列 {key}", f"no sheet has the key column {key}")
    repair = Text("用表样的编号行作表头", "use the row of ids of the template as the header")
    raise ZhishuError([Problem("register-no-sheet", name, what, repair)])


def _head(rows: Sequence[Sequence[object]], key: str) -> int | None:
    """Return the place of the row of ids of a sheet, None where it has none."""
    return next((at for at, row in enumerate(rows[:HEAD_ROWS]) if key in (_word(cell) for cell in row)), None)


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
