"""The answer of one run: results, unknowns, reasons and what an adverse outcome must carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhishu.errors import Problem
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.setting import Proposal, Setting
from zhishu.pack.system import Outcome, System
from zhishu.system.effect import effect_json
from zhishu.system.show import exact, plain, spoken
from zhishu.terms import Language, Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One computed value with its label and unit."""

    id: str
    name: Text
    value: Value
    unit: str | None
    digits: int | None
    words: Mapping[str, Text]
    as_year: bool = False

    def say(self, language: Language) -> str:
        """Return the value as a person reads it."""
        if self.as_year and isinstance(self.value, Fraction):
            return plain(self.value)
        return spoken(self.value, self.unit, self.digits, self.words, language)


@dataclass(frozen=True, slots=True)
class AskFirst:
    """The missing fact to ask for first: whose it is, what it is, and whether one of its answers settles the verdict."""

    table: str
    subject: str
    field: str
    title: Text
    name: Text
    settles: bool

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "table": self.table,
            "subject": self.subject,
            "field": self.field,
            "name": self.name.to_json(),
            "settles": self.settles,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """The answer about one subject: its facts, its verdict, the reason, and the basis of an adverse one.

    ``possible`` are the outcomes that missing facts still allow: ``exact`` says that each of them can come about and no
    other, else some may not. ``ask`` is the fact to ask for first where the verdict is open for want of one.
    """

    table: str
    subject: str
    facts: tuple[Fact, ...]
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    reason: Text | None
    adverse: bool
    title: Text
    basis: Text | None = None
    exact: bool = True
    ask: AskFirst | None = None

    @property
    def open(self) -> bool:
        """Whether the verdict may still be another than it is."""
        return self.outcome is not None and self.possible != (self.outcome,)

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "table": self.table,
            "subject": self.subject,
            "title": self.title.to_json(),
            "verdict": self.outcome.id if self.outcome else None,
            "possible": [o.id for o in self.possible],
            "exact": self.exact,
            "ask": self.ask.to_json() if self.ask else None,
            "adverse": self.adverse,
            "values": {f.id: exact(f.value, f.unit) for f in self.facts},
            "units": {f.id: f.unit for f in self.facts if f.unit},
            "reason": self.reason.to_json() if self.reason else None,
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that was excluded, held or flagged, and why."""

    kind: str
    check: str
    table: str
    subject: str
    say: Text
    title: Text

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "kind": self.kind,
            "check": self.check,
            "table": self.table,
            "subject": self.subject,
            "title": self.title.to_json(),
            "say": self.say.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything one run says; ``regions`` gives the code of each real region by the name it has here."""

    system: System
    on: date
    seed: int
    results: tuple[Result, ...]
    remarks: tuple[Remark, ...]
    unknown: tuple[tuple[str, str, Unknown], ...]
    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]
    regions: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    offers: tuple[Proposal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the input was usable; unknown answers are answers too."""
        return not self.problems

    def to_json(self) -> dict[str, object]:
        """Return the contract form of ``zhishu run``."""
        at = self.system.cite.at
        reasons = [{**r.reason.to_json(), "at": at} for r in self.results if r.reason]
        reasons += [{**m.say.to_json(), "at": at} for m in self.remarks]
        return {
            "schema": 1,
            "id": self.system.id,
            "on": self.on.isoformat(),
            "seed": self.seed,
            "results": [r.to_json() for r in self.results],
            "unknown": [{"subject": s, "fact": f, "reason": u.reason, "detail": u.detail} for s, f, u in self.unknown],
            "reasons": reasons,
            "remarks": [m.to_json() for m in self.remarks],
            "settings": [s.to_json() for s in self.settings],
            "proposals_used": [p.id for p in self.proposals],
            "proposals_offered": [p.id for p in self.offers],
            "effect": effect_json(self.system.effect, [r.basis for r in self.results if r.adverse])
            if any(r.adverse for r in self.results)
            else None,
            "regions": dict(sorted(self.regions.items())),
            "problems": [p.to_json() for p in self.problems],
        }
