"""A release as it stands, and what a reader without login may see of it at an instant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from zhishu.coordinate.withdrawing import Withdrawn
from zhishu.terms import Text

_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Edition:
    """One content of a release: document, annex and figures explained as SHA-256, the checkpoint of the ledger it was
    made from.

    ``basis_day`` is the day whose knowledge counts, ``embargo`` an instant in the local time of the office;
    ``reason`` says why an edition corrects the one before. Instants are UTC.
    """

    number: int
    title: Text
    content: str
    annex: str
    checkpoint: int
    checkpoint_hash: str
    basis_day: date | None
    reason: str
    drafters: frozenset[str]
    released_at: datetime | None = None
    decider: str = ""
    embargo: str = ""
    withdrawn_at: datetime | None = None
    withdrawn: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its period, every edition, oldest first, and the drafts that were taken back."""

    id: str
    period: str = ""
    editions: tuple[Edition, ...] = ()
    cancelled: tuple[Withdrawn, ...] = ()

    @property
    def current(self) -> Edition | None:
        """The newest edition, released or not."""
        return self.editions[-1] if self.editions else None

    @property
    def released(self) -> tuple[Edition, ...]:
        """The editions a decider released, oldest first."""
        return tuple(e for e in self.editions if e.released_at is not None)


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as a reader sees it; of a withdrawn one only the notice is left, no content."""

    number: int
    title: Text
    period: str
    content: str
    annex: str
    checkpoint: int
    checkpoint_hash: str
    basis_day: date | None
    reason: str
    since: datetime
    superseded: datetime | None
    withdrawn_at: datetime | None
    withdrawn: str
    figures: str = ""


def local_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return the instant of a local time in UTC, None where the text names none.

    A time that the clock skips is none; of a time that comes twice the later one counts.

    >>> from zoneinfo import ZoneInfo
    >>> local_instant("2019-03-10T09:00", ZoneInfo("Asia/Shanghai")).isoformat()
    '2019-03-10T01:00:00+00:00'
    """
    if _LOCAL.fullmatch(text) is None:
        return None
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=zone, fold=1)
        instant = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None) else None


def visible(state: Release, at: datetime, zone: tzinfo) -> tuple[Shown, ...]:
    """Return what a reader without login sees at an instant, newest first: nothing before the embargo has passed.

    ``zone`` is the office's. What was corrected stays readable with the instant it was superseded; what was
    withdrawn keeps its title and the reason. An edition withdrawn or corrected before it was public never is.
    """
    found: list[Shown] = []
    later: datetime | None = None
    for edition, since in reversed(list(_since(state, zone))):
        superseded, gone = later, edition.withdrawn_at
        if (gone is not None and gone <= since) or (superseded is not None and superseded <= since):
            continue
        later = since
        if since > at:
            continue
        hidden = gone is not None and gone <= at
        found.append(
            Shown(
                edition.number,
                edition.title,
                state.period,
                "" if hidden else edition.content,
                "" if hidden else edition.annex,
                edition.checkpoint,
                edition.checkpoint_hash,
                edition.basis_day,
                edition.reason,
                since,
                superseded if superseded is not None and superseded <= at else None,
                gone if hidden else None,
                edition.withdrawn if hidden else "",
                "" if hidden else edition.figures,
            )
        )
    return tuple(found)


def _since(state: Release, zone: tzinfo) -> Iterator[tuple[Edition, datetime]]:
    """Yield each released edition with the instant it is public: never before an embargo given earlier ends."""
    embargo: datetime | None = None
    for edition in state.released:
        given = local_instant(edition.embargo, zone)
        embargo = max((e for e in (embargo, given) if e is not None), default=None)
        if edition.released_at is not None:
            yield edition, max(edition.released_at, embargo or edition.released_at)


def public_since(state: Release, zone: tzinfo) -> datetime | None:
    """Return the instant the newest released edition is public from, which may lie ahead; None where none is."""
    return next((since for _, since in reversed(list(_since(state, zone)))), None)


def published_on(state: Release, day: date, zone: tzinfo) -> tuple[Shown, ...]:
    """Return the release as published on a day: what a reader saw when that day ended at the office."""
    end = datetime.combine(day + timedelta(1), time(), zone).astimezone(UTC)
    return visible(state, end - timedelta(microseconds=1), zone)
