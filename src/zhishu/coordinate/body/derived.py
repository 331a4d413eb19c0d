"""What follows from the record of a standing body: attendance, rhythm, what is open and what is late."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhishu.coordinate.bodies import Action, Body, Meeting
from zhishu.coordinate.due import days_late
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came to a meeting of those who belong to the body, whether they were enough, and why.

    ``gone`` are members that had ended as units by then: they are not counted as absent.
    """

    members: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    gone: tuple[str, ...]
    quorate: bool | Unknown
    say: Text


def attendance(body: Body, meeting: Meeting, world: World) -> Attendance:
    """Return the attendance of a meeting; unknown where it is not recorded or the body asks for no number."""
    every = body.members_on(meeting.day)
    gone = tuple(u for u in every if not _exists(u, meeting.day, world))
    members = tuple(u for u in every if u not in gone)
    if meeting.present is None:
        why = Unknown("no_entry")
        say = Text(
            f"成员 {len(members)} 个；到会没有登记", f"{counted(len(members), 'member')}; who came is not recorded"
        )
        return Attendance(members, (), (), gone, why, say)
    present = tuple(u for u in members if u in meeting.present)
    absent = tuple(u for u in members if u not in meeting.present)
    quorate = Unknown("not_set") if body.quorum is None else len(present) >= body.quorum
    rule = (
        Text("，没有规定最少到会数", ", no quorum is set")
        if body.quorum is None
        else Text(f"，最少须 {body.quorum} 个", f", at least {body.quorum} are needed")
    )
    say = Text(
        f"成员 {len(members)} 个，到会 {len(present)} 个{rule.zh}",
        f"{len(present)} of {counted(len(members), 'member')} came{rule.en}",
    )
    return Attendance(members, present, absent, gone, quorate, say)


@dataclass(frozen=True, slots=True)
class Late:
    """An action past its date: by how many worked days (unknown where a year has no calendar), and why."""

    action: Action
    days: int | Unknown
    say: Text


def overdue(body: Body, world: World) -> tuple[Late, ...]:
    """Return the actions whose date has passed without a report that stands, in their order."""
    found = []
    for action in body.actions:
        days = days_late(action.clock(), world)
        if action.status == "open" and action.due is not None and days != 0:
            by = days.say() if isinstance(days, Unknown) else Text(f"{days} 个工作日", counted(days, "working day"))
            say = Text(
                f"时限 {action.due}，至 {world.today} 没有反馈；逾期 {by.zh}",
                f"due {action.due}, no report by {world.today}; late: {by.en}",
            )
            returned = action.report
            if returned is not None:
                say = Text(f"{say.zh}；{returned.ruled_on} 退回", f"{say.en}; returned on {returned.ruled_on}")
            found.append(Late(action, days, say))
    return tuple(found)


def open_by_unit(body: Body) -> Mapping[str, int]:
    """Return how many actions each unit still owes a report on, by unit."""
    owed = [a.unit for a in body.actions if a.status == "open"]
    return {unit: owed.count(unit) for unit in sorted(set(owed))}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a body met against what it declared: the spans that are over, those without a meeting, and why.

    ``unsure`` are spans with a meeting of which nobody recorded whether it took place.
    """

    spans: int
    missed: tuple[tuple[date, date], ...]
    unsure: tuple[tuple[date, date], ...]
    say: Text


def rhythm(body: Body, world: World) -> Rhythm | Unknown:
    """Return the meetings held against the declared rhythm: one in every span of so many months since the start.

    Only spans that are over count. Unknown where no rhythm is declared (``not_set``).
    """
    if body.rhythm is None or body.since is None:
        return Unknown("not_set")
    last = min(world.today, body.until or world.today)
    due = [m for m in body.meetings if m.due_by(world.today)]
    missed: list[tuple[date, date]] = []
    unsure: list[tuple[date, date]] = []
    spans = 0
    first = body.since
    while (until := months_after(body.since, (spans + 1) * body.rhythm) - timedelta(1)) < last:
        spans += 1
        within = [m for m in due if first <= m.day <= until]
        if not within:
            missed.append((first, until))
        elif not any(m.settled for m in within):
            unsure.append((first, until))
        first = until + timedelta(1)
    say = Text(
        f"每 {body.rhythm} 个月一次：已满 {spans} 期，{len(missed)} 期没有开会，{len(unsure)} 期未登记是否开过",
        f"once in {counted(body.rhythm, 'month')}: {counted(spans, 'span')} completed, {len(missed)} without a meeting, {len(unsure)} without word whether one was held",
    )
    return Rhythm(spans, tuple(missed), tuple(unsure), say)


def months_after(day: date, months: int) -> date:
    """Return the day some months later, or the last of that month where it is shorter.

    >>> months_after(date(2019, 1, 31), 1)
    datetime.date(2019, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def escalated_to(id: str, world: World) -> tuple[tuple[str, Action], ...]:
    """Return the unfinished actions of other bodies that were told to a body: the other's id, and the action."""
    found = []
    for stream in world.streams("body"):
        other = world.of(stream)
        if isinstance(other, Body):
            told = (a for a in other.actions if a.status != "accepted" and id in {e.to for e in a.escalations})
            found += [(other.id, a) for a in told]
    return tuple(found)


def _exists(unit: str, day: date, world: World) -> bool:
    found = world.of(f"unit/{unit}")
    return isinstance(found, Unit) and found.exists(day)
