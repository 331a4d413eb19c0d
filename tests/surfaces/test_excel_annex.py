"""The Excel annex: numbers are numbers, words are words, nothing is ever a formula."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.surfaces.excel.annex import Cell, Column, Row, Sheet, annex
from zhishu.surfaces.printable import printable
from zhishu.terms import Text

UNITS = Sheet(
    Text("县域投资", "County investment"),
    (
        Column(Text("单位", "Unit")),
        Column(Text("投资完成", "Investment"), Text("亿元", "100 million yuan"), 1),
        Column(Text("增速", "Growth"), Text("%", "%")),
        Column(Text("截至", "As of")),
        Column(Text("达标", "Met")),
    ),
    (
        Row(("示例01县", Decimal("36.9"), -1.3, date(2018, 6, 30), True), ("entry:1005", "entry:1006")),
        Row(("示例02县", 0, Fraction(1, 4), None, False), ("entry:1010",)),
        Row(("示例13县", "无报告", Text("无报告", "no report"), None, None)),
    ),
)


def one(cell: Cell) -> bytes:
    """Return an annex of one cell."""
    return annex([Sheet(Text("表", "table"), (Column(Text("列", "column")),), (Row((cell,), ("entry:1",)),))])


def opened(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    """Return the first sheet as a spreadsheet reads it, formulas included."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_a_table_comes_back_as_it_went() -> None:
    """Heads in both languages with units, numbers as numbers, dates as dates, sources last."""
    sheet = opened(annex([UNITS]))
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    assert rows[0] == ["单位", "投资完成（亿元）", "增速（%）", "截至", "达标", "出处"]
    assert rows[1] == ["Unit", "Investment (100 million yuan)", "Growth (%)", "As of", "Met", "Source"]
    assert rows[2] == ["示例01县", 36.9, -1.3, datetime(2018, 6, 30), "是 yes", "entry:1005; entry:1006"]
    assert rows[3][:4] == ["示例02县", 0, 0.25, None]
    assert rows[4][1:3] == ["无报告", "无报告 no report"]
    assert sheet["B3"].number_format == "#,##0.0"


def test_the_page_is_set_up_for_print() -> None:
    """A4, one page wide, heads repeated and frozen with the first column, a filter, no column unreadable."""
    sheet = opened(annex([UNITS]))
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:F5"
    assert all(6 <= d.width <= 45 for d in sheet.column_dimensions.values())


def test_t50_the_same_sheets_give_the_same_bytes() -> None:
    """No day of building is in the file."""
    content = annex([UNITS])
    assert content == annex([UNITS])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert "2018-06-30T00:00:00Z" in file.read("docProps/core.xml").decode()
        assert {i.date_time for i in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


HOSTILE = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1+1",
    "-2",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "＝1+1",
    '=HYPERLINK("http://elsewhere.example","x")',
    "{=1+1}",
    "https://elsewhere.example/",
    "mailto:a@elsewhere.example",
    "007",
    "<f>1+1</f>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_t01_words_never_become_formulas_links_or_numbers(text: str) -> None:
    """In a cell, a head, a reference or the name of a sheet: words stay words, marked as text."""
    name = Text(text, text)
    content = annex([Sheet(name, (Column(name, name),), (Row((text,), (text,)), Row((name,))))])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        pages = [n for n in file.namelist() if n.startswith("xl/worksheets/")]
        assert not any(re.search(rb"<f[ >]|<hyperlink", file.read(n)) for n in pages)
        assert not [n for n in file.namelist() if "externalLink" in n or "connections" in n]
    sheet = opened(content)
    # openpyxl takes every word that begins with = for a formula, so the file itself says what it stored
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        page = file.read("xl/worksheets/sheet1.xml").decode()
    assert set(re.findall(r'<c r="[A-Z]+\d+"[^>]*t="(\w+)"', page)) == {"s"}
    assert sheet["A3"].value == printable(text)
    assert sheet["A3"].quotePrefix
    assert sheet["A3"].number_format == "@"


@pytest.mark.parametrize("number", [-2, -2.5, Decimal("-0.1"), Fraction(-1, 3), 0, 10**14, Decimal("123456789012.345")])
def test_t01_negative_numbers_stay_numbers(number: int | float | Decimal | Fraction) -> None:
    """A minus before a number is no formula."""
    cell = opened(one(number))["A3"]
    assert cell.data_type == "n"
    assert cell.value == pytest.approx(float(number), rel=1e-14)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_t01_any_text_is_text(text: str) -> None:
    """Whatever a user types is read back as the same printable words."""
    cell = opened(one(text))["A3"]
    assert (cell.value or "") == printable(text)


@pytest.mark.parametrize("number", [10**15 + 1, Decimal("1234567890123456.78"), -(10**16) - 1])
def test_digits_excel_would_lose_stay_as_text(number: int | Decimal) -> None:
    """Seventeen digits of money are not rounded in silence."""
    cell = opened(one(number))["A3"]
    assert (cell.data_type, cell.value) == ("s", str(number))


def test_names_of_sheets_are_made_fit() -> None:
    """Forbidden signs, equal names, reserved and empty ones."""
    names = ("A/B", "ab", "AB", "History", "''", "长" * 40, "长" * 40)
    book = openpyxl.load_workbook(io.BytesIO(annex([Sheet(Text(n, n), UNITS.columns, UNITS.rows) for n in names])))
    assert book.sheetnames == ["AB", "ab~2", "AB~3", "History~2", "表5", "长" * 31, "长" * 27 + "~2"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (float("nan"), "annex-not-finite"),
        (Decimal("Infinity"), "annex-not-finite"),
        (10**400, "annex-not-finite"),
        ("长" * 32_768, "annex-text-long"),
        (date(1899, 12, 31), "annex-early-date"),
    ],
    ids=["nan", "infinity", "huge", "long", "early"],
)
def test_what_excel_cannot_hold_is_refused(cell: Cell, code: str) -> None:
    """Each fault names its cell."""
    with pytest.raises(ZhishuError) as caught:
        one(cell)
    assert [(p.code, p.where) for p in caught.value.problems] == [(code, "表[1][1]")]


def test_faults_of_shape_are_refused() -> None:
    """No table, no column, a row too long."""
    column = Column(Text("列", "column"))
    for sheets, code in (
        ([], "annex-empty"),
        ([Sheet(Text("表", "t"), (), ())], "annex-size"),
        ([Sheet(Text("表", "t"), (column,), (Row((1, 2)),))], "annex-row-width"),
    ):
        with pytest.raises(ZhishuError) as caught:
            annex(sheets)
        assert [p.code for p in caught.value.problems] == [code]
