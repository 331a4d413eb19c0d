"""Periods as tables state them: a year, a month, or months of one year; what is open is asked, not chosen."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from zhishu.data.intake_cells import FIRST_YEAR, LAST_YEAR
from zhishu.pack.profile import PeriodKind, ProfileColumn

_DASHES = str.maketrans(dict.fromkeys("—–−－~～〜至到", "-"))
_YEAR = r"(?P<y>(?:19|20|21)[0-9]{2})"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# the longest first: 2018年1-6月 is not 2018年1, nor is 2018年6月 the year 2018
_PATTERNS = (
    _YEAR + r"(?:年|\.|-|/)(?P<a>1[0-2]|0?[1-9])月?(?:-|\.\.)(?P<b>1[0-2]|0?[1-9])月?份?",
    _YEAR + r"年?(?P<half>上半年|下半年)",
    _YEAR + r"年?前(?P<upto>[一二三四1-4])个?季度",
    _YEAR + r"年?第?(?P<q>[一二三四1-4])季度?",
    _YEAR + r"年?-?[qQ](?P<qe>[1-4])",
    _YEAR + r"年(?P<m>1[0-2]|0?[1-9])月份?",
    _YEAR + r"[-/](?P<n>1[0-2]|0?[1-9])(?:[-/][0-9]{1,2})?",
    _YEAR + r"(?P<t>0[1-9]|1[0-2])",
    _YEAR + r"(?:年度?|全年)?",
)
_WHOLE = tuple(re.compile(p) for p in _PATTERNS)
_DOTTED = re.compile(_YEAR + r"\.(?P<d>1[0-2]|0?[1-9])")
# in a sentence a bare number is a year only where 年 says so, or nothing else is there
_INSIDE = tuple(re.compile(r"(?<![0-9.])" + p + r"(?![0-9.])") for p in (*_PATTERNS[:6], _YEAR + r"年"))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months ``first`` to ``last`` of one year; its id is ``2018``, ``2018-06`` or ``2018-01..06``."""

    year: int
    first: int = 1
    last: int = 12

    @property
    def id(self) -> str:
        """Return the id under which figures of the period are held."""
        if (self.first, self.last) == (1, 12):
            return f"{self.year}"
        start = f"{self.year}-{self.first:02}"
        return start if self.first == self.last else f"{start}..{self.last:02}"

    @property
    def kind(self) -> PeriodKind:
        """Return whether it is a year, a month or a range of months."""
        if (self.first, self.last) == (1, 12):
            return "year"
        return "month" if self.first == self.last else "range"

    @property
    def begin(self) -> date:
        """Return its first day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """Return its last day."""
        return date(self.year, self.last, monthrange(self.year, self.last)[1])

    @property
    def words(self) -> str:
        """Return it as a title says it."""
        if self.kind == "year":
            return f"{self.year}年"
        months = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.year}年{months}月"


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """What a text says of a period: one reading, other readings, and whether the choice is open."""

    period: Period
    others: tuple[str, ...] = ()
    guessed: bool = False
    ask: bool = False


def read_period(text: str, number: bool = False) -> PeriodRead | None:
    """Return the period a cell states, or None; ``number`` says that the cell holds a number, not text.

    2018.6 is read as June; as a number 2018.1 may be January or October, so it is asked.

    >>> read_period("2018年1—6月").period.id, read_period("２０１８年").period.id
    ('2018-01..06', '2018')
    >>> read_period("2018.6", number=True).period.id, read_period("2018.1", number=True).ask, read_period("2018.60")
    ('2018-06', True, None)
    """
    plain = _plain(text)
    if (dotted := _DOTTED.fullmatch(plain)) is not None and _in_range(int(dotted["y"])):
        year, month = int(dotted["y"]), int(dotted["d"])
        if dotted["d"] == "1":
            return PeriodRead(Period(year, 1, 1), (f"{year}-10",), True, number)
        return PeriodRead(Period(year, month, month), (), True)
    for pattern in _WHOLE:
        found = pattern.fullmatch(plain)
        if found is not None and _in_range(int(found["y"])):
            period = _period(found)
            if period is not None:
                return PeriodRead(period, guessed=(period.id != text and period.words != text.strip()))
    return None


def find_period(sentence: str) -> PeriodRead | None:
    """Return the one period a title states, or None; two different ones are asked.

    >>> find_period("2018年1-6月各市（州）一般公共预算收入").period.id
    '2018-01..06'
    """
    plain = _plain(sentence)
    if (whole := read_period(plain)) is not None:
        return whole
    found: list[Period] = []
    for pattern in _INSIDE:
        for hit in pattern.finditer(plain):
            period = _period(hit) if _in_range(int(hit["y"])) else None
            if period is not None and period not in found:
                found.append(period)
        if found:
            break
    if not found:
        return None
    return PeriodRead(found[0], tuple(p.id for p in found[1:]), True, len(found) > 1)


def from_id(text: str) -> Period | None:
    """Return the period of an id, or None.

    >>> from_id("2018-01..06").last
    6
    """
    found = read_period(text)
    return found.period if found is not None and found.period.id == text else None


def of_column(base: Period, column: ProfileColumn) -> Period | None:
    """Return the period of a column, from the one its table states; None where that names no month."""
    year = base.year - column.back
    if column.period == "year":
        return Period(year)
    if column.period == "given":
        return Period(year, base.first, base.last)
    if base.kind == "year" and column.period == "month":
        return None
    return Period(year, base.last, base.last) if column.period == "month" else Period(year, 1, base.last)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def _in_range(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _period(found: re.Match[str]) -> Period | None:
    part = {k: v for k, v in found.groupdict().items() if v is not None}
    year = int(part["y"])
    if "a" in part:
        first, last = int(part["a"]), int(part["b"])
        return Period(year, first, last) if first <= last else None
    if "half" in part:
        return Period(year, 1, 6) if part["half"] == "上半年" else Period(year, 7, 12)
    if "upto" in part:
        return Period(year, 1, 3 * _QUARTERS[part["upto"]])
    if (quarter := part.get("q") or part.get("qe")) is not None:
        last = 3 * _QUARTERS[quarter]
        return Period(year, last - 2, last)
    month = part.get("m") or part.get("n") or part.get("t")
    return Period(year, int(month), int(month)) if month is not None else Period(year)
