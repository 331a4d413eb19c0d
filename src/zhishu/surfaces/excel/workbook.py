"""A filled form as rows of values: what a person sees in a cell."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhishu.data.sheets import Cell, Grid, bare_formulas, workbook
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_FORM = Text("用 zhishu template 取表样，填好再交", "take the form from `zhishu template`, fill it and hand it in")


def sheets(content: bytes, file: str, wanted: frozenset[str] | None = None) -> Mapping[str, list[list[object]]]:
    """Return the rows of each sheet (of those ``wanted``), ragged on the right.

    A number shown as a percentage comes as the text a person reads, ``60 %`` for a stored 0.6; other numbers come
    with the 15 digits a spreadsheet keeps. Raises ZhishuError with the refusals of ``zhishu.data.sheets.workbook``, or
    ``xlsx-formula-without-value`` with every cell whose formula no program has computed yet.
    """
    grids = workbook(content, file, wanted)
    if bare := bare_formulas(grids.values()):
        raise ZhishuError(bare)
    return {name: _rows(grid) for name, grid in grids.items()}


def refuse(code: str, file: str, what: Text) -> ZhishuError:
    """Return the refusal of a whole file."""
    return ZhishuError([Problem(code, file, what, _FORM)])


def _rows(grid: Grid) -> list[list[object]]:
    last = max((row for row, cells in grid.rows.items() if cells), default=0)
    return [_row(grid.rows.get(row, {})) for row in range(1, last + 1)]


def _row(cells: Mapping[int, Cell]) -> list[object]:
    return [_value(cells.get(column)) for column in range(1, max(cells, default=0) + 1)]


def _value(cell: Cell | None) -> object:
    if cell is None:
        return None
    if cell.kind == "n":
        return Decimal(cell.text)
    if cell.kind == "p":
        return f"{cell.text} %"
    if cell.kind == "d":
        return date.fromisoformat(cell.text)
    return cell.text == "1" if cell.kind == "b" else cell.text
