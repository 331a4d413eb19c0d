"""The pack's working days against the package chinese-calendar, day by day."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from zhishu.coordinate.calendar import calendar_from_rows
from zhishu.pack.load_office import read_office
from zhishu.study import PACKS

CALENDAR = calendar_from_rows(read_office(PACKS / "sichuan2018").workdays)


@pytest.mark.parametrize("year", range(2018, 2027))
def test_t27_working_days_of_a_year(year: int) -> None:
    """Every day of 2018 to 2026 is worked or free as the package says, 调休 included."""
    days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert [d for d in days if CALENDAR.works(d) is not chinese_calendar.is_workday(d)] == []


def test_no_other_year_is_guessed() -> None:
    """A year outside the table is unknown."""
    assert CALENDAR.years == frozenset(range(2018, 2027))
