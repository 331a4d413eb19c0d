"""What an adverse act brings is said in full before it is done, and only of an act that burdens somebody."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from task_samples import DAY, PROOF, do, fact, running, world
from task_walks import ladders
from test_cases import DECISION, decided, opened
from test_task_orders import ISSUE, LATE, WHY, ordered

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.fact import SYSTEM, Fact, Json
from zhishu.coordinate.kinds.case import CASE
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.office.kinds import KINDS


def _full(kind: Subject[object], state: object, today: World) -> int:
    """Check every open act of a state and return how many of them are adverse."""
    adverse = 0
    for act in kind.acts(state, today):
        found = kind.consequence(state, act.id, today)
        assert (found is not None) == act.adverse, act.id
        for name, words in found.said() if found else ():
            assert all((words.zh.strip(), words.en.strip())), (act.id, name.en)
        adverse += act.adverse
    return adverse


@given(ladders())
def test_every_adverse_act_says_what_it_brings(history: tuple[Item, Sequence[Fact], Sequence[Fact]]) -> None:
    """On whatever ladder of orders: basis, decider, notice, objection, expiry, repair; and no other act says so."""
    item, accepted, _ = history
    state = Item("t")
    for done in accepted:
        state = TASK.step(state, done)
        _full(TASK, state, world(done.on))
    assert state == item


def test_of_a_case_too() -> None:
    """A decision against the unit, and the ruling on the objection to it."""
    late = world(date(2019, 3, 18))
    assert _full(CASE, opened().state, late) == 1
    desk = decided()
    desk.do("object", "dr", "sdrc", date(2019, 3, 19), text="数据有误")
    assert _full(CASE, desk.state, world(date(2019, 3, 19))) == 1
    said = CASE.consequence(desk.state, "decide_objection", world(date(2019, 3, 19)))
    assert said is not None
    assert said.basis.zh == DECISION["basis"]
    assert str(DECISION["expires"]) in said.expiry.en


def test_a_ruling_says_the_same_of_an_order_and_of_a_decision() -> None:
    """What was told differs, and its days; how the objection and the end are said does not."""
    desk = decided()
    desk.do("object", "dr", "sdrc", date(2019, 3, 19), text="数据有误")
    of_case = CASE.consequence(desk.state, "decide_objection", world(date(2019, 3, 19)))
    of_task = TASK.consequence(ordered(running(), "blue", LATE), "decide_objection", world(LATE))
    assert of_case is not None
    assert of_task is not None
    for one, other in ((of_case.objection, of_task.objection), (of_case.expiry, of_task.expiry)):
        assert re.sub(r"[0-9-]{10}", "", one.zh) == re.sub(r"[0-9-]{10}", "", other.zh)
        assert re.sub(r"[0-9-]{10}", "", one.en) == re.sub(r"[0-9-]{10}", "", other.en)
    assert of_case.notice.en.startswith("the decision")
    assert of_task.notice.en.startswith("the order")


@pytest.mark.parametrize(("days", "en"), [(1, "at least 1 working day after"), (5, "at least 5 working days after")])
def test_one_working_day_is_no_days(days: int, en: str) -> None:
    """English counts one as one, whatever number the office works by."""
    today = world(date(2019, 3, 18))
    number = replace(today.rules.numbers["objection_days"], value=days)
    rules = replace(today.rules, numbers={**today.rules.numbers, "objection_days": number})
    said = CASE.consequence(opened().state, "decide", replace(today, rules=rules))
    assert said is not None
    assert said.objection.en.startswith(en)


def test_an_order_says_its_days_before_it_is_issued() -> None:
    """What is said before equals what the record says after: objection five working days, 180 days to expiry."""
    item = do(running(), ("propose_order", "dc", LATE, {"level": "blue", **WHY}))
    said = TASK.consequence(item, "issue_order", world(LATE))
    assert said is not None
    assert str(WHY["basis"]) in said.basis.zh
    order = TASK.record(do(item, ("issue_order", "sz", LATE, ISSUE)), world(LATE))["orders"][-1]  # type: ignore[index]
    assert order["objection_until"] == "2019-04-09"
    assert "2019-04-09" in said.objection.en
    assert order["expires"] == "2019-09-28"
    assert "2019-09-28" in said.expiry.en
    unsure = TASK.consequence(item, "issue_order", world(LATE, Calendar(frozenset(), frozenset(), frozenset())))
    assert unsure is not None
    assert "provisional" in unsure.objection.en


def test_no_other_kind_has_an_adverse_act_without_one() -> None:
    """A kind that marks an act adverse says what it brings: none but tasks and cases does so today."""
    for kind in KINDS.values():
        burdens = [a.id for a in kind.acts(kind.start("x"), world(DAY)) if a.adverse]
        assert not burdens, (kind.id, burdens)


def test_a_task_in_a_row() -> None:
    """Node, evidence, order and the reminders of the day as the desk shows them."""
    item = running()
    row = TASK.brief(item, world(DAY))
    assert row.node is not None
    assert (row.node.passed, row.node.of) == (3, 7)
    assert (row.at, row.lead, row.others, row.files, row.order) == ("3.19", "jt", 1, 0, "")
    told = do(item, ("report", "jt", DAY, PROOF))
    assert TASK.brief(told, world(DAY)).files == 1
    assert (row := TASK.brief(do(item, ("propose_order", "dc", LATE, {"level": "blue", **WHY})), world(LATE))).order
    assert not row.signed
    late = ordered(item, "blue", LATE)
    assert (TASK.brief(late, world(LATE)).order, TASK.brief(late, world(LATE)).signed) == ("blue", True)
    body: dict[str, Json] = {"rule": "overdue", "units": ["jt"]}
    reminded = TASK.step(late, fact(late, "remind", "", LATE, body, SYSTEM))
    assert [r.en for r in TASK.brief(reminded, world(LATE)).reminders] == ["overdue"]
    assert not TASK.brief(reminded, world(date(2019, 4, 2))).reminders


def test_a_drafted_and_a_closed_task_in_a_row() -> None:
    """Nothing passed at the start; everything at the end."""
    closed = do(
        running(),
        ("report", "jt", DAY, PROOF),
        ("approve", "fh", DAY, {}),
        ("close", "dc", DAY, {}),
    )
    node = TASK.brief(closed, world(DAY)).node
    assert node is not None
    assert node.passed == node.of == 7
