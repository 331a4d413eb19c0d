"""A round of an assessment as it stands: every version, every matter raised against it, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zhishu.terms import Text

STAGES: Mapping[str, Text] = {
    "none": Text("未开始", "not begun"),
    "open": Text("待测算", "to be calculated"),
    "calculated": Text("测算", "calculated"),
    "consulting": Text("征求意见", "consulting"),
    "notice": Text("公示", "public notice"),
    "final": Text("定稿", "settled"),
    "published": Text("通报", "published"),
}
"""The stages in order, as an office calls them."""
MATTERS: Mapping[str, Text] = {
    "objection": Text("异议", "objection"),
    "veto": Text("一票否决", "veto"),
    "falsified": Text("数据造假", "falsified figures"),
    "forgiving": Text("容错", "forgiving of an error"),
    "leaving": Text("公示后退出", "leaving after the notice"),
}
"""What may be raised against a result; all of it is proposed by one body and decided by another."""


@dataclass(frozen=True, slots=True)
class Version:
    """One calculation: form and result as SHA-256, who has which award, how many places are still open, and why units
    that had an award before have none now. ``seen`` is the number of the act by which it was recorded."""

    number: int
    form: str
    result: str
    winners: Mapping[str, str]
    open: int
    reasons: str
    dropped: tuple[str, ...]
    by: str
    on: date
    seen: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a matter, by whom, when and why; ``seen`` is the number of the act."""

    upheld: bool
    reason: str
    by: str
    unit: str
    on: date
    seen: int


@dataclass(frozen=True, slots=True)
class Matter:
    """Something raised: against which unit assessed, on what rule or indicator, on what basis; open until decided."""

    number: int
    kind: str
    place: str
    rule: str
    points: str
    ground: str
    basis: str
    files: tuple[str, ...]
    by: str
    unit: str
    on: date
    decision: Decision | None = None

    @property
    def ruling(self) -> Literal["upheld", "rejected"] | None:
        """What was decided, None while it is open."""
        if self.decision is None:
            return None
        return "upheld" if self.decision.upheld else "rejected"


@dataclass(frozen=True, slots=True)
class Returned:
    """Award money that came back from a unit whose figures were falsified."""

    place: str
    amount: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its assessment and year, stage, versions, matters, and the days of its steps."""

    id: str
    assessment: str = ""
    year: int = 0
    stage: str = "none"
    units: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    matters: tuple[Matter, ...] = ()
    consulted: date | None = None
    noticed: date | None = None
    final: date | None = None
    published: date | None = None
    returned: tuple[Returned, ...] = field(default=())

    @property
    def current(self) -> Version | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None

    def undecided(self) -> tuple[Matter, ...]:
        """Return what is raised and not decided."""
        return tuple(m for m in self.matters if m.decision is None)

    def uncounted(self) -> tuple[Matter, ...]:
        """Return what was upheld after the newest version was calculated, so that it is not in it."""
        last = self.current.seen if self.current else 0
        return tuple(m for m in self.matters if m.decision is not None and m.decision.upheld and m.decision.seen > last)


def round_id(assessment: str, year: int) -> str:
    """Return the id of a round.

    >>> round_id("county_economy_2019", 2018)
    'county_economy_2019.2018'
    """
    return f"{assessment}.{year}"


def read_round(id: str) -> Round:
    """Return the round of an id before anything happened; one that is no assessment and year names neither.

    >>> read_round("county_economy_2019.2018").year
    2018
    """
    assessment, _, year = id.rpartition(".")
    if not assessment or not (year.isascii() and year.isdecimal() and len(year) == 4):
        return Round(id)
    return Round(id, assessment, int(year))
