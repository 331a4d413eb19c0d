"""A case as it stands: what was asked of whom, what was answered, who judged it, and what was decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.due import Clock
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text

ORIGINS: Mapping[str, Text] = {
    "warning": Text("预警", "warning"),
    "complaint": Text("投诉举报", "complaint"),
    "check": Text("检查核查", "check"),
    "order": Text("督办单", "order"),
}
_NAMELESS = Text("", "")


@dataclass(frozen=True, slots=True)
class Who:
    """Who acted: the account, the unit it acted for, and the day."""

    by: str
    unit: str
    on: date


@dataclass(frozen=True, slots=True)
class Review:
    """What another unit made of an answer."""

    accepted: bool
    reason: str
    who: Who


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its evidence (SHA-256 of files), and its review once there is one."""

    text: str
    files: tuple[str, ...]
    who: Who
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What the unit holds against a decision, and what came of it: ``upheld`` or ``withdrawn``, blank while open."""

    text: str
    files: tuple[str, ...]
    who: Who
    result: str = ""
    reason: str = ""
    decided: Who | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that burdens the unit: on what basis, what it says, when it was told, until when it may be
    contested, when it lapses, and how its effect is repaired before that."""

    basis: str
    outcome: str
    notice: date
    objection_until: date
    expires: date
    repair: str
    unit: str
    who: Who
    objection: Objection | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case was closed."""

    how: str
    who: Who


@dataclass(frozen=True, slots=True)
class Case:
    """A case. ``answers`` are those since it was last opened, ``earlier`` those before; ``endings`` every closing,
    ``reasons`` why it was assigned and opened again."""

    id: str
    title: Text = _NAMELESS
    origin: str = ""
    ref: str = ""
    region: str = ""
    domain: str = ""
    unit: str = ""
    due: date | None = None
    opened: Who | None = None
    last: date | None = None
    closed: bool = False
    answers: tuple[Answer, ...] = ()
    earlier: tuple[Answer, ...] = ()
    endings: tuple[Ending, ...] = ()
    reasons: tuple[tuple[str, str, Who], ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def answer(self) -> Answer | None:
        """The last answer since the case was opened."""
        return self.answers[-1] if self.answers else None

    @property
    def waits_for_review(self) -> bool:
        """Whether an answer lies there that nobody has judged."""
        return self.answer is not None and self.answer.review is None

    @property
    def accepted(self) -> bool:
        """Whether the last answer was accepted."""
        return self.answer is not None and self.answer.review is not None and self.answer.review.accepted

    @property
    def decision(self) -> Decision | None:
        """The last decision on the case."""
        return self.decisions[-1] if self.decisions else None

    def answerers(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the units and the accounts that ever answered: none of them judges an answer."""
        every = (*self.earlier, *self.answers)
        return frozenset(a.who.unit for a in every), frozenset(a.who.by for a in every)


def clock(case: Case) -> Clock:
    """Return what is clocked of a case: an answer stops the clock unless it was returned."""
    answer = case.answer
    stands = answer is not None and (answer.review is None or answer.review.accepted)
    return Clock(case.due, answer.who.on if answer and stands else None, case.last, case.closed)


def effect(decision: Decision, today: date) -> str:
    """Return whether a decision burdens anybody on a day.

    ``told`` until the time to object has run out, ``contested`` while an objection is open: neither has effect.
    ``in_force`` after that, ``withdrawn`` and ``expired`` at the end.
    """
    objection = decision.objection
    if objection is not None and objection.result == "withdrawn":
        return "withdrawn"
    if today > decision.expires:
        return "expired"
    if objection is not None:
        return "in_force" if objection.result else "contested"
    return "told" if today <= decision.objection_until else "in_force"


def least_objection(notice: date, world: World) -> date | Unknown:
    """Return the first day on which the time to object may end after a notice; unknown without calendar."""
    return world.calendar.after(notice, world.rules.number("objection_days"))


EFFECTS: Mapping[str, Text] = {
    "told": Text("已告知，申辩期内，未生效", "told, may be contested, without effect yet"),
    "contested": Text("申辩待决，不生效", "contested, without effect"),
    "in_force": Text("生效", "in force"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "expired": Text("已失效", "expired"),
}
