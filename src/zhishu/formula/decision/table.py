"""What a decision table is: columns with their kinds, rows of cells, and how rows that match are settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from zhishu.formula.tree import Name, Node, Number, Of, Truth, Word
from zhishu.terms import Text

ColumnKind = Literal["number", "word", "choice", "truth", "date"]
Policy = Literal["unique", "first", "priority", "collect"]
Aggregate = Literal["sum", "min", "max", "count", "any"]
Value = Number | Word | Truth | date


@dataclass(frozen=True, slots=True)
class InputKind:
    """What a column holds: a number in a unit, a word, one of declared values, a yes or no, a date.

    ``values`` names the values of a choice in their declared order; ``least`` and ``most`` bound a number as
    written in ``unit``, ``whole`` says that it has no broken part. ``title`` is what a reader calls the column.

    >>> InputKind("number", "%", least=Fraction(0), most=Fraction(100)).kind
    'number'
    """

    kind: ColumnKind
    unit: str | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    title: Text | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Equal:
    """The value itself."""

    value: Value


@dataclass(frozen=True, slots=True)
class Prefix:
    """A code that begins with this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of numbers or of dates; an end that is None is open to all."""

    low: Number | date | None
    high: Number | date | None
    low_in: bool = False
    high_in: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Whether the fact is known at all."""

    known: bool


Test = Equal | Prefix | Span | Known


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row asks of one input: one of the tests, or none of them if ``negated``; no tests: anything."""

    tests: tuple[Test, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of a fact (or ``line.speed``) and its kind."""

    name: str
    kind: InputKind

    @property
    def node(self) -> Node:
        """Return the formula that reads the fact.

        >>> Column("line.speed", InputKind("number")).node
        Of(base='line', field='speed')
        """
        base, dot, rest = self.name.partition(".")
        return Of(base, rest) if dot else Name(base)

    @property
    def title(self) -> Text:
        """Return what a reader calls the column."""
        return self.kind.title or Text(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell an input, a value an output (None: stated to be unknown), and an extra condition if any."""

    id: str
    cells: tuple[Cell, ...]
    outputs: tuple[Value | None, ...]
    when: Node | None = None
    say: Text | None = None
    priority: int | None = None
    note: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision table; ``aggregate`` belongs to the policy ``collect`` alone."""

    name: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    policy: Policy = "unique"
    aggregate: Aggregate | None = None
