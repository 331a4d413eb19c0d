"""A task moves by its template: in order, by who holds the role, proven, and judged by others."""

from datetime import date, timedelta

import pytest
from task_samples import DAY, FILE, PROOF, STUDY, codes, do, drafted, fact, running, world

from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.milestones import reached
from zhishu.coordinate.task.openings import ASKS
from zhishu.coordinate.tasks import Item

BRINGS: dict[str, Json] = {**PROOF, "reason": "示例理由"}
HOLDER = {"lead": "dc", "unit": "jt", "reviewer": "fh"}


def reported(**body: Json) -> Item:
    """Return a task that was reported on."""
    return do(running(), ("report", "jt", date(2019, 2, 1), {**PROOF, **body}))


@pytest.mark.parametrize("template", sorted(STUDY.pack.workflows))
def test_every_template_leads_to_the_end(template: str) -> None:
    """The first way through each template, act by act, by the unit that holds the role."""
    flow, item, day = STUDY.pack.workflows[template], drafted(template=template), DAY
    while not (TASK.standing(item, world(day)) or pytest.fail("no light")).ended:
        waited = TASK.actors(item, world(day))
        act = next(a for a in TASK.acts(item, world(day)) if a.id in waited and a.id not in ("return", "urge"))
        day += timedelta(1)
        item = do(
            item,
            (act.id, HOLDER[flow.acts[act.id].role], day, {f.id: BRINGS[f.id] for f in act.fields if f.id in BRINGS}),
        )
    assert codes(item, "close", "dc", day, BRINGS) == ["act-not-open"]


@pytest.mark.parametrize(
    ("act", "unit", "by", "body", "expected"),
    [
        ("report", "fh", "", PROOF, ["task-wrong-actor"]),
        ("report", "jt", "", {"shows": "x"}, ["task-no-evidence"]),
        ("report", "jt", "", {"files": [FILE]}, ["task-evidence-unsaid"]),
        ("report", "jt", "", {**PROOF, "done": "3"}, ["task-milestone-unknown"]),
        ("report", "jt", "", {**PROOF, "done": "0"}, ["task-milestone-unknown"]),
        ("report", "jt", "", {**PROOF, "done": "一"}, ["task-milestone-unknown"]),
        ("progress", "jt", "", {"progress": "已开工", "done": "1"}, ["task-no-evidence"]),
        ("progress", "jt", "", {"progress": " "}, ["task-blank"]),
        ("progress", "fh", "", {"progress": "已开工"}, ["task-not-your-part"]),
        ("approve", "fh", "", {}, ["act-not-open"]),
        ("close", "dc", "", PROOF, ["act-not-open"]),
        ("praise", "dc", "", {}, ["act-not-open"]),
    ],
)
def test_what_a_word_is_refused_for(act: str, unit: str, by: str, body: dict[str, Json], expected: list[str]) -> None:
    """On a task that is being handled."""
    assert codes(running(), act, unit, date(2019, 2, 1), body, by) == expected


def test_t32_who_reported_never_judges() -> None:
    """Not by the unit, not by the account after a change of unit, not after a mere word of progress."""
    item, day = reported(), date(2019, 2, 2)
    assert codes(item, "approve", "fh", day, {}, "交通员") == ["task-self-review-account"]
    assert codes(item, "approve", "jt", day) == [
        "task-wrong-actor", "task-self-review", "task-self-review-account",
    ]  # fmt: skip
    assert codes(item, "approve", "jt", day, {}, "别人") == ["task-wrong-actor", "task-self-review"]
    assert codes(item, "return", "fh", day, {"reason": "缺验收单"}, "交通员") == ["task-self-review-account"]
    told = do(running(), ("progress", "fg", date(2019, 1, 20), {"progress": "已会商"}))
    told = do(told, ("report", "jt", date(2019, 2, 1), PROOF))
    assert codes(told, "approve", "fh", day, {}, "发改员") == ["task-self-review-account"]
    approved = do(item, ("approve", "fh", day, {}))
    assert codes(approved, "close", "dc", day, {}, "交通员") == ["task-self-review-account"]


def test_closing_needs_evidence_once() -> None:
    """What the last report brought also closes; a second 办结 is refused."""
    item = do(reported(), ("approve", "fh", date(2019, 2, 2), {}), ("close", "dc", date(2019, 2, 3), {}))
    assert codes(item, "close", "dc", date(2019, 2, 3), PROOF) == ["act-not-open"]
    assert codes(item, "report", "jt", date(2019, 2, 3), PROOF) == ["act-not-open"]
    for act in ("progress", "pause", "propose_deadline", "ground", "propose_order", "judge"):
        assert codes(item, act, "jt", date(2019, 2, 3)) == ["act-not-open"]


def test_nothing_is_dated_back() -> None:
    """A clock set back is refused for every act, and named once."""
    assert codes(reported(), "approve", "fh", date(2019, 1, 31)) == ["task-dated-before"]
    assert codes(reported(), "judge", "jt", date(2019, 1, 31), {"colour": "red", "reason": "x"}) == [
        "task-dated-before"
    ]


def test_a_return_needs_its_reason_and_keeps_the_trace() -> None:
    """The report returned stays on record beside the next."""
    item, day = reported(), date(2019, 2, 2)
    assert codes(item, "return", "fh", day) == ["task-no-reason"]
    item = do(item, ("return", "fh", day, {"reason": "缺验收单"}), ("report", "fg", day, PROOF))
    assert [w.act for w in item.words][-3:] == ["report", "return", "report"]
    assert item.words[-2].reason == "缺验收单"


def test_milestones_are_done_by_evidence() -> None:
    """The first proven report counts; no percentage exists anywhere."""
    item = do(
        running(),
        ("progress", "jt", date(2019, 1, 20), {"progress": "招标完成", "done": "1", "files": [FILE]}),
        ("report", "jt", date(2019, 2, 1), {**PROOF, "done": "1、2"}),
    )
    assert {n: w.said.on for n, w in reached(item).items()} == {1: date(2019, 1, 20), 2: date(2019, 2, 1)}


@pytest.mark.parametrize("template", sorted(STUDY.pack.workflows))
def test_what_asks_something_of_a_unit(template: str) -> None:
    """An act of another role after which the unit must act asks it; the ids known for it are those of every template."""
    flow = STUDY.pack.workflows[template]
    for step in flow.acts.values():
        after = [s.role for s in flow.acts.values() if step.after in s.before]
        assert (step.id in ASKS) == (step.role != "unit" and "unit" in after)


def test_the_units_asked() -> None:
    """Assigning, returning and issuing ask the responsible unit and those with it; a proposal asks nobody yet."""
    item = drafted()
    asked = {
        a: TASK.asked(item, fact(item, a, "dc", DAY, {}))
        for a in ("open", "assign", "return", "propose_order", "issue_order")
    }
    assert asked == {
        "open": (),
        "assign": ("fg", "jt"),
        "return": ("fg", "jt"),
        "propose_order": (),
        "issue_order": ("fg", "jt"),
    }


def test_a_template_that_is_gone_leaves_the_record() -> None:
    """Nothing can be done by it, and the light says why."""
    item = do(drafted(), ("open", "dc", DAY, {}))
    gone = TASK.step(Item("t"), fact(item, "draft", "dc", DAY, {"template": "gone", "supervisor": "dc", "unit": "jt"}))
    standing = TASK.standing(gone, world(DAY))
    assert standing is not None
    assert (standing.light, standing.colour) == ("no_template", "yellow")
    assert [a.id for a in TASK.acts(gone, world(DAY))] == ["propose_tolerance"]
    assert TASK.record(gone, world(DAY))["node"] is None
