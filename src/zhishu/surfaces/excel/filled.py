"""Reading a filled form: by its manifest and field ids, with the cell address of everything."""

from collections.abc import Sequence

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.banned import banned_columns
from zhishu.pack.system import System, Table
from zhishu.surfaces.excel.template import FIRST_ROW, MANIFEST, SETTINGS, SOURCE_COLUMN, sheet_name
from zhishu.surfaces.excel.workbook import refuse, sheets
from zhishu.system.case import RawCase, RawRow
from zhishu.system.settings import SOURCE
from zhishu.terms import Text


def read_form(content: bytes, system: System, file: str) -> RawCase:
    """Return the case of a filled form.

    Raises ZhishuError ``xlsx-not-a-workbook``, ``xlsx-too-large``, ``xlsx-other-form``, ``xlsx-sheet-missing``
    or ``xlsx-formula-without-value``. A cell shows its value; formulas are read by their last result.
    """
    named = {table.id: sheet_name(table) for table in system.inputs()}
    book = sheets(content, file, frozenset({MANIFEST, SETTINGS, *named.values()}))
    if MANIFEST not in book:
        raise refuse("xlsx-other-form", file, Text("不是本系统发出的表样", "not a form of this system"))
    manifest = book[MANIFEST]
    stated = manifest[0][1] if manifest and len(manifest[0]) > 1 else ""
    if stated != system.id:
        what = Text(f"这是 {stated} 的表样，不是 {system.id} 的", f"this is the form of {stated}, not of {system.id}")
        raise refuse("xlsx-other-form", file, what)
    missing = [sheet for sheet in named.values() if sheet not in book]
    if missing:
        raise ZhishuError(
            Problem(
                "xlsx-sheet-missing",
                file,
                Text(f"缺工作表“{sheet}”", f"the sheet {sheet} is missing"),
                Text(
                    "用 zhishu template 重新取表样，不要改工作表的名称",
                    "take the form again and keep its sheets' names",
                ),
            )
            for sheet in missing
        )
    wrong = [p for sheet in named.values() for p in _banned(book[sheet], sheet)]
    wrong += [p for t in system.inputs() for p in _columns(t, book[named[t.id]], named[t.id])]
    if wrong:
        raise ZhishuError(wrong)
    tables = {name: _rows(book[sheet], sheet) for name, sheet in named.items()}
    settings: dict[str, object] = {}
    places: dict[str, str] = {}
    for number, row in enumerate(book.get(SETTINGS, [])[1:], start=2):
        if len(row) > 3 and row[2] and str("" if row[3] is None else row[3]).strip():
            settings[str(row[2])] = row[3]
            places[str(row[2])] = f"{SETTINGS}!D{number}"
        if len(row) > SOURCE_COLUMN and row[2] and str(row[SOURCE_COLUMN] or "").strip():
            settings[f"{row[2]}{SOURCE}"] = row[SOURCE_COLUMN]
            places.setdefault(str(row[2]), f"{SETTINGS}!{_letter(SOURCE_COLUMN)}{number}")
    return RawCase(tables, settings, places)


def _banned(cells: Sequence[Sequence[object]], sheet: str) -> list[Problem]:
    """Return the columns no file may bring, by any row of the heading, also beside the form's own."""
    return [
        problem
        for number, row in enumerate(cells[:FIRST_ROW], start=1)
        for i, cell in enumerate(row)
        if cell
        for problem in banned_columns((str(cell),), f"{sheet}!{_letter(i)}{number}")
    ]


def _columns(table: Table, cells: Sequence[Sequence[object]], sheet: str) -> list[Problem]:
    """Return the ids in the third row that are none of the table's, and those of the table that are gone."""
    ids = [str(cell or "").strip() for cell in cells[FIRST_ROW - 1]] if len(cells) >= FIRST_ROW else []
    repair = Text("第 3 行的编号不要改；用 zhishu template 重新取表样", "keep the ids of row 3; take the form again")
    found = []
    for i, name in enumerate(ids):
        if name and name not in table.fields:
            what = Text(f"表“{table.name.zh}”没有列 {name}", f"the table {table.name.en} has no column {name}")
            found.append(Problem("case-unknown-column", f"{sheet}!{_letter(i)}{FIRST_ROW}", what, repair))
    for name, column in table.fields.items():
        if name not in ids:
            what = Text(f"缺列“{column.name.zh}”（{name}）", f"the column {column.name.en} ({name}) is missing")
            found.append(Problem("xlsx-column-missing", f"{sheet}!{FIRST_ROW}:{FIRST_ROW}", what, repair))
    return found


def _rows(cells: Sequence[Sequence[object]], sheet: str) -> list[RawRow]:
    if len(cells) < FIRST_ROW:
        return []
    ids = [str(cell or "").strip() for cell in cells[FIRST_ROW - 1]]
    found = []
    for number, row in enumerate(cells[FIRST_ROW:], start=FIRST_ROW + 1):
        values = {name: cell for name, cell in zip(ids, row, strict=False) if name}
        if all(cell is None or str(cell).strip() == "" for cell in values.values()):
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
