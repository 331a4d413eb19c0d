"""Bringing rule conditions to one form: derived facts written in, choices lifted out of comparisons, constants folded.

What comes out reads given facts only. ``when`` stands above comparisons, never inside one, so that every part below
the logic is a plain question about facts.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Truth, Unary, Word, children
from zhishu.formula.written import written
from zhishu.logic import Unknown
from zhishu.units import parse_unit

ASKS = ("one_of", "starts_with", "within", "is_credit_code", "is_section")
"""Functions that ask a yes or no of values."""


def normal(node: Node, named: Mapping[str, Node], constants: Mapping[str, Value]) -> Node:
    """Return a condition over given facts: names of ``named`` replaced by their trees, known constants written out.

    >>> from zhishu.formula.parse import parse
    >>> from zhishu.formula.written import written
    >>> level = parse('when(area < 10, "small", "large")')
    >>> written(normal(parse('level == "small" and strict'), {"level": level}, {"strict": True}))
    'when(area < 10, True, False)'
    """
    return _Normal(named, constants, {}).of(node)


class _Normal:
    """Rewrites trees; what a name stands for is rewritten once."""

    def __init__(self, named: Mapping[str, Node], constants: Mapping[str, Value], known: dict[str, Node]) -> None:
        self.named, self.constants, self.known = named, constants, known

    def of(self, node: Node) -> Node:
        """Return the normal form of a node."""
        match node:
            case Name(name) if name in self.named:
                if name not in self.known:
                    self.known[name] = self.of(self.named[name])
                return self.known[name]
            case Name(name) if name in self.constants:
                return _written_out(self.constants[name], node)
            case Number(value, unit) if unit is not None:
                return Number(value * parse_unit(unit).factor)
            case Unary(op, operand):
                return folded(Unary(op, self.of(operand)))
            case Binary(op, left, right):
                # a choice inside a sum stays there: lifting every one would double the sum each time
                return folded(Binary(op, self.of(left), self.of(right)))
            case Compare(op, left, right):
                return lift((self.of(left), self.of(right)), lambda p: folded(Compare(op, p[0], p[1])))
            case Logic(op, terms):
                return logic(op, [self.of(t) for t in terms])
            case Call("when", (c, a, b)):
                return choice(self.of(c), self.of(a), self.of(b))
            case Call("listed", _):
                return node
            case Call(function, args):
                parts = tuple(self.of(a) for a in args)
                return lift(parts, lambda p: folded(Call(function, p)))
            case _:
                return node


def lift(parts: tuple[Node, ...], make: Callable[[tuple[Node, ...]], Node]) -> Node:
    """Return what ``make`` makes of the parts, with every choice among them standing outside it."""
    for i, part in enumerate(parts):
        if isinstance(part, Call) and part.function == "when":
            c, a, b = part.args
            yes, no = ((*parts[:i], way, *parts[i + 1 :]) for way in (a, b))
            return choice(c, lift(yes, make), lift(no, make))
    return make(parts)


def choice(condition: Node, yes: Node, no: Node) -> Node:
    """Return ``when`` of three normal parts, or the one part that a known condition leaves."""
    if isinstance(condition, Truth):
        return yes if condition.value else no
    return yes if yes == no else Call("when", (condition, yes, no))


def logic(op: str, terms: list[Node]) -> Node:
    """Return ``and``, ``or``, ``not`` of normal terms without the truths that decide nothing."""
    if op == "not":
        inner = terms[0]
        if isinstance(inner, Truth):
            return Truth(not inner.value)
        if isinstance(inner, Logic) and inner.op == "not":
            return inner.terms[0]
        return Logic("not", (inner,))
    ends = op == "or"
    if any(isinstance(t, Truth) and t.value is ends for t in terms):
        return Truth(ends)
    left = list(dict.fromkeys(t for t in terms if not isinstance(t, Truth)))
    if not left:
        return Truth(not ends)
    return left[0] if len(left) == 1 else Logic(op, tuple(left))


def folded(node: Node) -> Node:
    """Return the value of a node that reads nothing, where it has one; an unknown said outright; else the node.

    Each question on such an unknown is one of its own: what it would be nobody knows, here as there.
    """
    parts = children(node)
    said = next((p for p in parts if isinstance(p, Call) and p.function == "unknown"), None)
    if said is not None and not isinstance(node, Logic):
        why = said.args[0].value if said.args and isinstance(said.args[0], Word) else ""
        # a question asks anew; a sum only hands on
        anew = Word(f"{why.split(APART)[0]}{APART}{written(node)}")
        return Call("unknown", (anew, *said.args[1:])) if asks(node) else said
    match node:
        case Unary(_, Number()) | Binary(_, Number(), Number()) | Compare(_, Number() | Word(), Number() | Word()):
            return _written_out(evaluate(node, Plain({})), node)
        case Call(function, args) if function in (*ASKS, "min", "max", "abs", "floor", "ceil") and all(
            isinstance(a, Number | Word) for a in args
        ):
            return _written_out(evaluate(node, Plain({})), node)
        case _:
            return node


APART = "\x1f"
"""Stands between the reason of an unknown and the question it is met in."""


def asks(node: Node) -> bool:
    """Return whether a node asks a yes or no."""
    return isinstance(node, Compare) or (isinstance(node, Call) and node.function in ASKS)


def _written_out(value: Value, node: Node) -> Node:
    match value:
        case Unknown():
            return node
        case bool():
            return Truth(value)
        case Fraction():
            return Number(value)
        case date():
            return Call("day", (Word(value.isoformat()),))
        case _:
            return Word(value)
