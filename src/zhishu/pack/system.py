"""A system compiled: frozen tables, formulas as trees, parameters with dates, rules in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from zhishu.formula.tree import Node
from zhishu.pack.cite import Cite as Cite
from zhishu.pack.workflow import Workflow
from zhishu.terms import Text

CASE = "case"


@dataclass(frozen=True, slots=True)
class Column:
    """An input field: what a cell may hold; ``codes`` is the classification whose codes a text is one of."""

    id: str
    name: Text
    type: Literal["number", "text", "choice", "date", "year", "truth", "ref", "region"]
    unit: str | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    least: Fraction | None = None
    most: Fraction | None = None
    whole: bool = False
    ref: str | None = None
    required: bool = False
    note: Text | None = None
    levels: tuple[str, ...] = ()
    codes: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Another table that a verb's column reads too, and what is handed over of each of its rows."""

    table: str
    args: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class VerbColumn:
    """A column that a verb computes over all rows of its table at once, with a table beside it or none."""

    use: str
    args: Mapping[str, Node]
    options: Mapping[str, object]
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed field or total; without a name it is a helper and is not shown.

    ``people``: whether it counts people or households so that a small count must not be published; None where its
    unit is not one of theirs.
    """

    id: str
    written: str
    node: Node | None
    column: VerbColumn | None = None
    name: Text | None = None
    unit: str | None = None
    digits: int | None = None
    why: Text | None = None
    words: Mapping[str, Text] = field(default_factory=dict)
    as_year: bool = False
    people: bool | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a row and what follows from it."""

    id: str
    written: str
    when: Node
    then: Literal["refuse", "hold", "exclude", "flag"]
    say: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a verdict."""

    id: str
    name: Text
    tone: Literal["good", "warn", "bad", "neutral", "unknown"]


@dataclass(frozen=True, slots=True)
class Rule:
    """An outcome and the condition that gives it."""

    give: str
    written: str
    when: Node


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcomes, rules in order, what holds otherwise and what an unknown fact gives."""

    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]
    otherwise: str
    unknown: str
    say: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Table:
    """An input table, a group of another table's rows, or every pair of two tables' rows (field → table).

    Rows of one key are one too many, if ``unique``.
    """

    id: str
    name: Text
    fields: Mapping[str, Column]
    key: tuple[str, ...]
    unique: bool
    series: tuple[str, ...]
    order: str | None
    of: str | None
    by: tuple[str, ...]
    where: Node | None
    checks: tuple[Check, ...]
    derive: Mapping[str, Derived]
    verdict: Verdict | None
    least_rows: int
    pairs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting with dated values; none means that nobody has set it.

    ``proposed`` is a value on offer: it holds only where whoever asks adopts it by the word 提议.
    """

    id: str
    name: Text
    type: Literal["number", "text", "choice", "date", "truth"]
    unit: str | None
    choices: Mapping[str, Text]
    values: tuple[tuple[date, Fraction | str | date | bool], ...]
    proposal: Text | None
    least: Fraction | None
    most: Fraction | None
    cite: Cite | None
    proposed: Fraction | str | date | bool | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Who decides an adverse outcome, on what basis, with what notice, objection, expiry and repair.

    A basis holds from the day ``since``; ``loaded`` are the columns where a case names the legal basis it brings.
    """

    outcomes: tuple[str, ...]
    basis: Text | None
    decides: Text
    notice: Text
    objection_days: int | None
    expiry: Text
    repair: Text
    since: date | None = None
    loaded: tuple[str, ...] = ()


Cell = Fraction | str | bool | date | None


@dataclass(frozen=True, slots=True)
class Example:
    """A case with the answer it must get."""

    id: str
    why: Text | None
    bad_input: tuple[int, ...]
    on: date
    set: Mapping[str, object]
    given: Mapping[str, tuple[tuple[object, ...], ...]]
    expect: Mapping[str, Mapping[str, Mapping[str, object]]]
    problems: tuple[str, ...]
    flags: tuple[str, ...]
    excluded: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One output of the catalogue row and the values that give it."""

    output: Text
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """One system, ready to run; ``workflow`` is the one its tasks follow."""

    id: str
    archetype: str
    cite: Cite
    also: tuple[Cite, ...]
    about: Text
    reading: Text | None
    parameters: Mapping[str, Parameter]
    tables: Mapping[str, Table]
    totals: Mapping[str, Derived]
    verdict: Verdict | None
    effect: Effect | None
    answers: tuple[Answer, ...]
    examples: tuple[Example, ...]
    file: str
    written: str
    base: str = ""
    doubt: tuple[Text, ...] = ()
    workflow: Workflow | None = None

    def specimen(self) -> Example | None:
        """Return the first example that is answered, not refused: what a form shows as its specimen."""
        return next((e for e in self.examples if not e.problems), None)

    def inputs(self) -> tuple[Table, ...]:
        """Return the tables a user fills."""
        return tuple(table for table in self.tables.values() if table.of is None and not table.pairs)
