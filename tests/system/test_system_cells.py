"""Cells as people type them: every way to write one value gives that value, what is doubtful is asked."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.data.percent import share_or_percent
from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.system.cells import read_cell
from zhishu.terms import Text

NAME = Text("率", "rate")


@pytest.mark.parametrize(
    "written",
    [
        "2019-04-28",
        "2019年4月28日",
        "2019/4/28",
        "2019.4.28",
        "20190428",
        "2019-04-28 00:00:00",
        "２０１９年４月２８日",
    ],
)
def test_one_day_in_seven_ways(written: str) -> None:
    """Dates as offices write them are one day."""
    assert read_cell(written, "date", None, {}, NAME, "A1") == (date(2019, 4, 28), None)


@pytest.mark.parametrize("written", ["2019-02-30", "28.4.2019", "4月28日", "43583", "2019-04", "2019-04-28后"])
def test_what_is_no_day_is_refused(written: str) -> None:
    """A day that does not exist, or that leaves something to guess."""
    assert read_cell(written, "date", None, {}, NAME, "A1")[1] is not None


@pytest.mark.parametrize(("written", "value"), [("√", True), ("对", True), ("Y", True), ("×", False), ("无", False)])
def test_ticks_are_answers(written: str, value: bool) -> None:
    """Ticks and crosses are yes and no; 无 to a yes-or-no is no."""
    assert read_cell(written, "truth", None, {}, NAME, "A1") == (value, None)


@pytest.mark.parametrize("written", ["", "-", "——", "…", "/", "N/A", "#N/A", "无", "未知"])
def test_nothing_is_unknown_and_never_zero(written: str) -> None:
    """The signs tables use for no figure."""
    assert isinstance(read_cell(written, "number", "%", {}, NAME, "A1")[0], Unknown)
    assert isinstance(read_cell(written, "text", None, {}, NAME, "A1")[0], Unknown)


def test_every_choice_is_read_by_its_id_and_both_labels(study: Study) -> None:
    """Also where a label has full-width brackets or commas, or reads 无."""
    for system in study.pack.systems.values():
        columns = [c for t in system.inputs() for c in t.fields.values() if c.type == "choice"]
        for column in columns:
            for word, label in column.choices.items():
                for written in (word, label.zh, label.en, f" {label.zh} "):
                    assert read_cell(written, "choice", None, column.choices, NAME, "A1") == (word, None), system.id


@given(st.decimals(min_value="0.0001", max_value="0.9999", places=4))
def test_a_bare_share_is_asked_and_a_signed_one_is_not(number: Decimal) -> None:
    """Below 1 without a sign nobody can tell 0.6 % from 60 %; beside a larger number, or with a sign, one can."""
    asked = share_or_percent(NAME, [(str(number), "B2")])
    assert asked is not None
    assert asked.where == "B2"
    assert share_or_percent(NAME, [(f"{number} %", "B2")]) is None
    assert share_or_percent(NAME, [(str(number), "B2"), ("58", "B3")]) is None
    assert share_or_percent(NAME, [("0", "B2"), ("1", "B3"), (None, "B4"), ("x", "B5")]) is None


def test_a_percent_sign_is_read_in_percent() -> None:
    """60 %, 60％ and 60 are one rate."""
    for written in ("60 %", "60％", "60", 60, Decimal(60)):
        assert read_cell(written, "number", "%", {}, NAME, "A1") == (Fraction(3, 5), None)


@pytest.mark.parametrize("written", ["1e-3000000", "-1E-401", "0." + "9" * 401, "1e61", "9" * 100_000])
def test_a_number_of_endless_digits_is_refused_at_once(written: str) -> None:
    """An exponent of a million would be written out for hours; what is shown of it is short."""
    value, problem = read_cell(written, "number", "公里", {}, NAME, "A1")
    assert isinstance(value, Unknown)
    assert problem is not None
    assert problem.code == "case-not-finite"
    assert len(problem.what.zh) < 120
    assert read_cell("5e-324", "number", None, {}, NAME, "A1")[1] is None


def test_a_time_of_day_in_a_zone_is_read_in_beijing() -> None:
    """An instant falls on the day it was there; without a zone the day stays as written."""
    days = {
        "2021-02-28T16:00:00Z": date(2021, 3, 1),
        "2021-02-28 15:59:59.999 UTC": date(2021, 2, 28),
        "2021-03-01T00:30+09:00": date(2021, 2, 28),
        "2021-03-01T00:30:00+0800": date(2021, 3, 1),
        "2021-02-28T12:00:00-05": date(2021, 3, 1),
        "2021-02-28T23:59:59": date(2021, 2, 28),
    }
    for written, day in days.items():
        assert read_cell(written, "date", None, {}, NAME, "A1") == (day, None), written
    assert read_cell("9999-12-31T23:00:00Z", "date", None, {}, NAME, "A1")[1] is not None
