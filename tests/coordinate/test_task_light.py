"""The light of a task on its days: month end, leap day, 调休, the office's midnight, pauses, silence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from task_samples import CALENDAR, DAY, FILE, OFFICE, PROOF, codes, do, drafted, light, running, world

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.clock import days_left, due_on, due_soon
from zhishu.coordinate.tasks import Item
from zhishu.terms import counted

NO_CALENDAR = Calendar(frozenset(), frozenset(), frozenset())
STOP: dict[str, Json] = {"ground": "等待国家批复", "files": [FILE]}


def fresh(on: date, **changed: Json) -> Item:
    """Return a running task with word on a day."""
    return do(running(**changed), ("progress", "jt", on, {"progress": "进展正常"}))


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        # four working days from Monday to Friday, three from Tuesday
        ("2019-03-29", date(2019, 3, 25), "open"),
        ("2019-03-29", date(2019, 3, 26), "near"),
        ("2019-03-29", date(2019, 3, 29), "near"),
        ("2019-03-29", date(2019, 3, 30), "overdue"),
        # month end, then the first of the next month
        ("2019-02-28", date(2019, 2, 28), "near"),
        ("2019-02-28", date(2019, 3, 1), "overdue"),
        # leap day
        ("2020-02-29", date(2020, 2, 29), "near"),
        ("2020-02-29", date(2020, 3, 1), "overdue"),
        # 调休: Saturday 12 October 2019 is worked; Tuesday 1 to Monday 7 October are free
        ("2019-10-08", date(2019, 9, 27), "near"),
        ("2019-10-08", date(2019, 9, 26), "open"),
        ("2019-10-14", date(2019, 10, 10), "near"),
        ("2019-10-14", date(2019, 10, 9), "open"),
    ],
)
def test_t27_the_light_turns_on_working_days(due: str, today: date, expected: str) -> None:
    """Near is three working days by the calendar of the year; the deadline itself is not late."""
    assert light(fresh(today - timedelta(1) if today > DAY else today, due=due, milestones=""), today) == expected


def test_t27_the_day_is_the_offices_own() -> None:
    """At 16:30 UTC it is past midnight at the office: the task is late there, whatever the day in UTC."""
    at = datetime(2019, 3, 29, 16, 30, tzinfo=UTC)
    item = fresh(date(2019, 3, 20))
    assert at.date() == date(2019, 3, 29)
    assert light(item, at.astimezone(OFFICE.rules.timezone).date()) == "overdue"
    before = datetime(2019, 3, 29, 15, 59, tzinfo=UTC)
    assert light(item, before.astimezone(OFFICE.rules.timezone).date()) == "near"


@pytest.mark.parametrize("days", [1, 2, 30, 400])
def test_t28_overdue_persists(days: int) -> None:
    """On every later day the light is red and says how late; fresh word changes nothing."""
    today = date(2019, 3, 29) + timedelta(days)
    standing = TASK.standing(fresh(date(2019, 3, 30)), world(today))
    assert standing is not None
    assert (standing.light, standing.colour) == ("overdue", "red")
    assert counted(days, "calendar day") + " late" in standing.reason.en
    assert standing.units == ("fg", "jt")


def test_start_and_deadline_on_one_day() -> None:
    """No division, no error: near on the day, late on the next."""
    item = drafted(due=str(DAY), milestones="")
    assert [light(item, DAY + timedelta(n)) for n in (0, 1)] == ["near", "overdue"]


def test_green_only_with_fresh_word() -> None:
    """Nothing recorded, a month of silence, urging without an answer: yellow."""
    assert light(drafted(), date(2019, 1, 8)) == "unrecorded"
    assert light(running(), DAY + timedelta(31)) == "open"
    assert light(running(), DAY + timedelta(32)) == "stale"
    urged = do(_handled_in_eleven(), ("urge", "dc", date(2019, 2, 8), {"reason": "无反馈"}))
    assert light(urged, date(2019, 2, 8)) == "stale"
    assert light(fresh(date(2019, 2, 8)), date(2019, 2, 8)) == "open"
    assert light(fresh(DAY, due=None, milestones=""), date(2019, 1, 8)) == "no_deadline"


def _handled_in_eleven() -> Item:
    steps = (("open", "dc"), ("plan", "dc"), ("check", "fh"), ("countersign", "fg"), ("assign", "dc"))
    item = drafted(template="supervision_11")
    return do(item, *((a, u, DAY, {}) for a, u in (*steps, ("sign", "jt"), ("handle", "jt"))))


def test_an_unknown_year_is_counted_in_calendar_days_and_said() -> None:
    """Where the holidays are not announced near is provisional."""
    item = fresh(date(2019, 3, 20))
    assert light(item, date(2019, 3, 25), NO_CALENDAR) == "open"
    standing = TASK.standing(item, world(date(2019, 3, 26), NO_CALENDAR))
    assert standing is not None
    assert standing.light == "near"
    assert "provisional" in standing.reason.en
    assert "暂计" in standing.reason.zh


def test_a_legal_pause_does_not_count() -> None:
    """The deadline moves by the days stopped, counted in calendar days; while stopped the light says so."""
    item = do(fresh(date(2019, 2, 27)), ("pause", "dc", date(2019, 3, 1), STOP))
    assert light(item, date(2019, 3, 10)) == "paused"
    assert codes(item, "pause", "dc", date(2019, 3, 2), STOP) == ["act-not-open"]
    item = do(item, ("resume", "dc", date(2019, 3, 11), {"reason": "已批复"}))
    assert due_on(item, date(2019, 3, 11)) == date(2019, 4, 8)
    assert item.due == date(2019, 3, 29)
    item = do(item, ("progress", "jt", date(2019, 4, 1), {"progress": "复工"}))
    assert [light(item, d) for d in (date(2019, 4, 1), date(2019, 4, 8), date(2019, 4, 9))] == [
        "open",
        "near",
        "overdue",
    ]


def test_a_pause_does_not_wash_lateness_away() -> None:
    """A task late by four days is late by four days when its clock starts again, and says so meanwhile."""
    item = do(running(), ("pause", "dc", date(2019, 4, 2), STOP))
    standing = TASK.standing(item, world(date(2019, 6, 1)))
    assert standing is not None
    assert "4 calendar days late" in standing.reason.en
    item = do(item, ("resume", "dc", date(2019, 6, 1), {"reason": "已批复"}))
    standing = TASK.standing(item, world(date(2019, 6, 1)))
    assert standing is not None
    assert "4 calendar days late" in standing.reason.en
    same_day = do(running(), ("pause", "dc", DAY, STOP), ("resume", "dc", DAY, {"reason": "误记"}))
    assert due_on(same_day, DAY) == date(2019, 3, 29)


@pytest.mark.parametrize(
    ("unit", "body", "expected"),
    [
        ("dc", {"ground": "等批复"}, ["task-no-document"]),
        ("dc", {"ground": "", "files": [FILE]}, ["task-blank"]),
        ("jt", STOP, ["task-not-your-part"]),
    ],
)
def test_what_a_pause_is_refused_for(unit: str, body: dict[str, Json], expected: list[str]) -> None:
    """No document, no ground, or by the unit itself."""
    assert codes(running(), "pause", unit, DAY, body) == expected


def test_closed_in_time_or_late() -> None:
    """The day of closing counts, not the day of looking; a running pause ends with it."""
    path = (("approve", "fh", {}), ("close", "dc", {}))
    for day, expected in ((date(2019, 3, 29), "done"), (date(2019, 3, 30), "done_late")):
        item = do(running(), ("report", "jt", day, PROOF), *((a, u, day, b) for a, u, b in path))
        assert light(item, date(2020, 1, 1)) == expected
    item = do(running(), ("pause", "dc", date(2019, 3, 20), STOP))
    day = date(2019, 4, 3)
    item = do(item, ("report", "jt", day, PROOF), *((a, u, day, b) for a, u, b in path))
    assert light(item, date(2020, 1, 1)) == "done"


def test_a_deadline_at_the_end_of_all_days() -> None:
    """Arithmetic on the last date does not fail."""
    item = do(running(due="9999-12-31", milestones=""), ("pause", "dc", DAY, STOP))
    assert due_on(item, date(2019, 3, 1)) == date.max
    assert CALENDAR.works(DAY)


@given(st.dates(date(2018, 1, 1), date(2026, 12, 1)), st.integers(0, 120), st.integers(0, 20))
def test_far_days_need_no_counting(today: date, ahead: int, limit: int) -> None:
    """What is due soon by the shortcut is what is due soon by counting every day."""
    due = today + timedelta(ahead)
    left = days_left(CALENDAR, today, due)
    assert due_soon(CALENDAR, today, due, limit) == (left if left[0] <= limit else None)


@pytest.mark.parametrize(
    ("item", "on", "until"),
    [
        (running(), DAY, date(2019, 2, 7)),  # 31 days after the last word it goes stale
        (fresh(date(2019, 2, 1)), date(2019, 2, 1), date(2019, 3, 1)),  # 28 days before its date somebody must count
        (running(due=None), DAY, date(2019, 2, 7)),
        (running(due="2019-01-20"), DAY, DAY),
        (running(), date(2019, 3, 1), date(2019, 3, 1)),  # stale: its words count the days
        (running(), date(2019, 5, 1), date(2019, 5, 1)),  # late
        (drafted(), DAY, date(2019, 3, 1)),
        (do(running(), ("pause", "dc", DAY, STOP)), DAY, DAY),
    ],
)  # fmt: skip
def test_how_long_a_light_holds(item: Item, on: date, until: date) -> None:
    now = world(on)
    assert TASK.holds(item, TASK.standing(item, now), now) == until


def test_what_is_closed_holds_for_good() -> None:
    item = do(running(), ("report", "jt", DAY, PROOF), ("approve", "fh", DAY, {}), ("close", "dc", DAY, {}))
    now = world(DAY)
    assert TASK.holds(item, TASK.standing(item, now), now) == date.max
