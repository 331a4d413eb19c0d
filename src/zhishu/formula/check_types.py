"""What a formula is checked against: types of names, tables and references, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.functions import Place
from zhishu.formula.tree import Node
from zhishu.terms import Text
from zhishu.units import Unit

Kind = Literal["number", "truth", "word", "date", "listing"]
Price = Literal["current", "constant"]


@dataclass(frozen=True, slots=True)
class Type:
    """What a formula gives.

    A number without a unit is a bare number: a literal, a count of rows, a year, a field that declares
    none. It takes on the unit of a ratio or a count beside it, never that of money or of a length.
    ``choices`` are the words a text may be; None allows any. ``region`` marks words read by the gazetteer.
    """

    kind: Kind
    unit: Unit | None = None
    price: Price | None = None
    choices: frozenset[str] | None = None
    region: bool = False


NUMBER = Type("number")
TRUTH = Type("truth")
WORD = Type("word")
REGION = Type("word", region=True)
# what names() gives: the rows that surely hold, joined for a reader; never an answer to whether any does
LISTING = Type("listing")
DATE = Type("date")

KINDS: dict[Kind, Text] = {
    "number": Text("数", "a number"),
    "truth": Text("真假值", "a yes or no"),
    "word": Text("文字", "a text"),
    "date": Text("日期", "a date"),
    "listing": Text("列举的行", "a listing of rows"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of a table's rows, and which of them refer to a row of which table."""

    fields: Mapping[str, Type]
    refs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula sees: its own names, then those around it; tables to aggregate; references.

    A formula of a row has the row's fields as ``names`` and the case as ``outer``; inside an aggregate
    the aggregated row has the formula's own scope as ``outer``.
    """

    place: Place
    names: Mapping[str, Type]
    tables: Mapping[str, Table] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    outer: "Scope | None" = None

    def find(self, name: str) -> Type | None:
        """Return the type of a name here or around, or None."""
        if name in self.names:
            return self.names[name]
        return self.outer.find(name) if self.outer is not None else None

    def referred(self, base: str) -> str | None:
        """Return the table that a reference field points to, or None."""
        if base in self.names:
            return self.refs.get(base)
        return self.outer.referred(base) if self.outer is not None else None

    def visible(self) -> frozenset[str]:
        """Return every name that can be written here."""
        around = self.outer.visible() if self.outer is not None else frozenset()
        return around | frozenset(self.names)

    def this(self) -> "Scope":
        """Return the row around an aggregate, or the row itself: what ``this.x`` means."""
        return self.outer if self.outer is not None and self.outer.place == "row" else self

    def inside(self, table: Table) -> "Scope":
        """Return the scope of a table's rows inside an aggregate that stands here."""
        return Scope("row", table.fields, self.tables, table.refs, self)


class Operand(NamedTuple):
    """A part of a formula with its type."""

    node: Node
    type: Type


class Report:
    """Collects the problems of one formula, each once."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._found: dict[Problem, None] = {}

    def add(self, code: str, what: Text, repair: Text) -> None:
        """Note one problem."""
        self._found[Problem(code, self.where, what, repair)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems found elsewhere."""
        self._found.update(dict.fromkeys(problems))

    def close(self) -> None:
        """Raise all problems together, if there is one."""
        if self._found:
            raise ZhishuError(self._found)
