"""Promises: what a sentence commits to, and the sentences that commit to nothing, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from zhishu.pack.strict import Bilingual, Strict
from zhishu.pack.system import Cite
from zhishu.terms import Text

Kind = Literal[
    "project",
    "support",
    "platform_or_system",
    "other",
    "pilot_or_accreditation",
    "regulation_or_plan",
    "target",
    "fund_or_incentive",
    "trade_or_market",
    "prohibition_or_restriction",
    "institution",
]

KINDS: dict[str, Text] = {
    "project": Text("工程、项目", "project"),
    "support": Text("支持、鼓励", "support"),
    "platform_or_system": Text("平台、体系", "platform or system"),
    "other": Text("其他", "other"),
    "pilot_or_accreditation": Text("试点、创建", "pilot or accreditation"),
    "regulation_or_plan": Text("文件、规划", "regulation or plan"),
    "target": Text("目标", "target"),
    "fund_or_incentive": Text("资金、激励", "fund or incentive"),
    "trade_or_market": Text("贸易、市场", "trade or market"),
    "prohibition_or_restriction": Text("禁止、限制", "ban or restriction"),
    "institution": Text("机构、队伍", "institution"),
}

WITHOUT: dict[str, Text] = {
    "assessment": Text("形势判断", "states the situation"),
    "principle": Text("原则要求", "a principle without a deliverable"),
    "transition": Text("起承语句", "introduces or sums up"),
    "procedure": Text("程序性语句", "procedure"),
}


class QuantityModel(Strict):
    """A number in a promise, and whether it is a target, a condition, a parameter or part of a name."""

    metric: str
    op: Literal["~", ">=", "<=", "=", "<", ">", "increase", "decrease", "halve"]
    value: str
    unit: str
    role: Literal["target", "condition", "parameter", "in_name"] = "target"
    by: str | None = None


class MeasuredModel(Strict):
    """What would prove the promise: exactly one of a target, an indicator, a document, a count."""

    target: str | None = None
    indicator: str | None = None
    document: bool | None = None
    count: str | None = None


class EvidenceModel(Strict):
    """A document that shows what was done, with its source."""

    title: str
    number: str | None = None
    issued_on: str
    issuer: str
    source: str
    confidence: Literal["high", "medium", "low"]


class PromiseModel(Strict):
    """One promise as the pack declares it; docs/reference/promises.md says how a sentence is read.

    ``note`` says where a field rests on more than the words of the sentence, or which other reading is open.
    """

    id: str
    at: str
    quote: str
    title: Bilingual
    kind: Kind
    specificity: Literal["hard", "firm", "soft"]
    modality: Literal["strive", "gradual", "permission", "initial"] | None = None
    scope: Bilingual | None = None
    regions: list[str] = Field(default_factory=list)
    note: Bilingual | None = None
    deadline: str | None = None
    deadline_basis: Bilingual | None = None
    quantities: list[QuantityModel] = Field(default_factory=list)
    lead: Bilingual | None = None
    with_: list[Bilingual] = Field(default_factory=list, alias="with")
    measured_by: MeasuredModel | None = None
    evidence: list[EvidenceModel] = Field(default_factory=list)


class WithoutModel(Strict):
    """A sentence that commits to nothing, and why."""

    at: str
    reason: Literal["assessment", "principle", "transition", "procedure"]


class CorrectionModel(Strict):
    """Where this reading departs from the first one, and why."""

    at: str
    zh: str
    en: str


class PromiseFile(Strict):
    """Everything article n promises."""

    article: int
    title: Bilingual
    corrections: list[CorrectionModel] = Field(default_factory=list)
    promises: list[PromiseModel]
    sentences_without: list[WithoutModel] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that shows what was done."""

    title: str
    number: str | None
    issued_on: date
    issuer: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, ready to be judged."""

    id: str
    article: int
    cite: Cite
    title: Text
    kind: str
    specificity: str
    modality: str | None
    scope: Text | None
    regions: tuple[str, ...]
    deadline: date | None
    deadline_basis: Text | None
    quantities: tuple[QuantityModel, ...]
    lead: Text | None
    with_: tuple[Text, ...]
    measured_by: tuple[str, str] | None
    evidence: tuple[Evidence, ...]
    note: Text | None
    where: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its title in our words, its promises and the sentences without one."""

    number: int
    title: Text
    promises: tuple[Promise, ...]
    without: Mapping[str, str]
    corrections: tuple[tuple[str, Text], ...]
