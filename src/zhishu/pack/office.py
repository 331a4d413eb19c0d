"""What a pack declares for the office that runs it: domains, roles with their rights, and its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text


class DomainModel(Strict):
    """A domain of work and the articles that fall to it."""

    name: Bilingual
    articles: list[int] = Field(default_factory=list)


class RoleModel(Strict):
    """A role; ``task.*`` stands for every act on a task."""

    name: Bilingual
    rights: list[str] = Field(min_length=1)


class NumberModel(Strict):
    """A number the office works by; what the strategy does not state carries why it is proposed."""

    name: Bilingual
    value: int
    unit: Bilingual
    proposal: Bilingual


class BodyModel(Strict):
    """A standing body the strategy names: its sentence, and the zone it is for, if it is for one."""

    name: Bilingual
    cite: CiteModel
    zone: str = ""
    above: str = ""


class OfficeModel(Strict):
    """The file office.yaml."""

    timezone: str
    domains: dict[str, DomainModel]
    roles: dict[str, RoleModel]
    numbers: dict[str, NumberModel]
    bodies: dict[str, BodyModel] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of work."""

    id: str
    name: Text
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoleRights:
    """A role and the patterns of its rights: ``kind.act``, or ``kind.*``."""

    id: str
    name: Text
    rights: tuple[str, ...]

    def holds(self, right: str) -> bool:
        """Return whether the role gives a right.

        >>> RoleRights("clerk", Text("经办", "clerk"), ("task.*", "case.answer")).holds("task.report")
        True
        """
        return right in self.rights or f"{right.partition('.')[0]}.*" in self.rights

    def touches(self, kind: str) -> bool:
        """Return whether the role gives any right over a kind of subject."""
        return any(right.partition(".")[0] == kind for right in self.rights)


@dataclass(frozen=True, slots=True)
class Number:
    """A number the office works by, and why it is proposed."""

    id: str
    name: Text
    value: int
    unit: Text
    proposal: Text


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A standing body the strategy names; the office sets it up with its members, which no text names."""

    id: str
    name: Text
    cite: Cite
    zone: str
    above: str


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """The office of a pack."""

    timezone: ZoneInfo
    domains: Mapping[str, Domain]
    roles: Mapping[str, RoleRights]
    numbers: Mapping[str, Number]
    bodies: Mapping[str, NamedBody] = field(default_factory=dict)

    def number(self, id: str) -> int:
        """Return the value of a number. Raises KeyError for one that is not declared."""
        return self.numbers[id].value

    def domain_of(self, article: int) -> str:
        """Return the domain an article falls to. Raises KeyError for one that falls to none."""
        return next((d.id for d in self.domains.values() if article in d.articles), "") or _none(article)


def _none(article: int) -> str:
    raise KeyError(article)


# what the acts of the office look up; a pack that lacks one could not run
NUMBERS = (
    "near_days",
    "stale_days",
    "order_answer_days",
    "order_red_days",
    "objection_days",
    "order_expiry_days",
    "burden_limit",
    "cell_minimum",
    "cell_protection",
)


def load_office(lined: Lined) -> tuple[OfficeRules | None, list[Problem]]:
    """Return the office of office.yaml, or every problem with its line (``office-…``)."""
    model, problems = validate(OfficeModel, lined)
    if model is None:
        return None, problems
    try:
        zone = ZoneInfo(model.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        what = Text(f"没有时区 {model.timezone}", f"no time zone {model.timezone}")
        repair = Text("例如 Asia/Shanghai", "such as Asia/Shanghai")
        problems.append(Problem("office-timezone", lined.where(("timezone",)), what, repair))
        zone = ZoneInfo("UTC")
    for needed in NUMBERS:
        if needed not in model.numbers:
            what = Text(f"缺数 {needed}", f"the number {needed} is missing")
            near = did_you_mean(needed, model.numbers)
            problems.append(Problem("office-number", lined.where(("numbers",)), what, near))
    seen: dict[int, str] = {}
    for id, domain in model.domains.items():
        for article in domain.articles:
            if article in seen:
                what = Text(
                    f"第 {article} 条已归 {seen[article]}", f"article {article} falls to {seen[article]} already"
                )
                where = lined.where(("domains", id))
                problems.append(Problem("office-domain", where, what, Text("只归一个领域", "let one domain have it")))
            seen[article] = id
    office = OfficeRules(
        zone,
        {k: Domain(k, d.name, tuple(d.articles)) for k, d in model.domains.items()},
        {k: RoleRights(k, r.name, tuple(r.rights)) for k, r in model.roles.items()},
        {k: Number(k, n.name, n.value, n.unit, n.proposal) for k, n in model.numbers.items()},
        {
            k: NamedBody(k, b.name, Cite(b.cite.at, b.cite.quote, lined.where(("bodies", k))), b.zone, b.above)
            for k, b in model.bodies.items()
        },
    )
    return office, problems
