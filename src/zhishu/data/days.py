"""A day as offices write it."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

HOURS_EAST = 8
"""The days of a document are those of Beijing time: an instant that names its zone falls on the day it was there."""
# 2019年4月28日, 2019/4/28, 2019.4.28, 2019-4-28 and 20190428 are one day; what follows a day is its time of day
_DAY = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?(?:[ t][0-9]{1,2}:.*)?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_ZONED = re.compile(r".*[ t]([0-9]{1,2}):([0-9]{2})(?::[0-9.]+)? ?(?:z|utc|gmt|([+-])([0-9]{2}):?([0-9]{2})?)")


def read_day(text: str) -> date | None:
    """Return the day a text names, or None; a time of day that names its zone is read in Beijing time.

    >>> read_day("２０１９年4月28日"), read_day("2019-02-30"), read_day("2021-02-28T16:00:00Z")
    (datetime.date(2019, 4, 28), None, datetime.date(2021, 3, 1))
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    found = _DAY.fullmatch(plain)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    zoned = _ZONED.fullmatch(plain)
    try:
        return date(year, month, day) if zoned is None else _in_beijing(date(year, month, day), zoned)
    except (ValueError, OverflowError):
        return None


def _in_beijing(day: date, zoned: re.Match[str]) -> date:
    hour, minute, sign, hours, minutes = zoned.groups()
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    east = -ahead if sign == "-" else ahead
    there = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=UTC)
    return (there - east + timedelta(hours=HOURS_EAST)).date()
