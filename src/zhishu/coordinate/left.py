"""How far off a deadline is, in the words of a desk: working days, as the holidays were announced."""

from datetime import date

from zhishu.coordinate.calendar import Calendar
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


def left(calendar: Calendar, today: date, due: date) -> Text:
    """Return how far a deadline is ahead or behind; calendar days, and said so, where holidays are not announced.

    >>> calendar = Calendar(frozenset({2019}), frozenset(), frozenset())
    >>> left(calendar, date(2019, 3, 1), date(2019, 3, 5)).en, left(calendar, date(2019, 3, 5), date(2019, 3, 1)).en
    ('2 working days left', '2 working days late')
    >>> left(calendar, date(2020, 5, 1), date(2020, 5, 4)).en, left(calendar, date(2019, 3, 2), date(2019, 3, 2)).zh
    ('3 calendar days left', '今天到期')
    """
    if due == today:
        return Text("今天到期", "due today")
    found = calendar.between(today, due)
    days = (due - today).days if isinstance(found, Unknown) else found
    kind = ("个日历日", "calendar day") if isinstance(found, Unknown) else ("个工作日", "working day")
    if due < today:
        # a deadline passed over a holiday is passed all the same
        late = max(1, -days)
        return Text(f"逾期 {late} {kind[0]}", f"{counted(late, kind[1])} late")
    return Text(f"剩 {days} {kind[0]}", f"{counted(days, kind[1])} left")
