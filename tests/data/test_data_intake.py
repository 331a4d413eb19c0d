"""Intake: a user's table is taken whole or not at all, and every cell that is wrong is named."""

import csv
import io
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data import Data, Panel
from zhishu.data.intake import Intake, intake
from zhishu.data.intake_cells import Change, decimal_text
from zhishu.data.intake_table import COLUMNS
from zhishu.errors import Problem

TODAY = date(2026, 11, 23)
HEAD = "region,period,series,value,unit,status,source,published,note"
GOOD = "成都市,2018,gdp,15342.77,亿元,actual,示例年鉴,2019-03-20,"


def take(data: Data, table: str | bytes, held: Panel | None = None) -> Intake:
    """Return the intake of a table."""
    raw = table if isinstance(table, bytes) else table.encode()
    return intake(raw, "gdp.csv", data.regions, data.series, TODAY, held)


def rows(*lines: str) -> str:
    """Return a table of the usual heading."""
    return "\n".join([HEAD, *lines]) + "\n"


def cell(column: str, text: str) -> str:
    """Return the good row with one cell changed."""
    names = HEAD.split(",")
    fields = GOOD.split(",")
    fields[names.index(column)] = text
    out = io.StringIO()
    csv.writer(out).writerow(fields)
    return out.getvalue().strip()


def the_problem(found: Intake) -> Problem:
    """Return the one problem; an error lets nothing through."""
    (problem,) = found.problems
    assert found.observations == () or problem.severity == "warning"
    assert problem.what.zh
    assert problem.what.en
    assert problem.repair.zh
    assert problem.repair.en
    return problem


def test_a_good_row_becomes_an_observation(data: Data) -> None:
    """Region by name, exact value, declared kind and price, place of the row; what was read is told."""
    found = take(data, rows(GOOD))
    (o,) = found.observations
    assert (o.region, o.period, o.series, o.value) == ("510100", "2018", "gdp", Fraction("15342.77"))
    assert (o.unit, o.basis, o.kind, o.run, o.confidence) == ("亿元", "current", "flow", "gdp", "low")
    assert (o.published, o.known_on, o.ref) == (date(2019, 3, 20), date(2019, 3, 20), "gdp.csv:2")
    assert (found.report.read, found.report.accepted, found.report.assumed) == (1, 1, 0)
    assert found.report.normalised == (Change("gdp.csv:2 region", "成都市", "510100"),)
    assert found.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_t07_one_table_in_every_encoding(data: Data, encoding: str) -> None:
    """GBK, GB18030, UTF-8 with and without mark and UTF-16 give identical observations."""
    table = rows(GOOD, "凉山州,2019,gdp,1676.3,亿元,实际,四川统计年鉴,,阿坝、甘孜、凉山")
    assert take(data, table.encode(encoding)) == take(data, table)
    assert len(take(data, table).observations) == 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "intake-empty"),
        (b" \r\n\r\n", "intake-empty"),
        (b"PK\x03\x04" + bytes(range(256)), "intake-encoding"),
        (rows(GOOD).encode("gbk")[:-30] + b"\xff\xff\xfe", "intake-encoding"),
        ((HEAD + '\n"成都市,2018').encode(), "intake-csv"),
    ],
)
def test_a_file_that_is_no_table(data: Data, raw: bytes, code: str) -> None:
    """Empty, binary, damaged and unclosed files are one named error, never guessed characters."""
    assert the_problem(take(data, raw)).code == code


def test_tabs_semicolons_blank_lines_and_chinese_headings(data: Data) -> None:
    """What spreadsheet programs save is read: other separators, empty rows, our headings in Chinese."""
    plain = take(data, rows(GOOD)).observations
    for sign in "\t;":
        assert take(data, rows(GOOD).replace(",", sign)).observations == plain
    chinese = ",".join(COLUMNS[c] for c in HEAD.split(","))
    assert take(data, f"{chinese}\r\n{GOOD}\r\n,,,,,,,,\r\n\r\n").observations == plain


def test_every_fault_of_the_heading_is_told(data: Data) -> None:
    """A misspelt, a doubled and a missing column are three problems of line 1, the first with its repair."""
    found = take(data, f"regoin,period,series,value,unit,status,source,unit\n{GOOD}\n")
    assert {(p.code, p.where) for p in found.problems} == {
        ("intake-column-unknown", "gdp.csv:1"),
        ("intake-column-twice", "gdp.csv:1"),
        ("intake-column-missing", "gdp.csv:1"),
    }
    assert "region" in found.problems[0].repair.en


@pytest.mark.parametrize("column", ["姓名", "id_number", "民族"])
def test_t54_personal_columns_are_refused(data: Data, column: str) -> None:
    """Nothing but the declared columns comes in."""
    assert take(data, f"{HEAD},{column}\n{GOOD},x\n").problems[0].code == "intake-column-unknown"


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("value", "15,342.77", "intake-number-comma"),
        ("value", "１５，３４２", "intake-number-comma"),
        ("value", "1,5", "intake-number-comma"),
        ("value", "NaN", "intake-not-finite"),
        ("value", "-inf", "intake-not-finite"),
        ("value", "∞", "intake-not-finite"),
        ("value", "1e308", "intake-number"),
        ("value", "1E+999999999", "intake-number"),
        ("value", "#", "intake-number"),
        ("value", "#DIV/0!", "intake-number"),
        ("value", "52.4%", "intake-number"),
        ("value", "1/3", "intake-number"),
        ("value", "5²", "intake-number"),
        ("value", "٣", "intake-number"),
        ("value", "1_000", "intake-number"),
        ("value", "15 342", "intake-number"),
        ("value", "(12)", "intake-number"),
        ("value", "=1+1", "intake-number"),
        ("value", "一万", "intake-number"),
        ("value", "9" * 19, "intake-number"),
        ("value", "9" * 100_000, "intake-number"),
        ("period", "2018.6", "intake-period"),
        ("period", "2018-06", "intake-period"),
        ("period", "2018年1-6月", "intake-period"),
        ("period", "18", "intake-period"),
        ("period", "1900", "intake-period-range"),
        ("period", "2999", "intake-period-range"),
        ("period", "2020", "intake-period-range"),
        ("region", "成嘟市", "region-unknown"),
        ("region", "512081", "region-retired"),
        ("region", "市中区", "region-ambiguous"),
        ("region", "zone:nowhere", "zone-unknown"),
        ("region", "简阳市", "intake-level"),
        ("region", "川南经济区", "intake-level"),
        ("region", "", "intake-blank"),
        ("series", "gpd", "intake-series-unknown"),
        ("series", "地区生产值", "intake-series-unknown"),
        ("series", "", "intake-blank"),
        ("unit", "万元", "intake-unit"),
        ("unit", "%", "intake-unit"),
        ("unit", "亿圆", "unit-unknown"),
        ("unit", "", "intake-blank"),
        ("status", "final", "intake-word"),
        ("status", "", "intake-blank"),
        ("source", " ", "intake-blank"),
        ("published", "2019-02-30", "intake-date"),
        ("published", "43281", "intake-date"),
        ("published", "0000-01-01", "intake-date"),
        ("published", "2027-01-01", "intake-date-future"),
    ],
)
def test_t10_a_bad_cell_is_named_and_repaired(data: Data, column: str, text: str, code: str) -> None:
    """Each bad cell is an error with file, line, column and a way out, and nothing of the table gets in."""
    found = take(data, rows(cell("note", "first"), cell(column, text)))
    codes = {p.code for p in found.problems if p.severity == "error"}
    assert code in codes
    assert all(p.where.startswith("gdp.csv:3") for p in found.problems if p.severity == "error")
    assert any(p.where == f"gdp.csv:3 {column}" for p in found.problems)
    assert found.observations == ()
    assert (found.report.read, found.report.accepted, found.report.refused) == (2, 0, 1)


def test_repairs_say_what_to_write(data: Data) -> None:
    """A comma, a wrong unit, an Excel date, a slip and a retired code come with the text to write instead."""
    for column, text, repair in (
        ("value", "15,342.77", "15342.77"),
        ("unit", "万元", "1.534277 亿元"),
        ("published", "43281", "2018-06-30"),
        ("series", "gpd", "gdp"),
        ("region", "绵杨市", "绵阳市"),
        ("region", "512081", "510185"),
    ):
        assert repair in take(data, rows(cell(column, text))).problems[0].repair.en


@pytest.mark.parametrize("mark", ["", "-", "－", "—", "——", "…", "……", "..."])
def test_t08_signs_for_no_figure_are_never_zero(data: Data, mark: str) -> None:
    """A blank, a dash or an ellipsis is no figure: a warning, no observation, and the other rows stand."""
    found = take(data, rows(GOOD, cell("value", mark).replace("2018", "2019", 1)))
    assert the_problem(found).code == "intake-no-figure"
    assert (found.report.read, found.report.accepted, found.report.no_figure) == (2, 1, 1)


@pytest.mark.parametrize(
    ("column", "text", "plain"),
    [
        ("value", "１５３４２．７７", "15342.77"),
        ("value", "−５．２", "-5.2"),
        ("value", "\u300015342.77 ", ""),
        ("value", "+3", ""),
        ("period", "２０１８", "2018"),
        ("period", "2018年", "2018"),
        ("published", "2019年3月20日", "2019-03-20"),
        ("published", "2019/3/20", "2019-03-20"),
        ("status", "实际", "actual"),
        ("series", "地区生产总值", "gdp"),
    ],
)
def test_what_is_read_otherwise_is_reported(data: Data, column: str, text: str, plain: str) -> None:
    """Full-width digits, Chinese words and dates are taken, and each such reading stands in the report."""
    found = take(data, rows(cell(column, text)))
    assert found.problems == ()
    assert len(found.observations) == 1
    told = [(c.before, c.after) for c in found.report.normalised if c.where == f"gdp.csv:2 {column}"]
    assert told == ([(text, plain)] if plain else [])


def test_another_name_of_the_unit_is_taken(data: Data) -> None:
    """公里 and km are one unit; the declared spelling is stored."""
    found = take(data, rows("四川,2020,highway_length,394371,公里,actual,示例,,"))
    assert found.observations[0].unit == "km"
    assert Change("gdp.csv:2 unit", "公里", "km") in found.report.normalised


def test_a_short_name_is_read_by_the_levels_of_the_series(data: Data) -> None:
    """广安 in a table of GDP is the prefecture; of a county series it is the district."""
    city = take(data, rows(cell("region", "广安"))).observations
    county = take(data, rows("广安,2016,poverty_exit_county,1,个,actual,示例,,")).observations
    assert (city[0].region, county[0].region) == ("511600", "511602")


@pytest.mark.parametrize("text", ["zone:chuannan", "川南经济区", "South Sichuan"])
def test_zones_come_in_by_id_or_name(data: Data, text: str) -> None:
    """A zone is a place of its own for the series that have zones."""
    found = take(data, rows(f"{text},2022,gdp_official,9000,亿元,actual,示例,,"))
    assert [o.region for o in found.observations] == ["zone:chuannan"]


def test_jianyang_is_read_by_the_year_of_its_row(data: Data) -> None:
    """One table with 简阳 over the years finds 512081 and then 510185."""
    line = "简阳市,{},pop_resident_urban,60,万人,actual,示例,,"
    found = take(data, rows(line.format(2015), line.format(2016)))
    assert {o.period: o.region for o in found.observations} == {"2015": "512081", "2016": "510185"}


@pytest.mark.parametrize(
    ("more", "cells", "code"),
    [
        ("kind", "stock", "intake-kind"),
        ("kind", "x", "intake-word"),
        ("basis", "constant", "intake-basis"),
        ("basis", "不变价", "intake-basis"),
        ("confidence", "sure", "intake-word"),
        ("earliest", "2019-04-01", "intake-date-order"),
    ],
)
def test_optional_columns_are_checked(data: Data, more: str, cells: str, code: str) -> None:
    """A stated kind, price, grade or bound must fit the series and the other date."""
    assert the_problem(take(data, f"{HEAD},{more}\n{GOOD},{cells}\n")).code == code


def test_a_date_nobody_states_is_assumed_and_counted(data: Data) -> None:
    """Without a published date 1 March of the next year is the bound, never later than today."""
    found = take(data, rows(cell("published", ""), cell("published", "").replace("2018", "2026", 1)))
    assert [(o.period, o.known_on, o.assumed) for o in found.observations] == [
        ("2018", date(2019, 3, 1), True),
        ("2026", TODAY, True),
    ]
    assert found.report.assumed == 2


def test_an_early_figure_is_known_from_its_date(data: Data) -> None:
    """A figure published in January is bounded by that day, not by 1 March."""
    (o,) = take(data, rows(cell("published", "2019-01-19"))).observations
    assert o.earliest == o.known_on == date(2019, 1, 19)


def test_a_plan_may_look_ahead(data: Data) -> None:
    """A planned figure of a coming year is taken as planned; an actual one is not."""
    ahead = cell("period", "2030")
    assert the_problem(take(data, rows(ahead))).code == "intake-period-range"
    (o,) = take(data, rows(ahead.replace("actual", "计划"))).observations
    assert (o.status, o.earliest) == ("planned", date(2019, 3, 20))


def test_the_same_figure_twice_with_two_values(data: Data) -> None:
    """Two values of one figure from one source are an error that names both lines."""
    found = take(data, rows(GOOD, cell("value", "15342.78")))
    assert the_problem(found).code == "intake-duplicate"
    assert the_problem(found).where == "gdp.csv:3 value"
    assert "gdp.csv:2" in the_problem(found).what.en


def test_a_row_that_stands_twice_counts_once(data: Data) -> None:
    """The same row again is a warning, whatever its name is written like."""
    found = take(data, rows(GOOD, cell("region", "510100")))
    assert the_problem(found).code == "intake-repeated"
    assert (len(found.observations), found.report.repeated) == (1, 1)


def test_t12_a_revision_is_a_vintage(data: Data) -> None:
    """Another value with its own date stands beside the first."""
    found = take(data, rows(GOOD, cell("value", "14856.6").replace("2019-03-20", "2020-03-20")))
    panel = Panel.of(found.observations)
    assert found.problems == ()
    assert [o.value for o in panel.latest("gdp", "510100")] == [Fraction("14856.6")]
    assert [o.value for o in panel.as_of(date(2019, 12, 31)).latest("gdp", "510100")] == [Fraction("15342.77")]


def test_t11_the_same_file_again_adds_nothing(data: Data) -> None:
    """A file taken twice is known already: no new figure, and the report says so, on a later day too."""
    table = rows(GOOD, cell("published", "").replace("2018", "2026", 1))
    held = Panel.of(take(data, table).observations)
    again = intake(table.encode(), "copy.csv", data.regions, data.series, date(2026, 12, 24), held)
    assert again.observations == ()
    assert (again.report.held, again.report.accepted, again.problems) == (2, 0, ())


def test_another_value_of_a_held_figure_needs_its_date(data: Data) -> None:
    """A held figure is not overwritten: the new one must say when it was published."""
    held = Panel.of(take(data, rows(GOOD)).observations)
    assert the_problem(take(data, rows(cell("value", "1")), held)).code == "intake-held-differs"


def test_t13_one_bad_row_of_a_thousand(data: Data) -> None:
    """All or nothing: 999 sound rows wait for the one that is wrong, which is named."""
    codes = [r.code for r in data.regions.level("prefecture", TODAY)]
    lines = [f"{c},{y},gdp,{y},亿元,actual,示例{n},," for n in range(4) for y in range(2010, 2022) for c in codes]
    table = [*lines[:999], cell("value", "1,000")]
    found = take(data, rows(*table))
    assert the_problem(found).where == "gdp.csv:1001 value"
    assert (found.report.read, found.report.sound, found.report.accepted, found.report.refused) == (1000, 999, 0, 1)
    assert len(take(data, rows(*table[:-1])).observations) == 999


def test_every_problem_of_a_row_is_told_at_once(data: Data) -> None:
    """Five bad cells of one row are five problems."""
    found = take(data, rows("成嘟,18,gpd,x,亿圆,maybe,,,"))
    assert {p.where.rpartition(" ")[2] for p in found.problems} >= {
        "region",
        "period",
        "series",
        "value",
        "status",
        "source",
    }


def test_lines_are_those_of_the_file(data: Data) -> None:
    """A note over two lines does not shift the line numbers of what follows."""
    found = take(data, rows(GOOD + '"first\nsecond"', cell("value", "x")))
    assert the_problem(found).where == "gdp.csv:4 value"


@pytest.mark.parametrize(
    "line", ["成都市,2018,gdp", GOOD + ",more", "成都市,2018,gdp,15,342.77,亿元,actual,示例,2019-03-20,"]
)
def test_a_row_with_too_few_or_many_cells(data: Data, line: str) -> None:
    """A row that does not fit the heading is refused whole: shifted cells are never read."""
    assert the_problem(take(data, rows(line))).code == "intake-ragged"


@settings(max_examples=60)
@given(st.text(max_size=20), st.sampled_from(HEAD.split(",")))
def test_any_cell_is_read_or_refused(data: Data, text: str, column: str) -> None:
    """Whatever stands in a cell, the table is taken with a reason for every change, or refused with one."""
    found = take(data, rows(cell(column, text)))
    assert found.observations or found.problems
    if any(p.severity == "error" for p in found.problems):
        assert found.observations == ()


@settings(max_examples=40)
@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["utf-8", "gbk", "utf-16"]))
def test_t15_values_come_through_exactly(data: Data, value: object, encoding: str) -> None:
    """A decimal written out is the same number after any encoding."""
    text = f"{value:.4f}"
    (o,) = take(data, rows(cell("value", text)).encode(encoding)).observations
    assert o.value == Fraction(text)
    assert Fraction(decimal_text(o.value) or "x") == o.value


def test_the_pack_can_be_taken_in_again(data: Data, pack: Path) -> None:
    """The pack's own prefecture table passes the intake and gives the same observations."""
    raw = (pack / "data" / "prefecture.csv").read_bytes()
    found = intake(raw, "prefecture.csv", data.regions, data.series, TODAY)
    own = {o.ref: o for o in data.panel.observations if o.ref.startswith("prefecture.csv")}
    assert found.problems == ()
    assert {o.ref: o for o in found.observations} == own
