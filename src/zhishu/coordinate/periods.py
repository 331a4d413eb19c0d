"""A reporting period as it stands: what is asked, of whom, by when, and whether it takes submissions."""

import re
from dataclasses import dataclass
from datetime import date

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

PROFILE = re.compile(r"[a-z][a-z0-9_-]{0,63}")
PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]|q[1-4]|h[12]))?")
UNIT = re.compile(r"[\w-]{1,64}")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a profile: ``units`` must report by ``due`` (that day included) while it is open."""

    id: str
    profile: str = ""
    period: str = ""
    opened: date | None = None
    due: date | None = None
    units: tuple[str, ...] = ()
    open: bool = False
    reasons: tuple[str, ...] = ()


def make_period_id(profile: str, period: str) -> str:
    """Return the id of a period; periods are a year, a month, a quarter or a half year.

    Raises ZhishuError (``period-id``).

    >>> make_period_id("monthly_progress", "2019-03")
    'monthly_progress.2019-03'
    """
    if PROFILE.fullmatch(profile) is None or PERIOD.fullmatch(period) is None:
        raise ZhishuError([bad_period_id(f"{profile}.{period}")])
    return f"{profile}.{period}"


def parse_period_id(id: str) -> tuple[str, str]:
    """Return profile and period of an id. Raises ZhishuError (``period-id``).

    >>> parse_period_id("monthly_progress.2019-q1")
    ('monthly_progress', '2019-q1')
    """
    profile, dot, period = id.partition(".")
    if not dot:
        raise ZhishuError([bad_period_id(id)])
    make_period_id(profile, period)
    return profile, period


def bad_period_id(id: str) -> Problem:
    """Return the problem of an id that names no period."""
    return Problem(
        "period-id",
        "id",
        Text(f"期次编号不合写法：{id[:80]}", f"not the id of a period: {id[:80]}"),
        Text("写作 表样.期次，例如 monthly_progress.2019-03", "write profile.period, such as monthly_progress.2019-03"),
    )
