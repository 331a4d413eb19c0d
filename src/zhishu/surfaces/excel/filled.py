"""Reading a filled form: by its manifest and field ids, with the cell address of everything."""

import io
import zipfile
from collections.abc import Sequence

import fastexcel

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.system import System
from zhishu.surfaces.excel.template import FIRST_ROW, MANIFEST, SETTINGS, sheet_name
from zhishu.system.case import RawCase, RawRow
from zhishu.terms import Text

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000


def read_form(content: bytes, system: System, file: str) -> RawCase:
    """Return the case of a filled form.

    Raises ZhishuError ``xlsx-not-a-workbook``, ``xlsx-too-large``, ``xlsx-other-form`` or
    ``xlsx-sheet-missing``. A cell shows its value; formulas are read by their last result.
    """
    _safe(content, file)
    try:
        book = fastexcel.read_excel(content)
    except fastexcel.FastExcelError as error:
        raise _refuse("xlsx-not-a-workbook", file, Text("读不出工作簿", "not a readable workbook")) from error
    names = book.sheet_names
    if MANIFEST not in names:
        raise _refuse("xlsx-other-form", file, Text("不是本系统发出的表样", "not a form of this system"))
    manifest = _cells(book, MANIFEST)
    stated = manifest[0][1] if manifest and len(manifest[0]) > 1 else ""
    if stated != system.id:
        what = Text(f"这是 {stated} 的表样，不是 {system.id} 的", f"this is the form of {stated}, not of {system.id}")
        raise _refuse("xlsx-other-form", file, what)
    tables: dict[str, list[RawRow]] = {}
    for table in system.inputs():
        sheet = sheet_name(table)
        if sheet not in names:
            what = Text(f"缺工作表“{sheet}”", f"the sheet {sheet} is missing")
            raise _refuse("xlsx-sheet-missing", file, what)
        tables[table.id] = _rows(_cells(book, sheet), sheet)
    settings: dict[str, object] = {}
    if SETTINGS in names:
        for row in _cells(book, SETTINGS)[1:]:
            if len(row) > 3 and row[2] and str(row[3] or "").strip():
                settings[str(row[2])] = row[3]
    return RawCase(tables, settings)


def _refuse(code: str, file: str, what: Text) -> ZhishuError:
    repair = Text("用 zhishu template 取表样，填好再交", "take the form from `zhishu template`, fill it and hand it in")
    return ZhishuError([Problem(code, file, what, repair)])


def _safe(content: bytes, file: str) -> None:
    """Refuse what is no xlsx, and what would unpack to too much, before any parser sees it."""
    if len(content) > MOST_BYTES:
        raise _refuse("xlsx-too-large", file, Text("文件超过 20 MB", "the file is over 20 MB"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
                raise _refuse("xlsx-too-large", file, Text("解开后过大", "it would unpack to too much"))
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _refuse("xlsx-not-a-workbook", file, Text("不是 xlsx 文件", "not an xlsx file")) from error
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _refuse("xlsx-not-a-workbook", file, Text("带宏的工作簿不接收", "workbooks with macros are not accepted"))


def _cells(book: fastexcel.ExcelReader, sheet: str) -> list[list[object]]:
    loaded = book.load_sheet(sheet, header_row=None, dtypes="string", skip_whitespace_tail_rows=False)
    frame = loaded.to_polars()
    return [list(row) for row in frame.rows()]


def _rows(cells: Sequence[Sequence[object]], sheet: str) -> list[RawRow]:
    if len(cells) < FIRST_ROW:
        return []
    ids = [str(cell or "").strip() for cell in cells[FIRST_ROW - 1]]
    found = []
    for number, row in enumerate(cells[FIRST_ROW:], start=FIRST_ROW + 1):
        values = {name: cell for name, cell in zip(ids, row, strict=False) if name}
        if all(str(cell or "").strip() == "" for cell in values.values()):
            continue
        places = {name: f"{sheet}!{_letter(i)}{number}" for i, name in enumerate(ids) if name}
        found.append(RawRow(values, f"{sheet}!{number}", places))
    return found


def _letter(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
