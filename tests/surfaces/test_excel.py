"""Forms: what is written into a form comes back the same; foreign workbooks are refused."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from zhishu.errors import ZhishuError
from zhishu.pack.system import System
from zhishu.study import Study, open_study
from zhishu.study.columns import COLUMNS
from zhishu.surfaces.excel.filled import read_form
from zhishu.surfaces.excel.template import FIRST_ROW, MANIFEST, sheet_name, template
from zhishu.system.answer import run_system
from zhishu.system.examples import raw_case

SYSTEMS = sorted(open_study().pack.systems)


def filled(system: System) -> bytes:
    """Return a form filled with the system's first example, as a user's program would save it."""
    example = system.examples[0]
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
    example = system.examples[0]
    by_form = run_system(system, read_form(filled(system), system, "form.xlsx"), example.on, COLUMNS)
    by_example = run_system(system, raw_case(example), example.on, COLUMNS)
    assert by_form.problems == ()
    assert [r.to_json() for r in by_form.results] == [r.to_json() for r in by_example.results]


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_empty_form_reads_as_an_empty_case(study: Study, name: str) -> None:
    """The form as it leaves the house has no rows and no settings."""
    system = study.pack.systems[name]
    raw = read_form(template(system, study.pack.catalogue[name]), system, "form.xlsx")
    assert {t: list(rows) for t, rows in raw.tables.items()} == {t.id: [] for t in system.inputs()}
    assert raw.settings == {}


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
    other = template(study.pack.systems["county-exit-68"], study.pack.catalogue["county-exit-68"])
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
