"""Orders blue, orange, red: proposed by the facts, issued by a person, one level after the other, open to objection."""

from datetime import date, timedelta

import pytest
from task_samples import DAY, FILE, PROOF, codes, do, fact, running, world

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.orders import accepted_ground, current, expires, objection_ends, pending, proposed
from zhishu.coordinate.tasks import Item

LATE = date(2019, 4, 1)
WHY: dict[str, Json] = {"reason": "逾期未反馈", "basis": "督查办法（示例）第八条"}
ISSUE: dict[str, Json] = {"basis": "督查办法（示例）第八条", "repair": "补报验收单"}
GROUND: dict[str, Json] = {"kind": "procedure", "text": "环评未批复", "until": "2019-05-31", "files": [FILE]}


def ordered(item: Item, level: str, on: date) -> Item:
    """Return a task after an order of a level was proposed and issued on a day."""
    return do(item, ("propose_order", "dc", on, {"level": level, **WHY}), ("issue_order", "sz", on, ISSUE))


def level(item: Item, on: date) -> str | None:
    """Return the level proposed on a day."""
    found = proposed(item, world(on))
    return found.level if found else None


def test_t28_lateness_escalates_level_by_level() -> None:
    """Blue on the first day late; orange and red each after the time to answer; red stays the proposal's end."""
    item = running()
    assert level(item, date(2019, 3, 29)) is None
    assert level(item, date(2019, 3, 30)) == "blue"
    assert level(item, date(2019, 4, 28)) == "blue"
    item = ordered(item, "blue", LATE)
    # three working days to answer: 2, 3, 4 April; 5 April is a holiday, but the next level may come then
    assert [level(item, LATE + timedelta(n)) for n in (0, 3, 4)] == [None, None, "orange"]
    item = ordered(item, "orange", date(2019, 4, 8))
    assert [level(item, date(2019, 4, n)) for n in (8, 11, 12)] == [None, None, "red"]
    item = ordered(item, "red", date(2019, 4, 12))
    assert [level(item, date(2019, 4, 12) + timedelta(n)) for n in (1, 180, 181)] == [None, None, "red"]


def test_an_expired_order_is_not_in_force_and_waiting_lowers_nothing() -> None:
    """After its days the order is no longer shown as in force; the next level is still orange."""
    item = ordered(running(), "blue", LATE)
    assert item.orders[0].issued is not None
    last = expires(item.orders[0], world(LATE))
    assert (last - LATE).days == 180
    assert current(item, world(last)) is item.orders[0]
    assert current(item, world(last + timedelta(1))) is None
    assert level(item, last + timedelta(1)) == "orange"
    shown = TASK.record(item, world(last + timedelta(1)))["orders"]
    assert isinstance(shown, list)
    assert [o["in_force"] for o in shown] == [False]


def test_a_new_lateness_begins_at_blue() -> None:
    """An expired order on a silence that ended long ago does not count against a later one."""
    item = running(due="2020-06-01", milestones="")
    item = ordered(item, "blue", date(2019, 3, 1))
    item = do(item, ("progress", "jt", date(2019, 3, 4), {"progress": "已开工"}))
    assert level(item, date(2020, 6, 2)) == "blue"


def test_important_tasks_may_start_at_orange() -> None:
    """Only if the draft said so."""
    assert level(running(important="yes"), LATE) == "orange"
    body = {"level": "orange", **WHY}
    assert codes(running(important="yes"), "propose_order", "dc", LATE, body) == []
    assert codes(running(), "propose_order", "dc", LATE, body) == ["task-order-skipped"]
    assert codes(running(important="yes"), "propose_order", "dc", LATE, {"level": "red", **WHY}) == [
        "task-order-skipped"
    ]


@pytest.mark.parametrize(
    ("unit", "on", "body", "expected"),
    [
        ("jt", LATE, {"level": "blue", **WHY}, ["task-not-your-part"]),
        ("dc", date(2019, 1, 8), {"level": "blue", **WHY}, ["task-order-no-cause"]),
        ("dc", date(2019, 3, 27), {"level": "blue", **WHY}, []),
        ("dc", LATE, {"level": "blue", "reason": " ", "basis": ""}, ["task-blank", "task-blank"]),
        ("dc", LATE, {"level": "red", **WHY}, ["task-order-skipped"]),
    ],
)
def test_what_a_proposal_is_refused_for(unit: str, on: date, body: dict[str, Json], expected: list[str]) -> None:
    """Another unit, no cause, nothing said, a level skipped; blue may come when it is due soon."""
    assert codes(running(), "propose_order", unit, on, body) == expected


def test_a_person_who_did_not_propose_it_issues() -> None:
    """Neither the proposer nor the unit it burdens; the record says decider, notice, objection, expiry, repair."""
    item = do(running(), ("propose_order", "dc", LATE, {"level": "blue", **WHY}))
    assert pending(item) is item.orders[0]
    assert proposed(item, world(LATE)) is None
    assert codes(item, "propose_order", "dc", LATE, {"level": "blue", **WHY}) == ["act-not-open"]
    assert codes(item, "issue_order", "dc", LATE, ISSUE) == ["task-decides-own"]
    assert codes(item, "issue_order", "fg", LATE, ISSUE) == ["task-decides-own-unit"]
    assert codes(item, "issue_order", "sz", LATE, {}) == ["task-blank", "task-blank"]
    item = do(item, ("issue_order", "sz", LATE, ISSUE))
    shown = TASK.record(item, world(LATE))["orders"]
    assert isinstance(shown, list)
    assert {k: shown[0][k] for k in ("decider", "notice", "objection_until", "expires", "repair", "in_force")} == {
        "decider": "签发人", "notice": "2019-04-01", "objection_until": "2019-04-09", "expires": "2019-09-28",
        "repair": "补报验收单", "in_force": True,
    }  # fmt: skip
    issue = next(
        a
        for a in TASK.acts(do(running(), ("propose_order", "dc", LATE, {"level": "blue", **WHY})), world(LATE))
        if a.id == "issue_order"
    )
    assert issue.adverse
    assert {f.id for f in issue.fields if f.required} == {"basis", "repair"}


def test_escalation_too_early_or_twice() -> None:
    """The next level waits for the answer; the same level is not issued twice."""
    item = ordered(running(), "blue", LATE)
    assert codes(item, "propose_order", "dc", LATE, {"level": "orange", **WHY}) == ["task-order-early"]
    assert codes(item, "propose_order", "dc", LATE, {"level": "blue", **WHY}) == ["task-order-in-force"]
    assert codes(item, "propose_order", "dc", date(2019, 4, 8), {"level": "red", **WHY}) == ["task-order-skipped"]


def test_the_rules_hold_again_when_it_is_issued() -> None:
    """A task that found word or ground after the proposal is not ordered."""
    item = do(running(), ("propose_order", "dc", LATE, {"level": "blue", **WHY}), ("ground", "jt", LATE, GROUND))
    item = do(item, ("decide_ground", "sz", LATE, {"decision": "yes", "reason": "属实"}))
    assert codes(item, "issue_order", "sz", LATE, ISSUE) == ["task-order-ground"]
    item = do(item, ("decline_order", "sz", LATE, {"reason": "有正当理由"}))
    assert pending(item) is None
    assert not item.orders[0].alive


def test_an_accepted_ground_stops_escalation_until_its_day() -> None:
    """Refused or undecided it stops nothing."""
    item = do(ordered(running(), "blue", LATE), ("ground", "jt", LATE, GROUND))
    assert level(item, date(2019, 4, 8)) == "orange"
    assert codes(item, "ground", "jt", LATE, GROUND) == ["act-not-open"]
    yes = do(item, ("decide_ground", "sz", LATE, {"decision": "yes", "reason": "属实"}))
    no = do(item, ("decide_ground", "sz", LATE, {"decision": "no", "reason": "与事实不符"}))
    assert [level(yes, d) for d in (date(2019, 4, 8), date(2019, 5, 31), date(2019, 6, 1))] == [None, None, "orange"]
    assert level(no, date(2019, 4, 8)) == "orange"
    assert accepted_ground(no, LATE) is None


def test_the_way_of_an_objection() -> None:
    """In time, once, by the unit; decided by another person than who issued; meanwhile no further effect."""
    item = ordered(running(), "blue", LATE)
    words: dict[str, Json] = {"text": "资料已于三月送达"}
    assert objection_ends(item.orders[0], world(LATE)) == (date(2019, 4, 9), True)
    assert codes(item, "object", "jt", date(2019, 4, 9), words) == []
    assert codes(item, "object", "jt", date(2019, 4, 10), words) == ["act-not-open"]
    assert codes(item, "object", "dc", LATE, words) == ["task-not-your-part"]
    item = do(item, ("object", "jt", date(2019, 4, 9), words))
    assert codes(item, "object", "jt", date(2019, 4, 9), words) == ["act-not-open"]
    assert level(item, date(2019, 4, 12)) is None
    assert codes(item, "propose_order", "dc", date(2019, 4, 12), {"level": "orange", **WHY}) == ["task-order-objected"]
    body: dict[str, Json] = {"decision": "uphold", "reason": "查无送达记录"}
    assert codes(item, "decide_objection", "sz", date(2019, 4, 12), body) == ["task-own-order"]
    assert codes(item, "decide_objection", "jt", date(2019, 4, 12), body, "另一人") == ["task-decides-own-unit"]
    assert codes(item, "decide_objection", "sz", date(2019, 4, 12), {**body, "reason": ""}, "另一人") == ["task-blank"]
    upheld = do(item, ("decide_objection", "sz", date(2019, 4, 12), body), by="另一人")
    assert level(upheld, date(2019, 4, 12)) == "orange"
    back = do(item, ("decide_objection", "sz", date(2019, 4, 12), {**body, "decision": "withdraw"}), by="另一人")
    assert current(back, world(date(2019, 4, 12))) is None
    assert level(back, date(2019, 4, 12)) == "blue"


def test_an_objection_outlives_the_order_and_the_next_proposal() -> None:
    """It can be decided after the order expired, and raised while another order waits to be signed."""
    item = do(ordered(running(), "blue", LATE), ("object", "jt", LATE, {"text": "已报送"}))
    assert (
        codes(item, "decide_objection", "sz", date(2020, 1, 2), {"decision": "uphold", "reason": "x"}, "另一人") == []
    )
    item = ordered(running(), "blue", date(2019, 4, 1))
    item = do(item, ("propose_order", "dc", date(2019, 4, 8), {"level": "orange", **WHY}))
    item = do(
        item,
        ("object", "jt", date(2019, 4, 8), {"text": "已报送"}),
        ("answer_order", "jt", date(2019, 4, 8), {"text": "附后"}),
    )
    assert item.orders[0].objected
    assert item.orders[0].answers
    assert item.orders[1].objection is None


def test_an_order_is_taken_back_by_its_side() -> None:
    """The supervising unit or who issued it, with a reason; the proposal that waits goes first."""
    item = ordered(running(), "blue", LATE)
    assert codes(item, "withdraw_order", "jt", LATE, {"reason": "x"}) == ["task-not-your-part"]
    assert codes(item, "withdraw_order", "dc", LATE, {}) == ["task-blank"]
    assert codes(item, "withdraw_order", "sz", LATE, {"reason": "误发"}) == []
    both = do(
        item,
        ("propose_order", "dc", date(2019, 4, 8), {"level": "orange", **WHY}),
        ("withdraw_order", "dc", date(2019, 4, 8), {"reason": "已报送"}),
    )
    assert [o.alive for o in both.orders] == [True, False]
    assert current(do(item, ("withdraw_order", "dc", LATE, {"reason": "误发"})), world(LATE)) is None


def test_closing_ends_the_ladder_not_the_rights() -> None:
    """A closed task is not ordered any more, but its unit may still object."""
    day = date(2019, 4, 2)
    item = ordered(running(), "blue", LATE)
    item = do(item, ("report", "jt", day, PROOF), ("approve", "fh", day, {}), ("close", "dc", day, {}))
    assert level(item, date(2019, 5, 1)) is None
    assert [a.id for a in TASK.acts(item, world(day))] == ["withdraw_order", "object", "propose_tolerance"]


def test_unknown_holidays_never_shorten_the_time_to_object() -> None:
    """Without the calendar of the year the time is counted long, and escalation waits as long."""
    unknown = Calendar(frozenset(), frozenset(), frozenset())
    item = ordered(running(), "blue", LATE)
    assert objection_ends(item.orders[0], world(LATE, unknown)) == (LATE + timedelta(17), False)
    assert proposed(item, world(LATE + timedelta(13), unknown)) is None
    found = proposed(item, world(LATE + timedelta(14), unknown))
    assert found is not None
    assert (found.level, "provisional" in found.basis.en, "not answered" in found.why.en) == ("orange", True, True)


def test_a_changed_deadline_begins_anew() -> None:
    """An order on the old deadline does not count on the new one."""
    item = do(
        ordered(running(), "blue", LATE),
        ("propose_deadline", "jt", date(2019, 4, 2), {"due": "2019-04-30", "reason": "批复延迟"}),
    )
    item = do(
        item,
        ("decide_deadline", "sz", date(2019, 4, 3), {"decision": "yes", "reason": "同意"}),
        ("progress", "jt", date(2019, 4, 3), {"progress": "批复已到"}),
    )
    assert level(item, date(2019, 4, 8)) is None
    assert level(item, date(2019, 5, 2)) == "blue"


def test_orders_wait_for_those_who_act_next() -> None:
    """Signing waits at the supervising unit, answering at the responsible ones."""
    item = do(running(), ("propose_order", "dc", LATE, {"level": "blue", **WHY}))
    assert TASK.actors(item, world(LATE))["issue_order"] == {"dc"}
    item = do(item, ("issue_order", "sz", LATE, ISSUE))
    assert TASK.actors(item, world(LATE))["answer_order"] == {"jt", "fg"}
    assert "issue_order" not in TASK.actors(item, world(LATE))
    item = do(item, ("object", "jt", LATE, {"text": "已报送"}))
    assert TASK.actors(item, world(LATE))["decide_objection"] == {"dc"}
    assert "answer_order" not in TASK.actors(item, world(LATE))


def test_acts_on_orders_that_are_not_there_change_nothing() -> None:
    """The fold never fails on what it does not expect."""
    for act in (
        "issue_order",
        "answer_order",
        "object",
        "decide_objection",
        "withdraw_order",
        "resume",
        "decide_ground",
    ):
        item = running()
        after = TASK.step(item, fact(item, act, "dc", DAY, {"reason": "x"}))
        assert (after.orders, after.pauses, after.grounds) == ((), (), ())
