"""Submitted tables: the right value from every way it is written, or a question at the cell; never a silent change."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from submission_samples import DAY, codes, read_by, table, values, xlsx, year_table

from zhishu.data import Data
from zhishu.data.submission import read
from zhishu.data.submission.examples import differences, try_example
from zhishu.data.submission.label import safe_label
from zhishu.pack.profile import Profile

YEAR = "prefecture-year"
Profiles = Mapping[str, Profile]


def test_every_example_of_the_pack_reads_as_it_says(profiles: Profiles, data: Data) -> None:
    """As CSV and, where it has no codes as text to lose, as a workbook with its merged heads."""
    for profile in profiles.values():
        for example in profile.examples:
            assert try_example(profile, example, data.regions, data.series) == []
            rows = [list(row) for row in example.sheet]
            found = read_by(profile, xlsx(rows, example.merged), data, day=date.fromisoformat(example.day))
            if not example.problems:
                assert differences(found, example) == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", "a\0b.xlsx", "=cmd|' /C calc'!A0.csv", "\u202exslx.exe", "长" * 300, ""],
)
def test_t05_a_file_name_is_only_a_label(profiles: Profiles, data: Data, name: str) -> None:
    """Whatever the name, the content decides, and what is shown has no path, sign of control or formula in it."""
    content = table(year_table(["成都市", "15342.77"]))
    found = read_by(profiles[YEAR], content, data, name)
    assert values(found) == {("510100", "2018", "gdp"): "1534277/100"}
    shown = found.figures[0].cell
    assert not set("/\\\0\u202e\n") & set(shown)
    assert not shown.startswith(("=", "+", "-", "@"))
    assert len(safe_label(name)) <= 80


def test_t06_the_content_decides_not_the_ending(profiles: Profiles, data: Data) -> None:
    """A web page named .xlsx, a password, an old file: one problem each, nothing raised, nothing taken."""
    for content, code in (
        (b"<html><table><tr><td>1</td></tr></table>", "xlsx-html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "xlsx-old"),
        (b"", "intake-empty"),
        (b"\x00\x01\x02\x03" * 50, "intake-encoding"),
    ):
        found = read_by(profiles[YEAR], content, data)
        assert codes(found) == [code]
        assert len(found.figures) == 0


def test_t07_five_encodings_one_reading(profiles: Profiles, data: Data) -> None:
    """GBK, GB18030, UTF-8 with and without its mark and UTF-16 give identical figures."""
    text = table(year_table(["成都市", "15,342.77"], ["自贡市", "１３６３.53"])).decode()
    found = [
        values(read_by(profiles[YEAR], text.encode(e), data))
        for e in ("gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16")
    ]
    assert all(f == found[0] for f in found)
    assert found[0][("510300", "2018", "gdp")] == "136353/100"


def test_t08_merged_heads_signs_and_totals(profiles: Profiles, data: Data) -> None:
    """Two head rows, full-width digits, signs for no figure, blanks: right values; the total is checked, never taken."""
    rows = [
        ["2018年6月财政收入"],
        ["单位：万元"],
        ["地区", "一般公共预算收入", None, None, "一般公共预算支出", None],
        [None, "本月", "累计", "同比（%）", "本月", "累计"],
        ["合计", 900, 5000, 3, 700, 4000],
        ["成都市", "９００", "4,000", 5, "…", 4000],
        ["自贡市", "-", 1000, -2, 700, None],
        ["注：快报数"],
    ]
    merged = ("A3:A4", "B3:D3", "E3:F3")
    for content in (xlsx(rows, merged), xlsx(rows), table(rows)):
        found = read_by(profiles["fiscal-month"], content, data)
        assert codes(found) == []
        assert values(found) == {
            ("510100", "2018-01..06", "general_budget_expenditure"): "2/5",
            ("510100", "2018-01..06", "general_budget_revenue"): "2/5",
            ("510100", "2018-06", "general_budget_revenue"): "9/100",
            ("510300", "2018-01..06", "general_budget_revenue"): "1/10",
            ("510300", "2018-06", "general_budget_expenditure"): "7/100",
            ("510300", "2018-06", "general_budget_revenue"): "0",
        }
        assert [(b.written, b.meaning) for b in found.blanks] == [("…", "absent"), ("", "absent")]
        assert [(t.series, t.period, t.state) for t in found.totals] == [
            ("general_budget_revenue", "2018-06", "agrees"),
            ("general_budget_revenue", "2018-01..06", "agrees"),
            ("general_budget_expenditure", "2018-06", "unchecked"),
            ("general_budget_expenditure", "2018-01..06", "unchecked"),
        ]


def test_t08_a_total_that_differs_is_reported_with_the_difference(profiles: Profiles, data: Data) -> None:
    """41,904 against 40,678 in 亿元: exact, at the cell, a warning; zones and 其中 are not figures either."""
    rows = year_table(
        ["全省", "40678.1"], ["成都市", "15342.8"], ["自贡市", "26561.5"], ["川南经济区", "26561.5"], ["其中", "1"]
    )
    found = read_by(profiles[YEAR], xlsx(rows), data)
    assert [(p.code, p.where, p.severity) for p in found.problems] == [("submission-total", "表.xlsx 表!B4", "warning")]
    assert found.totals[0].difference == Fraction("-1226.2")
    assert [t.state for t in found.totals] == ["differs", "agrees"]
    assert len(found.figures) == 2


def test_t08_a_total_is_checked_over_its_own_children(profiles: Profiles, data: Data) -> None:
    """A prefecture row of a county table is compared with the counties of that prefecture only."""
    rows = [
        ["县城镇人口"],
        ["单位：万人"],
        ["县（市、区）", "城镇人口", None],
        [None, "2020年", "2021年"],
        ["自贡市", 10, 11],
        ["自流井区", 10, 12],
        ["攀枝花市", 5, 5],
        ["米易县", 5, 5],
        ["全省", 15, 17],
    ]
    found = read_by(profiles["county-year"], xlsx(rows, ("B3:C3",)), data, day=date(2022, 6, 1))
    assert [(t.label, t.state, t.difference) for t in found.totals if t.period == "2021"] == [
        ("自贡市", "differs", Fraction(-1)),
        ("攀枝花市", "agrees", Fraction(0)),
        ("全省", "agrees", Fraction(0)),
    ]


def test_t13_one_bad_row_of_a_thousand_keeps_all_out(profiles: Profiles, data: Data) -> None:
    """All or nothing, and the report names the cell."""
    places = [r.code for r in data.regions.level("county", date(2021, 12, 31))]
    rows: list[list[object]] = [["地区", "时期", "指标", "数值", "单位"]]
    for i in range(1000):
        rows.append([places[i % 183], str(2015 + i // 183), "pop_resident_urban", i + 2, "万人"])
    sound = read_by(profiles["tidy"], table(rows), data, day=date(2022, 1, 1))
    assert sound.read == 1000, codes(sound)[:3]
    rows[637][3] = "三百"
    found = read_by(profiles["tidy"], table(rows), data, "千行.csv", date(2022, 1, 1))
    assert len(found.figures) == 0
    assert found.read == 999
    assert [(p.code, p.where) for p in found.problems] == [("intake-number", "千行.csv!D638")]


def test_every_problem_of_a_sheet_is_collected(profiles: Profiles, data: Data) -> None:
    """An unknown column, a missing one, a region nobody knows, two bad cells, a row without a name: all at once."""
    rows = year_table(["成都市", "x", "1"], ["朝阳区", "y", "2"], ["", "5", "3"], heads=["第一产业", "天气"])
    found = read_by(profiles[YEAR], xlsx(rows), data)
    assert sorted(codes(found)) == [
        "intake-number",
        "intake-number",
        "region-unknown",
        "submission-column-missing",
        "submission-column-unknown",
        "submission-region-blank",
    ]


def test_a_figure_that_stands_twice_is_refused(profiles: Profiles, data: Data) -> None:
    """成都 and 成都市 are one place."""
    found = read_by(profiles[YEAR], table(year_table(["成都", "1"], ["成都市", "1"])), data)
    assert codes(found) == ["submission-twice"]


def test_formulas_nobody_computed_are_refused(profiles: Profiles, data: Data) -> None:
    """They are no blanks."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx(year_table(["成都市", 1]))))
    book["表"]["B4"] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_by(profiles[YEAR], buffer.getvalue(), data)
    assert [(p.code, p.where) for p in found.problems] == [("xlsx-formula-without-value", "表!B4")]


def test_planned_figures_may_lie_ahead(profiles: Profiles, data: Data) -> None:
    """A plan for 2025 is taken in 2019; an actual figure published before its year began is not."""
    head = ["地区", "时期", "指标", "数值", "单位", "状态", "发布日期"]
    for period, status, published, result in (
        ("2025", "计划", "", "2025"),
        ("2025", "实际", "", "submission-period-future"),
        ("2018", "", "2017-06-30", "submission-period-future"),
        ("2018", "", "2019年1月20日", "2018"),
        ("2018", "", "2030-01-01", "intake-date"),
        ("2018", "大概", "", "intake-word"),
    ):
        found = read_by(profiles["tidy"], table([head, ["成都市", period, "gdp", 1, "亿元", status, published]]), data)
        assert ([o.period for o in found.observations] or codes(found)) == [result], (period, status, published)


def test_a_file_of_another_kind_is_not_listed_to_its_end(profiles: Profiles, data: Data) -> None:
    """After two thousand problems the rest is not read, and that is said last."""
    rows = [["地区", "时期", "指标", "数值", "单位"], *(["成都市", "2018", "gdp", "甲", "亿元"] for _ in range(5000))]
    found = read_by(profiles["tidy"], table(rows), data)
    assert 2000 < len(found.problems) < 2400
    assert codes(found)[-1] == "submission-too-many"


def test_columns_left_of_the_regions_are_read_too(profiles: Profiles, data: Data) -> None:
    """A running number is left out and told; a figure there is no less a figure."""
    rows = [
        ["2018年表"],
        ["单位：亿元"],
        ["序号", "地区生产总值", "地区", "第一产业"],
        ["1", "15342.77", "成都市", "522.59"],
    ]
    for content in (xlsx(rows), table(rows)):
        found = read_by(profiles[YEAR], content, data)
        assert codes(found) == []
        assert values(found) == {
            ("510100", "2018", "gdp"): "1534277/100",
            ("510100", "2018", "va_primary"): "52259/100",
        }
        assert "column-left" in {g.kind for g in found.guesses}


def test_hidden_rows_and_columns_are_told(profiles: Profiles, data: Data) -> None:
    """A filter or a hidden draft: read like the rest, and said."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(xlsx(year_table(["成都市", 1, 2], ["自贡市", 3, 4], heads=["地区生产总值", "第一产业"])))
    )
    book["表"].row_dimensions[5].hidden = True
    book["表"].column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_by(profiles[YEAR], buffer.getvalue(), data)
    assert len(found.figures) == 4
    assert [(g.where, g.written) for g in found.guesses if g.kind == "hidden"] == [
        ("表.xlsx 表!A5", "自贡市"),
        ("表.xlsx 表!C1", "C–C"),
    ]


def test_long_words_cost_nothing(profiles: Profiles, data: Data) -> None:
    """Cells of 30,000 signs, in names and heads, are refused; what takes their square would not come to an end here."""
    long = "①" * 30_000
    rows = [
        [long],
        ["单位：亿元"],
        ["地区", "地区生产总值", "(" * 30_000 + long],
        [long + "县", 1, 2],
        ["单位" * 15_000, 1, 2],
    ]
    assert read_by(profiles[YEAR], xlsx(rows), data).refused


def test_progress_is_told_to_the_last_row(profiles: Profiles, data: Data) -> None:
    """Done never falls, and ends at all."""
    told: list[tuple[int, int]] = []
    content = table(year_table(["成都市", 1], ["自贡市", 2]))
    read(profiles[YEAR], content, "x.csv", data.regions, data.series, DAY, lambda a, b: told.append((a, b)))
    assert told == [(1, 2), (2, 2)]


def test_another_period_than_the_one_asked_is_refused(profiles: Profiles, data: Data) -> None:
    """The title says 2018; a caller who waits for 2019 is told so."""
    content = table(year_table(["成都市", 1]))
    found = read(profiles[YEAR], content, "x.csv", data.regions, data.series, DAY, period="2017")
    assert codes(found) == ["submission-period-other"]
