"""Entries on tasks survive the ledger unchanged, and a tampered chain is never replayed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate import Entry, Task, coordinate
from zhishu.ledger.chain import Sealed, append
from zhishu.ledger.entries import from_body, head, record, replay, to_body
from zhishu.study import Study

TEXT = st.text(max_size=12)
ENTRIES = st.builds(Entry, TEXT, st.integers(-(10**9), 10**9), TEXT, TEXT, st.dates(), TEXT, TEXT)


@given(ENTRIES)
@settings(max_examples=60)
def test_t15_an_entry_comes_back_as_it_went(one: Entry) -> None:
    """Any text, number and date is read back the same."""
    assert from_body(to_body(one)) == one


@given(st.lists(ENTRIES, min_size=1, max_size=6))
@settings(max_examples=30)
def test_a_chain_replays_in_order(many: list[Entry]) -> None:
    """What was recorded is replayed, and a shorter chain has another head."""
    chain: tuple[Sealed, ...] = ()
    for one in many:
        chain = record(chain, one)
    assert replay(chain) == many
    assert head(chain) != head(chain[:-1])


def test_t45_a_changed_entry_stops_the_replay() -> None:
    """The first bad entry is named; nothing is replayed around it."""
    chain = record((), Entry("t", 1, "open", "督办", date(2019, 1, 1)))
    chain = record(chain, Entry("t", 2, "assign", "督办", date(2019, 1, 2)))
    forged = (chain[0], Sealed({**chain[1].body, "on": "2018-12-01"}, chain[1].seal))
    with pytest.raises(ValueError, match="entry 1"):
        replay(forged)


def test_another_kind_of_body_is_no_entry() -> None:
    """A body without the fields of an entry is refused, not filled in."""
    with pytest.raises(KeyError):
        replay(append((), {"task": "t"}))


LEAD, UNIT, REVIEWER = "示例督查室", "示例委", "示例评估中心"
STEPS = [
    Entry("示例任务", 1, "open", LEAD, date(2019, 1, 2)),
    Entry("示例任务", 2, "assign", LEAD, date(2019, 1, 3)),
    Entry("示例任务", 3, "sign", UNIT, date(2019, 1, 4)),
    Entry("示例任务", 4, "handle", UNIT, date(2019, 1, 5)),
    Entry("示例任务", 5, "report", UNIT, date(2019, 2, 1), evidence="示例文件"),
    Entry("示例任务", 6, "approve", UNIT, date(2019, 2, 2)),
    Entry("示例任务", 7, "approve", REVIEWER, date(2019, 2, 10)),
    Entry("示例任务", 8, "close", LEAD, date(2019, 2, 12)),
]


def test_one_task_through_the_ledger(study: Study) -> None:
    """交办 反馈 复核 办结 recorded, sealed, replayed and coordinated: the state of each day, one refusal named."""
    chain: tuple[Sealed, ...] = ()
    for step in STEPS:
        chain = record(chain, step)
    flow = study.pack.workflows["supervision"]
    roles = {"lead": frozenset({LEAD}), "unit": frozenset({UNIT}), "reviewer": frozenset({REVIEWER, UNIT})}
    task = Task("示例任务", date(2019, 2, 14), roles)

    def on(day: date) -> tuple[str, str, tuple[str, ...]]:
        state = coordinate(flow, [task], replay(chain), day).states[0]
        return flow.nodes[state.node].zh, state.light, state.waits_for

    assert on(date(2019, 1, 1)) == ("未立项", "unrecorded", (LEAD,))
    assert on(date(2019, 1, 3)) == ("交办", "open", (UNIT,))
    assert on(date(2019, 2, 2)) == ("反馈", "open", (REVIEWER,))
    assert on(date(2019, 2, 11)) == ("复核", "near", (LEAD, REVIEWER))
    assert on(date(2019, 2, 12)) == ("办结", "done", ())
    refused = coordinate(flow, [task], replay(chain), date(2019, 3, 1)).problems
    assert [(p.code, p.where) for p in refused] == [("task-self-review", "示例任务#6")]
    assert refused[0].what.zh == "反馈过本任务的单位不得复核或办结"
    assert refused[0].repair.en == "let another unit act"
