"""The table of a user's file: its characters, heading and rows, before any cell is read."""

import csv
import io
from collections.abc import Iterator

from zhishu.data.intake_cells import Cells
from zhishu.data.sheets.delimited import delimiter_of, unclosed
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.banned import banned_columns
from zhishu.terms import Text

REQUIRED = ("region", "period", "series", "value", "unit", "status", "source")
# Every column by its id and by the Chinese heading that is read as the same.
COLUMNS: dict[str, str] = {
    "region": "地区",
    "period": "年份",
    "series": "指标",
    "value": "数值",
    "unit": "单位",
    "status": "状态",
    "source": "来源",
    "basis": "价格",
    "run": "可比段",
    "kind": "类型",
    "published": "发布日期",
    "earliest": "最早日期",
    "confidence": "可信程度",
    "note": "备注",
}


def rows(text: str, file: str) -> Iterator[Cells]:
    """Yield the rows below the heading with the line each begins on.

    Raises ZhishuError ``intake-csv`` or ``intake-column-…``.
    """
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(heading), strict=True)
    names: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ZhishuError([unclosed(file, line)]) from error
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if not names:
            names = _heading(row, f"{file}:{line}")
            continue
        cells = Cells(file, line, dict(zip(names, row, strict=False)))
        if len(row) != len(names):
            what = Text(f"有 {len(row)} 格，表头有 {len(names)} 格", f"{len(row)} cells, the heading has {len(names)}")
            repair = Text("含逗号的格加引号，数字不写千位逗号", "quote cells with commas; no commas in numbers")
            cells.problems.append(Problem("intake-ragged", f"{file}:{line}", what, repair))
        yield cells


def _heading(row: list[str], where: str) -> list[str]:
    """Return the column ids of a heading. Raises ZhishuError with everything wrong in it."""
    by_label = {zh: name for name, zh in COLUMNS.items()} | {name: name for name in COLUMNS}
    problems: list[Problem] = []
    names: list[str] = []
    for cell in row:
        label = cell.strip().lower()
        name = by_label.get(label, label)
        if name not in COLUMNS:
            what = Text(f"没有“{cell.strip()}”这一列", f"there is no column {cell.strip()}")
            problems.append(Problem("intake-column-unknown", where, what, did_you_mean(label, by_label)))
        elif name in names:
            what = Text(f"“{name}”列出现两次", f"the column {name} stands twice")
            problems.append(Problem("intake-column-twice", where, what, Text("删去一列", "remove one")))
        names.append(name)
    problems += banned_columns(row, where)
    for name in REQUIRED:
        if name not in names:
            what = Text(f"缺少 {name}（{COLUMNS[name]}）列", f"the column {name} is missing")
            repair = Text(f"加上 {name} 列", f"add the column {name}")
            problems.append(Problem("intake-column-missing", where, what, repair))
    if problems:
        raise ZhishuError(problems)
    return names
