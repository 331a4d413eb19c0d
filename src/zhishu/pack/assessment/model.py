"""What the YAML of an assessment may hold."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from zhishu.pack.strict import Bilingual, Exact, Strict
from zhishu.pack.system_model import CiteModel

Weights = dict[str, Exact]


def _plain(value: object) -> object:
    """Return a parameter as it is: what a kind takes is for the kind to say."""
    return value


Loose = Annotated[object, BeforeValidator(_plain)]


class GroupModel(Strict):
    """A class of units, and how many there should be."""

    name: Bilingual
    size: int | None = Field(default=None, ge=0)


class NamedModel(Strict):
    """A ground of staying out, or one on which nothing is forgiven."""

    name: Bilingual


class OverrideModel(Strict):
    """What differs for a class, a purpose, or both."""

    group: str | None = None
    purpose: str | None = None
    weight: Exact | None = None
    kind: str | None = None
    parameters: dict[str, Loose] = Field(default_factory=dict)


class RoomModel(Strict):
    """How far policy may hope to move the indicator, in its unit."""

    least: Exact
    most: Exact
    by: Bilingual


class IndicatorModel(Strict):
    """One indicator; its weight is one for all classes or one for each."""

    name: Bilingual
    unit: str
    kind: str
    parameters: dict[str, Loose] = Field(default_factory=dict)
    full: Exact = Decimal(100)
    weight: Exact | Weights
    by: list[OverrideModel] = Field(default_factory=list)
    cap: Exact = Decimal(100)
    floor: Exact = Decimal(0)
    direction: Bilingual
    denominator: Bilingual
    room: RoomModel | None = None
    figure: str | None = None
    marks: int = Field(default=5, ge=1, le=20)


class AspectModel(Strict):
    """A heading of indicators."""

    name: Bilingual
    aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    indicators: dict[str, IndicatorModel] = Field(min_length=1)


class ItemModel(Strict):
    """Points beside the indicators, each time and at most."""

    name: Bilingual
    each: Exact
    most: Exact | None = None


class BonusModel(Strict):
    """What adds points, and how many all of it may add at most."""

    most: Exact
    items: dict[str, ItemModel] = Field(min_length=1)


class VetoModel(Strict):
    """Who proposes, who decides, and what it costs."""

    name: Bilingual
    proposes: Bilingual
    decides: Bilingual
    effect: Literal["no_award", "no_standing"]


class ForgivingModel(Strict):
    """容错: the share of a lost weight that may be given back, and the grounds on which nothing is."""

    most: Exact
    never: dict[str, NamedModel]


class GradeModel(Strict):
    """A grade and the total from which it is given."""

    name: Bilingual
    least: Exact


class AwardModel(Strict):
    """An award: what it goes by, its prize with unit, and its places by class."""

    name: Bilingual
    by: str = "total"
    prize: str
    places: dict[str, Annotated[int, Field(ge=0)]]


class AssessmentModel(Strict):
    """An assessment as the pack declares it."""

    name: Bilingual
    version: Bilingual
    years: tuple[int, int] = Field(strict=False)
    cite: CiteModel
    level: Literal["prefecture", "county"]
    proposal: Bilingual
    groups: dict[str, GroupModel] = Field(min_length=1)
    purposes: dict[str, NamedModel] = Field(default_factory=dict)
    least: int = Field(default=5, ge=2)
    shift: Exact = Decimal(25)
    ineligible: dict[str, NamedModel] = Field(default_factory=dict)
    aspects: dict[str, AspectModel] = Field(min_length=1)
    aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    bonus: BonusModel | None = None
    deductions: dict[str, ItemModel] = Field(default_factory=dict)
    vetoes: dict[str, VetoModel] = Field(default_factory=dict)
    forgiving: ForgivingModel | None = None
    ties: list[str] = Field(default_factory=list)
    grades: dict[str, GradeModel] = Field(default_factory=dict)
    awards: dict[str, AwardModel] = Field(default_factory=dict)
    pool: str | None = None
    left: Literal["empty", "next"] = "empty"
    decides: Bilingual
    notice: Bilingual
    objection_days: int = Field(ge=1)
    repair: Bilingual


class AssessmentFile(Strict):
    """The assessments of one article."""

    assessments: dict[str, AssessmentModel]
