"""Closing a month: its figures, what changed since the last release, and the checkpoint they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.difference import Difference, difference
from zhishu.coordinate.releases import Edition, Release
from zhishu.office.explained import Rest
from zhishu.office.moment import Moment
from zhishu.office.month import Month, last_day, month_of
from zhishu.office.service import Office


@dataclass(frozen=True, slots=True)
class Closing:
    """The month ready to be written: figures, the moment they are of, the entries that each subject rested on, and the
    difference to the last release."""

    month: Month
    moment: Moment
    before: str
    changed: Difference | None
    rests: Mapping[str, Rest]


def closing(office: Office, month: str, seq: int, today: date) -> Closing:
    """Return the closing of a month from the first entries of the ledger, as of its last day or today if earlier."""
    rests: dict[str, Rest] = {}
    moment = office.moment_at(seq, min(last_day(month), today), rests)
    found = month_of(moment, month)
    last = _last(office, month)
    if last is None:
        return Closing(found, moment, "", None, rests)
    id, edition = last
    day = edition.basis_day or moment.day
    earlier = month_of(office.moment_at(edition.checkpoint, day), office.state(f"release/{id}").period)
    return Closing(found, moment, id, difference(earlier.table(), found.table()), rests)


def _last(office: Office, month: str) -> tuple[str, Edition] | None:
    """Return the newest edition that was released, of this month or an earlier one."""
    found: list[tuple[str, int, str, Edition]] = []
    for stream in office.projection.streams.get("release", ()):
        state = office.state(stream)
        if isinstance(state, Release) and state.period <= month:
            found += [(state.period, e.number, state.id, e) for e in state.released if e.withdrawn_at is None]
    if not found:
        return None
    _, _, id, edition = max(found, key=lambda f: f[:2])
    return id, edition
