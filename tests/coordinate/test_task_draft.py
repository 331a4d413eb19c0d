"""A promise becomes a task: complete, or refused with every reason."""

from datetime import date

import pytest
from task_samples import DAY, DRAFT, codes, drafted, world

from zhishu.coordinate.fact import Json
from zhishu.coordinate.form import read_form
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.forms import OWN, usable
from zhishu.coordinate.tasks import Item, Milestone


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"due": "2019-01-06", "milestones": ""}, "task-due-past"),
        ({"unit": "nobody"}, "unit-unknown"),
        ({"unit": "old"}, "unit-unknown"),
        ({"supervisor": "nobody"}, "unit-unknown"),
        ({"reviewer": ""}, "unit-unknown"),
        ({"with": ["fg", "nobody"]}, "unit-unknown"),
        ({"reviewer": "jt"}, "task-own-reviewer"),
        ({"reviewer": "fg"}, "task-own-reviewer"),
        ({"supervisor": "jt"}, "task-own-supervisor"),
        ({"template": "supervision_5"}, "task-template"),
        ({"domain": "weather"}, "task-domain"),
        ({"region": "999999"}, "region-unknown"),
        ({"title": "  "}, "task-title"),
        ({"milestones": "尽快开工"}, "task-milestone"),
        ({"milestones": "2019-02-30 开工"}, "task-milestone"),
        ({"milestones": "2019-03-01"}, "task-milestone"),
        ({"milestones": "2019-01-06 开工"}, "task-milestone-day"),
        ({"milestones": "2019-03-30 开工"}, "task-milestone-day"),
    ],
)
def test_what_a_draft_is_refused_for(changed: dict[str, Json], code: str) -> None:
    """One fault, one code; the day of the draft itself is not in the past."""
    assert codes(Item("t"), "draft", "dc", DAY, {**DRAFT, **changed}) == [code]


def test_every_fault_is_named_together() -> None:
    """A draft wrong in four ways is refused for four reasons."""
    bad = {"due": "2018-12-01", "unit": "nobody", "template": "x", "milestones": "?"}
    assert codes(Item("t"), "draft", "dc", DAY, {**DRAFT, **bad}) == [
        "unit-unknown", "task-due-past", "task-milestone", "task-template",
    ]  # fmt: skip


def test_a_draft_says_what_it_says() -> None:
    """Fields are kept; the responsible unit is not among those with it; start = deadline works."""
    item = drafted(due="2019-01-07", milestones="2019-01-07 当日办", **{"with": ["jt", "fg"]})
    assert item.milestones == (Milestone(DAY, "当日办"),)
    assert (item.others, item.units, item.concerned) == (("fg",), {"jt", "fg"}, {"jt", "fg", "dc", "fh"})
    assert codes(Item("t"), "draft", "dc", DAY, {**DRAFT, "due": "2019-01-07", "milestones": ""}) == []
    assert TASK.record(item, world(DAY))["due"] == "2019-01-07"
    assert TASK.scope(item).units == item.concerned
    assert drafted(title_en="Sample").title.en == "Sample"


def test_a_task_is_drafted_once_and_nothing_comes_before() -> None:
    """Before the draft no other act stands open; after it, no second draft."""
    assert codes(Item("t"), "open", "dc", DAY) == ["act-not-open"]
    assert codes(drafted(), "draft", "dc", DAY, DRAFT) == ["act-not-open"]
    assert TASK.standing(Item("t"), world(DAY)) is None
    assert TASK.actors(Item("t"), world(DAY)) == {}


def test_t31_no_form_sets_what_others_decide() -> None:
    """Status, approver, day of recording, light, level reached: in no form, and refused when sent."""
    flows = world(DAY).workflows.values()
    item = drafted()
    acts = [*TASK.acts(Item("t"), world(DAY)), *OWN.values(), *TASK.acts(item, world(DAY))]
    names = {f.id for a in acts for f in a.fields}
    forbidden = {"status", "state", "node", "light", "approved_by", "by", "on", "at_instant", "version", "percent"}
    assert not names & forbidden
    for act in acts:
        _, problems = read_form(act, {"status": ["closed"], "approved_by": ["我"], "on": ["2019-01-01"]})
        assert [p.code for p in problems].count("form-field-unknown") == 3
    assert all(usable(flow) for flow in flows)


def test_the_decision_belongs_to_the_draft_only() -> None:
    """A promise and its citation stay as drafted, whatever happens after."""
    item = drafted(promise="p-1")
    assert (item.promise, item.at, item.due) == ("p-1", "3.19", date(2019, 3, 29))
