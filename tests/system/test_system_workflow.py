"""A form whose tasks follow a workflow: rulings and states in words, proposals named, nothing guessed."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.coordinate.columns import COLUMNS as FOLLOW
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.system import System
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow
from zhishu.system.describe import describe_system
from zhishu.system.examples import raw_case
from zhishu.system.mutate import survey

DAY = date(2019, 3, 1)


@pytest.fixture(scope="module")
def ledger(study: Study) -> System:
    """Return the ledger of reform tasks."""
    return study.pack.systems["ftz-159-reform-tasks"]


def answered(ledger: System, example: str) -> Answer:
    """Return the answer to one of its examples."""
    found = next(e for e in ledger.examples if e.id == example)
    return run_system(ledger, raw_case(found), found.on, COLUMNS)


def test_refusals_and_lights_are_said_in_both_languages(ledger: System) -> None:
    """No code reaches a reader: reasons, repairs, nodes and lights are words."""
    answer = answered(ledger, "every_refusal")
    said = [r.say for r in answer.remarks if r.subject == "t2 · 6"]
    assert said[0].zh == "t2 第 6 条不受理：反馈过本任务的单位不得复核或办结。改法：由另一单位办理"
    assert said[0].en == (
        "entry 6 of t2 is refused: a unit that reported on the task may not review or close it. "
        "Repair: let another unit act"
    )
    states = answered(ledger, "every_state")
    facts = [f for a in (answer, states) for r in a.results for f in r.facts]
    assert all("task-" not in f.say("zh") + f.say("en") for f in facts)
    lights = {r.subject: f for r in states.results for f in r.facts if f.id == "light"}
    assert (lights["t02"].say("zh"), lights["t05"].say("en")) == ("红灯 · 逾期", "yellow · due within 3 days")


def test_the_workflow_is_named_among_the_proposals(ledger: System) -> None:
    """Days, roles and nodes are not in the Decision: the answer says so, with the reason."""
    answer = answered(ledger, "one_task_through")
    assert answer.to_json()["proposals_used"] == ["workflow.supervision"]
    assert "提议" in answer.proposals[0].why.zh


def test_the_contract_names_acts_and_roles(ledger: System) -> None:
    """What a program may send stands in the description: the acts are those of the workflow."""
    found = describe_system(ledger, date(2026, 11, 23))
    assert isinstance(found["workflow"], dict)
    assert found["workflow"]["acts"]["report"]["needs"] == ["evidence"]
    assert list(ledger.tables["entries"].fields["act"].choices) == list(found["workflow"]["acts"])


def test_rows_in_any_order_and_twice_give_the_same_answer(ledger: System) -> None:
    """A form pasted twice in reverse says what it said."""
    example = next(e for e in ledger.examples if e.id == "every_state")
    raw = raw_case(example)
    rows = [RawRow(r.cells, f"{r.place}{n}") for n in (1, 2) for r in raw.tables["entries"]]
    again = run_system(ledger, RawCase({**raw.tables, "entries": rows[::-1]}, raw.settings), example.on, COLUMNS)
    before = answered(ledger, "every_state")
    tasks = [r.to_json() for r in before.results if r.table == "tasks"]
    assert [r.to_json() for r in again.results if r.table == "tasks"] == tasks


def test_one_change_in_ten_at_most_goes_unnoticed_workflow_included(ledger: System) -> None:
    """Days, needs, roles and the nodes before an act are changed too."""
    found = survey(ledger, COLUMNS)
    assert found.mutants > 60
    assert len(found.unnoticed) <= 0.1 * found.mutants


TASK: dict[str, Value] = {"task": "t", "due": date(2019, 6, 1), "role_lead": "督办、督查", "role_unit": "甲"}
ENTRY: dict[str, Value] = {"task": "t", "seq": Fraction(1), "act": "open", "actor": "督查", "on": date(2019, 2, 1),
                           "evidence": Unknown("missing"), "note": Unknown("missing")}  # fmt: skip


def filled(study: Study, use: str, tasks: list[dict[str, Value]], entries: list[dict[str, Value]]) -> list[Value]:
    """Return a column over tasks, or over entries."""
    over_entries = use in ("ruling", "remedy", "node_after")
    own, other = (entries, tasks) if over_entries else (tasks, entries)
    return FOLLOW[use](own, {"workflow": study.pack.workflows["supervision"], "today": DAY, "beside": other})


def test_an_entry_nobody_can_read_leaves_its_task_open(study: Study) -> None:
    """It might have moved the task: rulings and state are unknown; without its task, those of every task."""
    lost = Unknown("missing", "on")
    other: dict[str, Value] = {**TASK, "task": "u"}
    entries: list[dict[str, Value]] = [ENTRY, {**ENTRY, "seq": Fraction(2), "on": lost}]
    assert filled(study, "ruling", [TASK, other], entries) == [lost, lost]
    assert filled(study, "node", [TASK, other], entries) == [lost, "none"]
    stray: dict[str, Value] = {**ENTRY, "task": Unknown("missing", "task")}
    assert filled(study, "node", [TASK, other], [ENTRY, stray]) == [Unknown("missing", "task")] * 2


def test_several_units_may_hold_a_role(study: Study) -> None:
    """Names joined by 、 are each a holder; a role nobody is named for is said to be so."""
    assert filled(study, "ruling", [TASK], [ENTRY]) == ["accepted"]
    assert filled(study, "waits_for", [TASK], [ENTRY]) == ["督办、督查"]
    bare: dict[str, Value] = {**TASK, "role_lead": Unknown("missing")}
    assert filled(study, "ruling", [bare], [ENTRY]) == ["task-role-unnamed"]
    assert filled(study, "waits_for", [bare], []) == [Unknown("not_named")]
    assert filled(study, "last", [bare], []) == [Unknown("no_entry")]


def test_a_row_set_aside_takes_its_entries_with_it(study: Study) -> None:
    """An entry whose task does not count is refused, its node unknown."""
    assert filled(study, "ruling", [], [ENTRY]) == ["task-unknown"]
    assert filled(study, "node_after", [], [ENTRY]) == [Unknown("not_found", "t")]


def reform(count: int) -> RawCase:
    """Return a list of tasks: 120 closed, 30 in progress, 6 overdue, the rest without a report."""
    units = ("示例督查室", "示例督查室", "示例委", "示例委", "示例委", "示例评估中心", "示例督查室")
    acts = ("open", "assign", "sign", "handle", "report", "approve", "close")
    tasks, entries = [], []
    for n in range(count):
        done = 7 if n < 120 else 4 if n < 150 else 2 if n < 156 else 0
        due = "2019-02-01" if 150 <= n < 156 else "2019-12-31"
        roles = {"lead": units[0], "owner": units[2], "reviewer": units[5]}
        tasks.append(RawRow({"task": f"t{n}", "title": f"任务{n}", "due": due, **roles}, f"tasks[{n}]"))
        for seq, (act, unit) in enumerate(zip(acts[:done], units, strict=False), 1):
            row = {"task": f"t{n}", "seq": seq, "act": act, "actor": unit, "on": f"2019-01-0{seq}", "evidence": "文件"}
            entries.append(RawRow(row, f"entries[{n}.{seq}]"))
    return RawCase({"tasks": tasks, "entries": entries})


def test_the_case_of_the_catalogue(ledger: System) -> None:
    """120 of 159 closed with evidence are 75.5 %, the states sum to the list; with 158 tasks there is no rate."""
    whole = run_system(ledger, reform(159), DAY, COLUMNS)
    assert whole.problems == ()
    facts = {f.id: f for f in whole.results[0].facts}
    states = ("done", "in_progress", "claimed", "returned", "overdue", "no_report")
    assert [facts[s].say("en") for s in states] == ["120", "30", "0", "0", "6", "3"]
    assert facts["rate"].say("en") == "75.5%"
    short = run_system(ledger, reform(158), DAY, COLUMNS).results[0]
    assert short.outcome is not None
    assert short.outcome.id == "withheld"
    assert isinstance({f.id: f.value for f in short.facts}["rate"], Unknown)
