"""A workbook as rows of values: what a person sees in a cell, refused before parsing where it is no plain xlsx."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_FORM = Text("用 zhishu template 取表样，填好再交", "take the form from `zhishu template`, fill it and hand it in")


class _Cell(Protocol):
    value: object
    data_type: str
    coordinate: str


class _Sheet(Protocol):
    def iter_rows(self) -> Iterable[tuple[_Cell, ...]]: ...


def sheets(content: bytes, file: str, wanted: frozenset[str] | None = None) -> Mapping[str, list[list[object]]]:
    """Return the rows of each sheet (of those ``wanted``), ragged on the right.

    A number shown as a percentage comes as the text a person reads, ``60 %`` for a stored 0.6; other numbers come
    with the 15 digits a spreadsheet keeps. Raises ZhishuError ``xlsx-not-a-workbook``, ``xlsx-too-large``, or
    ``xlsx-formula-without-value`` with every cell whose formula no program has computed yet.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _safe(content, file)
    found: dict[str, list[list[object]]] = {}
    problems: list[Problem] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            found[sheet.title] = []
            if wanted is None or sheet.title in wanted:
                sheet.reset_dimensions()
                found[sheet.title] = [[_seen(cell) for cell in row] for row in sheet.iter_rows()]
        if _has_formulas(content):
            written = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            for sheet in written.worksheets:
                if wanted is None or sheet.title in wanted:
                    sheet.reset_dimensions()
                    shown = book[sheet.title]
                    problems += [_uncomputed(sheet.title, at) for at in _without_value(sheet, shown)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise refuse("xlsx-not-a-workbook", file, Text("读不出工作簿", "not a readable workbook")) from error
    if problems:
        raise ZhishuError(problems)
    return found


def refuse(code: str, file: str, what: Text) -> ZhishuError:
    """Return the refusal of a whole file."""
    return ZhishuError([Problem(code, file, what, _FORM)])


def _seen(cell: _Cell) -> object:
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    # an empty cell of a sparse row has no format; quoted and bracketed parts of a format are no percent sign
    if "%" in _QUOTED.sub("", str(getattr(cell, "number_format", None) or "")):
        return f"{(number * 100).normalize():f} %"
    return number


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return any(b"<f>" in part or b"<f " in part for part in map(archive.read, parts))


def _without_value(written: _Sheet, shown: _Sheet) -> list[str]:
    """Return the addresses of formulas whose result is not in the file; an empty text is a result."""
    found = []
    for formulas, results in zip(written.iter_rows(), shown.iter_rows(), strict=False):
        for formula, result in zip(formulas, results, strict=False):
            if formula.data_type == "f" and result.value is None and result.data_type == "n":
                found.append(formula.coordinate)
    return found


def _uncomputed(sheet: str, at: str) -> Problem:
    return Problem(
        "xlsx-formula-without-value",
        f"{sheet}!{at}",
        Text("公式还没有算出结果", "the formula has not been computed yet"),
        Text("在表格软件中打开并保存一次，或直接填数", "open and save the file in a spreadsheet, or type the number"),
    )


def _safe(content: bytes, file: str) -> None:
    """Refuse what is no xlsx, what declares entities, and what would unpack to too much, before it is parsed."""
    if len(content) > MOST_BYTES:
        raise refuse("xlsx-too-large", file, Text("文件超过 20 MB", "the file is over 20 MB"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
                raise refuse("xlsx-too-large", file, Text("解开后过大", "it would unpack to too much"))
            names = archive.namelist()
            declared = [
                n for n in names if n.endswith((".xml", ".rels")) and b"<!DOCTYPE" in _start(archive, n).upper()
            ]
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise refuse("xlsx-not-a-workbook", file, Text("不是 xlsx 文件", "not an xlsx file")) from error
    if any(name.endswith("vbaProject.bin") for name in names):
        raise refuse("xlsx-not-a-workbook", file, Text("带宏的工作簿不接收", "workbooks with macros are not accepted"))
    if declared:
        raise refuse("xlsx-not-a-workbook", file, Text("含有文档类型声明", "it declares a document type"))


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(2000)
