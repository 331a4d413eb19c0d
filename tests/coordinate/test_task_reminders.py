"""Reminders: once per rule, task and day, to those who owe the work."""

from datetime import date

from task_samples import DAY, FILE, PROOF, do, fact, running, world

from zhishu.coordinate.fact import SYSTEM, Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.reminders import Reminder, reminders
from zhishu.coordinate.tasks import Item

STOP: dict[str, Json] = {"ground": "等批复", "files": [FILE]}


def of(item: Item, on: date) -> list[Reminder]:
    """Return the reminders of a task on a day."""
    return list(reminders([item], world(on)))


def rules(item: Item, on: date) -> list[str]:
    """Return their rules."""
    return [r.rule for r in of(item, on)]


def test_each_rule_has_its_day_and_its_addressees() -> None:
    """Nothing far ahead; from three working days all concerned; silence to who is waited for; milestones to the unit."""
    item = running(milestones="2019-03-01 开工")
    assert rules(item, date(2019, 1, 8)) == []
    assert [(r.rule, r.units) for r in of(item, date(2019, 2, 15))] == [("stale", ("fg", "jt"))]
    near = of(item, date(2019, 3, 26))
    assert [(r.rule, r.units) for r in near] == [("milestone", ("fg", "jt")), ("near", ("dc", "fg", "fh", "jt"))]
    assert "2019-03-01 开工" in near[0].words.zh
    assert rules(item, date(2019, 4, 30)) == ["milestone", "overdue"]
    done = do(item, ("progress", "jt", date(2019, 2, 1), {"progress": "已开工", "done": "1", "files": [FILE]}))
    assert rules(done, date(2019, 3, 26)) == ["near"]


def test_the_creator_is_not_the_addressee() -> None:
    """A task entered by somebody of a unit without a part in it reminds those who have one."""
    item = TASK.step(
        Item("t"),
        fact(
            Item("t"),
            "draft",
            "sz",
            DAY,
            {"unit": "jt", "supervisor": "dc", "reviewer": "fh", "due": "2019-01-08", "template": "supervision"},
        ),
    )
    assert [r.units for r in of(item, DAY)] == [("dc", "fh", "jt")]


def test_no_reminder_twice() -> None:
    """A recorded one is gone for the day, comes again the next, and its key is its own."""
    day = date(2019, 4, 1)
    item = running(milestones="")
    found = of(item, day)
    assert [r.key for r in found] == ["overdue/task/t/2019-04-01"]
    body: dict[str, Json] = {"rule": found[0].rule, "units": list(found[0].units)}
    item = TASK.step(item, fact(item, "remind", "", day, body, SYSTEM))
    assert rules(item, day) == []
    assert rules(item, date(2019, 4, 2)) == ["overdue"]


def test_neither_closed_nor_stopped_tasks_remind() -> None:
    """Nor a task that was never drafted."""
    item = running(milestones="")
    assert rules(do(item, ("pause", "dc", DAY, STOP)), date(2019, 4, 1)) == []
    closed = do(item, ("report", "jt", DAY, PROOF), ("approve", "fh", DAY, {}), ("close", "dc", DAY, {}))
    assert rules(closed, date(2019, 4, 1)) == []
    assert rules(Item("t"), DAY) == []


def test_an_order_asks_for_its_answer() -> None:
    """Until it is answered or objected to."""
    day = date(2019, 4, 1)
    item = do(
        running(milestones=""),
        ("propose_order", "dc", day, {"level": "blue", "reason": "逾期", "basis": "示例办法"}),
        ("issue_order", "sz", day, {"basis": "示例办法", "repair": "补报"}),
    )
    assert rules(item, day) == ["answer", "overdue"]
    assert rules(do(item, ("answer_order", "jt", day, {"text": "附后"})), day) == ["overdue"]
    assert rules(do(item, ("object", "jt", day, {"text": "已报送"})), day) == ["overdue"]
