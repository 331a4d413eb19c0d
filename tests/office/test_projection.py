"""The record read subject by subject amounts to what it amounts to entry by entry."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.office.conftest import Bench

from zhishu.coordinate.fact import Fact, Json
from zhishu.ledger import Entry
from zhishu.office.kinds import KINDS
from zhishu.office.projection import Projection, gathered

BEGAN = datetime(2026, 1, 30, 1, tzinfo=UTC)
STREAMS = st.sampled_from(["task/a", "task/b", "case/a", "unit/a", "period/2026-03", "account/x", "note/of-no-kind"])
ACTS = st.sampled_from(["draft", "open", "assign", "urge", "progress", "report", "return", "remind", "create", "close"])
UNITS = st.sampled_from(["a", "b", "c"])
BODIES = st.builds(
    lambda one, others: dict[str, Json](
        unit=one, units=[*others], supervisor=one, due="2026-04-01", **{"with": [*others]}
    ),
    UNITS,
    st.lists(UNITS, max_size=2),
)


def numbered(acts: Sequence[tuple[str, str, dict[str, Json]]]) -> list[Entry]:
    """Return acts as entries, a day apart."""
    found, versions = [], dict[str, int]()
    for seq, (stream, act, body) in enumerate(acts, 1):
        versions[stream] = versions.get(stream, 0) + 1
        at = BEGAN + timedelta(seq)
        found.append(Entry(seq, Fact(stream, versions[stream], act, "x", "a", at, at.date(), body), "", "", ""))
    return found


def assert_same(gathers: Projection, applies: Projection) -> None:
    """Compare all that a projection promises."""
    for name in ("seq", "states", "versions", "last", "streams", "changed", "asks", "deciding"):
        assert getattr(gathers, name) == getattr(applies, name), name
    for stream, state in applies.states.items():
        for unit in KINDS[stream.partition("/")[0]].scope(state).units:
            assert stream in gathers.concerning[unit]
            assert stream in applies.concerning[unit]
    for unit, streams in gathers.concerning.items():
        assert set(streams) <= set(applies.concerning[unit])


@given(st.lists(st.tuples(STREAMS, ACTS, BODIES), max_size=40), st.integers(0, 40))
def test_subject_by_subject_is_entry_by_entry(acts: list[tuple[str, str, dict[str, Json]]], cut: int) -> None:
    """Whatever is on record, and whatever comes in one by one afterwards."""
    entries = numbered(acts)
    applies = Projection(KINDS)
    applies.apply(entries)
    by_subject = sorted(entries, key=lambda e: (e.fact.stream, e.fact.version))
    assert_same(gathered(KINDS, by_subject), applies)
    begun = gathered(KINDS, (e for e in by_subject if e.seq <= cut))
    begun.apply(entries)
    assert_same(begun, applies)
    assert begun.touched == [e.fact.stream for e in entries[cut:] if e.fact.kind in KINDS]


def test_an_office_opens_on_what_it_closed_with(bench: Bench) -> None:
    """A ledger filled by acts gives the projection that grew with them."""
    made = gathered(KINDS, bench.office.ledger.by_subject())
    assert_same(made, bench.office.projection)
    assert made.seq == bench.office.ledger.head().seq > 0
