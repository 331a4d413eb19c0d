"""Laws of the unit algebra, over the units of the yearbooks and their products and quotients."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.units import (
    ONE,
    POINT,
    Unit,
    add,
    comparable,
    convert,
    divide,
    from_base,
    multiply,
    parse_unit,
    power,
    root,
    subtract,
    to_base,
)

NAMES = [
    "元",
    "万元",
    "人",
    "万人",
    "公顷",
    "亩",
    "km²",
    "km",
    "m",
    "吨",
    "kWh",
    "万千瓦",
    "天",
    "小时",
    "年",
    "月",
    "个",
    "家",
]
LEVELS = ["%", "‰", "1", "倍", "mg/kg"]
POINTS = ["个百分点", "个千分点"]

simple = st.sampled_from(NAMES + LEVELS).map(parse_unit)
compound = st.builds(lambda a, b, over: divide(a, b) if over else multiply(a, b), simple, simple, st.booleans())
units = st.one_of(simple, compound)
any_unit = st.one_of(units, st.sampled_from(POINTS).map(parse_unit))
numbers = st.fractions(max_denominator=10**6)


@settings(max_examples=60)
@given(numbers, any_unit, any_unit)
def test_conversion_goes_and_comes_back(value: Fraction, a: Unit, b: Unit) -> None:
    """Converting there and back gives the very same number; unlike units are refused both ways."""
    if comparable(a, b):
        assert convert(convert(value, a, b), b, a) == value
    else:
        with pytest.raises(ZhishuError):
            convert(value, a, b)
        assert not comparable(b, a)


@settings(max_examples=60)
@given(numbers, any_unit)
def test_base_units_go_and_come_back(value: Fraction, unit: Unit) -> None:
    """Into base units and out again changes nothing."""
    assert from_base(to_base(value, unit), unit) == value


@settings(max_examples=60)
@given(units, units)
def test_division_undoes_multiplication(a: Unit, b: Unit) -> None:
    """(a · b) / b is a, and (a / b) · b is a."""
    assert divide(multiply(a, b), b) == a
    assert multiply(divide(a, b), b) == a


@settings(max_examples=60)
@given(units, units)
def test_a_unit_reads_back_from_its_symbol(a: Unit, b: Unit) -> None:
    """The symbol of a product or quotient is a unit that reads back as the same."""
    for unit in (multiply(a, b), divide(a, b)):
        assert parse_unit(unit.symbol) == unit


@settings(max_examples=60)
@given(any_unit, any_unit)
def test_adding_is_commutative(a: Unit, b: Unit) -> None:
    """a + b and b + a are the same unit, or both are refused."""
    if a.dimension == b.dimension:
        assert add(a, b) == add(b, a)
    else:
        for left, right in ((a, b), (b, a)):
            with pytest.raises(ZhishuError) as error:
                add(left, right)
            assert error.value.problems[0].code == "unit-mismatch"


@settings(max_examples=30)
@given(st.sampled_from(LEVELS).map(parse_unit), st.sampled_from(LEVELS).map(parse_unit))
def test_level_less_level_is_a_change(a: Unit, b: Unit) -> None:
    """% less % is 个百分点, and adding the change back gives a level."""
    assert subtract(a, b) == POINT
    assert add(b, subtract(a, b)).sort == "ratio"
    assert subtract(a, POINT).sort == "ratio"


def test_changes_add_to_changes() -> None:
    """个百分点 ± 个百分点 is 个百分点; a change less a level has no meaning."""
    percent = parse_unit("%")
    assert add(POINT, POINT) == subtract(POINT, POINT) == POINT
    with pytest.raises(ZhishuError):
        subtract(POINT, percent)


def test_a_change_over_time_stays_a_change() -> None:
    """个百分点 a year, times years, is 个百分点 again; a change of money is plain money."""
    year, yuan = parse_unit("年"), parse_unit("元")
    assert multiply(divide(POINT, year), year) == POINT
    assert multiply(POINT, yuan).sort == "quantity"


def test_counts_do_not_mix() -> None:
    """家 adds to 家 only; 家 over 家 is a plain ratio; 家 over 个 is not."""
    firms, things = parse_unit("家"), parse_unit("个")
    assert add(firms, firms) == firms
    assert divide(firms, firms) == ONE
    assert divide(firms, things).dimension
    assert not comparable(firms, things)


def test_sixty_percent_of_a_hundred_yuan_is_sixty() -> None:
    """60 % of 100 元 is 60 元, not 6,000."""
    percent, yuan = parse_unit("%"), parse_unit("元")
    product = multiply(percent, yuan)
    assert convert(Fraction(60) * 100, product, yuan) == 60


@settings(max_examples=30)
@given(st.sampled_from(NAMES).map(parse_unit), st.integers(1, 4))
def test_roots_undo_powers(unit: Unit, exponent: int) -> None:
    """The n-th root of an n-th power measures the same thing."""
    back = root(power(unit, exponent), exponent)
    assert back is not None
    assert back.dimension == unit.dimension


def test_roots_that_do_not_exist() -> None:
    """There is no square root of money."""
    assert root(parse_unit("元"), 2) is None
