"""A rule book compiled: the facts of one subject, dated lists, derived facts, and rules that give outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zhishu.formula.decision.table import DecisionTable
from zhishu.formula.tree import Node
from zhishu.pack.cite import Cite
from zhishu.pack.dated_list import DatedList
from zhishu.pack.measured import Measured
from zhishu.pack.system import Column, Effect, Outcome, Parameter
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A derived fact: a formula over the facts before it; ``name`` where it is shown."""

    id: str
    written: str
    node: Node
    name: Text | None = None
    unit: str | None = None
    words: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision table of a book: its rows, its outputs as columns, and the formula of each output."""

    table: DecisionTable
    outputs: Mapping[str, Column]
    formulas: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class IfMissing:
    """What a blank cell is taken for, and why that is allowed."""

    value: object
    why: Text


@dataclass(frozen=True, slots=True)
class Agree:
    """Stated facts that must agree: the facts in the order of the book, the formula, and what to say where it fails."""

    id: str
    name: Text
    written: str
    node: Node
    say: Text
    reads: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class People:
    """A book about people holds keyed ids only: for what purpose, on what basis, kept how long."""

    purpose: Text
    basis: Text
    retention: Text


@dataclass(frozen=True, slots=True)
class BookRule:
    """A rule: what it gives, when, unless what, which rules it sets aside, how it speaks, and on what basis."""

    id: str
    give: str
    name: Text
    written: str
    when: Node
    unless: Node | None
    overrides: tuple[str, ...]
    say: Text
    cite: Cite | None
    basis: Text | None
    where: str
    unless_written: str = ""
    basis_since: date | None = None


@dataclass(frozen=True, slots=True)
class BookExample:
    """One case and the opinion it must get; ``lists`` stand in place of the book's."""

    id: str
    why: Text | None
    on: date
    set: Mapping[str, object]
    given: Mapping[str, object]
    expect: Mapping[str, object]
    problems: tuple[str, ...]
    where: str
    lists: Mapping[str, DatedList] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A rule book, ready to judge. ``outcomes`` stand best first; ``as_of`` names the fact whose day is the law's.

    ``combine`` says how several rules that hold make one verdict: the ``worst`` of them, or the ``first`` in order.
    """

    id: str
    name: Text
    about: Text
    subject: Text
    key: str
    fields: Mapping[str, Column]
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, DatedList]
    tables: Mapping[str, Decided]
    facts: Mapping[str, Fact]
    outcomes: Mapping[str, Outcome]
    rules: tuple[BookRule, ...]
    combine: Literal["worst", "first"]
    otherwise: str
    unknown: str
    as_of: str | None
    effect: Effect | None
    examples: tuple[BookExample, ...]
    reading: Text | None
    file: str
    written: str
    if_missing: Mapping[str, IfMissing] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    people: People | None = None
    checks: tuple[Agree, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)

    def rule(self, name: str) -> BookRule | None:
        """Return a rule by id, or None."""
        return next((r for r in self.rules if r.id == name), None)

    def order(self) -> tuple[str, ...]:
        """Return the outcomes a rule can give or that hold otherwise, best first."""
        return tuple(o for o in self.outcomes if o != self.unknown)
