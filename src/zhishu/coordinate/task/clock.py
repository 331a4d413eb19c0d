"""The clock of a task: the deadline in force, the days it was legally stopped, and working days left."""

from collections.abc import Iterable
from datetime import date, timedelta

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.tasks import Change, Item, Pause
from zhishu.logic import Unknown

_LONGEST_REST = 21


def agreed(item: Item) -> Change | None:
    """Return the last change of the deadline that a decider agreed to."""
    return next((c for c in reversed(item.changes) if c.verdict and c.verdict.yes), None)


def running_pause(item: Item) -> Pause | None:
    """Return the pause that runs, if one does."""
    return item.pauses[-1] if item.pauses and item.pauses[-1].ended is None else None


def stopped_days(pauses: Iterable[Pause], since: date, until: date) -> int:
    """Return the calendar days on which the clock stood still after ``since``, up to ``until``.

    A pause counts from the day it began to the day before it ended, so one that ends on its first day counts
    nothing.
    """
    spans = ((max(p.began.on, since), min(p.ended.on if p.ended else until, until)) for p in pauses)
    return sum(max(0, (last - first).days) for first, last in spans)


def due_on(item: Item, on: date) -> date | None:
    """Return the deadline in force on a day: as drafted or as last agreed, and the days the clock stood still.

    Days lost to a pause are calendar days, as deadlines are dates of the calendar. Pauses before the deadline
    was last agreed are in it already.
    """
    change = agreed(item)
    due = change.due if change else item.due
    if due is None or item.drafted is None:
        return None
    since = change.verdict.said.on if change and change.verdict else item.drafted.on
    return later(due, stopped_days(item.pauses, since, on))


def later(day: date, days: int) -> date:
    """Return the day some days later, the last day of the calendar where there is none so late."""
    return day + timedelta(min(days, (date.max - day).days))


def days_left(calendar: Calendar, today: date, due: date) -> tuple[int, bool]:
    """Return the working days from today to a deadline, and whether the calendar knows them.

    Where the holidays of a year are not announced the days are calendar days: provisional.

    >>> calendar = Calendar(frozenset({2019}), frozenset(), frozenset())
    >>> days_left(calendar, date(2019, 3, 1), date(2019, 3, 4)), days_left(calendar, date(2020, 5, 1), date(2020, 5, 4))
    ((1, True), (3, False))
    """
    found = calendar.between(today, due)
    return ((due - today).days, False) if isinstance(found, Unknown) else (found, True)


def days_far(today: date, due: date, limit: int) -> int:
    """Return for how many days, today among them, a deadline surely lies more than a limit of working days ahead.

    None or less: it may be nearer. No run of free days is longer than three weeks.
    """
    return (due - today).days - 2 * limit - _LONGEST_REST


def due_soon(calendar: Calendar, today: date, due: date, limit: int) -> tuple[int, bool] | None:
    """Return the days left, as ``days_left`` does, where they are no more than a limit; None where there are more.

    Days far off are not counted one by one.
    """
    if days_far(today, due, limit) > 0:
        return None
    left, known = days_left(calendar, today, due)
    return (left, known) if left <= limit else None


def waiting_ends(calendar: Calendar, begin: date, days: int) -> tuple[date, bool]:
    """Return the last day of a waiting time in working days, and whether the calendar knows it.

    Where it does not, the time is counted long (twice the days and a week), for no unknown holiday may
    shorten the time of the one who bears the outcome.

    >>> calendar = Calendar(frozenset({2019}), frozenset(), frozenset())
    >>> waiting_ends(calendar, date(2019, 3, 1), 5)
    (datetime.date(2019, 3, 8), True)
    """
    found = calendar.after(begin, days)
    return (later(begin, 2 * days + 7), False) if isinstance(found, Unknown) else (found, True)
