"""What a system's YAML may say: the outside form, checked by pydantic, before it is compiled."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from zhishu.pack.strict import Bilingual, Exact, Strict
from zhishu.terms import Text

Scalar = str | int | Decimal | bool | None


class CiteModel(Strict):
    """A citation: article.sentence as text, and a short anchor phrase of that sentence."""

    at: str
    quote: str


class FieldModel(Strict):
    """One column of an input table; a region may offer ``choices`` beside the regions, as 全部.

    ``codes`` is the classification whose codes a text must be.
    """

    name: Bilingual
    type: Literal["number", "text", "choice", "date", "year", "truth", "ref", "region"] = "number"
    unit: str | None = None
    choices: Mapping[str, Bilingual] | None = None
    levels: list[Literal["province", "prefecture", "county"]] = Field(default_factory=list)
    min: Exact | None = None
    max: Exact | None = None
    whole: bool = False
    ref: str | None = None
    required: bool = False
    note: Bilingual | None = None
    codes: Literal["GB/T 4754"] | None = None


class BesideModel(Strict):
    """Another table a column reads too: what is handed over of each of its rows."""

    table: str
    args: Mapping[str, str]


class ColumnModel(Strict):
    """A column computed for all rows together by a verb: a division, an award, a flow, a rank interval."""

    use: str
    beside: BesideModel | None = None
    args: Mapping[str, str] = Field(default_factory=dict)
    options: Mapping[str, Scalar] = Field(default_factory=dict)


class DerivedModel(Strict):
    """A computed value: a formula, or a column of a verb."""

    formula: str | None = None
    column: ColumnModel | None = None
    name: Bilingual | None = None
    unit: str | None = None
    digits: int | None = None
    why: Bilingual | None = None
    words: Mapping[str, Bilingual] | None = None
    as_year: bool = False
    people: bool | None = None


class CheckModel(Strict):
    """A condition on a row and what follows: refuse, hold, exclude or flag."""

    id: str
    when: str
    then: Literal["refuse", "hold", "exclude", "flag"]
    say: Bilingual


class OutcomeModel(Strict):
    """One outcome of a verdict and how it reads."""

    name: Bilingual
    tone: Literal["good", "warn", "bad", "neutral", "unknown"] = "neutral"


class RuleModel(Strict):
    """A verdict given when a condition holds; rules are tried in order."""

    give: str
    when: str


class VerdictModel(Strict):
    """The outcomes of one table's rows (or of the case), and the rules that give them."""

    outcomes: Mapping[str, OutcomeModel]
    rules: list[RuleModel]
    otherwise: str
    unknown: str
    say: Mapping[str, Bilingual] = Field(default_factory=dict)


class TableModel(Strict):
    """An input table (fields), a group of another table's rows (of, by), or every pair of two tables' rows (pairs)."""

    name: Bilingual
    fields: Mapping[str, FieldModel] = Field(default_factory=dict)
    key: list[str] = Field(default_factory=list)
    unique: bool = True
    series: list[str] = Field(default_factory=list)
    order: str | None = None
    of: str | None = None
    by: list[str] = Field(default_factory=list)
    where: str | None = None
    pairs: Mapping[str, str] = Field(default_factory=dict)
    checks: list[CheckModel] = Field(default_factory=list)
    derive: Mapping[str, DerivedModel | str] = Field(default_factory=dict)
    verdict: VerdictModel | None = None
    least_rows: int = 0


class TasksModel(Strict):
    """The table of tasks a workflow follows: which field holds the id, the deadline, and each role's units."""

    table: str
    task: str
    due: str
    roles: Mapping[str, str]


class EntriesModel(Strict):
    """The table of entries: which field holds the task, number, act, actor, day, evidence and note."""

    table: str
    task: str
    seq: str
    act: str
    actor: str
    on: str
    evidence: str
    note: str


class FollowsModel(Strict):
    """The workflow of the pack that a system's tasks follow, and the two tables it reads."""

    follows: str
    tasks: TasksModel
    entries: EntriesModel


class ParameterModel(Strict):
    """A number, word or date the rule depends on; without a value the answer says it is not set.

    ``value`` holds unless the user sets another; ``proposed`` holds only where the user adopts it. ``proposal`` says why.
    """

    name: Bilingual
    type: Literal["number", "text", "choice", "date", "truth"] = "number"
    unit: str | None = None
    choices: Mapping[str, Bilingual] | None = None
    value: Scalar | Mapping[str, Scalar] = None
    proposed: Scalar = None
    proposal: Bilingual | None = None
    min: Exact | None = None
    max: Exact | None = None
    cite: CiteModel | None = None


class EffectModel(Strict):
    """What an adverse outcome must carry before anybody may act on it."""

    outcomes: list[str]
    basis: Bilingual | None = None
    since: str | None = None
    loaded: list[str] = Field(default_factory=list)
    decides: Bilingual
    notice: Bilingual
    objection_days: int | None = None
    expiry: Bilingual
    repair: Bilingual


class ExampleModel(Strict):
    """A small case with the answer it must get; run by the checks and the tests."""

    id: str
    why: Bilingual | None = None
    bad_input: int | list[int] | None = None
    on: str = "2022-12-31"
    set: Mapping[str, Scalar] = Field(default_factory=dict)
    given: Mapping[str, list[list[Scalar]]] = Field(default_factory=dict)
    expect: Mapping[str, Mapping[str, Mapping[str, Scalar]]] = Field(default_factory=dict)
    problems: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)
    excluded: list[str] = Field(default_factory=list)


class SystemModel(Strict):
    """One system of the strategy: what it asks for, what it computes, what it answers."""

    system: str
    archetype: str
    cite: CiteModel
    also: list[CiteModel] = Field(default_factory=list)
    about: Bilingual
    reading: Bilingual | None = None
    doubt: list[Bilingual] = Field(default_factory=list)
    workflow: FollowsModel | None = None
    parameters: Mapping[str, ParameterModel] = Field(default_factory=dict)
    tables: Mapping[str, TableModel]
    totals: Mapping[str, DerivedModel | str] = Field(default_factory=dict)
    verdict: VerdictModel | None = None
    effect: EffectModel | None = None
    answers: list["AnswerModel"]
    examples: list[ExampleModel] = Field(default_factory=list)


class AnswerModel(Strict):
    """One output of the catalogue row and the computed value that gives it."""

    output: Bilingual
    by: list[str]


SystemModel.model_rebuild()

__all__ = [
    "AnswerModel",
    "CiteModel",
    "DerivedModel",
    "EntriesModel",
    "ExampleModel",
    "FieldModel",
    "FollowsModel",
    "ParameterModel",
    "SystemModel",
    "TableModel",
    "TasksModel",
    "Text",
    "VerdictModel",
]
