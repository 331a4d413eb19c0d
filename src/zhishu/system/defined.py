"""Formulas over missing facts: what is a value, what stays unknown, and where a formula has a value."""

from fractions import Fraction
from math import prod

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Truth, Unary, Word, children
from zhishu.judge.normal import logic
from zhishu.judge.ruleset import literal
from zhishu.logic import Unknown

STUCK = Call("unknown", ())
"""Unknown whatever the missing facts are: 0/0, a row on hold, a row that is not there."""
OPAQUE = Call("unknown", (Word("~"),))
"""Depends on missing facts in a way that is not followed: a verb's column, a rank, a median."""

MOST_NODES = 400
"""A formula of more parts than this is not followed."""
MOST_BRANCHES = 64
"""A comparison of more ways than this, by the choices inside it, is not followed."""

TOTAL = frozenset({"min", "max", "abs", "floor", "ceil", "one_of", "starts_with", "year_of", "within", "day"})
"""Functions that have a value wherever their arguments do, read as the kernel reads them."""


def blank(leaf: str) -> Node:
    """Return the mark of a missing fact that is taken to stay missing."""
    return Call("unknown", (Word(leaf),))


def is_unknown(node: Node) -> bool:
    """Return whether a node is an unknown said outright."""
    return isinstance(node, Call) and node.function == "unknown"


def is_value(node: Node) -> bool:
    """Return whether a node is a value written out."""
    return isinstance(node, Number | Word | Truth) or (
        isinstance(node, Call) and node.function == "day" and isinstance(node.args[0], Word)
    )


def written_out(value: Value) -> Node:
    """Return a value as a node; an unknown is stuck.

    >>> written_out(Fraction(2))
    Number(value=Fraction(2, 1), unit=None)
    """
    return STUCK if isinstance(value, Unknown) else literal(value)


def made(node: Node) -> Node:
    """Return a node of unfolded parts in its simplest form: an unknown part makes it unknown, values are computed."""
    parts = children(node)
    for part in parts:
        if is_unknown(part):
            return part
    if all(is_value(part) for part in parts):
        return written_out(evaluate(node, Plain({})))
    return node if small(node) else OPAQUE


def added(parts: list[Node]) -> Node:
    """Return the sum of numbers, known ones gathered."""
    unknown = next((p for p in parts if is_unknown(p)), None)
    if unknown is not None:
        return unknown
    known = sum((p.value for p in parts if isinstance(p, Number)), Fraction(0))
    total: Node | None = None
    for part in parts:
        if not isinstance(part, Number):
            total = part if total is None else Binary("+", total, part)
    if total is None:
        return Number(known)
    total = Binary("+", total, Number(known)) if known else total
    return total if small(total) else OPAQUE


def small(node: Node) -> bool:
    """Return whether a formula is small enough to be followed."""
    return _measure(node)[0] <= MOST_NODES


def _measure(node: Node) -> tuple[int, int]:
    """Return the parts of a node, and the ways its choices make when they are lifted out of comparisons."""
    size, told = 1, []
    for child in children(node):
        more, branches = _measure(child)
        size += more
        told.append(branches)
        if size > MOST_NODES:
            return size, 1
    match node:
        case Call("when"):
            return size, told[1] + told[2]
        case Compare() | Call():
            ways = prod(told)
            return (size, ways) if ways <= MOST_BRANCHES else (MOST_NODES + 1, ways)
        case _:
            # a choice inside a sum stays there
            return size, 1


def defined(node: Node) -> Node:
    """Return where an unfolded formula has a value, as a truth over the facts it reads.

    >>> from zhishu.formula.parse import parse
    >>> from zhishu.formula.written import written
    >>> written(defined(parse("supplied / approved")))
    'approved != 0'
    """
    if is_unknown(node):
        return OPAQUE if node == OPAQUE else Truth(False)
    if is_value(node) or isinstance(node, Name):
        return Truth(True)
    parts = [defined(child) for child in children(node)]
    whole = logic("and", parts)
    match node:
        case Binary("/", _, divisor):
            return logic("and", [whole, made(Compare("!=", divisor, Number(Fraction(0))))])
        case Binary("**"):
            return OPAQUE
        case Unary() | Binary() | Compare():
            return whole
        case Logic() | Call("when"):
            return whole if whole == Truth(True) else OPAQUE
        case Call(function) if function in TOTAL and function != "within":
            return whole
        case _:
            return OPAQUE
