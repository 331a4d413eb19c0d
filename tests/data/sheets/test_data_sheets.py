"""Sheets: what openpyxl and xlsxwriter write is read as they say it; hostile and false files are refused by kind."""

import io
import subprocess
import sys
import textwrap
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data.sheets import Cell, address, bare_formulas, delimited, workbook
from zhishu.data.sheets.grid import place
from zhishu.errors import ZhishuError


def book(cells: dict[str, object], formats: dict[str, str] | None = None, merged: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with one sheet 表 as openpyxl writes it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for at, value in cells.items():
        sheet[at] = value
        if formats and at in formats:
            sheet[at].number_format = formats[at]
    for span in merged:
        sheet.merge_cells(span)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, parts: dict[str, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook with some parts in place of its own or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", compress) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return buffer.getvalue()


def code_of(content: bytes) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(ZhishuError) as caught:
        workbook(content, "x.xlsx")
    assert len(caught.value.problems) == 1
    return caught.value.problems[0].code


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=8).filter(
    lambda t: t.strip() == t and not t.startswith("=") and not t.startswith("_x")
)
numbers = st.integers(-(10**14), 10**14) | st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(float)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 40)), texts | numbers | st.booleans(), max_size=12))
def test_cells_are_read_as_two_other_programs_write_them(cells: dict[tuple[int, int], object]) -> None:
    """Text, numbers and truths come back with their kind from openpyxl and from xlsxwriter."""
    by_openpyxl = book({address(*at): value for at, value in cells.items()})
    buffer = io.BytesIO()
    written = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    sheet = written.add_worksheet("表")
    for (row, column), value in cells.items():
        if isinstance(value, str):
            sheet.write_string(row - 1, column - 1, value)
        else:
            sheet.write(row - 1, column - 1, value)
    written.close()
    for content in (by_openpyxl, buffer.getvalue()):
        grid = workbook(content, "x.xlsx")["表"]
        found = {(r, c): cell for r, line in grid.rows.items() for c, cell in line.items()}
        assert set(found) == set(cells)
        for at, value in cells.items():
            if isinstance(value, bool):
                assert found[at] == Cell("1" if value else "0", "b")
            elif isinstance(value, str):
                assert found[at] == Cell(value)
            else:
                assert found[at].kind == "n"
                assert Decimal(found[at].text) == Decimal(f"{value:.15g}")


def test_what_a_format_shows_is_read() -> None:
    """A percentage is what it shows, a day is a day, a quoted sign is neither."""
    formats = {"A1": "0%", "A2": '0"%"', "A3": "yyyy-mm-dd", "A4": "0.00_);[Red](0.00)", "A5": "@"}
    cells = {"A1": 0.081, "A2": 8.1, "A3": date(2018, 6, 30), "A4": -3.5, "A5": "510100"}
    grid = workbook(book(cells, formats, ("A1:B1",)), "x.xlsx")["表"]
    assert [grid.at(r, 1) for r in range(1, 6)] == [
        Cell("8.1", "p"),
        Cell("8.1", "n"),
        Cell("2018-06-30", "d"),
        Cell("-3.5", "n"),
        Cell("510100", "s"),
    ]
    assert grid.merged == [(1, 1, 1, 2)]
    assert grid.covered(1, 2) == grid.at(1, 1)


def test_a_formula_nobody_computed_is_named_in_one_pass() -> None:
    """The address of each bare formula is listed; nothing is read in its place."""
    grids = workbook(book({"A1": "=1+1", "B2": "=A1"}), "x.xlsx")
    assert [p.where for p in bare_formulas(grids.values())] == ["表!A1", "表!B2"]


def test_t02_a_zip_bomb_is_refused_at_once() -> None:
    """300 MB of zeros, a swollen sheet and a part that lies about its size: under a second, under 200 MB."""
    script = textwrap.dedent(
        """
        import re, sys, time
        from zhishu.data.sheets import workbook
        from zhishu.errors import ZhishuError
        content = sys.stdin.buffer.read()
        start = time.perf_counter()
        try:
            workbook(content, "x.xlsx")
        except ZhishuError as error:
            seconds = time.perf_counter() - start
            peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
            print(error.problems[0].code, seconds, peak)
        """
    )
    plain = book({"A1": 1})
    sheet = "xl/worksheets/sheet1.xml"
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    swollen = repacked(plain, {sheet: b"<worksheet><sheetData>" + row * 6000 + b"</sheetData></worksheet>"})
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(300):
            part.write(b"\0" * 1_000_000)
    for content in (zeros.getvalue(), swollen):
        done = subprocess.run([sys.executable, "-c", script], input=content, capture_output=True, check=True)
        code, seconds, kilobytes = done.stdout.split()
        assert code == b"xlsx-too-large"
        assert float(seconds) < 1
        assert int(kilobytes) < 200_000


def test_t02_a_part_that_understates_its_size_is_refused() -> None:
    """A directory that says 100 bytes for a megabyte is a broken file, never read past what it says."""
    plain = repacked(book({"A1": "x"}), {"xl/worksheets/sheet1.xml": b"<sst>" + b" " * 1_000_000 + b"</sst>"})
    lying = plain.replace((1_000_011).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != plain
    assert code_of(lying) == "xlsx-not-a-workbook"


@pytest.mark.parametrize(
    "evil",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        b"<!--" + b" " * 5000 + b'--><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    ],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"])
def test_t03_a_declared_document_type_is_refused(evil: bytes, part: str) -> None:
    """Whatever part, encoding or distance from the start: no entity is fetched or expanded."""
    start = time.perf_counter()
    assert code_of(repacked(book({"A1": "x"}), {part: evil})) == "xlsx-not-a-workbook"
    assert time.perf_counter() - start < 1


def test_t06_a_wrong_type_is_named() -> None:
    """HTML, XML, a password, macros, .xls, .xlsb, PDF, an archive and plain text: each refused by what it is."""
    plain = book({"A1": 1})
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for content, code in (
        (b"<html><table><tr><td>1</td></tr></table></html>", "xlsx-html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "xlsx-html"),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel">'.encode("utf-16"), "xlsx-html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xlsx-html"),
        (ole, "xlsx-old"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "xlsx-encrypted"),
        (repacked(plain, {"xl/vbaProject.bin": b"x"}), "xlsx-macro"),
        (repacked(plain, {"xl/workbook.bin": b"x"}), "xlsx-not-a-workbook"),
        (repacked(plain, {}, zipfile.ZIP_LZMA), "xlsx-not-a-workbook"),
        (b"%PDF-1.7", "xlsx-not-a-workbook"),
        (b"Rar!\x1a\x07\x00", "xlsx-not-a-workbook"),
        (b"PK", "xlsx-not-a-workbook"),
        (b"region,value\n", "xlsx-not-a-workbook"),
        (b"", "xlsx-not-a-workbook"),
        (plain[: len(plain) // 2], "xlsx-not-a-workbook"),
        (repacked(plain, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}), "xlsx-not-a-workbook"),
        (b"<!-- x --><div>1</div>", "xlsx-html"),
        (repacked(plain, {"xl/worksheets/sheet1.xml": b'<a><row r="999999999"/></a>'}), "xlsx-not-a-workbook"),
        (
            repacked(plain, {"xl/worksheets/sheet1.xml": b'<a><row><c r="ZZZ1"><v>1</v></c></row></a>'}),
            "xlsx-not-a-workbook",
        ),
        (
            repacked(plain, {"xl/worksheets/sheet1.xml": b'<a><row r="1"><c r="A1" t="s"><v>99</v></c></row></a>'}),
            "xlsx-not-a-workbook",
        ),
    ):
        assert code_of(content) == code, content[:40]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 4000))
def test_t06_damaged_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    """Whatever bytes are changed, the answer is grids or a named refusal."""
    content = bytearray(book({"A1": "甲", "B2": 2.5}))
    content[at : at + len(noise)] = noise
    try:
        workbook(bytes(content), "x.xlsx")
        codes = []
    except ZhishuError as error:
        codes = [p.code for p in error.problems]
    assert all(code.startswith("xlsx-") for code in codes)


def test_t07_one_text_in_five_encodings_is_one_grid() -> None:
    """UTF-8 with and without its mark, UTF-16, GBK and GB18030 give the same cells; garbage is refused."""
    text = '地区,数值\n成都市,１２.５\n阿坝州,"1,234"\n'
    grids = [delimited(text.encode(e), "x.csv").rows for e in ("utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030")]
    assert all(g == grids[0] for g in grids)
    assert grids[0][3] == {1: Cell("阿坝州"), 2: Cell("1,234")}
    with pytest.raises(ZhishuError) as caught:
        delimited("成都市".encode().decode("latin-1").encode("utf-8") + b"\xff\xfe\x00", "x.csv")
    assert caught.value.problems[0].code == "intake-encoding"


def test_addresses() -> None:
    """Addresses and places are each other's inverse."""
    assert [address(*at) for at in ((1, 1), (7, 27), (1_048_576, 16_384))] == ["A1", "AA7", "XFD1048576"]
    assert place(address(12, 703)) == (12, 703)


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "xl/../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "xl\\..\\..\\evil"]
)
def test_t04_names_that_lead_out_of_the_archive_are_refused(name: str) -> None:
    """A workbook whose parts are named to be written elsewhere; nothing is unpacked to disk at all."""
    buffer = io.BytesIO(book({"A1": "x"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, b"evil")
    assert code_of(buffer.getvalue()) == "xlsx-not-a-workbook"
    assert not Path("/tmp/evil.txt").exists()
