"""The typed tree of a formula: what the parser makes and every back end reads."""

from dataclasses import dataclass
from fractions import Fraction
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Number:
    """An exact number, with the unit written beside it or none."""

    value: Fraction
    unit: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Word:
    """A text in quotes: one value of a choice, or a label."""

    value: str


@final
@dataclass(frozen=True, slots=True)
class Truth:
    """``True`` or ``False`` written in a formula."""

    value: bool


@final
@dataclass(frozen=True, slots=True)
class Name:
    """A field, parameter, series or earlier result."""

    id: str


@final
@dataclass(frozen=True, slots=True)
class Of:
    """``line.speed``: a field of the row that a reference field points to."""

    base: str
    field: str


@final
@dataclass(frozen=True, slots=True)
class Unary:
    """``-x``."""

    op: str
    operand: "Node"


@final
@dataclass(frozen=True, slots=True)
class Binary:
    """``a + b``, ``-``, ``*``, ``/`` or ``**``."""

    op: str
    left: "Node"
    right: "Node"


@final
@dataclass(frozen=True, slots=True)
class Compare:
    """``a < b`` and its kin; chains are split into ``and``."""

    op: str
    left: "Node"
    right: "Node"


@final
@dataclass(frozen=True, slots=True)
class Logic:
    """``and``, ``or`` over two or more terms, ``not`` over one."""

    op: str
    terms: tuple["Node", ...]


@final
@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language: ``max(0, x)``, ``lag(gdp, 1)``."""

    function: str
    args: tuple["Node", ...]


@final
@dataclass(frozen=True, slots=True)
class Rows:
    """An aggregate over the rows of a table: ``segments.sum(length, state == "built")``."""

    table: str
    function: str
    args: tuple["Node", ...]


Node = Number | Word | Truth | Name | Of | Unary | Binary | Compare | Logic | Call | Rows


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct parts of a node, in reading order."""
    match node:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right) | Compare(_, left, right):
            return (left, right)
        case Logic(_, terms):
            return terms
        case Call(_, args) | Rows(_, _, args):
            return args
        case _:
            return ()


def names(node: Node) -> frozenset[str]:
    """Return every plain name a formula reads outside its row aggregates, and the bases of ``a.b``."""
    match node:
        case Name(name):
            return frozenset({name})
        case Of(base, _):
            return frozenset({base})
        case Rows():
            return frozenset()
        case _:
            return frozenset().union(*(names(child) for child in children(node)))
