"""What holds for any acts whatever on cases and bodies: illegal ones change nothing, legal ones keep the promises."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from office_samples import UNITS, Desk, fact, world

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
WHO = st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["sdrc", "transport", "supervision", "old"]))
LATER = st.integers(0, 60).map(lambda n: (DAY + timedelta(n)).isoformat())
SOME_UNIT = st.sampled_from(["sdrc", "transport", "finance", "old", "nobody", ""])
SOME_UNITS = st.lists(st.sampled_from(["sdrc", "transport", "finance", "old"]), max_size=3, unique=True)
WORD = st.sampled_from(["", "示例"])


def _acts(forms: Mapping[str, Mapping[str, st.SearchStrategy[Any]]]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Return lists of acts with who acted, how many days after the last one, and the body of the form."""
    one = st.sampled_from(sorted(forms)).flatmap(
        lambda act: st.tuples(st.just(act), WHO, st.integers(0, 12), st.fixed_dictionaries(dict(forms[act])))
    )
    return st.lists(one, max_size=25)


CASE_ACTS = _acts(
    {
        "assign": {"unit": SOME_UNIT, "reason": WORD},
        "answer": {"text": WORD, "files": st.just(["ab"])},
        "review": {"verdict": st.sampled_from(["accept", "return"]), "reason": WORD},
        "close": {"how": WORD},
        "reopen": {"reason": WORD, "due": LATER},
        "decide": {
            "basis": WORD,
            "outcome": st.just("通报"),
            "notice": LATER,
            "objection_until": LATER,
            "expires": LATER,
            "repair": st.just("整改"),
        },
        "object": {"text": WORD},
        "decide_objection": {"result": st.sampled_from(["upheld", "withdrawn"]), "reason": WORD},
    }
)
NUMBER = st.integers(0, 3)
BODY_ACTS = _acts(
    {
        "add_member": {"unit": SOME_UNIT, "from": LATER, "reason": WORD},
        "remove_member": {"unit": SOME_UNIT, "until": LATER, "reason": WORD},
        "change_secretary": {"unit": SOME_UNIT, "reason": WORD},
        "meet": {"date": LATER, "agenda": WORD, "present": SOME_UNITS},
        "attend": {"meeting": NUMBER, "present": SOME_UNITS},
        "record_decision": {"meeting": NUMBER, "text": WORD},
        "record_action": {
            "meeting": NUMBER,
            "decision": NUMBER,
            "what": WORD,
            "unit": SOME_UNIT,
            "due": LATER,
            "co_units": SOME_UNITS,
        },
        "report_action": {"action": NUMBER, "text": WORD, "files": st.just(["ab"])},
        "accept_action": {"action": NUMBER},
        "return_action": {"action": NUMBER, "reason": WORD},
        "escalate": {"action": NUMBER, "to": st.just(""), "reason": WORD},
        "end": {"until": LATER, "reason": WORD},
    }
)


def worked(subject: Subject[Any], first: tuple[str, dict[str, Json]], acts: list[tuple[Any, ...]]) -> Desk:
    """Return a subject worked on; what is refused must leave it as it was, and even that folds without error."""
    desk = Desk(subject, "1")
    desk.do(first[0], "z", "supervision", DAY, **first[1])
    today = DAY
    for act, (by, unit), step, form in acts:
        today += timedelta(step)
        before, taken = desk.state, len(desk.facts)
        refused = desk.try_act(act, by, unit, today, **form)
        if refused:
            assert (desk.state, len(desk.facts)) == (before, taken)
            subject.step(before, fact(f"{subject.id}/1", act, by, unit, today, **form))
        subject.record(desk.state, world(today))
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


@given(CASE_ACTS)
@settings(max_examples=150, deadline=None)
def test_cases_keep_their_promises(acts: list[tuple[Any, ...]]) -> None:
    """Every closing follows an accepted answer; who answered judged nothing; decisions are whole and heard."""
    desk = worked(CASE, OPENED, acts)
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


@given(BODY_ACTS)
@settings(max_examples=150, deadline=None)
def test_bodies_keep_their_promises(acts: list[tuple[Any, ...]]) -> None:
    """One responsible unit and a day for every action, decisions after the meeting, no report judged by its maker."""
    desk = worked(BODY, CREATED, acts)
    state, today = desk.state, max(f.on for f in desk.facts)
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
    assert {late.action.status for late in overdue(state, there)} <= {"open"}
    assert not isinstance(rhythm(state, there), Unknown)


@given(CASE_ACTS, st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_other_subjects_do_not_change_what_follows(acts: list[tuple[Any, ...]], later: int) -> None:
    """A record is the same whatever else stands in the office; what waits is among what stands open."""
    desk = worked(CASE, OPENED, acts)
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
