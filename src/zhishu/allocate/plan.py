"""What is to be divided, who claims it, and what came out."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.logic import Truth, Unknown

Method = Literal["hamilton", "webster", "jefferson"]


@dataclass(frozen=True, slots=True)
class Plan:
    """An exact total in whole steps, and every rule a division needs declared before it starts.

    ``unknown_claims``: ``hold`` leaves every share unknown until all claims are known, ``exclude`` leaves the
    unknown claim out. ``last_tie``: what decides after the tie keys, the unit's id or nothing.
    """

    id: str
    total: Fraction | Unknown
    step: Fraction
    method: Method = "hamilton"
    unknown_claims: Literal["hold", "exclude"] = "hold"
    last_tie: Literal["hold", "key"] = "hold"


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit's claim, whether it counts, its tie keys (larger first) and its bounds."""

    unit: str
    amount: Fraction | Unknown
    counts: Truth = True
    ties: tuple[Fraction, ...] = ()
    floor: Fraction = Fraction(0)
    cap: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit gets, its exact proportion before rounding, and why it gets nothing or cannot be told."""

    unit: str
    share: Fraction | Unknown
    exact: Fraction | Unknown
    reason: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares by unit, and how much was given: the total, or unknown with its reason."""

    plan: Plan
    shares: tuple[Share, ...]
    given: Fraction | Unknown
