"""The working-day calendar: weekends, public holidays and the weekend days worked in their place (调休).

Every year's arrangement is announced by a notice of the State Council's General Office; a year without one
in the table is unknown, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhishu.logic import Unknown

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that depart from Monday to Friday: ``off`` are free weekdays, ``worked`` are worked weekend days."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    def works(self, day: date) -> bool | Unknown:
        """Return whether a day is worked; unknown for a year that is not in the table.

        >>> calendar = Calendar(frozenset({2019}), frozenset({date(2019, 10, 1)}), frozenset({date(2019, 10, 12)}))
        >>> calendar.works(date(2019, 10, 1)), calendar.works(date(2019, 10, 12)), calendar.works(date(2019, 10, 13))
        (False, True, False)
        """
        if day.year not in self.years:
            return Unknown("no_calendar", str(day.year))
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def between(self, first: date, last: date) -> int | Unknown:
        """Return how many days are worked after ``first`` up to and with ``last``; negative where last lies before.

        >>> calendar = Calendar(frozenset({2019}), frozenset(), frozenset())
        >>> calendar.between(date(2019, 3, 1), date(2019, 3, 4)), calendar.between(date(2019, 3, 4), date(2019, 3, 1))
        (1, -1)
        """
        if last < first:
            back = self.between(last, first)
            return back if isinstance(back, Unknown) else -back
        count = 0
        for step in range(1, (last - first).days + 1):
            works = self.works(first + timedelta(step))
            if isinstance(works, Unknown):
                return works
            count += works
        return count

    def after(self, day: date, days: int) -> date | Unknown:
        """Return the day that lies a number of worked days (not negative) after a day.

        >>> calendar = Calendar(frozenset({2019}), frozenset(), frozenset())
        >>> calendar.after(date(2019, 3, 1), 1), calendar.after(date(2019, 3, 1), 0)
        (datetime.date(2019, 3, 4), datetime.date(2019, 3, 1))
        """
        left = days
        while left > 0:
            day += timedelta(1)
            works = self.works(day)
            if isinstance(works, Unknown):
                return works
            left -= works
        return day


def calendar_from_rows(rows: Mapping[date, bool]) -> Calendar:
    """Return the calendar of a table of days that depart from Monday to Friday: worked or not."""
    return Calendar(
        frozenset(day.year for day in rows),
        frozenset(day for day, worked in rows.items() if not worked),
        frozenset(day for day, worked in rows.items() if worked),
    )
