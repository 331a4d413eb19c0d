"""Small tables for the tests of submissions."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl

from zhishu.data import Data
from zhishu.data.submission import Reading, read
from zhishu.pack.profile import Profile

DAY = date(2019, 3, 20)
Rows = Sequence[Sequence[object]]


def xlsx(rows: Rows, merged: Sequence[str] = (), formats: dict[str, str] | None = None) -> bytes:
    """Return rows as a workbook with one sheet 表."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value not in (None, ""):
                cell = sheet.cell(r, c)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"
    for at, shown in (formats or {}).items():
        sheet[at].number_format = shown
    for span in merged:
        sheet.merge_cells(span)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table(rows: Rows) -> bytes:
    """Return rows as UTF-8 CSV."""
    import csv

    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(["" if c is None else c for c in row] for row in rows)
    return buffer.getvalue().encode()


def year_table(*rows: Sequence[object], unit: str = "亿元", heads: Sequence[str] = ("地区生产总值",)) -> Rows:
    """Return a prefecture table of 2018."""
    return [["2018年各市（州）主要指标"], [f"单位：{unit}"], ["地区", *heads], *rows]


def read_by(profile: Profile, content: bytes, data: Data, file: str = "表.xlsx", day: date = DAY) -> Reading:
    """Return the reading of a file by a profile."""
    return read(profile, content, file, data.regions, data.series, day)


def codes(reading: Reading) -> list[str]:
    """Return the codes of the problems, in their order."""
    return [p.code for p in reading.problems]


def values(reading: Reading) -> dict[tuple[str, str, str], str]:
    """Return the figures by region, period and series."""
    return {(o.region, o.period, o.series): str(o.value) for o in reading.observations}
