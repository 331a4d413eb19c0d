"""What a comparison is whatever its missing figures are: it is asked again with them at the ends of what they may be.

A sum of five years of which one is missing may be above a line already, areas never being negative. A comparison that
rises or falls with every missing figure is decided where its two extremes agree; a figure of which that is not sure
counts as given or not at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import narwhals as nw

from zhishu.formula.evaluate import evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Name, Node, Number, Unary, children, names
from zhishu.judge.ruleset import RuleSet

LEAST, MOST = "_least_", "_most_"
"""Begin the names of columns in which a missing figure stands at its least, at its most."""
_LOW, _HIGH = "_low", "_high"
Ways = Mapping[str, int]
"""Facts a figure rises (1) or falls (−1) with; 0: nobody can say, the fact must be given."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A comparison where its left side stands lowest against its right, and where highest."""

    op: str
    low: Node
    high: Node
    facts: frozenset[str]

    def formulas(self, name: str) -> dict[str, Node]:
        """Return the formulas to ask beside the comparison of this name."""
        return {f"{name}{_LOW}": self.low, f"{name}{_HIGH}": self.high}


def bounded(rules: RuleSet, node: Node) -> Bounded | None:
    """Return a comparison at its ends, or None where the ends of its facts can decide nothing."""
    if not isinstance(node, Compare) or node.op not in ("<", "<=", ">", ">=", "==", "!="):
        return None
    facts = names(node) & rules.book.fields.keys()
    if len(facts) < 2 or not any(isinstance(n, Binary) and n.op in "+-" for n in _all(node)):
        return None
    ways = _ways(Binary("-", node.left, node.right), rules)
    ends = {f: (rules.domains[f].least, rules.domains[f].most) for f, way in ways.items() if way}
    if all(end is None for pair in ends.values() for end in pair):
        return None

    def at(lowest: bool) -> Callable[[str], str]:
        def renamed(fact: str) -> str:
            if fact not in ends:
                return fact
            least = (ways[fact] > 0) == lowest
            return fact if ends[fact][0 if least else 1] is None else f"{LEAST if least else MOST}{fact}"

        return renamed

    left, right = node.left, node.right
    below, above = ("<", ">") if node.op in ("==", "!=") else (node.op, node.op)
    low = Compare(above, _renamed(left, at(True)), _renamed(right, at(True)))
    high = Compare(below, _renamed(left, at(False)), _renamed(right, at(False)))
    return Bounded(node.op, low, high, names(low) | names(high))


def ends_of(rules: RuleSet, found: Mapping[str, Bounded], kinds: Mapping[str, nw.dtypes.DType]) -> list[nw.Expr]:
    """Return the columns in which missing figures stand at their ends."""
    wanted = sorted(frozenset().union(*(b.facts for b in found.values()))) if found else []
    made: list[nw.Expr] = []
    for name in wanted:
        for begins in (LEAST, MOST):
            fact = name.removeprefix(begins)
            if name.startswith(begins) and fact in rules.domains:
                end = rules.domains[fact].least if begins == LEAST else rules.domains[fact].most
                assert end is not None
                made.append(_filled(fact, end, kinds[fact]).alias(name))
    return made


def _filled(fact: str, end: Fraction, kind: nw.dtypes.DType) -> nw.Expr:
    if kind.is_integer() and end.denominator == 1:
        return nw.col(fact).fill_null(nw.lit(int(end), nw.Int64))
    return nw.col(fact).cast(nw.Float64).fill_null(nw.lit(float(end), nw.Float64))


def truth(value: nw.Expr, bound: Bounded, low: nw.Expr, high: nw.Expr) -> nw.Expr:
    """Return the answer to a comparison: its own, else what both its ends say."""
    yes: nw.Expr | None
    no: nw.Expr | None
    match bound.op:
        case "<" | "<=":
            yes, no = high, ~low
        case ">" | ">=":
            yes, no = low, ~high
        case "==":
            yes, no = None, low | high
        case _:
            yes, no = low | high, None
    surely = nw.lit(None, nw.Boolean)
    if no is not None:
        surely = nw.when(no).then(nw.lit(False)).otherwise(surely)
    if yes is not None:
        surely = nw.when(yes).then(nw.lit(True)).otherwise(surely)
    return nw.when(value.is_null()).then(surely).otherwise(value)


def _all(node: Node) -> list[Node]:
    return [node, *(n for child in children(node) for n in _all(child))]


def _renamed(node: Node, name: Callable[[str], str]) -> Node:
    match node:
        case Name(fact):
            return Name(name(fact))
        case Unary(op, operand):
            return Unary(op, _renamed(operand, name))
        case Binary(op, left, right):
            return Binary(op, _renamed(left, name), _renamed(right, name))
        case Call(function, args):
            return Call(function, tuple(_renamed(a, name) for a in args))
        case _:
            return node


def _ways(node: Node, rules: RuleSet) -> Ways:
    facts = names(node) & rules.book.fields.keys()
    match node:
        case Name() | Number() if not facts or rules.domains[next(iter(facts))].kind == "number":
            return dict.fromkeys(facts, 1)
        case Unary("-", operand):
            return _turned(_ways(operand, rules))
        case Binary("+" | "-" as op, left, right):
            other = _ways(right, rules)
            return _joined(_ways(left, rules), other if op == "+" else _turned(other))
        case Binary("*", left, right):
            return _product(left, right, rules)
        case Binary("/", left, right) if _sign(right, rules) > 0:
            return _joined(_ways(left, rules), dict.fromkeys(names(right) & rules.book.fields.keys(), 0))
        case Call("min" | "max", args):
            found: Ways = {}
            for arg in args:
                found = _joined(found, _ways(arg, rules))
            return found
        case Call("when", (condition, a, b)):
            # once the condition is known one of the two stands; a parameter of a day is such a choice
            asked = dict.fromkeys(names(condition) & rules.book.fields.keys(), 0)
            return _joined(asked, _joined(_ways(a, rules), _ways(b, rules)))
        case _:
            return dict.fromkeys(facts, 0)


def _product(left: Node, right: Node, rules: RuleSet) -> Ways:
    a, b = _sign(left, rules), _sign(right, rules)
    facts = names(left) & rules.book.fields.keys(), names(right) & rules.book.fields.keys()
    if facts[0] and facts[1] and (a <= 0 or b <= 0):
        return dict.fromkeys(facts[0] | facts[1], 0)
    if (facts[0] and not b) or (facts[1] and not a):
        return dict.fromkeys(facts[0] | facts[1], 0)
    of_left, of_right = _ways(left, rules), _ways(right, rules)
    return _joined(of_left if b > 0 else _turned(of_left), of_right if a > 0 else _turned(of_right))


def _turned(ways: Ways) -> Ways:
    return {f: -way for f, way in ways.items()}


def _joined(a: Ways, b: Ways) -> Ways:
    return {f: a.get(f, b.get(f, 0)) if a.get(f, b.get(f)) == b.get(f, a.get(f)) else 0 for f in {**a, **b}}


def _sign(node: Node, rules: RuleSet) -> int:
    """Return 1 where a figure is never below zero, −1 where never above, 0 where nobody can say."""
    if not names(node) & rules.book.fields.keys():
        value = evaluate(node, Plain(rules.constants))
        return 0 if not isinstance(value, Fraction) else 1 if value >= 0 else -1
    match node:
        case Name(fact):
            domain = rules.domains[fact]
            return 1 if domain.kind == "number" and domain.least is not None and domain.least >= 0 else 0
        case Binary("+" | "*" | "/", left, right):
            return 1 if _sign(left, rules) > 0 and _sign(right, rules) > 0 else 0
        case Call("when", (_, a, b)):
            return 1 if all(_unsaid(part) or _sign(part, rules) > 0 for part in (a, b)) else 0
        case _:
            return 0


def _unsaid(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "unknown"
