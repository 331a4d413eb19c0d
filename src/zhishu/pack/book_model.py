"""What a rule book's YAML may say: the outside form, checked by pydantic, before it is compiled."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from zhishu.pack.strict import Bilingual, Exact, Strict
from zhishu.pack.system_model import CiteModel, EffectModel, FieldModel, OutcomeModel, ParameterModel, Scalar


class IfMissingModel(Strict):
    """What a blank cell is taken for, and why that is allowed."""

    value: Scalar
    why: Bilingual


class BookFieldModel(FieldModel):
    """A fact of the subject; ``fixed`` ones nobody can change."""

    fixed: bool = False
    if_missing: IfMissingModel | None = None


class MatchModel(Strict):
    """A column of a list a fact is looked up in, and how."""

    column: str
    by: Literal["equal", "prefix", "code"] = "equal"
    every: str | None = None


class ListModel(Strict):
    """A dated list: its file beside the book (or none: a user loads it), and which facts are looked up in which columns.

    ``covers: entries`` where a day without any entry in force has no list, so that nothing is unlisted on it. ``of``
    names the list whose entries these are, looked up by other facts: it is loaded once.
    """

    name: Bilingual
    file: str | None = None
    of: str | None = None
    match: Mapping[str, MatchModel]
    only: Mapping[str, str] = Field(default_factory=dict)
    on: str | None = None
    covers: Literal["always", "entries"] = "always"
    cite: CiteModel | None = None
    proposal: Bilingual | None = None


class DecisionModel(Strict):
    """A decision table beside the book; its outputs are facts."""

    file: str
    hit: Literal["unique", "first", "priority", "collect"] = "unique"
    collect: Literal["sum", "min", "max", "count", "any"] | None = None
    outputs: Mapping[str, BookFieldModel]


class FactModel(Strict):
    """A derived fact."""

    formula: str
    name: Bilingual | None = None
    unit: str | None = None
    words: Mapping[str, Bilingual] | None = None


class BookRuleModel(Strict):
    """A rule of the book."""

    id: str
    give: str
    name: Bilingual
    when: str
    unless: str | None = None
    overrides: list[str] = Field(default_factory=list)
    say: Bilingual
    cite: CiteModel | None = None
    basis: Bilingual | None = None
    basis_since: str | None = None


class AgreeModel(Strict):
    """Stated facts that must agree: a formula over given facts, and what to say where it fails."""

    id: str
    name: Bilingual
    formula: str
    say: Bilingual


class AtModel(Strict):
    """The fields a site is given by: x (longitude or easting), y, the reference system, the position error."""

    x: str
    y: str
    crs: str
    error: str


class LengthModel(Strict):
    """The fields that hold a measured length and how far it may be off."""

    distance: str
    tolerance: str


class GivesModel(LengthModel):
    """The fields a measurement fills where they are blank."""

    kind: str | None = None


class FrameModel(Strict):
    """A box of degrees in which sites lie: west, south, east, north. A coarse check: it is not the border."""

    name: Bilingual
    box: list[Exact] = Field(min_length=4, max_length=4)


class MeasuredModel(Strict):
    """Facts measured from coordinates to a layer of lines that the user loads."""

    name: Bilingual
    at: AtModel
    to: str
    gives: GivesModel
    each: Mapping[str, LengthModel] = Field(default_factory=dict)
    unlisted: str | None = None
    several: str | None = None
    apart: str | None = None
    frame: FrameModel | None = None


class PeopleModel(Strict):
    """A book about people: keyed ids only, for a purpose, on a basis, kept so long."""

    purpose: Bilingual
    basis: Bilingual
    retention: Bilingual


class BookExampleModel(Strict):
    """One case and the opinion it must get; run by the checks and the tests."""

    id: str
    why: Bilingual | None = None
    on: str = "2022-12-31"
    set: Mapping[str, Scalar] = Field(default_factory=dict)
    lists: Mapping[str, list[list[Scalar]]] = Field(default_factory=dict)
    given: Mapping[str, Scalar] = Field(default_factory=dict)
    expect: Mapping[str, Scalar | list[Scalar]] = Field(default_factory=dict)
    problems: list[str] = Field(default_factory=list)


class BookModel(Strict):
    """One rule book. ``outcomes`` stand best first; rules read given facts, parameters, lists, tables and each other."""

    book: str
    name: Bilingual
    about: Bilingual
    subject: Bilingual
    key: str
    reading: Bilingual | None = None
    as_of: str | None = None
    people: PeopleModel | None = None
    fields: Mapping[str, BookFieldModel]
    parameters: Mapping[str, ParameterModel] = Field(default_factory=dict)
    lists: Mapping[str, ListModel] = Field(default_factory=dict)
    tables: Mapping[str, DecisionModel] = Field(default_factory=dict)
    facts: Mapping[str, FactModel | str] = Field(default_factory=dict)
    checks: list[AgreeModel] = Field(default_factory=list)
    measured: Mapping[str, MeasuredModel] = Field(default_factory=dict)
    outcomes: Mapping[str, OutcomeModel]
    rules: list[BookRuleModel]
    combine: Literal["worst", "first"] = "worst"
    otherwise: str
    unknown: str
    effect: EffectModel | None = None
    examples: list[BookExampleModel] = Field(default_factory=list)
