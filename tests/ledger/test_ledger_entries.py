"""Task records survive the ledger unchanged, and a tampered chain is never replayed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate.record import Record
from zhishu.coordinate.verb import Entry
from zhishu.ledger.chain import Sealed, append
from zhishu.ledger.entries import from_body, head, record, replay, to_body

TEXT = st.text(max_size=12)
RECORDS = st.builds(Record, st.builds(Entry, TEXT, st.integers(-(10**9), 10**9), TEXT, TEXT, st.dates(), TEXT), TEXT)


@given(RECORDS)
@settings(max_examples=60)
def test_t15_a_record_comes_back_as_it_went(one: Record) -> None:
    """Any text, number and date is read back the same."""
    assert from_body(to_body(one)) == one


@given(st.lists(RECORDS, min_size=1, max_size=6))
@settings(max_examples=30)
def test_a_chain_replays_in_order(many: list[Record]) -> None:
    """What was recorded is replayed, and a shorter chain has another head."""
    chain: tuple[Sealed, ...] = ()
    for one in many:
        chain = record(chain, one)
    assert replay(chain) == many
    assert head(chain) != head(chain[:-1])


def test_t45_a_changed_entry_stops_the_replay() -> None:
    """The first bad entry is named; nothing is replayed around it."""
    chain = record((), Record(Entry("t", 1, "open", "督办", date(2019, 1, 1), "")))
    chain = record(chain, Record(Entry("t", 2, "assign", "督办", date(2019, 1, 2), "")))
    forged = (chain[0], Sealed({**chain[1].body, "on": "2018-12-01"}, chain[1].seal))
    with pytest.raises(ValueError, match="entry 1"):
        replay(forged)


def test_another_kind_of_body_is_no_record() -> None:
    """A body without the fields of a record is refused, not filled in."""
    with pytest.raises(KeyError):
        replay(append((), {"task": "t"}))
