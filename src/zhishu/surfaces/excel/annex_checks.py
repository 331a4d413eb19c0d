"""What keeps an annex from being written: every fault with its cell, before anything is written."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zhishu.errors import Problem
from zhishu.terms import Text

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_000_000, 16_000, 32_767
# Excel counts days from here; earlier ones cannot be dates in it.
_FIRST_YEAR = 1900
Table = tuple[str, int, Sequence[Sequence[object]]]


def problems(tables: Sequence[Table]) -> list[Problem]:
    """Return every fault of tables given as name, number of columns, and rows of cells."""
    if not tables:
        what = Text("附件没有表", "the annex has no table")
        return [Problem("annex-empty", "sheets", what, Text("至少给一张表", "give at least one"))]
    found = []
    for name, width, rows in tables:
        if len(rows) > MOST_ROWS or not 0 < width <= MOST_COLUMNS:
            what = Text(
                f"{len(rows)} 行 {width} 列，一张工作表放不下", f"{len(rows)} rows by {width} columns: no sheet"
            )
            repair = Text("至少一列；过大的拆成几张表", "give a column at least; split what is too large")
            found.append(Problem("annex-size", name, what, repair))
            continue
        for number, row in enumerate(rows, start=1):
            where = f"{name}[{number}]"
            if len(row) != width:
                what = Text(f"有 {len(row)} 格，表头有 {width} 格", f"{len(row)} cells for {width} columns")
                repair = Text("补足或删去多余的格", "complete the row or take cells away")
                found.append(Problem("annex-row-width", where, what, repair))
            found += [p for i, cell in enumerate(row, start=1) for p in _cell(cell, f"{where}[{i}]")]
    return found


def _cell(cell: object, where: str) -> list[Problem]:
    if _unbounded(cell):
        what = Text("不是 Excel 能存的数", "no number that Excel can keep")
        repair = Text("未知的写空格或说明原因", "leave an unknown blank or say why")
        return [Problem("annex-not-finite", where, what, repair)]
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        what = Text("Excel 没有 1900 年以前的日期", "Excel has no dates before 1900")
        return [Problem("annex-early-date", where, what, Text("写成文字", "give it as text"))]
    said = f"{cell.zh} {cell.en}" if isinstance(cell, Text) else cell
    if isinstance(said, str) and len(said) > MOST_LETTERS:
        what = Text(f"{len(said)} 字，一格放不下", f"{len(said)} letters do not fit into a cell")
        return [Problem("annex-text-long", where, what, Text("缩短，或分成几格", "shorten it, or use several cells"))]
    return []


def _unbounded(cell: object) -> bool:
    if not isinstance(cell, int | float | Decimal):
        return False
    try:
        return not math.isfinite(cell)
    except OverflowError:
        return True
