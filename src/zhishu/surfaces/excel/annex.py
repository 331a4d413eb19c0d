"""An annex of tables: numbers as numbers, words as words, each row with the entry it can be opened at."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from zhishu.errors import ZhishuError
from zhishu.surfaces.excel.annex_cells import Cell, Looks, write_cell
from zhishu.surfaces.excel.annex_checks import problems
from zhishu.surfaces.excel.naming import BUILT, sheet_title
from zhishu.surfaces.printable import ems, printable
from zhishu.terms import Text

__all__ = ["Cell", "Column", "Row", "Sheet", "annex"]

REF = Text("出处", "Source")
HEAD_ROWS = 2
_NARROW, _WIDE = 6.0, 42.0
# Wider than this many signs, a sheet is printed across the page.
_ACROSS = 90.0
_A4 = 9
# The height of a line in points; Excel allows a row 409.
_LINE, _MOST_LINES = 15.0, 27


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its bilingual head, its unit, and how many decimals its numbers show (None: as they are)."""

    name: Text
    unit: Text | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: as many cells as there are columns, and the ledger entries or study references behind it."""

    cells: tuple[Cell, ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table on one sheet; one whose rows have no sources of their own is not ``sourced``."""

    name: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sourced: bool = True


def annex(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook of an annex; the same sheets give the same bytes.

    Row 1 is the head in Chinese, row 2 in English; the last column names the sources of each row where a sheet is sourced. A number is a
    number where Excel keeps all its digits, otherwise text; an unknown is an empty cell or the words for it.
    No cell is ever a formula. Raises ZhishuError with every ``annex-*`` problem.

    >>> annex([Sheet(Text("示例", "Specimen"), (Column(Text("值", "value")),), (Row((-1.5,), ("entry:7",)),))])[:2]
    b'PK'
    """
    found = problems([(s.name.zh, len(s.columns), [r.cells for r in s.rows]) for s in sheets])
    if found:
        raise ZhishuError(found)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": printable(sheets[0].name.zh)[:255], "created": BUILT})
    looks = Looks(book)
    for sheet, name in zip(sheets, _names(sheets), strict=True):
        _write(book.add_worksheet(name), sheet, looks)
    book.close()
    return buffer.getvalue()


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Return the names of the sheets: no two alike (Excel takes A for a), none empty, none reserved."""
    taken = {"history"}
    names = []
    for number, sheet in enumerate(sheets, start=1):
        plain = sheet_title(printable(sheet.name.zh)).strip("' ") or f"表{number}"
        name, count = plain, 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain[:27]}~{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _write(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    heads = [*map(_head, sheet.columns), *((REF,) if sheet.sourced else ())]
    for position, head in enumerate(heads):
        page.write_string(0, position, head.zh, looks.head)
        page.write_string(1, position, head.en, looks.under)
    widest = [max(ems(head.zh), ems(head.en)) for head in heads]
    said: list[list[float]] = []
    for number, row in enumerate(sheet.rows, start=HEAD_ROWS):
        cells = [*zip(row.cells, (c.decimals for c in sheet.columns), strict=True)]
        if sheet.sourced:
            cells.append(("; ".join(row.refs), None))
        said.append([ems(write_cell(page, (number, i), cell, d, looks)) for i, (cell, d) in enumerate(cells)])
        widest = [max(a, b) for a, b in zip(widest, said[-1], strict=True)]
    # a column's width is counted in digits, of which two make an em
    widths = [min(max(2 * w + 2, _NARROW), _WIDE) for w in widest]
    for position, width in enumerate(widths):
        page.set_column(position, position, width)
    # programs do not agree on fitting a row to words that wrap, so its height is said
    for number, row_ems in enumerate(said, start=HEAD_ROWS):
        lines = max(math.ceil(2.2 * e / width) for e, width in zip(row_ems, widths, strict=True))
        page.set_row(number, _LINE * min(max(lines, 1), _MOST_LINES))
    _print(page, sheet, sum(widths))


def _print(page: Worksheet, sheet: Sheet, width: float) -> None:
    """Set the page up: A4, as wide as one page, the head on each, the first column always in sight."""
    page.freeze_panes(HEAD_ROWS, 1)
    page.set_paper(_A4)
    page.set_margins(left=0.8, right=0.8, top=0.9, bottom=0.9)
    if width > _ACROSS:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEAD_ROWS - 1)
    page.set_footer("&C&P / &N")
    if sheet.rows:
        last = len(sheet.columns) - (0 if sheet.sourced else 1)
        page.autofilter(HEAD_ROWS - 1, 0, HEAD_ROWS - 1 + len(sheet.rows), last)


def _head(column: Column) -> Text:
    zh, en = printable(column.name.zh), printable(column.name.en)
    if column.unit is None:
        return Text(zh, en)
    return Text(f"{zh}（{printable(column.unit.zh)}）", f"{en} ({printable(column.unit.en)})")
