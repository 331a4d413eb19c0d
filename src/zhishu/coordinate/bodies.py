"""A standing body as it stands: its members over time, what it met about, decided, and asked of whom."""

from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.due import Clock
from zhishu.terms import Text

_NAMELESS = Text("", "")


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that belongs to a body from a day until a day (both included)."""

    unit: str
    since: date
    until: date | None = None
    reason: str = ""

    def on(self, day: date) -> bool:
        """Return whether the unit belongs to the body on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a meeting, numbered within it."""

    number: int
    text: str
    cite: str
    on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, numbered within its body; ``present`` is None as long as nobody recorded who came.

    ``cancelled`` is the reason why it did not take place, blank where it was not called off.
    """

    number: int
    day: date
    agenda: tuple[str, ...]
    present: tuple[str, ...] | None
    decisions: tuple[Decision, ...] = ()
    cancelled: str = ""

    def due_by(self, day: date) -> bool:
        """Return whether its day has come and it was not called off."""
        return self.day <= day and not self.cancelled

    @property
    def settled(self) -> bool:
        """Whether the record shows that it took place, or that it did not."""
        return bool(self.cancelled) or self.present is not None or bool(self.decisions)


@dataclass(frozen=True, slots=True)
class Report:
    """What the responsible unit reported on an action, and what the secretary unit made of it (None: not yet)."""

    text: str
    files: tuple[str, ...]
    by: str
    unit: str
    on: date
    accepted: bool | None = None
    reason: str = ""
    ruled_by: str = ""
    ruled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """An overdue action told to a body above."""

    to: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Move:
    """An action given to another unit: the one that had it, and why it was taken from it."""

    before: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Action:
    """What a decision asks of one responsible unit by a day; numbered within the body."""

    number: int
    meeting: int
    decision: int
    what: str
    unit: str
    due: date | None
    co_units: tuple[str, ...]
    last: date
    reports: tuple[Report, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def report(self) -> Report | None:
        """The last report."""
        return self.reports[-1] if self.reports else None

    @property
    def status(self) -> str:
        """``open`` (also after a return), ``reported`` or ``accepted``."""
        report = self.report
        if report is None or report.accepted is False:
            return "open"
        return "accepted" if report.accepted else "reported"

    def clock(self) -> Clock:
        """Return what is clocked: a report stops the clock unless it was returned."""
        report = self.report
        stands = report is not None and report.accepted is not False
        return Clock(self.due, report.on if report and stands else None, self.last, self.status == "accepted")


@dataclass(frozen=True, slots=True)
class Body:
    """A leading group, a zone conference, any standing body.

    ``above`` is the body it reports to; ``rhythm`` the months within which it means to meet once, ``quorum`` the
    members that must be present for a decision: None where its rules do not say.
    """

    id: str
    name: Text = _NAMELESS
    region: str = ""
    zone: str = ""
    domain: str = ""
    secretary: str = ""
    above: str = ""
    cite: str = ""
    rhythm: int | None = None
    quorum: int | None = None
    since: date | None = None
    until: date | None = None
    ended_for: str = ""
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    actions: tuple[Action, ...] = ()

    def exists(self, day: date) -> bool:
        """Return whether the body exists on a day."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)

    def members_on(self, day: date) -> tuple[str, ...]:
        """Return the units that belong to the body on a day, sorted."""
        return tuple(sorted({m.unit for m in self.members if m.on(day)}))

    def meeting(self, number: str) -> Meeting | None:
        """Return a meeting by its number as a form gives it."""
        return next((m for m in self.meetings if str(m.number) == number), None)

    def action(self, number: str) -> Action | None:
        """Return an action by its number as a form gives it."""
        return next((a for a in self.actions if str(a.number) == number), None)
