"""The state of a promise follows from verdict, evidence and deadline on the day asked, and silence is never green."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.pack.promise import Evidence
from zhishu.terms import PROMISE_STATES, VERDICTS
from zhishu.watch import promise_state

TODAY = date(2026, 11, 23)
PAST, AHEAD = date(2022, 12, 31), date(2027, 12, 31)


def document(issued: date) -> Evidence:
    """Return an issued document."""
    return Evidence("某办法", None, issued, "某厅", "a test", "high")


@pytest.mark.parametrize(
    ("verdict", "deadline", "state"),
    [
        ("met", PAST, "proven"),
        ("met", None, "proven"),
        ("missed", PAST, "missed"),
        ("undecided", PAST, "overdue"),
        ("undecided", AHEAD, "no_report"),
        ("undecided", None, "no_report"),
        ("on_track", AHEAD, "in_progress"),
        ("behind", AHEAD, "in_progress"),
        ("far_behind", None, "in_progress"),
        ("on_track", PAST, "overdue"),
        (None, PAST, "overdue"),
        (None, AHEAD, "no_report"),
        (None, None, "no_report"),
        (None, TODAY, "no_report"),
        (None, TODAY - timedelta(days=1), "overdue"),
    ],
)
def test_state_by_verdict_and_deadline(verdict: str | None, deadline: date | None, state: str) -> None:
    """Without evidence: the verdict, else the deadline; the last day itself is not yet late."""
    assert promise_state(verdict, [], deadline, TODAY) == state


def test_evidence_counts_from_its_day() -> None:
    """A document proves from the day of issue and not before."""
    issued = date(2020, 3, 1)
    assert promise_state(None, [document(issued)], PAST, issued) == "proven"
    assert promise_state(None, [document(issued)], PAST, issued - timedelta(days=1)) == "no_report"


@pytest.mark.parametrize("after", [1, 2, 30, 365])
def test_t28_overdue_persists(after: int) -> None:
    """What is late on day 1 is late on day 2, 30 and 365: no stored state hides it."""
    assert promise_state(None, [], PAST, PAST + timedelta(days=after)) == "overdue"


@given(
    st.sampled_from([None, *VERDICTS]),
    st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2030, 1, 1))),
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
)
@settings(max_examples=60)
def test_silence_is_never_green(verdict: str | None, deadline: date | None, today: date) -> None:
    """Every state is one of the five, and without evidence only a met target proves."""
    state = promise_state(verdict, [], deadline, today)
    assert state in PROMISE_STATES
    assert (state == "proven") == (verdict == "met")
