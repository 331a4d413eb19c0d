"""A day as offices write it."""

import re
import unicodedata
from datetime import date

# 2019年4月28日, 2019/4/28, 2019.4.28, 2019-4-28 and 20190428 are one day; what follows a day is its time of day
_DAY = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?(?:[ t][0-9]{1,2}:.*)?|([0-9]{4})([0-9]{2})([0-9]{2})"
)


def read_day(text: str) -> date | None:
    """Return the day a text names, or None.

    >>> read_day("２０１９年4月28日"), read_day("2019-02-30")
    (datetime.date(2019, 4, 28), None)
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
