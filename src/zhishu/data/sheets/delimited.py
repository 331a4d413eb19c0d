"""Delimited text as a grid: the encoding is recognised or refused, the delimiter read from the text."""

import csv
import io

from zhishu.data.sheets.grid import Cell, Grid
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

MOST_BYTES = 100_000_000


def characters(data: bytes, file: str) -> str:
    """Return the characters of a file. Raises ZhishuError ``intake-empty`` or ``intake-encoding``."""
    # zhishu.source opens Word files as well and costs half of this package's import time
    from zhishu.source.decode import decode

    if not data.strip():
        what = Text("文件是空的", "the file is empty")
        raise ZhishuError([Problem("intake-empty", file, what, Text("选另一个文件", "choose another file"))])
    try:
        return decode(data, file)
    except ZhishuError as error:
        what = Text("不是文本，或编码无法识别", "not a text, or in an encoding that is not recognised")
        repair = Text("在表格软件中另存为“CSV UTF-8”", "save as “CSV UTF-8” in the spreadsheet program")
        raise ZhishuError([Problem("intake-encoding", file, what, repair)]) from error


def delimiter_of(heading: str) -> str:
    """Return what parts the cells: "Unicode text" of spreadsheet programs has tabs, some locales semicolons."""
    return next((d for d in "\t;" if d in heading and "," not in heading), ",")


def unclosed(file: str, line: int) -> Problem:
    """Return the problem of a row whose quotation marks do not pair."""
    what = Text("引号没有配对，或一格过长", "a quotation mark is not closed, or a cell is too long")
    return Problem(
        "intake-csv", f"{file}:{line}", what, Text("检查这一行的引号", "check the quotation marks of this row")
    )


def delimited(data: bytes, file: str) -> Grid:
    """Return a delimited text as one sheet, its rows counted as the lines they begin on.

    UTF-8, UTF-16, GBK and GB18030 give the same cells. Raises ZhishuError ``intake-empty``, ``intake-encoding``,
    ``intake-too-large`` or ``intake-csv``.
    """
    if len(data) > MOST_BYTES:
        what = Text("文件超过 100 MB", "the file is over 100 MB")
        repair = Text("分成几个文件", "split it into several files")
        raise ZhishuError([Problem("intake-too-large", file, what, repair)])
    text = characters(data, file)
    head = text[:20_000].splitlines()[:12]
    delimiter = next((d for line in head if line.strip() and (d := delimiter_of(line)) != ","), ",")
    if any("," in line for line in head) and delimiter == ";":
        delimiter = ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    grid = Grid("")
    known: dict[str, Cell] = {}
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ZhishuError([unclosed(file, line)]) from error
        if row is None:
            return grid
        cells: dict[int, Cell] = {}
        for column, word in enumerate(row, start=1):
            plain = word.strip(" \u3000\t\r\n")
            if plain:
                # names, years and units stand in thousands of rows
                cell = known.get(plain)
                if cell is None:
                    cell = known[plain] = Cell(plain)
                cells[column] = cell
        grid.rows[line] = cells
