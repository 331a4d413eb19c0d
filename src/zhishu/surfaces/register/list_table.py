"""A list as a table that somebody sends: CSV in any encoding or a workbook, its columns and days made those of a list."""

import csv
import io
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from zhishu.data.days import read_day
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.banned import banned_columns
from zhishu.pack.dated_list import Entry, Match
from zhishu.pack.load_list import BASIS, BASIS_EN, ENTRY, ENTRY_EN, FROM, GUIDE, TO, read_list
from zhishu.source.decode import decode
from zhishu.surfaces.csv_text import csv_plain
from zhishu.surfaces.register.sheet import sheet_csv
from zhishu.terms import Text

MOST_CELL = 1_000
"""Signs of a cell of a list."""
EXPORT = Text("在原系统里导出，不要保存网页", "export it where it comes from; do not save the page")
_ZIP = b"PK\x03\x04"
_SAVE = Text("另存为 CSV UTF-8 或 xlsx", "save it as CSV UTF-8 or xlsx")


def read_table(
    content: bytes, file: str, match: Sequence[Match]
) -> tuple[tuple[Entry, ...], tuple[str, ...], list[Problem]]:
    """Return the entries that can be read, the columns that are not, and every problem of header and rows.

    Raises ZhishuError where no row can be read: ``list-encoding``, ``list-html``, ``list-broken``, what a workbook that
    cannot be read gives. Problems: ``list-column-unknown``, ``list-column-twice``, ``column-banned``, those of ``read_list``.
    """
    rows = _rows(content, file)
    header = [c.strip() for c in next((r for r in rows if any(r) and not r[0].startswith(GUIDE)), [])]
    columns = (ENTRY, FROM, *(m.column for m in match), TO, BASIS, ENTRY_EN, BASIS_EN)
    problems = _columns(header, columns, file)
    entries, more = read_list(csv_plain(_days(rows, header)), file, match)
    return entries, tuple(c for c in header if c and c not in columns), [*problems, *more]


def _rows(content: bytes, file: str) -> list[list[str]]:
    """Return the rows of a table, its lines counted as those of the file."""
    if content.startswith(_ZIP) or file.lower().endswith(".xlsx"):
        content = sheet_csv(content, file, ENTRY)
    try:
        text = decode(content, file).removeprefix("\ufeff")
    except ZhishuError:
        what = Text(
            "读不出文字：不是 CSV 或 xlsx，或编码无法识别", "no text: neither CSV nor xlsx, or in no known encoding"
        )
        raise ZhishuError([Problem("list-encoding", file, what, _SAVE)]) from None
    if text.lstrip().startswith("<"):
        what = Text("文件是网页，不是名录", "the file is a web page, not a list")
        raise ZhishuError([Problem("list-html", file, what, EXPORT)])
    # strict, for a quotation mark that is never closed would take all rows below it into one cell
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        for cells in reader:
            if any(len(cell) > MOST_CELL for cell in cells):
                raise csv.Error(f"a cell of more than {MOST_CELL:,} signs")
            rows.append(cells)
    except csv.Error as error:
        what = Text(f"第 {reader.line_num} 行读不下去：{error}", f"cannot be read from line {reader.line_num}: {error}")
        repair = Text("检查引号是否配对", "check the quotation marks")
        raise ZhishuError([Problem("list-broken", f"{file}:{reader.line_num}", what, repair)]) from None
    return rows


def _columns(header: Sequence[str], columns: Sequence[str], file: str) -> list[Problem]:
    """Return what is wrong with the names of columns: a slip would leave an entry without its end or its basis."""
    problems = list(banned_columns(header, file))
    for column in dict.fromkeys(header):
        if column and header.count(column) > 1:
            what = Text(f"列 {column[:40]} 出现两次", f"the column {column[:40]} stands twice")
            repair = Text("只留一列", "keep one")
            problems.append(Problem("list-column-twice", f"{file} {column[:40]}", what, repair))
        lacked = [c for c in columns if c not in header]
        if column and column not in columns and get_close_matches(column.lower(), lacked, cutoff=0.75):
            what = Text(f"不认识的列 {column[:40]}", f"no column {column[:40]} is known")
            repair = did_you_mean(column.lower(), lacked)
            problems.append(Problem("list-column-unknown", f"{file} {column[:40]}", what, repair))
    return problems


def _days(rows: Iterable[Sequence[str]], header: Sequence[str]) -> Iterable[Sequence[str]]:
    """Return the rows with days as ISO writes them, whatever way an office's spreadsheet does."""
    places = [i for i, column in enumerate(header) if column in (FROM, TO)]
    for row in rows:
        cells = list(row)
        for i in places:
            if i < len(cells) and cells[i]:
                day = read_day(cells[i].strip())
                cells[i] = cells[i] if day is None else day.isoformat()
        yield cells
