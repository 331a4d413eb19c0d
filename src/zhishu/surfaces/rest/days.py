"""The day a request asks about: as it is written, or else today."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Query

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

On = Annotated[str | None, Query(description="as of this date, 2020-12-31")]


def asked_day(on: str | None, today: Callable[[], date]) -> date:
    """Return the day of a query. Raises ZhishuError ``date-unreadable``."""
    if on is None:
        return today()
    try:
        return date.fromisoformat(on)
    except ValueError:
        what = Text(f"日期读不出：{on[:40]}", f"not a date: {on[:40]}")
        repair = Text("写作 2020-12-31", "write 2020-12-31")
        raise ZhishuError([Problem("date-unreadable", "on", what, repair)]) from None
