"""A draft is taken back by who made it, with a reason: it is open no more, and everything that was recorded stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from forms_samples import PERIOD_STREAM, STREAM, Office, sha
from task_samples import DAY, PROOF, codes, do, drafted, light, running, world

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.kinds.release import RELEASE, release_state
from zhishu.coordinate.kinds.submission import submission_state
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.submissions import waits_for
from zhishu.coordinate.task.reminders import reminders

RELEASE_STREAM = "release/2019-02"
WHY = {"reason": "重复立项"}
LATE = DAY + timedelta(200)


def test_a_task_not_given_out_is_taken_back_and_owes_nothing() -> None:
    item = do(drafted(), ("cancel", "dc", DAY, {**WHY}))
    assert light(item, DAY) == light(item, LATE) == "cancelled"
    standing = TASK.standing(item, world(LATE))
    assert standing is not None
    assert standing.ended
    assert "重复立项" in standing.reason.zh
    assert TASK.acts(item, world(LATE)) == ()
    assert TASK.actors(item, world(LATE)) == {}
    assert tuple(reminders([item], world(LATE))) == ()
    assert TASK.holds(item, standing, world(LATE)) == date.max
    shown = TASK.record(item, world(LATE))
    assert shown["due_drafted"] == "2019-03-29"
    assert shown["cancelled"] == {
        "by": "督查员", "for": "dc", "on": str(DAY), "text": "重复立项", "title": {"zh": "示例任务", "en": "示例任务"}
    }  # fmt: skip


def test_what_was_given_out_is_no_draft() -> None:
    assert "act-not-open" in codes(running(), "cancel", "dc", DAY, {**WHY})
    reported = do(running(), ("report", "jt", DAY, PROOF))
    assert "act-not-open" in codes(reported, "cancel", "dc", DAY, {**WHY})
    late = do(drafted(), ("propose_order", "dc", LATE, {"level": "blue", "reason": "逾期", "basis": "示例办法"}))
    assert "act-not-open" in codes(late, "cancel", "dc", LATE, {**WHY})


@pytest.mark.parametrize(
    ("by", "body", "found"),
    [
        ("别人", WHY, ["draft-not-author"]),
        ("督查员", {}, ["draft-reason"]),
        ("督查员", {"reason": " "}, ["draft-reason"]),
        ("督查员", WHY, []),
    ],
)
def test_only_its_author_and_not_without_a_reason(by: str, body: dict[str, str], found: list[str]) -> None:
    assert codes(drafted(), "cancel", "dc", DAY, {**body}, by) == found


def test_a_second_time_is_refused() -> None:
    item = do(drafted(), ("cancel", "dc", DAY, {**WHY}))
    assert codes(item, "cancel", "dc", DAY, {**WHY}) == ["act-not-open"]
    assert codes(item, "open", "dc", DAY) == ["act-not-open"]


def test_a_first_upload_is_taken_back_also_when_its_period_is_closed() -> None:
    office = Office().opened()
    assert office.uploaded() == []
    assert office.act(PERIOD_STREAM, "close", "stat", "top") == []
    assert office.act(STREAM, "cancel", "deputy", "county", **WHY) == ["draft-not-author"]
    assert office.act(STREAM, "cancel", "clerk", "city", **WHY) == ["submission-wrong-unit"]
    assert office.act(STREAM, "cancel", "clerk", "county", **WHY) == []
    state = office.state()
    assert (submission_state(state, office.world), state.versions) == ("none", ())
    assert [c.reason for c in state.cancelled] == ["重复立项"]
    assert "clerk" in state.reporters
    assert office.act(STREAM, "cancel", "clerk", "county", **WHY) == ["act-not-open"]


def test_the_colleagues_of_an_author_who_is_gone_may() -> None:
    office = Office().opened()
    assert office.uploaded() == []
    office.states["account/clerk"] = Account("clerk", "示例", "county", disabled=True)
    assert office.act(STREAM, "cancel", "deputy", "county", **WHY) == []


def test_a_revision_taken_back_leaves_what_was_approved() -> None:
    office = Office().approved()
    before = office.state()
    assert office.uploaded(2, published="2019-03-01", reason="更正") == []
    assert submission_state(office.state(), office.world) == "draft"
    assert office.act(STREAM, "cancel", "clerk", "county", **WHY) == []
    after = office.state()
    assert replace(after, cancelled=()) == before
    assert (submission_state(after, office.world), waits_for(after, office.world)) == ("approved", "")


def test_after_a_return_it_waits_again_for_the_unit() -> None:
    office = Office().submitted()
    assert office.act(STREAM, "return", "city_head", "city", reason="更正") == []
    assert office.uploaded(2, published="2019-03-01", reason="更正") == []
    assert office.act(STREAM, "cancel", "clerk", "county", **WHY) == []
    assert submission_state(office.state(), office.world) == "returned"
    assert office.act(STREAM, "cancel", "clerk", "county", **WHY) == ["act-not-open"]


def _draft(office: Office, act: str = "draft", n: int = 1, **more: str) -> list[str]:
    body = {
        "title": "通报", "title_en": "Briefing", "content": sha(n), "checkpoint": "9", "checkpoint_hash": sha(7),
        "basis_day": "2019-02-28",
    }  # fmt: skip
    return office.act(RELEASE_STREAM, act, "secretary", "top", **body, **more)


def test_a_briefing_not_released_is_taken_back_and_can_be_drafted_anew() -> None:
    office = Office()
    assert _draft(office, period="2019-02") == []
    assert office.act(RELEASE_STREAM, "cancel", "decider", "top", **WHY) == ["draft-not-author"]
    assert office.act(RELEASE_STREAM, "cancel", "secretary", "top", **WHY) == []
    state = office.state(RELEASE_STREAM)
    assert (release_state(state), RELEASE.title(state).en) == ("cancelled", "Briefing")
    assert [a.id for a in RELEASE.acts(state, office.world)] == ["draft"]
    assert _draft(office, period="2019-02", n=2) == []
    state = office.state(RELEASE_STREAM)
    assert (release_state(state), len(state.cancelled)) == ("draft", 1)


def test_a_correction_taken_back_leaves_what_is_published() -> None:
    office = Office()
    assert _draft(office, period="2019-02") == []
    assert office.act(RELEASE_STREAM, "release", "decider", "top") == []
    assert office.act(RELEASE_STREAM, "cancel", "secretary", "top", **WHY) == ["act-not-open"]
    before = office.state(RELEASE_STREAM)
    assert _draft(office, "correct", 3, reason="更正") == []
    assert office.act(RELEASE_STREAM, "cancel", "secretary", "top", **WHY) == []
    assert replace(office.state(RELEASE_STREAM), cancelled=()) == before
