"""The state of a promise, derived from verdicts and evidence, never stored."""

from collections.abc import Sequence
from datetime import date

from zhishu.pack.promise import Evidence


def promise_state(verdict: str | None, evidence: Sequence[Evidence], deadline: date | None, today: date) -> str:
    """Return proven, in_progress, overdue, missed or no_report.

    ``verdict`` is that of the target measuring the promise, if one does. Evidence counts from its day of
    issue; "no report" is what holds when nothing speaks, and it is never green.

    >>> promise_state(None, [], date(2020, 12, 31), date(2026, 11, 23))
    'overdue'
    >>> promise_state(None, [], None, date(2026, 11, 23))
    'no_report'
    """
    if verdict == "met" or any(e.issued_on <= today for e in evidence):
        return "proven"
    if verdict == "missed":
        return "missed"
    if deadline is not None and deadline < today:
        return "overdue"
    return "in_progress" if verdict in ("on_track", "behind", "far_behind") else "no_report"
