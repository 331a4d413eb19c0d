"""Decision tables as formulas: one tree an output, three-valued as the language is.

With facts missing an output is known only where every row that may still match gives it and one matches
surely. Two values for one case are never chosen between: a table with hit policy ``unique``, or collecting
``any``, then answers unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import isqrt

from zhishu.formula.decision.check import may_disagree
from zhishu.formula.decision.conditions import conditions, either, literal
from zhishu.formula.decision.order import ordered
from zhishu.formula.decision.table import DecisionTable, Value
from zhishu.formula.decision.values import place, same
from zhishu.formula.tree import Binary, Call, Node, Number, Truth, Word

NO_RULE = "no rule applies"
RULES_DISAGREE = "rules disagree"
NOT_STATED = "not stated"

# nested deeper than this a tree would come near the depth Python walks
MAX_CHAIN = 60


@dataclass(frozen=True, slots=True)
class _Branch:
    """Rows that give one value: the value, and the conditions any of which leads to it."""

    gives: Node
    conditions: tuple[Node, ...]

    @property
    def holds(self) -> Node:
        return either(self.conditions)


def compile_table(table: DecisionTable) -> dict[str, Node]:
    """Return the formula of each output, by its name.

    Raises ZhishuError ``table-priority`` where rows cannot be put in order.

    >>> from zhishu.formula.written import written
    >>> from zhishu.formula.decision.read import read_table
    >>> from zhishu.formula.decision.table import InputKind
    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n-,enough\\n", kinds, "first", file="示例.csv")
    >>> written(compile_table(table)["level"])
    'when(share < quantity(60, "%"), "low", "enough")'
    """
    rows = ordered(table)
    asked = conditions(table, rows)
    return {
        column.name: _output(table, [(row.outputs[i], c) for row, c in zip(rows, asked, strict=True)], i)
        for i, column in enumerate(table.outputs)
    }


def _output(table: DecisionTable, pairs: Sequence[tuple[Value | None, Node]], i: int) -> Node:
    if not pairs:
        return Number(_ZERO) if table.aggregate == "count" else unknown(NO_RULE)
    if table.policy in ("first", "priority"):
        runs = [[*run] for _, run in groupby(pairs, key=lambda pair: same(pair[0]))]
        return _first([_Branch(_gives(run[0][0]), tuple(c for _, c in run)) for run in runs])
    if table.policy == "unique" or table.aggregate == "any":
        if not may_disagree(table, i):
            return _first(_by_value(pairs))
        return _alone(_by_value(pairs), unknown(NO_RULE))
    if table.aggregate == "count":
        return _sum([Call("when", (c, Number(_ONE), Number(_ZERO))) for _, c in pairs])
    stated = [(value, c) for value, c in pairs if value is not None]
    not_stated = [c for value, c in pairs if value is None]
    if table.aggregate == "sum":
        zero = Number(_ZERO, table.outputs[i].kind.unit)
        parts = [Call("when", (c, literal(value), zero)) for value, c in stated]
        found = _when(either([c for _, c in stated]), _sum(parts), unknown(NO_RULE)) if stated else unknown(NO_RULE)
    else:  # of ordered values the first that applies is the extreme one
        stated.sort(key=lambda pair: place(pair[0]), reverse=table.aggregate == "max")
        found = _first(_by_value(stated))
    return _when(either(not_stated), unknown(NOT_STATED), found) if not_stated else found


def _by_value(pairs: Sequence[tuple[Value | None, Node]]) -> list[_Branch]:
    """Return one branch a value, in the order of first mention."""
    found: dict[object, tuple[Node, list[Node]]] = {}
    for value, asked in pairs:
        found.setdefault(same(value), (_gives(value), []))[1].append(asked)
    return [_Branch(gives, tuple(conditions)) for gives, conditions in found.values()]


def _first(branches: Sequence[_Branch], otherwise: Node | None = None) -> Node:
    """Return the value of the first branch that holds.

    A long table is cut into blocks so that the tree stays shallow. Inside a block the last branch needs no
    test: the block is only asked where one of its rows holds, and where none is sure, both ways must agree.
    """
    if len(branches) > MAX_CHAIN:
        size = isqrt(len(branches)) + 1
        blocks = [branches[i : i + size] for i in range(0, len(branches), size)]
        return _first([_Branch(_first(b[:-1], b[-1].gives), tuple(x.holds for x in b)) for b in blocks])
    node = unknown(NO_RULE) if otherwise is None else otherwise
    for branch in reversed(branches):
        node = _when(branch.holds, branch.gives, node)
    return node


def _alone(branches: Sequence[_Branch], none: Node | None) -> Node:
    """Return the value of the one branch that holds, unknown where two do; ``none`` where it is known that one does.

    The two sides of a cut never give the same value, so one that only may hold leaves the whole unknown.
    """
    if len(branches) == 1:
        only = branches[0]
        return only.gives if none is None else _when(only.holds, only.gives, none)
    half = len(branches) // 2
    left, right = branches[:half], branches[half:]
    other = either([branch.holds for branch in right])
    both = _when(other, unknown(RULES_DISAGREE), _alone(left, None))
    return _when(either([branch.holds for branch in left]), both, _alone(right, none))


def _when(asked: Node, then: Node, otherwise: Node) -> Node:
    return then if asked == Truth(True) else Call("when", (asked, then, otherwise))


def _sum(parts: Sequence[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return Binary("+", _sum(parts[:half]), _sum(parts[half:]))


def _gives(value: Value | None) -> Node:
    return unknown(NOT_STATED) if value is None else literal(value)


def unknown(why: str) -> Node:
    """Return the formula that says outright that there is no answer.

    >>> unknown(NO_RULE)
    Call(function='unknown', args=(Word(value='no rule applies'),))
    """
    return Call("unknown", (Word(why),))


_ZERO, _ONE = Fraction(0), Fraction(1)
