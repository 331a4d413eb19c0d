"""Cells read many at once give what they give one by one: the same figures, words, problems, blanks and guesses."""

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from submission_samples import read_by, table, xlsx

from zhishu.data import Data
from zhishu.data.sheets import delimited, lift, workbook
from zhishu.data.sheets import xlsx as xlsx_module
from zhishu.data.sheets.delimited import split_lines
from zhishu.data.sheets.grid import cell_table
from zhishu.data.submission import Reading, long, wide_rows
from zhishu.data.submission.figures import exact
from zhishu.data.submission.plain import decimal_factor, plain_cells, with_values
from zhishu.errors import ZhishuError
from zhishu.pack.profile import Profile

DAY = date(2023, 6, 1)
Profiles = Mapping[str, Profile]
Cells = list[list[object]]

words = st.sampled_from(
    ["", " ", "…", "-", "1", "0", "-0", "007", "1.50", "-3.1", "+4", "1,234.5", "１２", "3 %", "0.1234567890123", "1e3",
     "123456789012345", "1234567890123456789", "三", "1..2", "NaN"]
)  # fmt: skip
numbers = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.decimals(-(10**6), 10**6, places=2).map(float),
)
cells = st.one_of(words, numbers)
places = st.sampled_from(
    ["成都市", "自贡", "510700", "绵阳市", "朝阳区", "全省", "四川省", "", "注：快报", "达州市", "锦江区"]
)


def whole(reading: Reading) -> tuple[object, ...]:
    """Return everything a reading says."""
    return (
        reading.figures.table.rows(),
        reading.read,
        reading.rows,
        [p.to_json() for p in reading.problems],
        list(reading.blanks),
        sorted(
            repr((g.kind, g.written, g.read, g.others, g.times, g.where.rstrip("0123456789"))) for g in reading.guesses
        ),
        [t.to_json() for t in reading.totals],
    )


def one_by_one(patch: pytest.MonkeyPatch) -> None:
    """Let nothing be plain."""
    patch.setattr(wide_rows, "plain_cells", lambda cells, signs: plain_cells(cells, signs).clear())
    patch.setattr(long, "take_plain", lambda grid, top, reader: set())
    patch.setattr(xlsx_module, "lift", lambda part, styles, strings, spelled: (part, cell_table([], [], [], [])))


def alike(profile: Profile, content: bytes, data: Data) -> Reading:
    """Return a reading that is the same both ways."""
    found = read_by(profile, content, data, day=DAY)
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        other = read_by(profile, content, data, day=DAY)
    assert whole(found) == whole(other)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(places, cells, cells), min_size=1, max_size=12), st.sampled_from(["亿元", "万元", "元"]))
def test_a_wide_table_is_read_alike(profiles: Profiles, data: Data, rows: list[tuple[object, ...]], unit: str) -> None:
    """As CSV and as a workbook, with totals, notes, blanks, signs and what is wrong."""
    sheet: Cells = [
        ["2018年各市（州）主要指标"],
        [f"单位：{unit}"],
        ["地区", "地区生产总值", "第一产业"],
        *map(list, rows),
    ]
    for content in (table(sheet), xlsx(sheet)):
        alike(profiles["prefecture-year"], content, data)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            places,
            st.sampled_from(["2018", 2018, "2019年", "2018-06", "", "x"]),
            st.sampled_from(["gdp", "地区生产总值", "highway_length", "nothing"]),
            cells,
            st.sampled_from(["亿元", "万元", "km", "m", ""]),
            st.sampled_from(["", "2020-01-20", "2099-01-01"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_a_long_table_is_read_alike(profiles: Profiles, data: Data, rows: list[tuple[object, ...]]) -> None:
    """Rows alike in all they say are read once for all of them."""
    sheet: Cells = [["地区", "时期", "指标", "数值", "单位", "发布日期"], *map(list, rows)]
    for content in (table(sheet), xlsx(sheet)):
        alike(profiles["tidy"], content, data)


def test_a_clean_table_is_read_at_once(profiles: Profiles, data: Data) -> None:
    """The laws above would hold of a way that is never taken: here nothing is left to be read singly."""
    sheet: Cells = [
        ["2018年表"],
        ["单位：万元"],
        ["地区", "地区生产总值"],
        ["成都市", 153427700],
        ["自贡市", "13635300.5"],
    ]
    tidy: Cells = [["地区", "时期", "指标", "数值", "单位"], ["成都市", "2018", "gdp", "1.50", "万元"]]
    for profile, content, values in (
        ("prefecture-year", xlsx(sheet), ["15342.77", "1363.53005"]),
        ("prefecture-year", table(sheet), ["15342.77", "1363.53005"]),
        ("tidy", table(tidy), ["0.00015"]),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("zhishu.data.submission.sink.Sink.cell", None)
            found = read_by(profiles[profile], content, data, day=DAY)
        assert found.figures.texts("value") == values
        assert alike(profiles[profile], content, data).figures == found.figures


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"-?[0-9]{1,19}(\.[0-9]{1,14})?", fullmatch=True),
            st.sampled_from(
                [Fraction(1), Fraction(1, 10**8), Fraction(10**4), Fraction(3, 2), Fraction(1, 8), Fraction(7000)]
            ),
        ),
        min_size=1,
    )
)
def test_a_value_is_the_number_times_its_factor(pairs: Sequence[tuple[str, Fraction]]) -> None:
    """Exactly, in the form in which single values are written; what would not fit is not plain."""
    found = []
    for text, factor in pairs:
        times = decimal_factor(factor)
        assert times is not None
        found.append((text, "n", times.above, times.places, times.digits, str(factor)))
    columns = {
        "text": pl.String,
        "type": pl.String,
        "above": pl.Int64,
        "places": pl.Int32,
        "most": pl.Int32,
        "f": pl.String,
    }
    rows = with_values(plain_cells(pl.DataFrame(found, columns, orient="row"), []))
    for text, factor, value in rows.select("text", "f", "value").iter_rows():
        assert value == exact(Fraction(text) * Fraction(factor))
    short = [text for text, _ in pairs if len(text.strip("-").replace(".", "")) <= 6]
    assert len(rows) >= len(short)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=6), numbers, st.booleans()), max_size=6), max_size=8))
def test_lifted_cells_are_those_the_parser_finds(rows: list[list[object]]) -> None:
    """Numbers, shared strings and whatever else openpyxl writes."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([v if not isinstance(v, str) else "".join(c for c in v if c.isprintable()) for v in row])
    buffer = io.BytesIO()
    book.save(buffer)
    lifted = workbook(buffer.getvalue(), "t.xlsx")["Sheet"].cells
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        assert workbook(buffer.getvalue(), "t.xlsx")["Sheet"].cells.equals(lifted)


def test_a_very_large_sheet_is_parsed_piece_by_piece() -> None:
    """With the same cells; nothing of it is held whole."""
    content = xlsx([["地区", "产出"], *([f"示例{n}", n / 7] for n in range(500))])
    plain = workbook(content, "t.xlsx")["表"].cells
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_module, "MOST_AT_ONCE", 1000)
        patch.setattr(xlsx_module, "lift", None)
        assert workbook(content, "t.xlsx")["表"].cells.equals(plain)


HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData><row r="1">'
CELL = b'<c r="A1"><v>5</v></c>'


@pytest.mark.parametrize(
    "part",
    [
        HEAD + b"<!-- " + CELL + b" -->",
        HEAD + b"<is><t><![CDATA[" + CELL + b"]]></t></is>",
        HEAD.replace(b"UTF-8", b"UTF-16") + CELL,
        HEAD.replace(b"UTF-8", b"GBK") + CELL,
        HEAD + CELL + b"<c><v>6</v></c>",
        HEAD + CELL + b'<c t="n"><v>6</v></c>',
        HEAD + CELL + CELL.replace(b"5", b"6"),
        HEAD + CELL + b"\xff",
        HEAD + b'<c r="A1" s="2"><v>5</v></c>',
        HEAD + b'<c r="A1"><f>1+4</f><v>5</v></c>',
        HEAD + b'<c r="A1"><v>5e3</v></c>',
    ],
)
def test_what_is_written_otherwise_is_left_whole(part: bytes) -> None:
    """A comment, a section, another encoding, cells without an address, an address twice, another format, a formula."""
    assert lift.lift(part, [0, 1], [], str)[0] == part


def test_a_shared_string_that_does_not_exist_breaks_the_file() -> None:
    """As it does where cells are parsed."""
    with pytest.raises(IndexError):
        lift.lift(HEAD + b'<c r="A1" t="s"><v>3</v></c>', [0], ["a", "b"], str)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.text("甲乙 \u3000\t;,.a1'\x0b\x85", max_size=5), max_size=5),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([",", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_lines_split_at_once_are_those_of_a_reader(rows: list[list[str]], delimiter: str, end: str) -> None:
    """The csv module reads each text as rows; cells are stripped alike and counted on the same lines."""
    text = end.join(delimiter.join(c.replace(delimiter, "") for c in row) for row in rows) + end
    split = split_lines(text, delimiter)
    assert split is not None
    found = {(r, c): word for r, c, word, _ in split.iter_rows()}
    blank = " \u3000\t\r\n"
    wanted = {
        (r, c): word.strip(blank)
        for r, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)
        for c, word in enumerate(row, start=1)
        if word.strip(blank)
    }
    assert found == wanted


def test_an_endless_line_is_read_by_the_reader_of_rows() -> None:
    """One line of many cells among many lines would make a table of their product."""
    text = "a,b\n" + ",".join("1" for _ in range(30_000)) + "\n" + "1,2\n" * 2_000
    grid = delimited(text.encode(), "t.csv")
    assert (len(grid.rows[2]), len(grid.rows[3]), len(grid.rows)) == (30_000, 2, 2_002)


def test_a_text_of_too_many_cells_is_refused() -> None:
    """However many of them could be held."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["zhishu.data.sheets.delimited"], "MOST_CELLS", 100)
        for cell in (b"1", b'"1"'):
            with pytest.raises(ZhishuError) as caught:
                delimited(b"a,b\n" + (cell + b"," + cell + b"\n") * 60, "t.csv")
            assert [p.code for p in caught.value.problems] == ["intake-too-large"]
