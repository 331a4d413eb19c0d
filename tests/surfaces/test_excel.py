"""Forms: what is written into a form comes back the same; foreign workbooks are refused."""

import io
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from tests.shipped import shipped

from zhishu.errors import ZhishuError
from zhishu.pack.system import System
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.surfaces.excel.filled import read_form
from zhishu.surfaces.excel.template import FIRST_ROW, MANIFEST, sheet_name, template
from zhishu.system.answer import NOWHERE, run_system
from zhishu.system.case import RawCase, read_case
from zhishu.system.examples import raw_case

SYSTEMS = sorted(shipped().pack.systems)


def filled(system: System) -> bytes:
    """Return a form filled with the system's specimen, as a user's program would save it."""
    example = system.specimen()
    assert example is not None
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    manifest = book.add_worksheet(MANIFEST)
    manifest.write_row(0, 0, ["system", system.id])
    for table in system.inputs():
        sheet = book.add_worksheet(sheet_name(table))
        sheet.write_row(0, 0, [c.name.zh for c in table.fields.values()])
        sheet.write_row(1, 0, [c.name.en for c in table.fields.values()])
        sheet.write_row(FIRST_ROW - 1, 0, list(table.fields))
        rows = example.given.get(table.id, ())
        header = [str(c) for c in rows[0]] if rows else []
        for number, row in enumerate(rows[1:]):
            for name, cell in zip(header, row, strict=False):
                if cell is not None and cell != "unknown":
                    sheet.write(
                        FIRST_ROW + number, list(table.fields).index(name), cell if isinstance(cell, int) else str(cell)
                    )
    if example.set:
        settings = book.add_worksheet("参数")
        settings.write_row(0, 0, ["参数", "parameter", "编号 id", "取值"])
        for number, (name, value) in enumerate(example.set.items(), start=1):
            settings.write(number, 2, name)
            settings.write(number, 3, str(value))
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize("name", SYSTEMS)
def test_t15_a_filled_form_gives_the_answer_of_the_example(study: Study, name: str) -> None:
    """Every declared system answers its Excel form as it answers its example."""
    system = study.pack.systems[name]
    example = system.specimen()
    assert example is not None
    regions = study.data.regions
    read = read_form(filled(system), system, "form.xlsx")
    by_form = run_system(system, read, example.on, COLUMNS, regions=regions)
    by_example = run_system(system, raw_case(example), example.on, COLUMNS, regions=regions)
    assert by_form.problems == ()
    assert [r.to_json() for r in by_form.results] == [r.to_json() for r in by_example.results]


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_empty_form_reads_as_an_empty_case(study: Study, name: str) -> None:
    """The form as it leaves the house has no rows and no settings."""
    system = study.pack.systems[name]
    raw = read_form(template(system, study.pack.catalogue[name].name), system, "form.xlsx")
    assert {t: list(rows) for t, rows in raw.tables.items()} == {t.id: [] for t in system.inputs()}
    assert raw.settings == {}


def typed_in(content: bytes, rows: dict[str, tuple[tuple[object, ...], ...]]) -> bytes:
    """Return the downloaded form with rows typed below its three headings; all else as it left the house."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            for sheet, cells in rows.items():
                if item.filename != f"xl/worksheets/{sheet}.xml":
                    continue
                last = f'"A1:{chr(64 + len(cells[0]))}{FIRST_ROW + len(cells)}"'.encode()
                written = "".join(
                    f'<row r="{r}">'
                    + "".join(
                        f'<c r="{chr(65 + i)}{r}" t="inlineStr"><is><t>{cell}</t></is></c>'
                        for i, cell in enumerate(row)
                        if cell
                    )
                    + "</row>"
                    for r, row in enumerate(cells, start=FIRST_ROW + 1)
                )
                part = part.replace(b"</sheetData>", written.encode() + b"</sheetData>")
                part = part.replace(f'"A1:{chr(64 + len(cells[0]))}3"'.encode(), last)
            new.writestr(item, part)
    return buffer.getvalue()


def test_the_downloaded_form_of_the_tasks_filled_is_answered(study: Study) -> None:
    """Tasks with their roles and entries with their acts typed into the form: the answer of the example."""
    name = "ftz-159-reform-tasks"
    system = study.pack.systems[name]
    example = next(e for e in system.examples if e.id == "every_refusal")
    tasks = tuple((*row[:2], "", *row[2:]) for row in example.given["tasks"][1:])
    form = typed_in(
        template(system, study.pack.catalogue[name].name), {"sheet2": tasks, "sheet3": example.given["entries"][1:]}
    )
    raw = read_form(form, system, "form.xlsx")
    raw = RawCase(raw.tables, example.set)
    answer = run_system(system, raw, example.on, COLUMNS)
    assert answer.problems == ()
    expected = run_system(system, raw_case(example), example.on, COLUMNS)
    assert [r.to_json() for r in answer.results] == [r.to_json() for r in expected.results]
    assert raw.tables["entries"][1].where("act") == "办理记录!C5"


def test_the_form_explains_the_workflow(study: Study) -> None:
    """The help sheet says who does which act and what it must bring; the acts are a list to choose from."""
    name = "ftz-159-reform-tasks"
    with zipfile.ZipFile(io.BytesIO(template(study.pack.systems[name], study.pack.catalogue[name].name))) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        entries = book.read("xl/worksheets/sheet3.xml").decode()
    assert "办理 → 反馈；责任单位；要佐证 / being handled → reported; responsible unit; needs evidence" in words
    assert "立项,交办,签收,办理,反馈,复核通过,退回办理,办结" in entries


def test_problems_of_a_form_name_the_cell(study: Study) -> None:
    """A bad cell is reported by sheet and address."""
    system = study.pack.systems["land-supply-rate-gate"]
    raw = read_form(filled(system), system, "form.xlsx")
    row = raw.tables["years"][0]
    assert row.where("approved") == "逐年供地!C4"
    assert run_system(system, raw, date(2023, 1, 1), COLUMNS).problems == ()


def test_foreign_workbooks_are_refused(study: Study) -> None:
    """Another system's form, no form at all, a bomb: refused with a code, nothing parsed."""
    gate = study.pack.systems["land-supply-rate-gate"]
    other = template(study.pack.systems["county-exit-68"], study.pack.catalogue["county-exit-68"].name)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 250_000_000)
    for content, code in (
        (other, "xlsx-other-form"),
        (b"PK", "xlsx-not-a-workbook"),
        (bomb.getvalue(), "xlsx-too-large"),
    ):
        with pytest.raises(ZhishuError) as caught:
            read_form(content, gate, "x.xlsx")
        assert caught.value.problems[0].code == code


def saved(form: bytes, cells: dict[tuple[str, str], tuple[object, str]]) -> bytes:
    """Return the downloaded form with cells typed in a spreadsheet: address to value and number format."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for (sheet, at), (value, shown) in cells.items():
        book[sheet][at].value = value
        book[sheet][at].number_format = shown
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def gate_form(study: Study) -> bytes:
    """Return the empty form of the land gate."""
    return template(study.pack.systems["land-supply-rate-gate"], study.pack.catalogue["land-supply-rate-gate"].name)


def test_t09_a_percent_cell_is_what_it_shows(study: Study) -> None:
    """60 % stored as 0.6 is 60 %; a bare 0.6 is asked; a quoted sign in a format is no percentage."""
    gate = study.pack.systems["land-supply-rate-gate"]
    row = {("逐年供地", f"{c}4"): (v, "General") for c, v in zip("ABCD", ("示例甲县", 2022, 100, 40), strict=True)}
    for value, shown, answer in (
        (0.6, "0%", []),
        (0.6, "0.00%", []),
        (0.6, "General", ["case-percent-or-share"]),
        (60, '0"%"', []),
    ):
        form = saved(gate_form(study), {**row, ("参数", "D2"): (value, shown)})
        raw = read_form(form, gate, "form.xlsx")
        found = run_system(gate, raw, date(2023, 1, 1), COLUMNS)
        assert [p.code for p in found.problems] == answer
        if not answer:
            assert read_case(gate, raw, date(2023, 1, 1), NOWHERE)[0].parameters["threshold"] == Fraction(3, 5)


def test_numbers_come_with_the_digits_a_spreadsheet_keeps(study: Study) -> None:
    """0.1 + 0.2 stored as 0.30000000000000004 is 0.3."""
    gate = study.pack.systems["land-supply-rate-gate"]
    form = saved(gate_form(study), {("逐年供地", "C4"): (0.1 + 0.2, "General"), ("逐年供地", "A4"): ("示例甲县", "@")})
    assert str(read_form(form, gate, "form.xlsx").tables["years"][0].cells["approved"]) == "0.3"


def test_a_formula_nobody_computed_is_named(study: Study) -> None:
    """A formula without a stored result is no blank: each cell is reported."""
    gate = study.pack.systems["land-supply-rate-gate"]
    cells = {
        ("逐年供地", "A4"): ("示例甲县", "@"),
        ("逐年供地", "C4"): ("=50+50", "0"),
        ("逐年供地", "D4"): ("=C4*0.4", "0"),
    }
    with pytest.raises(ZhishuError) as raised:
        read_form(saved(gate_form(study), cells), gate, "form.xlsx")
    assert [(p.code, p.where) for p in raised.value.problems] == [
        ("xlsx-formula-without-value", "逐年供地!C4"),
        ("xlsx-formula-without-value", "逐年供地!D4"),
    ]


def test_t03_entities_are_refused_before_parsing(study: Study) -> None:
    """A part that declares a document type is never parsed: nothing is fetched, nothing expanded."""
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(gate_form(study))) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            new.writestr(item, evil if item.filename == "xl/sharedStrings.xml" else old.read(item))
    with pytest.raises(ZhishuError) as raised:
        read_form(buffer.getvalue(), study.pack.systems["land-supply-rate-gate"], "form.xlsx")
    assert raised.value.problems[0].code == "xlsx-not-a-workbook"


def test_a_parameter_of_a_form_is_placed_at_its_cell(study: Study) -> None:
    """A value that is none stands at 参数!D2 of the form."""
    gate = study.pack.systems["land-supply-rate-gate"]
    form = saved(gate_form(study), {("逐年供地", "A4"): ("示例甲县", "@"), ("参数", "D2"): ("六成", "@")})
    answer = run_system(gate, read_form(form, gate, "form.xlsx"), date(2026, 11, 23), COLUMNS)
    assert "参数!D2" in [p.where for p in answer.problems]


def test_a_changed_or_missing_column_is_named_once(study: Study) -> None:
    """An id mistyped in row 3 is one problem at its cell, and the column it was is missing."""
    gate = study.pack.systems["land-supply-rate-gate"]
    rows = {("逐年供地", f"A{r}"): ("示例甲县", "@") for r in (4, 5, 6)}
    form = saved(gate_form(study), {**rows, ("逐年供地", "C3"): ("aprovd", "@")})
    with pytest.raises(ZhishuError) as raised:
        read_form(form, gate, "form.xlsx")
    assert [(p.code, p.where) for p in raised.value.problems] == [
        ("case-unknown-column", "逐年供地!C3"),
        ("xlsx-column-missing", "逐年供地!3:3"),
    ]
