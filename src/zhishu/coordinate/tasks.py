"""A task of the office as it stands: what was drafted, and all that happened to it, nothing derived.

Node, deadline in force, light and level of orders are worked out from this whenever they are asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.withdrawing import Withdrawn
from zhishu.terms import Text

_UNTITLED = Text("", "")


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, for which unit, on which day, in which words, with which files (SHA-256)."""

    by: str
    unit: str
    on: date
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A named person's yes or no."""

    yes: bool
    said: Said


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step on the way: its day, its title."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Word:
    """A report on the work: an act of the workflow or a word in between (``act`` is ``progress``).

    ``said.text`` is what the evidence shows, ``reason`` why (a return), ``progress`` how the work stands,
    ``milestones`` the numbers, from 1, of those reported done.
    """

    act: str
    said: Said
    reason: str = ""
    progress: str = ""
    milestones: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether files came with it."""
        return bool(self.said.files)


@dataclass(frozen=True, slots=True)
class Pause:
    """A legal stop of the clock, with its document; ``ended`` is None while it runs."""

    ground: str
    began: Said
    ended: Said | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A proposed deadline; the one before stays visible in the change before it."""

    due: date
    said: Said
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A legitimate ground (正当理由) for being late, good until a day where it is accepted."""

    kind: str
    until: date
    said: Said
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to an order; a verdict of yes lets the order stand, no takes it back."""

    said: Said
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order of one level: proposed, then issued by a decider or not.

    ``said`` is the proposal with its reason, ``basis`` the rule it rests on; ``issued`` names decider and day of
    notice; ``repair`` says what lifts it; ``dropped`` who declined or withdrew it and why.
    """

    level: str
    basis: str
    said: Said
    issued: Said | None = None
    repair: str = ""
    answers: tuple[Said, ...] = ()
    objection: Objection | None = None
    dropped: Said | None = None

    @property
    def alive(self) -> bool:
        """Whether nobody declined it, withdrew it, or took it back upon an objection."""
        taken_back = self.objection and self.objection.verdict and not self.objection.verdict.yes
        return self.dropped is None and not taken_back

    @property
    def objected(self) -> bool:
        """Whether an objection to it is undecided: so long it has no further effect."""
        return self.objection is not None and self.objection.verdict is None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A request that a failure be tolerated (容错): never granted by a rule, only by a verdict; ``effect`` says how far."""

    ground: str
    said: Said
    verdict: Verdict | None = None
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's judgement whether the task will be delivered, one of ``confidence.COLOURS``."""

    colour: str
    said: Said


@dataclass(frozen=True, slots=True)
class Handed:
    """The part of a unit that ended, taken over by another as it stood; ``said.text`` is why, ``basis`` on which rule."""

    leaving: str
    to: str
    basis: str
    said: Said


@dataclass(frozen=True, slots=True)
class Item:
    """A task: the draft, then everything that happened, in order. ``drafted`` is None before the draft."""

    id: str
    drafted: Said | None = None
    title: Text = _UNTITLED
    promise: str = ""
    at: str = ""
    template: str = ""
    supervisor: str = ""
    responsible: str = ""
    others: tuple[str, ...] = ()
    reviewer: str = ""
    due: date | None = None
    region: str = ""
    domain: str = ""
    milestones: tuple[Milestone, ...] = ()
    measure: str = ""
    important: bool = False
    last: date | None = None
    words: tuple[Word, ...] = ()
    pauses: tuple[Pause, ...] = ()
    changes: tuple[Change, ...] = ()
    grounds: tuple[Ground, ...] = ()
    orders: tuple[Order, ...] = ()
    tolerances: tuple[Tolerance, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reminded: frozenset[tuple[str, date]] = frozenset()
    handed: tuple[Handed, ...] = ()
    cancelled: Withdrawn | None = None

    @property
    def units(self) -> frozenset[str]:
        """The units that owe the work: the responsible unit and those with it."""
        return frozenset(filter(None, (self.responsible, *self.others)))

    @property
    def concerned(self) -> frozenset[str]:
        """Every unit with a part in the task."""
        return frozenset(filter(None, (self.responsible, *self.others, self.supervisor, self.reviewer)))

    @property
    def actors(self) -> Mapping[str, frozenset[str]]:
        """The units that hold each role of a workflow."""
        return {
            "lead": frozenset({self.supervisor} - {""}),
            "unit": self.units,
            "reviewer": frozenset({self.reviewer} - {""}),
        }
