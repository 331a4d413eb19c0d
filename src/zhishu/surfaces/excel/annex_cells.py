"""One cell of an annex: what it is decides how it is stored, never how its words begin."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhishu.surfaces.printable import printable
from zhishu.terms import Text

Cell = str | int | float | Decimal | Fraction | date | bool | Text | None
_DIGITS = 15


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        edge = {"border": 1, "border_color": "#9aa3ab", "valign": "top"}
        head = {**edge, "bold": True, "bg_color": "#dfe9ec", "text_wrap": True, "align": "center", "valign": "vcenter"}
        self.head = book.add_format(head)
        self.under = book.add_format({**head, "bold": False, "font_size": 9, "font_color": "#4a545e"})
        # quoted, so that words stay words when a cell is edited
        self.text = book.add_format({**edge, "num_format": "@", "quote_prefix": True, "text_wrap": True})
        self.blank = book.add_format(edge)
        self.day = book.add_format({**edge, "num_format": "yyyy-mm-dd"})
        self._book, self._edge = book, edge
        self._numbers: dict[int | None, Format] = {}

    def number(self, decimals: int | None) -> Format:
        """Return the format of numbers with so many decimals, or as they are."""
        if decimals not in self._numbers:
            shown = "General" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({**self._edge, "num_format": shown})
        return self._numbers[decimals]


def write_cell(page: Worksheet, at: tuple[int, int], cell: Cell, decimals: int | None, looks: Looks) -> str:
    """Write one cell and return what it shows."""
    match cell:
        case None:
            page.write_blank(*at, None, looks.blank)
            return ""
        case bool():
            return _words(page, at, "是 yes" if cell else "否 no", looks)
        case date():
            page.write_datetime(*at, datetime(cell.year, cell.month, cell.day), looks.day)
            return cell.isoformat()[:10]
        case int() | float() | Decimal() | Fraction():
            if not _kept(cell):
                return _words(page, at, str(cell), looks)
            page.write_number(*at, float(cell), looks.number(decimals))
            return f"{float(cell):.15g}" if decimals is None else f"{float(cell):,.{decimals}f}"
        case Text():
            return _words(page, at, f"{cell.zh} {cell.en}", looks)
        case _:
            return _words(page, at, cell, looks)


def _words(page: Worksheet, at: tuple[int, int], words: str, looks: Looks) -> str:
    said = printable(words)
    page.write_string(*at, said, looks.text)
    return said


def _kept(number: int | float | Decimal | Fraction) -> bool:
    """Return whether Excel's fifteen digits hold a decimal; a fraction is shown as the nearest number."""
    if isinstance(number, float | Fraction):
        return True
    return len(Decimal(number).normalize().as_tuple().digits) <= _DIGITS
