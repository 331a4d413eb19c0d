"""Exports: no cell of a CSV or a workbook is run as a formula, and numbers stay numbers."""

import ast
import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhishu
from zhishu.data import Observation, Panel
from zhishu.study import Study
from zhishu.surfaces.cli.out import write_csv
from zhishu.surfaces.disarm import disarm
from zhishu.surfaces.excel.form import form
from zhishu.terms import Text

SURFACES = Path(zhishu.__file__).parent / "surfaces"
EVIL = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    " =cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
)


@given(st.text() | st.sampled_from(EVIL))
def test_t01_no_text_begins_as_a_formula(text: str) -> None:
    """Whatever the text, what is written begins with none of the signs, unless it is a plain number."""
    written = str(disarm(text))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert written in (plain, f"'{plain}")
    if written.lstrip()[:1] in set("=+-@＝＋－＠") or written[:1] in set("\t\r\n"):
        float(written.replace(",", ""))


@pytest.mark.parametrize("number", ["-3.5", "+2", "-1,234.5", "1e5", "-1E-3", "12", "−3"])
def test_t01_numbers_stay_numbers(number: str) -> None:
    """A minus sign is no formula."""
    assert disarm(number) == number


def test_t01_heads_and_cells_of_csv_are_disarmed(capsys: pytest.CaptureFixture[str]) -> None:
    """Names come from packs, which others write."""
    write_csv(["=a", "b"], [[evil, -1.5] for evil in EVIL])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows[0] == ["'=a", "b"]
    assert [row[0] for row in rows[1:]] == ["'" + evil.replace("\r", "\n") for evil in EVIL]
    assert {row[1] for row in rows[1:]} == {"-1.5"}


def test_t01_every_csv_of_a_surface_goes_through_one_door() -> None:
    """Only csv_text writes CSV for people; the record of the mutation survey holds ids and counts of the pack."""
    writers = [
        path.relative_to(SURFACES).as_posix()
        for path in sorted(SURFACES.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("writer", "DictWriter", "write_csv", "write_excel", "to_csv")
    ]
    assert writers == ["cli/check.py", "csv_text.py"]


def test_t01_a_form_holds_no_formula(study: Study) -> None:
    """Names, notes and sources that begin as formulas are text in the workbook."""
    data = study.data
    for name in ("fiscal-month", "tidy"):
        profile = study.pack.profiles[name]
        evil = replace(profile, name=Text("=1+1", "=1+1"), source=Text("@x", "@x"), proposal=Text("=2", "=2"))
        if profile.corner:
            evil = replace(evil, corner=("=3",))
        held = Observation(
            *("510100", "2018-06", "general_budget_revenue"),
            *(data.panel.observations[0].value, "亿元", "", "budget", "flow", "actual", None, date(2018, 7, 1)),
            *("=cmd|' /C calc'!A0", "low", "+note", "x"),
        )
        book = openpyxl.load_workbook(
            io.BytesIO(form(evil, data.regions, data.series, "2018-06", Panel.of([held]), "=pack"))
        )
        kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}
