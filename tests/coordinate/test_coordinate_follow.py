"""Tasks follow the declared workflow of the pack: legal, reviewed by others, derived as of any day."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate.follow import Followed, follow
from zhishu.coordinate.record import Record, Task
from zhishu.coordinate.refuse import REFUSALS
from zhishu.coordinate.verb import Entry
from zhishu.pack.lines import read_yaml
from zhishu.pack.workflow import Workflow, load_workflows

PACK = Path(__file__).resolve().parents[2] / "src/zhishu/packs/sichuan2018/workflows.yaml"
DAY = date(2019, 1, 1)
ROLES = {"lead": frozenset({"督办"}), "unit": frozenset({"甲局", "乙局"}), "reviewer": frozenset({"复核", "甲局"})}
PATH = [("open", "督办", ""), ("assign", "督办", ""), ("sign", "甲局", ""), ("handle", "甲局", ""),
        ("report", "甲局", "文件"), ("approve", "复核", ""), ("close", "督办", "")]  # fmt: skip


@pytest.fixture(scope="module")
def flow() -> Workflow:
    """Return the workflow the pack ships."""
    found, problems = load_workflows(read_yaml(PACK.read_text(encoding="utf-8"), "workflows.yaml"))
    assert problems == []
    return found["supervision"]


def records(*steps: tuple[str, str, str], note: str = "") -> list[Record]:
    """Return entries of one task, a day apart from 1 January 2019."""
    return [Record(Entry("t", i, a, who, DAY + timedelta(i - 1), e), note) for i, (a, who, e) in enumerate(steps, 1)]


def run(
    flow: Workflow, entries: list[Record], today: date = date(2019, 2, 1), due: date | None = date(2019, 3, 1)
) -> Followed:
    """Follow one task."""
    return follow(flow, [Task("t", due, ROLES)], entries, today)


def codes(found: Followed) -> list[str]:
    """Return the codes of the refusals."""
    return [p.code for p in found.problems]


def test_the_seven_nodes_lead_to_closed(flow: Workflow) -> None:
    """立项 交办 签收 办理 反馈 复核 办结, each accepted, nobody waited for at the end."""
    found = run(flow, records(*PATH))
    assert codes(found) == []
    assert (found.states[0].node, found.states[0].light, found.states[0].waits_for) == ("closed", "done", ())
    visited = [run(flow, records(*PATH[:n])).states[0].node for n in range(1, 8)]
    assert [flow.nodes[n].zh for n in visited] == ["立项", "交办", "签收", "办理", "反馈", "复核", "办结"]


def test_t32_who_ever_reported_never_reviews(flow: Workflow) -> None:
    """Also not after a return, when another unit reported last."""
    assert codes(run(flow, records(*PATH[:5], ("approve", "甲局", "")))) == ["task-self-review"]
    back = records(
        *PATH[:5], ("return", "复核", ""), ("report", "乙局", "文件"), ("approve", "甲局", ""), note="示例理由"
    )
    assert codes(run(flow, back)) == ["task-self-review"]


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
def test_a_refusal_names_its_entry_and_changes_nothing(
    flow: Workflow, steps: list[tuple[str, str, str]], code: str
) -> None:
    """The last entry is refused by number; the task stays where it was."""
    found = run(flow, records(*steps))
    assert [(p.code, p.where) for p in found.problems] == [(code, f"t#{len(steps)}")]
    assert found.states[0].node == run(flow, records(*steps[:-1])).states[0].node
    assert code in REFUSALS


def test_dates_numbers_and_strange_tasks_are_refused(flow: Workflow) -> None:
    """Dated back, two entries under one number, a task outside the plan."""
    first = Entry("t", 1, "open", "督办", DAY, "")
    back = Entry("t", 2, "assign", "督办", DAY - timedelta(1), "")
    assert codes(run(flow, [Record(first), Record(back)])) == ["task-dated-before"]
    rival = Entry("t", 1, "open", "督办", DAY + timedelta(1), "")
    assert codes(run(flow, [Record(first), Record(rival)])) == ["task-seq-twice"] * 2
    assert codes(run(flow, [Record(Entry("x", 1, "open", "督办", DAY, ""))])) == ["task-unknown"]


def test_t25_the_same_entry_twice_counts_once(flow: Workflow) -> None:
    """A submission repeated has one effect and raises nothing."""
    assert run(flow, records(*PATH) + records(*PATH)) == run(flow, records(*PATH))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("open", "assign", "sign", "handle", "report", "approve", "return", "close")),
        st.sampled_from(("督办", "甲局", "乙局", "复核")),
        st.sampled_from(("", "文件")),
        st.integers(0, 9),
    ),
    max_size=12,
)


def drawn(acts: list[tuple[str, str, str, int]]) -> list[Record]:
    """Return drawn entries with numbers and dates of their own."""
    return [Record(Entry("t", i, a, w, DAY + timedelta(d), e), "示例") for i, (a, w, e, d) in enumerate(acts)]


@given(ACTS, st.integers(0, 999))
@settings(max_examples=60)
def test_t50_entries_in_any_order_give_the_same_state(
    flow: Workflow, acts: list[tuple[str, str, str, int]], seed: int
) -> None:
    """Shuffled entries change neither states nor problems."""
    entries = drawn(acts)
    shuffled = list(entries)
    Random(seed).shuffle(shuffled)
    assert repr(run(flow, shuffled)) == repr(run(flow, entries))


@given(ACTS)
@settings(max_examples=60)
def test_a_task_moves_only_along_declared_acts(flow: Workflow, acts: list[tuple[str, str, str, int]]) -> None:
    """Entry by entry, the node stays or goes where an act of the workflow leads."""
    nodes = [run(flow, drawn(acts[:n])).states[0].node for n in range(len(acts) + 1)]
    legal = {(before, s.after) for s in flow.acts.values() for before in s.before}
    assert all(a == b or (a, b) in legal for a, b in pairwise(nodes))


@given(st.integers(0, 7), st.integers(-5, 60), st.integers(-5, 60))
@settings(max_examples=60)
def test_t28_an_overdue_task_never_goes_quiet(flow: Workflow, done: int, due: int, ahead: int) -> None:
    """Overdue on every day after the deadline until closed, later by one each day, from any node."""
    deadline = DAY + timedelta(due)
    today = DAY + timedelta(10 + ahead)
    state = run(flow, records(*PATH[:done]), today, deadline).states[0]
    if state.node == "closed":
        assert state.colour == "done"
    elif today > deadline:
        assert (state.light, state.colour, state.days_late) == ("overdue", "red", (today - deadline).days)
    elif (deadline - today).days <= 3:
        assert state.colour == "yellow"
    else:
        assert state.days_late == 0


def test_stale_and_open_ended_tasks_are_not_green(flow: Workflow) -> None:
    """A month of silence is yellow, no deadline is yellow, the deadline on the first day divides nothing."""
    entries = records(*PATH[:3])
    assert run(flow, entries, date(2019, 1, 20)).states[0].colour == "green"
    assert run(flow, entries, date(2019, 2, 20), date(2019, 12, 1)).states[0].light == "stale"
    assert run(flow, entries, date(2019, 1, 20), None).states[0].light == "no_deadline"
    assert run(flow, [], DAY, DAY).states[0].light == "near"


def test_a_day_in_the_past_can_be_replayed(flow: Workflow) -> None:
    """Later entries do not count yet; those who must act are the responsible units, not the recorder."""
    state = run(flow, records(*PATH), date(2019, 1, 2)).states[0]
    assert (state.node, state.waits_for) == ("assigned", ("乙局", "甲局"))


def test_closed_late_stays_said(flow: Workflow) -> None:
    """The days past the deadline are those on the day it was closed."""
    state = run(flow, records(*PATH), date(2019, 6, 1), date(2019, 1, 5)).states[0]
    assert (state.light, state.days_late) == ("done_late", 2)


def test_t32_who_reported_does_not_close(flow: Workflow) -> None:
    """A unit that holds two roles may not end the task it reported on."""
    both = {**ROLES, "lead": frozenset({"督办", "甲局"})}
    entries = records(*PATH[:6], ("close", "甲局", "文件"))
    found = follow(flow, [Task("t", date(2019, 3, 1), both)], entries, date(2019, 2, 1))
    assert codes(found) == ["task-self-review"]


@pytest.mark.parametrize(("days", "colour"), [(4, "green"), (3, "yellow"), (0, "yellow"), (-1, "red")])
def test_colours_turn_on_the_day_declared(flow: Workflow, days: int, colour: str) -> None:
    """Three days before the deadline is yellow, the day itself still is, the day after is red."""
    today = date(2019, 1, 20)
    assert run(flow, records(*PATH[:3]), today, today + timedelta(days)).states[0].colour == colour


def test_acts_of_one_day_are_in_order(flow: Workflow) -> None:
    """Two acts on one day follow their numbers and are not dated back."""
    same = [Record(Entry("t", i, a, who, DAY, e)) for i, (a, who, e) in enumerate(PATH, 1)]
    assert run(flow, same).states[0].node == "closed"
