"""Reading units and quantities: what officials write, and what is refused with a repair."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.units import parse_quantity, parse_unit


def code(error: pytest.ExceptionInfo[ZhishuError]) -> str:
    """Return the code of the first problem."""
    return error.value.problems[0].code


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("元", "1"),
        ("万元", "10000"),
        ("亿元", "100000000"),
        ("百万美元", "1000000"),
        ("万人", "10000"),
        ("公顷", "10000"),
        ("ha", "10000"),
        ("亩", "2000/3"),
        ("万亩", "20000000/3"),
        ("平方公里", "1000000"),
        ("km²", "1000000"),
        ("km2", "1000000"),
        ("公里", "1000"),
        ("%", "1/100"),
        ("％", "1/100"),
        ("‰", "1/1000"),
        ("个百分点", "1/100"),
        ("万个", "10000"),
        ("小时", "1/24"),
        ("mg/L", "1/1000"),
        ("mg/kg", "1/1000000"),
        ("µg/m³", "1/1000000000"),
        ("ug/m3", "1/1000000000"),
        ("万千瓦时", "10000"),
        ("度", "1"),
        ("万元/亩", "15"),
        ("元/亩", "3/2000"),
        ("公里/小时", "24000"),
        ("元/(人·年)", "1"),
        ("元/人·年", "1"),
    ],
)
def test_units_have_exact_factors(text: str, factor: str) -> None:
    """Every unit of the yearbooks has its exact factor to base units."""
    assert parse_unit(text).factor == Fraction(factor)


@pytest.mark.parametrize("text", ["家/年", "元/人", "个/村", "策/河", "所/乡镇", "家/县", "枚/地区", "个/嘎查"])
def test_units_count_things_per_thing(text: str) -> None:
    """Whatever things are counted by may stand below the line, also a word from another province."""
    assert len(parse_unit(text).dimension) == 2


def test_units_working_days_are_no_days() -> None:
    """Working days, months and years are no number of days."""
    days = {parse_unit(name).dimension for name in ("天", "工作日", "月", "年")}
    assert len(days) == 4


def test_units_level_and_change_differ() -> None:
    """% and 个百分点 share a factor and are not the same unit; km and 公里 are."""
    assert parse_unit("%") != parse_unit("个百分点")
    assert parse_unit("km") == parse_unit("公里")


@pytest.mark.parametrize(
    ("text", "near"), [("KM", "km"), ("公倾", "公顷"), ("元/公项", "公顷"), ("万元/宙", "元"), ("", "元")]
)
def test_units_slips_are_refused_with_a_repair(text: str, near: str) -> None:
    """A slip of the hand is refused and the near unit is named."""
    with pytest.raises(ZhishuError) as error:
        parse_unit(text, "areas.csv:3")
    problem = error.value.problems[0]
    assert (problem.code, problem.where) == ("unit-unknown", "areas.csv:3")
    assert near in problem.repair.zh


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("60 %", 60, "%"),
        ("60%", 60, "%"),
        ("６０％", 60, "%"),
        ("171万人", 171, "万人"),
        ("1 个百分点", 1, "个百分点"),
        ("−5 %", -5, "%"),
        ("-0.5 ‰", Fraction(-1, 2), "‰"),
        ("12", 12, "1"),
        ("３．５公顷", Fraction(7, 2), "公顷"),
    ],
)
def test_quantities_are_read(text: str, number: Fraction, unit: str) -> None:
    """A number is returned as written, full-width digits too, beside its unit."""
    assert parse_quantity(text) == (number, parse_unit(unit))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000", "quantity-thousands-comma"),
        ("1,000 元", "quantity-thousands-comma"),
        ("１，０００", "quantity-thousands-comma"),
        ("12 000 元", "quantity-unreadable"),
        ("10² km", "quantity-unreadable"),
        ("½ km", "quantity-unreadable"),
        ("3.5.6", "quantity-unreadable"),
        ("1/2", "quantity-unreadable"),
        ("nan", "quantity-unreadable"),
        ("%", "quantity-unreadable"),
        ("1e5", "unit-unknown"),
        ("5 万", "unit-unknown"),
    ],
)
def test_quantities_in_doubt_are_refused(text: str, expected: str) -> None:
    """A number that can be read in two ways is refused, never guessed."""
    with pytest.raises(ZhishuError) as error:
        parse_quantity(text)
    assert code(error) == expected


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=80), st.text(alphabet="元人km²23%‰/·*^()万亿公顷亩 1０,.-", max_size=20)))
def test_units_never_crash(text: str) -> None:
    """Any text is a unit or a problem, and nothing else is ever raised."""
    codes = set()
    for read in (parse_unit, parse_quantity):
        try:
            read(text)
        except ZhishuError as error:
            codes |= {p.code for p in error.problems}
    assert codes <= {"unit-unknown", "quantity-unreadable", "quantity-thousands-comma"}
