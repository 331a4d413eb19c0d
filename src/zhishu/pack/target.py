"""Targets: what is to be reached, by when, measured by what, and how vague words are read."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.lines import Lined, Path
from zhishu.pack.strict import Bilingual, Exact, Strict, validate
from zhishu.pack.system import Cite
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text
from zhishu.units import parse_unit

Path_ = Literal["level", "achieve", "parts", "each_year", "trend", "comparator", "halving"]
Op = Literal["~", ">=", "<=", "="]


class SeriesModel(Strict):
    """A series (or indicator) and what it is for."""

    series: str
    period: str | None = None
    sign: Literal["+", "-"] = "+"


class ContextModel(Strict):
    """A series that is near the matter but proves nothing, and why."""

    series: str
    role: Literal["earlier", "other_definition", "hint", "not_usable"]
    why: Bilingual


class SettingsModel(Strict):
    """What another reading changes."""

    within: Exact | None = None
    by: str | None = None
    op: Op | None = None
    value: Exact | None = None
    any_year: bool | None = None
    since: str | None = None


class OtherReadingModel(Strict):
    """Another reading of the sentence: computed where it changes settings, else told with its reason."""

    text: Bilingual
    set: SettingsModel | None = None
    why: Bilingual | None = None


class MissingModel(Strict):
    """A figure nobody has loaded; the likely holder is an inference."""

    what: Bilingual
    holder: Bilingual | None = None


class TargetModel(Strict):
    """One target as the pack declares it."""

    system: str
    name: Bilingual
    cite: CiteModel
    path: Path_
    op: Op | None = None
    value: Exact | None = None
    unit: str
    within: Exact | None = None
    direction: Literal["up", "down", "not_up"] | None = None
    by: str | None = None
    since: str | None = None
    any_year: bool = False
    series: list[str] = Field(default_factory=list)
    stock: str | None = None
    stock_from: Literal["zero", "baseline"] = "baseline"
    flows: list[str] = Field(default_factory=list)
    baseline: list[SeriesModel] = Field(default_factory=list)
    parts: list[SeriesModel] = Field(default_factory=list)
    comparator: str | None = None
    context: list[ContextModel] = Field(default_factory=list)
    region: str | None = None
    scope: Bilingual
    reading: Bilingual
    readings: list[OtherReadingModel] = Field(default_factory=list)
    bands: list[Exact] = Field(default_factory=list)
    missing: list[MissingModel] = Field(default_factory=list)


class TargetFile(Strict):
    """The targets of one article."""

    targets: dict[str, TargetModel]


@dataclass(frozen=True, slots=True)
class Term:
    """A series with sign and, where fixed, its period."""

    series: str
    period: int | None
    sign: int


@dataclass(frozen=True, slots=True)
class Context:
    """A series that proves nothing, and why."""

    series: str
    role: str
    why: Text


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another reading; ``settings`` is None where it cannot be computed from what the pack declares."""

    text: Text
    settings: SettingsModel | None
    why: Text | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure nobody has loaded, and who would hold it (an inference)."""

    what: Text
    holder: Text | None


@dataclass(frozen=True, slots=True)
class Target:
    """A target, ready to be watched. ``value`` and ``within`` are in base units of ``unit``."""

    key: str
    system: str
    name: Text
    cite: Cite
    path: Path_
    op: Op | None
    value: Fraction | None
    unit: str
    within: Fraction | None
    direction: str | None
    by: date | None
    since: date
    any_year: bool
    series: tuple[str, ...]
    stock: str | None
    stock_from: str
    flows: tuple[str, ...]
    baseline: tuple[Term, ...]
    parts: tuple[Term, ...]
    comparator: str | None
    context: tuple[Context, ...]
    region: str
    scope: Text
    reading: Text
    readings: tuple[OtherReading, ...]
    bands: tuple[Fraction, ...]
    missing: tuple[Missing, ...]
    where: str

    def names(self) -> tuple[str, ...]:
        """Return every series or indicator this target reads."""
        found = [*self.series, *self.flows, *(t.series for t in (*self.baseline, *self.parts))]
        found += [s for s in (self.stock, self.comparator) if s]
        found += [c.series for c in self.context]
        return tuple(dict.fromkeys(found))


def load_targets(lined: Lined, adopted_on: date, home: str) -> tuple[dict[str, Target], list[Problem]]:
    """Return the targets of one file and every problem with its line; ``home`` is the region of those that name none."""
    model, problems = validate(TargetFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Target] = {}
    for key, item in model.targets.items():
        target = _target(key, item, lined, adopted_on, home, problems)
        if target is not None:
            found[key] = target
    return found, problems


def _target(key: str, m: TargetModel, lined: Lined, adopted: date, home: str, problems: list[Problem]) -> Target | None:
    at: Path = ("targets", key)
    try:
        factor = parse_unit(m.unit).factor
        by = date.fromisoformat(m.by) if m.by else None
        since = date.fromisoformat(m.since) if m.since else adopted
    except ZhishuError as error:
        problems += [Problem(p.code, lined.where((*at, "unit")), p.what, p.repair) for p in error.problems]
        return None
    except ValueError:
        what = Text(f"日期写法有误：{m.by or m.since}", f"not a date: {m.by or m.since}")
        problems.append(
            Problem("pack-bad-date", lined.where((*at, "by")), what, Text("写作 2022-12-31", "write 2022-12-31"))
        )
        return None

    def base(value: Exact | None) -> Fraction | None:
        return None if value is None else Fraction(value) * factor

    def terms(items: list[SeriesModel]) -> tuple[Term, ...]:
        return tuple(Term(s.series, int(s.period) if s.period else None, -1 if s.sign == "-" else 1) for s in items)

    return Target(
        key,
        m.system,
        m.name,
        Cite(m.cite.at, m.cite.quote),
        m.path,
        m.op,
        base(m.value),
        m.unit,
        base(m.within),
        m.direction,
        by,
        since,
        m.any_year,
        tuple(m.series),
        m.stock,
        m.stock_from,
        tuple(m.flows),
        terms(m.baseline),
        terms(m.parts),
        m.comparator,
        tuple(Context(c.series, c.role, c.why) for c in m.context),
        m.region or home,
        m.scope,
        m.reading,
        tuple(OtherReading(r.text, r.set, r.why) for r in m.readings),
        tuple(Fraction(b) * factor for b in m.bands),
        tuple(Missing(x.what, x.holder) for x in m.missing),
        lined.where(at),
    )
