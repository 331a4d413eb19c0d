"""The form of a system as an Excel workbook: one sheet a table, choices as lists, a hidden manifest."""

import io
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhishu.pack.in_force import ADOPTED
from zhishu.pack.system import Column, Parameter, System, Table
from zhishu.surfaces.excel.naming import BUILT, sheet_title
from zhishu.system.case import RawCase, RawRow
from zhishu.system.forms import FORMS
from zhishu.system.show import plain
from zhishu.terms import Text
from zhishu.units.words import unit_words

MANIFEST = "_zhishu"
SETTINGS = "参数"
SOURCE_COLUMN = 6
"""Where the sheet of parameters asks for the source of a value, counted from 0."""
HELP = "说明"
FORM_ROWS = 500
FIRST_ROW = 3
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def template(
    system: System,
    name: Text,
    on: date | None = None,
    filled: RawCase | None = None,
    command: str = "run",
) -> bytes:
    """Return the workbook of a form; with a day, the parameters in force on it are shown.

    Empty, or with the rows of ``filled``; ``command`` is what takes the filled form.

    Row 1 names the columns in Chinese with the unit, row 2 in English, row 3 the field ids that the
    reader uses; a user fills from row 4 on. The bytes depend on the declaration and the day alone.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": name.zh, "created": BUILT})
    head = book.add_format({"bold": True, "bg_color": "#dfe9ec", "border": 1, "text_wrap": True, "valign": "top"})
    small = book.add_format({"font_color": "#606b76", "font_size": 9, "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    _help(book.add_worksheet(HELP), system, name, command, head, wrap)
    manifest = [("system", system.id, "", "")]
    for table in system.inputs():
        title = sheet_name(table)
        sheet = book.add_worksheet(title)
        _table(sheet, table, head, small, text)
        _fill(sheet, table, filled.tables.get(table.id, ()) if filled else ())
        manifest += [("table", table.id, title, "")]
    if system.parameters:
        _settings(book.add_worksheet(SETTINGS), system, head, text, on)
    hidden = book.add_worksheet(MANIFEST)
    for row, cells in enumerate(manifest):
        for column, cell in enumerate(cells):
            hidden.write_string(row, column, cell)
    hidden.very_hidden()
    book.close()
    return buffer.getvalue()


def sheet_name(table: Table) -> str:
    """Return the sheet of a table: its Chinese name, without the signs Excel forbids."""
    return sheet_title(table.name.zh)


def _help(sheet: Worksheet, system: System, name: Text, command: str, head: Format, wrap: Format) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    rows = [
        ("系统", f"{name.zh}（{system.id}）"),
        ("System", name.en),
        ("《决定》条句 / sentence", f"{system.cite.at}「{system.cite.quote}」"),
        ("做什么", system.about.zh),
        ("What it does", system.about.en),
        *([("读法", system.reading.zh), ("Reading", system.reading.en)] if system.reading else []),
        ("怎么填", "从第 4 行填起；不知道的格留空，不要填 0；第 3 行的编号不要改"),
        ("How to fill", "Start in row 4; leave unknown cells blank, never 0; do not change the ids in row 3"),
        *_acts(system),
        ("填好后", f"zhishu {command} {system.id} --input 本文件.xlsx，或在其网页上传"),
    ]
    for row, (label, value) in enumerate(rows):
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, value, wrap)
    row = len(rows) + 1
    for table in system.inputs():
        for column in table.fields.values():
            takes, note = expects(column), f"{column.note.zh} {column.note.en}" if column.note else ""
            sheet.write_string(row, 0, f"{table.name.zh} · {column.name.zh}", head)
            sheet.write_string(row, 1, f"{column.name.en}；{takes.zh} / {takes.en} {note}".strip(), wrap)
            row += 1


def _acts(system: System) -> list[tuple[str, str]]:
    """Return who may do each act of the workflow, from where to where, and what it must bring."""
    flow = system.workflow
    if flow is None:
        return []
    needs = {"evidence": ("要佐证", "needs evidence"), "reason": ("要说明理由", "needs a reason")}
    found = []
    for act in flow.acts.values():
        zh = [flow.roles[act.role].zh, *(needs[n][0] for n in act.needs)]
        en = [flow.roles[act.role].en, *(needs[n][1] for n in act.needs)]
        before = ("、".join(flow.nodes[n].zh for n in act.before), ", ".join(flow.nodes[n].en for n in act.before))
        path = (f"{before[0]} → {flow.nodes[act.after].zh}", f"{before[1]} → {flow.nodes[act.after].en}")
        said = f"{path[0]}；{'；'.join(zh)} / {path[1]}; {'; '.join(en)}"
        found.append((f"流程 · {act.name.zh} {act.name.en}", said))
    return [*found, ("流程的依据", f"{flow.cite.at}；{flow.proposal.zh} / {flow.proposal.en}")]


def expects(column: Column) -> Text:
    """Return what a cell of a column takes."""
    words = column.choices.values()
    zh, en = "、".join(t.zh for t in words), ", ".join(t.en for t in words)
    match column.type:
        case "number":
            unit = unit_words(column.unit or "1")
            zh, en = f"数（单位 {unit.zh}）" if unit.zh else "数", f"number in {unit.en}" if unit.en else "number"
            return Text(zh, en)
        case "choice":
            return Text(f"选项：{zh}", f"choice: {en}")
        case "region":
            place = Text("地区的全称、简称或六位代码", "a region: its full or short name, or its six-digit code")
            if column.outside:
                place = Text(f"{place.zh}，外省的写到省", f"{place.en}; of another province, the province")
            return Text(f"{place.zh}；或 {zh}", f"{place.en}; or {en}") if zh else place
        case "text" if column.form is not None:
            form = FORMS[column.form]
            return Text(f"{form.name.zh}：{form.repair.zh}", f"{form.name.en}: {form.repair.en}")
        case "ref":
            return Text(f"“{column.ref}”表中的编号", f"an id of the table {column.ref}")
        case other:
            return _PLAIN[other]


_PLAIN = {
    "text": Text("文字", "text"),
    "date": Text("日期 2018-06-30", "date 2018-06-30"),
    "year": Text("四位年份", "four-digit year"),
    "truth": Text("是 或 否", "yes or no"),
}


def _table(sheet: Worksheet, table: Table, head: Format, small: Format, text: Format) -> None:
    sheet.freeze_panes(FIRST_ROW, 0)
    for position, column in enumerate(table.fields.values()):
        unit = f"（{column.unit}）" if column.unit and column.unit != "1" else ""
        star = " *" if column.required or column.id in table.key else ""
        sheet.write_string(0, position, f"{column.name.zh}{unit}{star}", head)
        sheet.write_string(1, position, column.name.en, small)
        sheet.write_string(2, position, column.id, small)
        sheet.set_column(position, position, 18, text if column.type in ("text", "ref", "date", "region") else None)
        _validate(sheet, position, column)


def _fill(sheet: Worksheet, table: Table, rows: Sequence[RawRow]) -> None:
    """Write rows under the heading; a number stays a number, a choice is written by its Chinese word."""
    for number, row in enumerate(rows, start=FIRST_ROW):
        for position, column in enumerate(table.fields.values()):
            value = row.cells.get(column.id)
            if value is None:
                continue
            word = str(value)
            if column.type == "number" and _NUMBER.fullmatch(word):
                sheet.write_number(number, position, float(word))
            else:
                sheet.write_string(number, position, column.choices[word].zh if word in column.choices else word)


def _validate(sheet: Worksheet, position: int, column: Column) -> None:
    last = FIRST_ROW + FORM_ROWS
    if column.type == "choice":
        labels = [t.zh for t in column.choices.values()]
        if len(",".join(labels)) <= 255:
            sheet.data_validation(FIRST_ROW, position, last, position, {"validate": "list", "source": labels})
    elif column.type == "truth":
        sheet.data_validation(FIRST_ROW, position, last, position, {"validate": "list", "source": ["是", "否"]})
    elif column.type == "number" and column.least is not None:
        rule = {"validate": "decimal", "criteria": ">=", "value": float(column.least), "error_title": column.name.zh}
        sheet.data_validation(FIRST_ROW, position, last, position, rule)


def _settings(sheet: Worksheet, system: System, head: Format, text: Format, on: date | None) -> None:
    sheet.set_column(0, SOURCE_COLUMN, 26)
    for position, label in enumerate(
        ("参数", "parameter", "编号 id", "取值 value（留空用声明值 / blank = declared）", "单位 unit")
    ):
        sheet.write_string(0, position, label, head)
    if on is not None:
        sheet.write_string(0, 5, f"声明值 declared ({on})", head)
    sheet.write_string(0, SOURCE_COLUMN, "来源 source of your value", head)
    for row, p in enumerate(system.parameters.values(), start=1):
        sheet.write_string(row, 0, p.name.zh)
        sheet.write_string(row, 1, p.name.en)
        sheet.write_string(row, 2, p.id)
        sheet.write_blank(row, 3, None, text)
        sheet.write_string(row, 4, p.unit or "")
        if on is not None:
            dated = [value for day, value in p.values if day <= on]
            sheet.write_string(row, 5, _declared(p, dated[-1]) if dated else _offered(p))
        labels = [*_labels(p), *([ADOPTED.zh] if p.proposed is not None else [])] if _labels(p) else []
        if labels and len(",".join(labels)) <= 255:
            sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": labels})


def _offered(parameter: Parameter) -> str:
    """Return what stands beside a parameter nobody has set: the value that may be adopted, if one is proposed."""
    if parameter.proposed is None:
        return "未设定 not set"
    return f"未设定 not set；提议 {_declared(parameter, parameter.proposed)}，采用填“{ADOPTED.zh}” / write {ADOPTED.en} to adopt"


def _declared(parameter: Parameter, value: Fraction | str | date | bool) -> str:
    """Return a declared value as it may be written into the form."""
    if isinstance(value, bool):
        return "是" if value else "否"
    label = parameter.choices.get(str(value))
    if label is not None:
        return label.zh
    return plain(value) if isinstance(value, Fraction) else str(value)


def _labels(parameter: Parameter) -> list[str]:
    if parameter.type == "truth":
        return ["是", "否"]
    return [t.zh for t in parameter.choices.values()]
