"""A unit that ends hands its part of a task to another: as it stands, with reason and basis, its history kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from task_samples import DAY, OFFICE, PROOF, UNITS, codes, do, drafted, fact, running, world

from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.units import Unit

END = date(2019, 2, 1)
AFTER = END + timedelta(3)
BODY: dict[str, Json] = {"leaving": "jt", "unit": "sz", "reason": "机构改革", "basis": "示例机构改革方案第三条"}


@pytest.fixture
def dissolved(monkeypatch: pytest.MonkeyPatch) -> Item:
    """Return a running task whose lead unit ends on END."""
    monkeypatch.setitem(UNITS, "unit/jt", replace(UNITS["unit/jt"], until=END))
    return running()


def _open(item: Item, on: date) -> bool:
    return "hand_over" in {a.id for a in TASK.acts(item, world(on))}


def test_the_act_stands_open_once_the_end_of_a_unit_is_on_record(dissolved: Item) -> None:
    assert _open(dissolved, DAY)
    assert _open(dissolved, AFTER)
    assert not _open(do(drafted(unit="sz", **{"with": []}), ("open", "dc", DAY, {})), AFTER)


def test_it_waits_for_the_supervising_unit_from_the_day_the_unit_is_gone(dissolved: Item) -> None:
    assert "hand_over" not in TASK.actors(dissolved, world(END))
    assert TASK.actors(dissolved, world(AFTER))["hand_over"] == {"dc"}
    now = world(END - timedelta(5))
    assert TASK.holds(dissolved, TASK.standing(dissolved, now), now) <= END


def test_the_new_unit_goes_on_where_the_old_one_stood(dissolved: Item) -> None:
    told = do(dissolved, ("progress", "jt", AFTER, {"progress": "完成一半"}))
    after = do(told, ("hand_over", "dc", AFTER, BODY))
    assert (after.responsible, after.others, after.due) == ("sz", ("fg",), told.due)
    assert after.words == told.words
    assert TASK.scope(after).units == {"dc", "sz", "fg", "fh"}
    assert not _open(after, AFTER)
    assert codes(after, "progress", "jt", AFTER, {"progress": "x"}) == ["task-not-your-part"]
    assert codes(after, "progress", "sz", AFTER, {"progress": "x"}) == []
    (kept,) = TASK.record(after, world(AFTER))["handed"]  # type: ignore[misc]
    assert (kept["leaving"], kept["to"], kept["text"], kept["by"]) == ("jt", "sz", "机构改革", "督查员")
    assert (kept["basis"], kept["on"]) == ("示例机构改革方案第三条", str(AFTER))


def test_who_reported_for_the_old_unit_still_does_not_review(dissolved: Item) -> None:
    """Handing over washes nobody clean: unit and person who reported stay barred from judging it."""
    reported = do(dissolved, ("report", "jt", END, PROOF))
    after = do(reported, ("hand_over", "dc", AFTER, BODY))
    assert codes(after, "approve", "fh", AFTER, by="交通员") == ["task-self-review-account"]
    assert codes(after, "approve", "fh", AFTER) == []


def test_only_the_unit_that_takes_over_is_asked_for_something(dissolved: Item) -> None:
    found = fact(dissolved, "hand_over", "dc", AFTER, BODY)
    assert TASK.asked(TASK.step(dissolved, found), found) == ("sz",)
    assert "over_limit" in {f.id for a in TASK.acts(dissolved, world(AFTER)) if a.id == "hand_over" for f in a.fields}


@pytest.mark.parametrize(
    ("unit", "changed", "found"),
    [
        ("jt", {}, ["task-not-your-part"]),
        ("fg", {}, ["task-not-your-part"]),
        ("dc", {"unit": "old"}, ["unit-unknown"]),
        ("dc", {"unit": "nobody"}, ["unit-unknown"]),
        ("dc", {"unit": "jt"}, ["task-not-leaving", "unit-unknown"]),
        ("dc", {"leaving": "fg"}, ["task-not-leaving"]),
        ("dc", {"leaving": "sz"}, ["task-not-leaving"]),
        ("dc", {"unit": "fh"}, ["task-own-reviewer"]),
        ("dc", {"unit": "dc"}, ["task-own-supervisor"]),
        ("dc", {"reason": " "}, ["task-blank"]),
        ("dc", {"basis": ""}, ["task-blank"]),
    ],
)
def test_refused(dissolved: Item, unit: str, changed: dict[str, Json], found: list[str]) -> None:
    assert codes(dissolved, "hand_over", unit, AFTER, {**BODY, **changed}) == found


def test_co_unit_reviewer_and_supervisor_hand_over_likewise(monkeypatch: pytest.MonkeyPatch) -> None:
    for id in ("fg", "fh", "dc"):
        monkeypatch.setitem(UNITS, f"unit/{id}", replace(UNITS[f"unit/{id}"], until=END))
    monkeypatch.setitem(UNITS, "unit/new", Unit("new", UNITS["unit/jt"].name, "510000", "*", "", DAY, None))
    item = running()
    # no supervising unit is left to act: whoever holds the right does, and nobody in particular is waited for
    assert "hand_over" not in TASK.actors(item, world(AFTER))
    item = do(item, ("hand_over", "sz", AFTER, {**BODY, "leaving": "dc", "unit": "new"}))
    assert item.supervisor == "new"
    assert codes(item, "hand_over", "sz", AFTER, {**BODY, "leaving": "fg"}) == ["task-not-your-part"]
    item = do(item, ("hand_over", "new", AFTER, {**BODY, "leaving": "fg", "unit": "jt"}))
    assert (item.responsible, item.others) == ("jt", ())
    item = do(item, ("hand_over", "new", AFTER, {**BODY, "leaving": "fh", "unit": "sz"}))
    assert item.reviewer == "sz"


def test_a_closed_task_is_not_handed_over(dissolved: Item) -> None:
    item = do(dissolved, ("report", "jt", END, PROOF), ("approve", "fh", END, {}), ("close", "dc", END, PROOF))
    assert not _open(item, AFTER)
    assert "hand_over" not in TASK.actors(item, world(AFTER))


def test_supervisors_hold_the_right_and_clerks_do_not() -> None:
    roles = OFFICE.rules.roles
    assert {id for id, role in roles.items() if role.holds("task.hand_over")} == {"supervisor"}
