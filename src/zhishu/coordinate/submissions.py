"""A submission as it stands: one unit's figures of one profile and period, with every version handed in."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhishu.coordinate.levels import levels, units_above
from zhishu.coordinate.periods import PERIOD, PROFILE, UNIT, Period, make_period_id
from zhishu.coordinate.withdrawing import Withdrawn
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown
from zhishu.terms import Text

Stage = Literal["none", "draft", "submitted", "returned", "locked"]


@dataclass(frozen=True, slots=True)
class Approval:
    """One level's approval: the unit, the account that gave it, and the day."""

    unit: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Version:
    """What was handed in: ``content`` and ``files`` are SHA-256, ``published`` is the day of its vintage."""

    number: int
    content: str
    files: tuple[str, ...]
    rows: int
    note: str
    published: date
    reason: str
    by: str
    on: date
    submitted: date | None = None
    returned: str = ""
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission; ``reporters`` are all accounts that ever uploaded or submitted, none of them may review."""

    id: str
    profile: str = ""
    period: str = ""
    unit: str = ""
    stage: Stage = "none"
    versions: tuple[Version, ...] = ()
    reporters: frozenset[str] = frozenset()
    returns: int = 0
    cancelled: tuple[Withdrawn, ...] = ()

    @property
    def current(self) -> Version | None:
        """The version in hand: the newest one."""
        return self.versions[-1] if self.versions else None

    @property
    def first_submitted(self) -> date | None:
        """The day figures were first submitted."""
        return next((v.submitted for v in self.versions if v.submitted), None)


def make_id(profile: str, period: str, unit: str) -> str:
    """Return the id of a submission. Raises ZhishuError (``submission-id``, ``period-id``).

    >>> make_id("monthly_progress", "2019-03", "jtt")
    'monthly_progress.2019-03.jtt'
    """
    if UNIT.fullmatch(unit) is None:
        raise ZhishuError([bad_id(f"{profile}.{period}.{unit}")])
    return f"{make_period_id(profile, period)}.{unit}"


def parse_id(id: str) -> tuple[str, str, str]:
    """Return profile, period and unit of an id. Raises ZhishuError (``submission-id``).

    >>> parse_id("monthly_progress.2019-03.jtt")
    ('monthly_progress', '2019-03', 'jtt')
    """
    profile, _, rest = id.partition(".")
    period, _, unit = rest.partition(".")
    if not (PROFILE.fullmatch(profile) and PERIOD.fullmatch(period) and UNIT.fullmatch(unit)):
        raise ZhishuError([bad_id(id)])
    return profile, period, unit


def bad_id(id: str) -> Problem:
    """Return the problem of an id that names no submission."""
    return Problem(
        "submission-id",
        "id",
        Text(f"报送编号不合写法：{id[:80]}", f"not the id of a submission: {id[:80]}"),
        Text(
            "写作 表样.期次.单位，单位编号只用字母、数字、汉字、下划线和短横",
            "write profile.period.unit, the unit in letters, digits, _ and - only",
        ),
    )


def waits_for(state: Submission, world: World) -> str:
    """Return the unit a submission waits for: the reporting unit, or the next level; blank where it waits for none.

    A version that reached the top of its day stays approved, whatever unit is set above it later.
    """
    version = state.current
    if version is None or state.stage in ("none", "draft", "returned"):
        return state.unit
    if state.stage == "locked":
        return ""
    line = units_above(state.unit, world)
    if version.approvals:
        last = version.approvals[-1]
        if levels(state.unit, world, last.on)[-1:] == (last.unit,):
            return ""
        line = line[next((i for i, u in enumerate(line, 1) if u.id == last.unit), 0) :]
    return next((u.id for u in line if u.exists(world.today)), "")


def takes_back(state: Submission, world: World) -> str:
    """Return the unit that may take back the highest approval: who gave it, or the next above where it has ended."""
    version = state.current
    if version is None or not version.approvals:
        return ""
    last = version.approvals[-1].unit
    line = [u for u in units_above(state.unit, world) if u.id == last or u.exists(world.today)]
    ids = [u.id for u in line]
    rest = line[ids.index(last) :] if last in ids else line
    return next((u.id for u in rest if u.exists(world.today)), "")


def approved(state: Submission, world: World) -> bool:
    """Return whether every level has approved the version in hand."""
    version = state.current
    if version is None or not version.approvals or state.stage not in ("submitted", "locked"):
        return False
    return state.stage == "locked" or waits_for(state, world) == ""


def standing(state: Submission, world: World) -> Version | None:
    """Return the version that counts: the newest approved through every level; a revision under way is not it yet."""
    if approved(state, world):
        return state.current
    before = [v for v in state.versions[:-1] if v.approvals and not v.returned]
    return before[-1] if before else None


def late(state: Submission, world: World) -> int | Unknown | None:
    """Return how many working days the first submission came after the due day, counting on to today where none came.

    0 where it is in time; None where the period was never opened; unknown for a year without a calendar.
    """
    period = world.of(f"period/{state.profile}.{state.period}")
    if not isinstance(period, Period) or period.due is None:
        return None
    day = state.first_submitted or world.today
    return 0 if day <= period.due else world.calendar.between(period.due, day)


def read_submission(id: str) -> Submission:
    """Return the submission of an id before anything happened; one of a broken id belongs to no unit."""
    try:
        profile, period, unit = parse_id(id)
    except ZhishuError:
        return Submission(id)
    return Submission(id, profile, period, unit)
