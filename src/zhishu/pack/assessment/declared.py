"""An assessment compiled: classes, a matrix of weights, kinds of score, vetoes, awards and who decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.pack.cite import Cite
from zhishu.terms import Text

Raw = str | Fraction | tuple["Raw", ...] | Mapping[str, "Raw"]
"""A parameter of a score kind as declared: exact, its numbers in the unit of the indicator."""
TOTAL = "total"
"""What an award goes by when it goes by the whole score."""
GAIN = "gain"
"""What an award goes by when it goes by the whole score less that of the time before."""


@dataclass(frozen=True, slots=True)
class Group:
    """A class of units that are ranked among themselves, and how many there should be."""

    id: str
    name: Text
    size: int | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact that keeps a unit out of an assessment before anything is scored."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Override:
    """What an indicator is in one class, for one purpose, or both, where it differs."""

    group: str | None
    purpose: str | None
    weight: Fraction | None
    kind: str | None
    parameters: Mapping[str, Raw]
    where: str


@dataclass(frozen=True, slots=True)
class Scored:
    """How an indicator is scored in one class for one purpose: its weight in points of 100, and its kind."""

    weight: Fraction
    kind: str
    parameters: Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class Room:
    """How far policy may hope to move an indicator, in base units; the other end stays as it is."""

    least: Fraction
    most: Fraction
    by: Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its unit and kind, its weight by class, why its direction and its denominator are right.

    ``full`` is the number of points of the kind that earns the whole weight; ``cap`` and ``floor`` are the shares of the
    weight that it can earn at most and at least; ``marks`` the number of experts' marks a form has room for; ``figure``
    the indicator of the pack that measures it.
    """

    id: str
    name: Text
    unit: str
    kind: str
    parameters: Mapping[str, Raw]
    full: Fraction
    weights: Mapping[str, Fraction]
    overrides: tuple[Override, ...]
    cap: Fraction
    floor: Fraction
    direction: Text
    denominator: Text
    room: Room | None
    figure: str | None
    marks: int
    where: str

    def at(self, group: str, purpose: str | None = None) -> Scored:
        """Return how it is scored in a class; what is said of both class and purpose goes before what is said of one."""
        weight, kind, parameters = self.weights.get(group, Fraction(0)), self.kind, self.parameters
        ordered = sorted(self.overrides, key=lambda o: ((o.group is not None) + (o.purpose is not None), o.where))
        for other in ordered:
            if other.group not in (None, group) or other.purpose not in (None, purpose):
                continue
            weight = weight if other.weight is None else other.weight
            # another kind has its own parameters, none of which the first one's are
            parameters = other.parameters if other.kind else other.parameters or parameters
            kind = other.kind or kind
        return Scored(weight, kind, parameters)


@dataclass(frozen=True, slots=True)
class Aspect:
    """A heading of indicators, and the mean by which they become one."""

    id: str
    name: Text
    aggregate: Literal["arithmetic", "geometric"]
    indicators: tuple[Indicator, ...]

    def weight(self, group: str, purpose: str | None = None) -> Fraction:
        """Return its points of 100 in a class: those of its indicators together."""
        return sum((i.at(group, purpose).weight for i in self.indicators), Fraction(0))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that adds or takes points beside the indicators: so many each time, at most so many."""

    id: str
    name: Text
    each: Fraction
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: who may propose it, who decides, and whether it costs the awards or the whole standing."""

    id: str
    name: Text
    proposes: Text
    decides: Text
    effect: Literal["no_award", "no_standing"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the total from which it is given."""

    id: str
    name: Text
    least: Fraction


@dataclass(frozen=True, slots=True)
class Award:
    """An award: what it goes by, the prize of each winner in base units, and its places in each class."""

    id: str
    name: Text
    by: str
    prize: Fraction
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment of one version, ready to run.

    ``years`` are those it is in force for; ``least`` the units a class must have to be ranked; ``shift`` how far weights
    are moved for intervals; ``aggregate`` how aspects become the total; ``ties`` the aspects or indicators that part
    equal totals, in order; ``restored`` the share of a lost weight that a forgiven error may give back at most, and
    ``never`` the grounds on which nothing is forgiven; ``left`` says what becomes of the place of a unit that leaves
    after the notice.
    """

    id: str
    version: Text
    years: tuple[int, int]
    name: Text
    cite: Cite
    level: str
    proposal: Text
    groups: Mapping[str, Group]
    purposes: Mapping[str, Text]
    least: int
    shift: Fraction
    grounds: Mapping[str, Ground]
    aspects: tuple[Aspect, ...]
    aggregate: Literal["arithmetic", "geometric"]
    bonus: Mapping[str, Item]
    most_bonus: Fraction
    deductions: Mapping[str, Item]
    vetoes: Mapping[str, Veto]
    restored: Fraction
    never: Mapping[str, Text]
    ties: tuple[str, ...]
    grades: tuple[Grade, ...]
    awards: tuple[Award, ...]
    pool: Fraction | None
    left: Literal["empty", "next"]
    decides: Text
    notice: Text
    objection_days: int
    repair: Text
    where: str

    def indicators(self) -> Iterator[Indicator]:
        """Return every indicator in order."""
        return (i for a in self.aspects for i in a.indicators)

    def money(self) -> Fraction:
        """Return what all places of all awards cost together."""
        return sum((a.prize * sum(a.places.values()) for a in self.awards), Fraction(0))
