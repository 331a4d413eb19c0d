"""What holds for any acts whatever on cases and bodies: illegal ones change nothing, legal ones keep the promises."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from office_samples import UNITS, Desk, fact, world

from zhishu.coordinate.act import Field
from zhishu.coordinate.body.derived import attendance, overdue, rhythm
from zhishu.coordinate.cases import Case, effect
from zhishu.coordinate.due import COLOURS, LEVELS, Clock, clock_words, days_late, level, light
from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.body import BODY
from zhishu.coordinate.kinds.case import CASE
from zhishu.coordinate.pending import waiting
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.units import Unit
from zhishu.logic import Unknown

DAY = date(2019, 2, 1)
UNIT_IDS = [stream.partition("/")[2] for stream in UNITS]
RARE = ("end", "cancel_meeting", "change_secretary", "remove_member")
SEEDS = st.integers(0, 1_000_000)


def _value(field: Field, random: Random, today: date) -> Json:
    """Return what somebody might write into a field: mostly fitting, sometimes blank or strange."""
    if random.random() < 0.04:
        return ""
    match field.type:
        case "date":
            return (today + timedelta(random.choice((-3, 0, 0, 0, 2, 8, 9, 30)))).isoformat()
        case "whole":
            return random.choice((1, 1, 1, 1, 1, 2))
        case "choice":
            return random.choice([id for id, _ in field.choices] or [""])
        case "unit":
            return random.choice([*UNIT_IDS, "nobody"])
        case "units":
            return list(random.sample(random.choice((UNIT_IDS, UNIT_IDS[:2])), random.randint(0, 2)))
        case "files":
            return ["ab" * 32]
        case "region":
            return random.choice(("510000", "510100", "999999"))
        case _:
            return "26.10" if field.id == "cite" else "示例"


def worked(subject: Subject[Any], first: tuple[str, dict[str, Json]], seed: int) -> Desk:
    """Return a subject worked on at random; what is refused leaves it as it was, and even that folds without error.

    Mostly an act that stands open is tried, by a unit that it waits for, half of the time by the person before.
    """
    random = Random(seed)
    desk = Desk(subject, "1")
    desk.do(first[0], "z", "supervision", DAY, **first[1])
    seen = {a.id: a for a in subject.acts(desk.state, world(DAY))}
    today = DAY
    for _ in range(50):
        today += timedelta(random.choice((0, 0, 1, 1, 2, 5, 20)))
        there = world(today)
        stand = {a.id: a for a in subject.acts(desk.state, there)}
        seen |= stand
        act = random.choice([*(list(stand.values()) * 9 or []), *seen.values()]) if seen else None
        # an office is rarely ended, and meetings are rarely called off: else nothing would ever be reached
        if act is None or (act.id in RARE and random.random() < 0.9):
            continue
        named = sorted(subject.actors(desk.state, there).get(act.id, ()))
        unit = random.choice(named if named and random.random() < 0.8 else UNIT_IDS)
        by = random.choice(["a", "b", *([unit] * 4)])
        form = {f.id: _value(f, random, today) for f in act.fields}
        before, taken = desk.state, len(desk.facts)
        if desk.try_act(act.id, by, unit, today, **form):
            assert (desk.state, len(desk.facts)) == (before, taken)
            if all(f.type != "date" or form[f.id] for f in act.fields):
                subject.step(before, fact(f"{subject.id}/1", act.id, by, unit, today, **form))
        subject.record(desk.state, there)
    return desk


OPENED: tuple[str, dict[str, Json]] = (
    "open",
    {
        "title": "示例",
        "origin": "check",
        "region": "510100",
        "domain": "industry",
        "unit": "sdrc",
        "due": "2019-02-15",
    },
)
CREATED: tuple[str, dict[str, Json]] = (
    "create",
    {
        "name": "示例",
        "region": "510000",
        "domain": "region",
        "secretary": "supervision",
        "members": ["sdrc", "transport"],
        "rhythm": 1,
    },
)


@given(SEEDS)
@settings(max_examples=80, deadline=None)
def test_cases_keep_their_promises(seed: int) -> None:
    """Every closing follows an accepted answer; who answered judged nothing; decisions are whole and heard."""
    desk = worked(CASE, OPENED, seed)
    state = desk.state
    assert isinstance(state, Case)
    asked_to_close = [f for f in desk.facts if f.act == "close"]
    replayed = CASE.start("1")
    for taken in desk.facts:
        if taken.act == "close":
            assert replayed.accepted
            assert not replayed.closed
        if taken.act == "review":
            units, accounts = replayed.answerers()
            assert taken.unit not in units
            assert taken.by not in accounts
        if taken.act == "decide":
            assert replayed.answers or (replayed.due is not None and taken.on > replayed.due)
        replayed = CASE.step(replayed, taken)
    assert len(state.endings) == len(asked_to_close)
    for decision in state.decisions:
        assert decision.basis
        assert decision.notice < decision.objection_until < decision.expires
        assert decision.who.unit != decision.unit
        assert effect(decision, decision.objection_until) != "in_force" or decision.objection is not None


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_bodies_keep_their_promises(seed: int) -> None:
    """One responsible unit and a day for every action, decisions after the meeting, no report judged by its maker."""
    desk = worked(BODY, CREATED, seed)
    state, today = desk.state, desk.facts[-1].on
    there = world(today)
    for taken in desk.facts:
        if taken.act == "record_action":
            assert taken.text("unit")
            assert (taken.day("due") or date.min) >= taken.on
    for meeting in state.meetings:
        assert all(d.on >= meeting.day for d in meeting.decisions)
        came = attendance(state, meeting, there)
        assert not set(came.present) & set(came.absent)
        assert set(came.present) <= set(came.members)
    for action in state.actions:
        assert {e.by for e in action.escalations} == set()  # it has no body above
        for report in action.reports:
            assert report.accepted is None or report.ruled_by != report.by
    for meeting in state.meetings:
        assert not (meeting.cancelled and (meeting.decisions or meeting.present))
    assert {late.action.status for late in overdue(state, there)} <= {"open"}
    assert not isinstance(rhythm(state, there), Unknown)


@given(SEEDS, st.integers(0, 400))
@settings(max_examples=30, deadline=None)
def test_other_subjects_do_not_change_what_follows(seed: int, later: int) -> None:
    """A record is the same whatever else stands in the office; what waits is among what stands open."""
    desk = worked(CASE, OPENED, seed)
    today = DAY + timedelta(later)
    more = {"case/2": desk.state, "unit/new": Unit("new", since=DAY)}
    assert CASE.record(desk.state, world(today)) == CASE.record(desk.state, world(today, more))
    stand = set(CASE.acts(desk.state, world(today)))
    for stream in UNITS:
        assert set(waiting(CASE, desk.state, stream.partition("/")[2], world(today))) <= stand


DAYS = st.integers(0, 4200).map(lambda n: date(2018, 1, 1) + timedelta(n))


@given(DAYS, st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS), DAYS, st.integers(1, 60))
@settings(max_examples=200, deadline=None)
def test_t28_reminders_never_grow_quieter(
    due: date, answered: date | None, last: date | None, today: date, more: int
) -> None:
    """While an answer is owed a later day is never quieter, and once late a light stays late; also past the calendar."""
    clock = Clock(due, answered, last)
    now, then = world(today), world(today + timedelta(more))
    assert LEVELS.index(level(clock, now)) <= LEVELS.index(level(clock, then))
    if light(clock, now) == "overdue":
        assert light(clock, then) == "overdue"
    assert light(clock, now) in clock_words(now).keys() & COLOURS.keys()
    late = days_late(clock, now)
    assert isinstance(late, Unknown) or (late > 0) == (light(clock, now) == "overdue")
    assert light(replace(clock, ended=True), now) in ("done", "done_late")
