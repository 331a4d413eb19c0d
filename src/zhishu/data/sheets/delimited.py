"""Delimited text as a grid: the encoding is recognised or refused, the delimiter read from the text."""

import csv
import io
from typing import TYPE_CHECKING

from zhishu.data.sheets.grid import Grid, cell_table
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

if TYPE_CHECKING:
    import polars

MOST_BYTES = 100_000_000
# cells of a text, empty ones included where it is read at once, else those with something in them
MOST_CELLS = 10_000_000
# blanks around a cell; those inside belong to it
_BLANK = " \u3000\t\r\n"


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
        raise _too_large(file, Text("文件超过 100 MB", "the file is over 100 MB"))
    text = characters(data, file)
    head = text[:20_000].splitlines()[:12]
    delimiter = next((d for line in head if line.strip() and (d := delimiter_of(line)) != ","), ",")
    if any("," in line for line in head) and delimiter == ";":
        delimiter = ","
    cells = split_lines(text, delimiter)
    return Grid("", cells if cells is not None else _read(text, delimiter, file))


def split_lines(text: str, delimiter: str) -> "polars.DataFrame | None":
    """Return the cells of a text in which every line is a row as it stands, all lines at once; None for another."""
    if '"' in text or "\0" in text or text.count("\r") != text.count("\r\n"):
        return None
    import polars as pl

    lines = pl.Series("text", [text]).str.split("\n").explode()
    width = _most(lines.str.count_matches(delimiter, literal=True)) + 1
    # the bound is that of a reader of quoted cells for one cell
    if _most(lines.str.len_chars()) >= csv.field_size_limit() or width * len(lines) > MOST_CELLS:
        return None
    cells = lines.str.split_exact(delimiter, width - 1).struct.unnest().select(pl.all().str.strip_chars(_BLANK))
    # column after column, then taken in the order of the rows
    place = pl.int_range(0, width * len(lines), dtype=pl.UInt32, eager=True)
    texts = pl.concat([c.alias("text") for c in cells]).gather(place % width * len(lines) + place // width)
    table = pl.DataFrame({"row": place // width + 1, "column": place % width + 1, "text": texts})
    table = table.with_columns(pl.col("row", "column").cast(pl.Int32), kind=pl.lit("s"))
    return table.filter(pl.col("text") != "")


def _most(numbers: "polars.Series") -> int:
    return int(numbers.max() or 0)  # type: ignore[arg-type]  # polars types the maximum of any column alike


def _read(text: str, delimiter: str, file: str) -> "polars.DataFrame":
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[int] = []
    columns: list[int] = []
    texts: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ZhishuError([unclosed(file, line)]) from error
        if row is None:
            return cell_table(rows, columns, texts, ["s"] * len(texts))
        for column, word in enumerate(row, start=1):
            plain = word.strip(_BLANK)
            if plain:
                rows.append(line)
                columns.append(column)
                texts.append(plain)
        if len(texts) > MOST_CELLS:
            raise _too_large(file, Text("格子过多", "it has too many cells"))


def _too_large(file: str, what: Text) -> ZhishuError:
    return ZhishuError([Problem("intake-too-large", file, what, Text("分成几个文件", "split it into several files"))])
