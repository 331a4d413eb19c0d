"""Deadlines, grounds, tolerance and judgements: who asks, who decides, and what each must bring."""

from datetime import date

import pytest
from task_samples import DAY, FILE, codes, do, fact, running, world

from zhishu.coordinate.fact import SYSTEM, Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.clock import due_on
from zhishu.coordinate.task.confidence import spread
from zhishu.coordinate.tasks import Item

DUE: dict[str, Json] = {"due": "2019-05-31", "reason": "环评批复延迟"}
GROUND: dict[str, Json] = {"kind": "procedure", "text": "环评未批复", "until": "2019-05-31", "files": [FILE]}
TOLERANCE: dict[str, Json] = {"ground": "trial", "concerns": "none", "text": "试行新流程，延误两周", "files": [FILE]}
YES: dict[str, Json] = {"decision": "yes", "reason": "属实"}
NO: dict[str, Json] = {"decision": "no", "reason": "理由不足"}
TWIN = "同名岗"


@pytest.mark.parametrize(
    ("act", "unit", "body", "expected"),
    [
        ("propose_deadline", "jt", DUE, []),
        ("propose_deadline", "dc", DUE, []),
        ("propose_deadline", "fh", DUE, ["task-not-your-part"]),
        ("propose_deadline", "jt", {**DUE, "due": "2019-01-06"}, ["task-due-past"]),
        ("propose_deadline", "jt", {**DUE, "due": "2019-03-29"}, ["task-due-same"]),
        ("propose_deadline", "jt", {**DUE, "reason": " "}, ["task-blank"]),
        ("decide_deadline", "sz", YES, ["act-not-open"]),
        ("ground", "jt", GROUND, []),
        ("ground", "dc", GROUND, ["task-not-your-part"]),
        ("ground", "jt", {**GROUND, "files": []}, ["task-no-document"]),
        ("ground", "jt", {**GROUND, "until": "2019-01-06"}, ["task-ground-past"]),
        ("ground", "jt", {**GROUND, "text": ""}, ["task-blank"]),
        ("decide_ground", "sz", YES, ["act-not-open"]),
        ("propose_tolerance", "jt", TOLERANCE, []),
        ("propose_tolerance", "sz", TOLERANCE, ["task-not-your-part"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "files": []}, ["task-no-document"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "concerns": "safety"}, ["task-tolerance-excluded"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "concerns": "food"}, ["task-tolerance-excluded"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "concerns": "environment"}, ["task-tolerance-excluded"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "concerns": "corruption"}, ["task-tolerance-excluded"]),
        ("propose_tolerance", "jt", {**TOLERANCE, "concerns": ""}, ["task-tolerance-excluded"]),
        ("decide_tolerance", "sz", YES, ["act-not-open"]),
        ("resume", "dc", {"reason": "x"}, ["act-not-open"]),
        ("answer_order", "jt", {"text": "x"}, ["act-not-open"]),
        ("object", "jt", {"text": "x"}, ["act-not-open"]),
        ("decide_objection", "sz", YES, ["act-not-open"]),
        ("issue_order", "sz", {}, ["act-not-open"]),
        ("decline_order", "sz", {}, ["act-not-open"]),
        ("withdraw_order", "dc", {}, ["act-not-open"]),
        ("judge", "fh", {"colour": "green", "reason": "进展正常"}, ["task-not-your-part"]),
        ("judge", "jt", {"colour": "green", "reason": ""}, ["task-blank"]),
        ("remind", "dc", {"rule": "near", "units": ["jt"]}, ["task-not-the-clock"]),
    ],
)
def test_what_an_act_is_refused_for(act: str, unit: str, body: dict[str, Json], expected: list[str]) -> None:
    """On a task that is being handled; a body with its own fault has that one only."""
    assert codes(running(), act, unit, DAY, body) == expected


@pytest.mark.parametrize(
    ("ask", "body", "decide"),
    [
        ("propose_deadline", DUE, "decide_deadline"),
        ("ground", GROUND, "decide_ground"),
        ("propose_tolerance", TOLERANCE, "decide_tolerance"),
    ],
)
def test_a_decision_is_another_persons(ask: str, body: dict[str, Json], decide: str) -> None:
    """Not by a responsible unit, not by who asked, never without a reason; once decided it is decided."""
    item = do(running(), (ask, "jt", DAY, body))
    yes = {**YES, "effect": "不扣分"}
    assert codes(item, ask, "jt", DAY, body) == ["act-not-open"]
    assert codes(item, decide, "fg", DAY, yes) == ["task-decides-own-unit"]
    assert codes(item, decide, "sz", DAY, yes, "交通员") == ["task-decides-own"]
    assert codes(item, decide, "sz", DAY, {**yes, "reason": ""}) == ["task-blank"]
    assert TASK.actors(item, world(DAY))[decide] == {"dc"}
    for verdict in (yes, NO):
        assert codes(do(item, (decide, "sz", DAY, verdict)), decide, "sz", DAY, verdict) == ["act-not-open"]


def test_every_deadline_stays_visible() -> None:
    """An agreed change is a new version, a refused one is on record too; the draft's date never changes."""
    item = do(running(), ("propose_deadline", "jt", DAY, DUE))
    assert due_on(item, DAY) == date(2019, 3, 29)
    item = do(item, ("decide_deadline", "sz", DAY, NO), ("propose_deadline", "dc", DAY, {**DUE, "due": "2019-04-30"}))
    item = do(item, ("decide_deadline", "sz", DAY, YES))
    shown = TASK.record(item, world(DAY))
    assert (shown["due_drafted"], shown["due_agreed"], shown["due"]) == ("2019-03-29", "2019-04-30", "2019-04-30")
    assert isinstance(shown["deadlines"], list)
    assert [(d["due"], d["decided"]["yes"]) for d in shown["deadlines"]] == [
        ("2019-05-31", False),
        ("2019-04-30", True),
    ]


def test_an_agreed_deadline_holds_the_pauses_before_it() -> None:
    """Days stopped before the decision are in the new date; days after it are added."""
    stop: dict[str, Json] = {"ground": "等批复", "files": [FILE]}
    item = do(running(), ("pause", "dc", date(2019, 2, 1), stop), ("propose_deadline", "jt", date(2019, 2, 11), DUE))
    item = do(item, ("decide_deadline", "sz", date(2019, 2, 11), YES))
    item = do(item, ("resume", "dc", date(2019, 2, 21), {"reason": "已批复"}))
    assert due_on(item, date(2019, 3, 1)) == date(2019, 6, 10)


def test_a_closed_task_takes_no_deadline() -> None:
    """Nor any other change of its clock."""
    item = do(running(), ("report", "jt", DAY, {"files": [FILE], "shows": "验收单"}))
    item = do(item, ("approve", "fh", DAY, {}), ("close", "dc", DAY, {}))
    assert codes(item, "propose_deadline", "jt", DAY, DUE) == ["act-not-open"]
    assert codes(item, "propose_tolerance", "jt", DAY, TOLERANCE) == []


def test_tolerance_is_a_record_with_its_effect() -> None:
    """Granted only with an effect; the light does not change."""
    item = do(running(), ("propose_tolerance", "jt", DAY, TOLERANCE))
    assert codes(item, "decide_tolerance", "sz", DAY, YES) == ["task-blank"]
    granted = do(item, ("decide_tolerance", "sz", DAY, {**YES, "effect": "不扣分"}))
    assert granted.tolerances[0].effect == "不扣分"
    assert TASK.standing(granted, world(DAY)) == TASK.standing(item, world(DAY))


def test_judgements_stand_side_by_side() -> None:
    """One an account and month; the spread shows how far they lie apart, no average."""
    say: dict[str, Json] = {"colour": "green", "reason": "进展正常"}
    item = do(running(), ("judge", "jt", date(2019, 2, 1), say))
    assert codes(item, "judge", "jt", date(2019, 2, 28), say) == ["task-judged"]
    assert codes(item, "judge", "jt", date(2019, 3, 1), say) == []
    assert codes(item, "judge", "jt", date(2019, 2, 1), say, TWIN) == []
    item = do(item, ("judge", "dc", date(2019, 2, 3), {"colour": "amber_red", "reason": "用地未落实"}))
    found = spread(item, "2019-02")
    assert (len(found.judgements), found.best, found.worst, found.width) == (2, "green", "amber_red", 3)
    assert (spread(item, "2019-03").best, spread(item, "2019-03").width) == (None, 0)


def test_only_the_clock_reminds_and_once_a_day() -> None:
    """A second recording of one rule and day is refused."""
    body: dict[str, Json] = {"rule": "near", "units": ["jt"]}
    day = date(2019, 3, 28)
    item = running()
    assert codes(item, "remind", "", day, body, SYSTEM) == []
    item = TASK.step(item, fact(item, "remind", "", day, body, SYSTEM))
    assert codes(item, "remind", "", day, body, SYSTEM) == ["task-reminded"]
    assert codes(item, "remind", "", date(2019, 3, 29), body, SYSTEM) == []


def test_the_units_own_deadline_wish_is_no_deadline() -> None:
    """A proposal that nobody decided changes nothing."""
    item: Item = do(running(), ("propose_deadline", "jt", DAY, DUE))
    assert TASK.standing(item, world(date(2019, 4, 1))) == TASK.standing(running(), world(date(2019, 4, 1)))
