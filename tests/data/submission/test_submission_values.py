"""Numbers, units, shares and periods of submitted tables: one result, or a question at the cell."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from submission_samples import codes, read_by, table, values, xlsx, year_table

from zhishu.data import Data
from zhishu.pack.profile import Profile

YEAR = "prefecture-year"
Profiles = Mapping[str, Profile]


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("亿元", "15342.77"),
        ("万元", "153427700"),
        ("元", "1534277000000"),
        ("百万元", "1534277"),
        ("万元、%", "153427700"),
    ],
)
def test_t09_one_quantity_in_any_unit(profiles: Profiles, data: Data, unit: str, written: str) -> None:
    """亿元, 万元, 元 above the table or in the head give the same figure, the factor kept with it."""
    by_line = read_by(profiles[YEAR], table(year_table(["成都市", written], unit=unit)), data)
    assert values(by_line) == {("510100", "2018", "gdp"): "1534277/100"}
    assert by_line.figures[0].factor * Fraction(written) == by_line.figures[0].observation.value
    if "、" not in unit:
        rows = year_table(["成都市", written], unit="见表头", heads=[f"地区生产总值（{unit}）"])
        assert values(read_by(profiles[YEAR], table(rows), data)) == values(by_line)


def test_t09_what_a_unit_leaves_open_is_asked(profiles: Profiles, data: Data) -> None:
    """Two units that fit, a unit of another kind, an unknown one."""
    for unit, heads, code in (
        ("万元、亿元", ["地区生产总值"], "submission-unit-open"),
        ("亿元", ["地区生产总值（公顷）"], "intake-unit"),
        ("亿圆", ["地区生产总值"], ""),
    ):
        found = read_by(profiles[YEAR], table(year_table(["成都市", "1"], unit=unit, heads=heads)), data)
        assert codes(found) == ([code] if code else [])
    assert [g.kind for g in found.guesses] == ["period-title", "unit-declared"]
    assert found.guesses[1].others == ("亿圆",)


def test_t09_shares_and_percentages(profiles: Profiles, data: Data) -> None:
    """0.731 shown as 73.1 %, text with its sign, 731 ‰ and 73.1 are one quantity; bare 0.731 is asked."""
    heads = ["地区生产总值", "城镇化率（%）"]

    def rate(value: object, shown: str | None = None) -> list[str]:
        content = xlsx(year_table(["成都市", 1, value], heads=heads), formats={"C4": shown} if shown else None)
        found = read_by(profiles[YEAR], content, data)
        got = values(found).get(("510100", "2018", "urbanisation_rate"))
        return [got] if got else codes(found)

    for value, shown in (
        (0.731, "0.0%"),
        ("73.1%", None),
        ("73.1％", None),
        ("731‰", None),
        (73.1, None),
        (73.1, '0.0"%"'),
    ):
        assert rate(value, shown) == ["731/10"], (value, shown)
    assert rate(0.731) == ["case-percent-or-share"]
    assert rate("0.731") == ["case-percent-or-share"]
    money = xlsx(year_table(["成都市", 0.5]), formats={"B4": "0%"})
    assert codes(read_by(profiles[YEAR], money, data)) == ["intake-unit"]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("NaN", "intake-not-finite"),
        ("Inf", "intake-not-finite"),
        ("-∞", "intake-not-finite"),
        ("1e308", "intake-number"),
        (1e308, "intake-number"),
        (1e-300, "intake-number"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("12,34", "intake-number-comma"),
        ("１２３４", "1234"),
        ("2018.60", "10093/5"),
        (43646, "43646"),
        (date(2019, 6, 30), "intake-number"),
        (True, "intake-number"),
        ("(123)", "intake-number"),
        ("=1+1", "intake-number"),
        ("5²", "intake-number"),
        ("−5", "-5"),
        ("9" * 19, "intake-number"),
        (0.1 + 0.2, "3/10"),
    ],
)
def test_t10_odd_numbers_have_one_result(profiles: Profiles, data: Data, value: object, result: str) -> None:
    """Each is a figure or a problem at its cell, and always the same."""
    found = read_by(profiles[YEAR], xlsx(year_table(["成都市", value])), data)
    got = list(values(found).values()) or codes(found)
    assert got == [result]
    if not found.figures:
        assert found.problems[0].where == "表.xlsx 表!B4"


def test_t10_periods_are_read_or_asked(profiles: Profiles, data: Data) -> None:
    """Every way of writing a period; 2018.1 as a number may be October; 2018.60 is none."""
    for written, result in (
        ("2018", "2018"),
        ("２０１８年", "2018"),
        (2018, "2018"),
        ("2018年1-6月", "2018-01..06"),
        ("2018年1—6月", "2018-01..06"),
        ("2018年上半年", "2018-01..06"),
        ("2018年前三季度", "2018-01..09"),
        ("2018年第二季度", "2018-04..06"),
        ("2018年1-12月", "2018"),
        ("2018.6", "2018-06"),
        (2018.6, "2018-06"),
        ("2018.10", "2018-10"),
        (2018.1, "submission-period-open"),
        ("2018-06", "2018-06"),
        ("201806", "2018-06"),
        ("2018.60", "submission-period"),
        ("2018年13月", "submission-period"),
        ("43252", "submission-period"),
        ("今年", "submission-period"),
        ("2030", "submission-period-future"),
    ):
        rows = [["地区", "时期", "指标", "数值", "单位"], ["成都市", written, "gdp", 1, "亿元"]]
        found = read_by(profiles["tidy"], xlsx(rows), data)
        assert ([o.period for o in found.observations] or codes(found)) == [result], written
