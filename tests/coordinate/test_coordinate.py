"""Tasks follow the declared workflow of the pack: legal, reviewed by others, derived as of any day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from coordinate_samples import DAY, FLOW, PATH, ROLES, codes, entries, run

from zhishu.coordinate import Entry, Task, coordinate
from zhishu.coordinate.lights import light_words
from zhishu.coordinate.refuse import REFUSALS
from zhishu.coordinate.state import COLOURS


def test_the_seven_nodes_lead_to_closed() -> None:
    """立项 交办 签收 办理 反馈 复核 办结, each accepted, nobody waited for at the end."""
    found = run(entries(*PATH))
    assert codes(found) == []
    state = found.states[0]
    assert (state.node, state.act, state.light, state.waits_for) == ("closed", "close", "done", ())
    assert [FLOW.nodes[str(r.node)].zh for r in found.rulings] == [
        "立项",
        "交办",
        "签收",
        "办理",
        "反馈",
        "复核",
        "办结",
    ]


def test_t32_who_ever_reported_never_reviews() -> None:
    """Also not after a return, when another unit reported last."""
    assert codes(run(entries(*PATH[:5], ("approve", "甲局", "")))) == ["task-self-review"]
    back = entries(
        *PATH[:5], ("return", "复核", ""), ("report", "乙局", "文件"), ("approve", "甲局", ""), note="示例理由"
    )
    assert codes(run(back)) == ["task-self-review"]


def test_t32_who_reported_does_not_close() -> None:
    """A unit that holds two roles may not end the task it reported on, and is not waited for to do so."""
    both = {**ROLES, "lead": frozenset({"督办", "甲局"})}
    found = coordinate(FLOW, [Task("t", None, both)], entries(*PATH[:6], ("close", "甲局", "文件")), date(2019, 2, 1))
    assert codes(found) == ["task-self-review"]
    assert found.states[0].waits_for == ("复核", "督办")


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([PATH[0], PATH[2]], "task-out-of-order"),
        ([PATH[0], ("praise", "督办", "")], "task-unknown-act"),
        ([*PATH[:2], ("sign", "督办", "")], "task-wrong-actor"),
        ([*PATH[:4], ("report", "甲局", "  ")], "task-no-evidence"),
        ([*PATH[:5], ("return", "复核", "")], "task-no-reason"),
    ],
)
def test_a_refusal_names_its_entry_and_changes_nothing(steps: list[tuple[str, str, str]], code: str) -> None:
    """The last entry is refused by number; the task stays where it was."""
    found = run(entries(*steps))
    assert [(p.code, p.where) for p in found.problems] == [(code, f"t#{len(steps)}")]
    assert found.states == run(entries(*steps[:-1])).states
    assert found.rulings[-1].node == found.states[0].node


def test_dates_numbers_and_strange_tasks_are_refused() -> None:
    """Dated back, two entries under one number, a task outside the plan, a role the plan gives to nobody."""
    first = Entry("t", 1, "open", "督办", DAY)
    assert codes(run([first, Entry("t", 2, "assign", "督办", DAY - timedelta(1))])) == ["task-dated-before"]
    assert codes(run([first, replace(first, on=DAY + timedelta(1))])) == ["task-seq-twice"] * 2
    strange = run([replace(first, task="x")])
    assert (codes(strange), strange.rulings[0].node) == (["task-unknown"], None)
    assert codes(coordinate(FLOW, [Task("t", None, {})], [first], DAY)) == ["task-role-unnamed"]


def test_every_refusal_has_words_and_every_light_a_colour() -> None:
    """No surface meets a code without words in both languages."""
    for refusal in REFUSALS.values():
        assert all((refusal.what.zh, refusal.what.en, refusal.repair.zh, refusal.repair.en))
    assert set(light_words(FLOW)) == set(COLOURS)


def test_two_tasks_of_one_id_are_no_plan() -> None:
    """The verb does not choose between them."""
    with pytest.raises(ValueError, match="one id"):
        coordinate(FLOW, [Task("t", None, ROLES)] * 2, [], DAY)


def test_a_later_number_cannot_undo_a_day_already_seen() -> None:
    """Numbers rule, not days: an entry refused is refused on every day, and what is to come does not count yet."""
    late = Entry("t", 1, "open", "督办", DAY + timedelta(20))
    early = Entry("t", 2, "open", "督办", DAY)
    before, after = run([late, early], DAY + timedelta(10)), run([late, early], DAY + timedelta(30))
    assert [r.code for r in before.rulings] == ["later", "task-out-of-order"]
    assert [r.code for r in after.rulings] == ["accepted", "task-out-of-order"]
    assert [r.node for r in before.rulings] == ["none", "none"]


def test_stale_and_open_ended_tasks_are_not_green() -> None:
    """A month of silence, no deadline, nothing recorded: yellow, each for its own reason."""
    found = entries(*PATH[:3])
    assert run(found, date(2019, 1, 20)).states[0].colour == "green"
    assert run(found, date(2019, 2, 20), date(2019, 12, 1)).states[0].light == "stale"
    assert run(found, date(2019, 1, 20), None).states[0].light == "no_deadline"
    assert run(found, date(2019, 1, 20), None).states[0].days_late is None
    assert run([], DAY, date(2019, 12, 1)).states[0].light == "unrecorded"
    assert run([], DAY, DAY).states[0].light == "near"


@pytest.mark.parametrize(("days", "colour"), [(4, "green"), (3, "yellow"), (0, "yellow"), (-1, "red")])
def test_colours_turn_on_the_day_declared(days: int, colour: str) -> None:
    """Three days before the deadline is yellow, the day itself still is, the day after is red."""
    today = date(2019, 1, 20)
    assert run(entries(*PATH[:3]), today, today + timedelta(days)).states[0].colour == colour


def test_days_come_from_the_declaration() -> None:
    """Another workflow's days turn the light on another day."""
    wide = replace(FLOW, near_days=10, stale_days=1)
    today = date(2019, 1, 20)
    assert run(entries(*PATH[:3]), today, today + timedelta(10), wide).states[0].light == "near"
    assert run(entries(*PATH[:3]), today, today + timedelta(11), wide).states[0].light == "stale"


def test_a_day_in_the_past_can_be_replayed() -> None:
    """Later entries do not count yet; those who must act are the responsible units, not the recorder."""
    state = run(entries(*PATH), date(2019, 1, 2)).states[0]
    assert (state.node, state.waits_for) == ("assigned", ("乙局", "甲局"))


def test_closed_late_stays_said() -> None:
    """The days past the deadline are those on the day it was closed."""
    state = run(entries(*PATH), date(2019, 6, 1), date(2019, 1, 5)).states[0]
    assert (state.light, state.days_late) == ("done_late", 2)


def test_acts_of_one_day_are_in_order() -> None:
    """Two acts on one day follow their numbers and are not dated back."""
    same = [Entry("t", i, a, who, DAY, e) for i, (a, who, e) in enumerate(PATH, 1)]
    assert run(same).states[0].node == "closed"
