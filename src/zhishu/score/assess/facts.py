"""What an assessment is given: who takes part, what was measured, and what was found, decided or withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown

_NONE = Unknown("missing")
Reading = Mapping[str, Value]
"""What was read of a unit for an indicator: by the names a score kind reads, marks of experts numbered (mark1 …)."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit: its class, or none that is known; whether each ground of staying out holds; its total the time before."""

    unit: str
    group: str | None
    grounds: Mapping[str, Value] = field(default_factory=dict)
    before: Value = _NONE


@dataclass(frozen=True, slots=True)
class Counted:
    """How often an item that adds or takes points happened in a unit."""

    unit: str
    item: str
    times: Value


@dataclass(frozen=True, slots=True)
class Ruling:
    """A veto or a finding of falsified data proposed against a unit; without a decision it is open (待核)."""

    unit: str
    rule: str
    decision: Literal["upheld", "rejected"] | None


@dataclass(frozen=True, slots=True)
class Forgiven:
    """容错: points of an indicator given back to a unit, on a ground."""

    unit: str
    indicator: str
    points: Value
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that leaves after the notice, and why."""

    unit: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that a unit got for an award that must be given back if its figures were falsified."""

    unit: str
    amount: Value


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is given. ``readings`` holds unit → indicator → reading; ``errors`` unit → indicator → the standard error
    of the figure as a share of it; ``weak`` the cells that are imputed or of low confidence."""

    members: Sequence[Member]
    readings: Mapping[str, Mapping[str, Reading]]
    bonus: Sequence[Counted] = ()
    deductions: Sequence[Counted] = ()
    vetoes: Sequence[Ruling] = ()
    falsified: Sequence[Ruling] = ()
    forgiven: Sequence[Forgiven] = ()
    left: Sequence[Left] = ()
    paid: Sequence[Paid] = ()
    errors: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    weak: frozenset[tuple[str, str]] = frozenset()
