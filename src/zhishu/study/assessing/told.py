"""A result read back from its contract form, so that pages and workbooks show what was told and kept, not a new run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, ConfigDict, Field

from zhishu.pack.assessment import Assessment
from zhishu.terms import Text

Exact = str | dict[str, object] | None
"""A number as ``system.show.exact`` writes it: a decimal, the reason why there is none, or nothing."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Words(_Told):
    """Words in both languages."""

    zh: str
    en: str

    def text(self) -> Text:
        """Return them as text."""
        return Text(self.zh, self.en)


class TellsPart(_Told):
    """What one indicator gave a unit."""

    points: Exact
    weight: Exact
    brings: Exact


class TellsUnit(_Told):
    """One unit. What versions kept before did not tell is empty: tier, interval of the total, notes."""

    unit: str
    group: str | None = Field(alias="class")
    state: str
    why: tuple[Words, ...] = ()
    total: Exact
    low: Exact = None
    high: Exact = None
    rank: int | None
    place: tuple[int, int] | None = None
    interval: tuple[int, int] | None = None
    tier: int | None = None
    totals: tuple[float, float] | None = None
    why_no_rank: Words | None = None
    grade: str | None = None
    award: str | None = None
    open_awards: tuple[str, ...] = ()
    dropped: str | None = None
    gets: Words | None = None
    notes: tuple[Words, ...] = ()
    brings: dict[str, Exact] = Field(default_factory=dict)
    parts: dict[str, TellsPart] = Field(default_factory=dict)
    beside: dict[str, Exact] | None = None

    def ranks(self) -> tuple[int, int] | None:
        """Return the ranks of most runs where there is a rank, else the places that what is unknown still allows."""
        return self.interval if self.rank is not None and self.interval else self.place

    def said(self) -> tuple[Words, ...]:
        """Return what must be said beside it; of versions that told no notes, why it is out or has no rank."""
        if self.notes:
            return self.notes
        return self.why if self.state != "competes" else (self.why_no_rank,) if self.why_no_rank else ()


class TellsClass(_Told):
    """One class: its name, what keeps it open, and what its intervals vary."""

    id: str = Field(alias="class")
    name: Words
    open: tuple[Words, ...] = ()
    varies: Words | None = None
    level: float | None = None


class TellsSpan(_Told):
    """The ends of one scale in the unit of the indicator, and the units that set them."""

    group: str = Field(alias="class")
    indicator: str
    unit: str
    low: Exact
    low_unit: str | None
    high: Exact
    high_unit: str | None


class TellsPurse(_Told):
    """One award of one class: places, how many are won, open and empty, and the prize of one in 万元."""

    award: str
    group: str = Field(alias="class")
    places: int
    won: int
    open: int
    empty: int
    prize: Exact


class TellsFinding(_Told):
    """One finding of the audit."""

    code: str
    says: Words
    severity: str


class Told(_Told):
    """A result: classes, scales, units, awards, money, and what weakens it."""

    id: str
    version: Words
    on: str
    purpose: str | None = None
    classes: tuple[TellsClass, ...]
    scales: tuple[TellsSpan, ...] = ()
    units: tuple[TellsUnit, ...]
    awards: tuple[TellsPurse, ...] = ()
    money: dict[str, Exact]
    findings: tuple[TellsFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Standings:
    """One class as pages show it: its units, the best first; ``told`` is None for those in no class."""

    told: TellsClass | None
    name: Text
    units: Sequence[TellsUnit]


def told(result: Mapping[str, object]) -> Told:
    """Return a result that ``round_json`` told, now or when a version was kept. Raises pydantic's ValidationError."""
    return Told.model_validate(result)


def standings(result: Told, assessment: Assessment) -> list[Standings]:
    """Return the classes in the order of the declaration, those without units left out, units in no class last."""
    classes = {c.id: c for c in result.classes}
    found = []
    for group in [*assessment.groups, None]:
        inside = [u for u in result.units if (u.group if u.group in assessment.groups else None) == group]
        if inside:
            ordered = sorted(inside, key=lambda u: (u.rank is None, u.rank or 0, u.unit))
            name = assessment.groups[group].name if group else Text("类别待核", "class not established")
            found.append(Standings(classes.get(group or ""), name, ordered))
    return found


def number(value: Exact) -> Decimal | None:
    """Return a number that was told, None for one that was not known.

    >>> number("79.5"), number({"unknown": "missing"})
    (Decimal('79.5'), None)
    """
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
