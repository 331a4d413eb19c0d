"""A row's formula written out as a formula over the facts that are missing: cells, references and totals put in.

There are two readings. Without ``searched`` every missing cell is a fact that could be told, while what asks whether
something is known is answered as the sheet stands: that finds the facts a verdict waits for. With ``searched`` those
facts are taken as told, also where it is asked whether they are known, and all other blanks stay blank.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import SIMPLE, as_truth, evaluate
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Unary, Word
from zhishu.judge.normal import choice, logic
from zhishu.logic import Unknown
from zhishu.pack.system import CASE, Verdict
from zhishu.system.defined import OPAQUE, STUCK, TOTAL, blank, defined, is_unknown, is_value, made, small, written_out
from zhishu.system.scope import CaseScope, RowScope, label
from zhishu.system.unfold_rows import aggregated, earlier

if TYPE_CHECKING:
    from zhishu.system.engine import Engine
    from zhishu.system.reads import Reads

Leaf = tuple[str, int, str]
"""A fact: table, row and field; a parameter stands under the case."""
Scope = CaseScope | RowScope

MOST_CELLS = 20_000
"""An answer unfolds no more cells than this; what is left is then not followed."""
MOST_TARGETS = 12
"""A reference that is missing is followed to so many rows it may point to."""


@dataclass(slots=True)
class Unfolding:
    """Writes formulas out; each cell is unfolded once. ``leaves`` gives the fact behind each name in what is returned."""

    engine: "Engine"
    reads: "Reads"
    searched: frozenset[Leaf] | None = None
    leaves: dict[str, Leaf] = field(default_factory=dict)
    memory: dict[Leaf, Node] = field(default_factory=dict)
    standing: dict[tuple[str, int], Node] = field(default_factory=dict)
    busy: set[Leaf] = field(default_factory=set)

    @property
    def columns(self) -> frozenset[tuple[str, str]]:
        """Return the columns of the facts taken as told."""
        return frozenset((table, fact) for table, _, fact in self.searched or ())

    def of(self, node: Node, scope: Scope) -> Node:
        """Return a formula as seen from a place, over missing facts alone."""
        match node:
            case Name(name):
                return self._named(name, scope)
            case Of(base, fact):
                return self._pointed(base, fact, scope)
            case Word() | Truth():
                return node
            case Number(value, unit):
                return Number(value if unit is None else value * scope.unit_factor(unit))
            case Logic(op, terms):
                return self._logic(op, terms, scope)
            case Unary(op, operand):
                return made(Unary(op, self.of(operand, scope)))
            case Binary(op, left, right):
                return made(Binary(op, self.of(left, scope), self.of(right, scope)))
            case Compare(op, left, right):
                return made(Compare(op, self.of(left, scope), self.of(right, scope)))
            case Call(function, args):
                return self._call(function, args, node, scope)
            case Rows(table, function, args):
                return self._settled(node, scope, lambda: aggregated(self, table, function, args, scope))

    def _logic(self, op: str, terms: tuple[Node, ...], scope: Scope) -> Node:
        told: list[Node] = []
        for term in terms:
            told.append(self.of(term, scope))
            if told[-1] == Truth(op == "or") and op != "not":
                return told[-1]
        found = logic(op, told)
        return found if small(found) else OPAQUE

    def _call(self, function: str, args: tuple[Node, ...], node: Node, scope: Scope) -> Node:
        match function:
            case "is_known" if self.searched is None:
                return Truth(not isinstance(evaluate(args[0], scope), Unknown))
            case "is_known":
                return defined(self.of(args[0], scope))
            case "coalesce":
                return self._coalesced(args, scope)
            case "when":
                held = self.of(args[0], scope)
                if isinstance(held, Truth):
                    return self.of(args[1] if held.value else args[2], scope)
                found = choice(held, self.of(args[1], scope), self.of(args[2], scope))
                return found if small(found) else OPAQUE
            case "unknown":
                return STUCK
            case "days_between":
                return made(Binary("-", self.of(args[1], scope), self.of(args[0], scope)))
            case "previous" | "running_sum":
                return self._settled(node, scope, lambda: earlier(self, function, args, scope))
            case _ if function in SIMPLE:
                found = made(Call(function, tuple(self.of(arg, scope) for arg in args)))
                followed = is_value(found) or is_unknown(found) or function in TOTAL or function == "add_days"
                return found if followed else OPAQUE
            case _:
                return self._settled(node, scope, lambda: OPAQUE)

    def _coalesced(self, args: tuple[Node, ...], scope: Scope) -> Node:
        if self.searched is None:
            known = (arg for arg in args if not isinstance(evaluate(arg, scope), Unknown))
            return self.of(next(known, args[-1]), scope)
        found = self.of(args[-1], scope)
        for arg in reversed(args[:-1]):
            own = self.of(arg, scope)
            there = defined(own)
            if is_unknown(there):
                return OPAQUE
            found = choice(there, own, found)
        return found if small(found) else OPAQUE

    def _settled(self, node: Node, scope: Scope, unfold: Callable[[], Node]) -> Node:
        """Return the value of a formula where no fact that is searched bears on it, else what ``unfold`` gives."""
        if self.searched is None:
            value = evaluate(node, scope)
            return unfold() if isinstance(value, Unknown) else written_out(value)
        if self.reads.of(node, chain_of(scope))[0] & self.columns:
            return unfold()
        value = evaluate(node, scope)
        # blanks that are not searched are found in it, so that they can be
        return unfold() if isinstance(value, Unknown) else written_out(value)

    def _named(self, name: str, scope: Scope) -> Node:
        if isinstance(scope, CaseScope):
            return self.total(name)
        if scope.has(name):
            return self.cell(scope.table, scope.index, name)
        return self._named(name, scope.outer if scope.outer is not None else CaseScope(self.engine))

    def _pointed(self, base: str, fact: str, scope: Scope) -> Node:
        if isinstance(scope, CaseScope):
            return STUCK
        if base == "this":
            return self._named(fact, scope.outer or scope)
        column = self.engine.system.tables[scope.table].fields.get(base)
        if column is None or column.ref is None:
            return self._pointed(base, fact, scope.outer) if scope.outer is not None else STUCK
        key = self._named(base, scope)
        if is_unknown(key):
            return key
        if isinstance(key, Name):
            return self._any_target(key, column.ref, fact)
        if not is_value(key):
            return OPAQUE
        index = self.engine.row_of(column.ref, label(evaluate(key, scope)))
        return STUCK if index is None else self._target(column.ref, index, fact)

    def _target(self, table: str, index: int, fact: str) -> Node:
        return choice(self.present(table, index), self.cell(table, index, fact), STUCK)

    def _any_target(self, key: Node, table: str, fact: str) -> Node:
        rows = self.engine.active(table)
        if len(rows) > MOST_TARGETS:
            return OPAQUE
        found: Node = STUCK
        for index in reversed(rows):
            here = Compare("==", key, Word(label(self.engine.key_of(table, index))))
            found = choice(here, self._target(table, index, fact), found)
        return found if small(found) else OPAQUE

    def total(self, fact: str) -> Node:
        """Return a value of the case."""
        parameters = self.engine.case.parameters
        if fact in parameters:
            value = parameters[fact]
            return self._missing((CASE, 0, fact)) if isinstance(value, Unknown) else written_out(value)
        return self._once((CASE, 0, fact), lambda: self._total(fact))

    def _total(self, fact: str) -> Node:
        value = self.engine.total(fact)
        if self._stands(CASE, fact, isinstance(value, Unknown)):
            return written_out(value)
        system = self.engine.system
        if fact == "verdict" and system.verdict is not None:
            return self._verdict(system.verdict, CaseScope(self.engine))
        derived = system.totals.get(fact)
        return STUCK if derived is None or derived.node is None else self.of(derived.node, CaseScope(self.engine))

    def cell(self, table: str, index: int, fact: str) -> Node:
        """Return a value of a row."""
        return self._once((table, index, fact), lambda: self._cell(table, index, fact))

    def _cell(self, name: str, index: int, fact: str) -> Node:
        engine, table = self.engine, self.engine.system.tables[name]
        value = engine.value(name, index, fact)
        if fact in engine.table_rows(name)[index].values:
            missing = isinstance(value, Unknown) and value.reason == "missing"
            return self._missing((name, index, fact)) if missing else written_out(value)
        if self._stands(name, fact, isinstance(value, Unknown)):
            return written_out(value)
        if fact == "verdict" and table.verdict is not None:
            return self._verdict(table.verdict, RowScope(engine, name, index))
        if index in engine.held.get(name, {}):
            return STUCK
        node = table.derive[fact].node
        return OPAQUE if node is None else self.of(node, RowScope(engine, name, index))

    def _stands(self, table: str, fact: str, unknown: bool) -> bool:
        """Return whether a computed value stands as it is, whatever the searched facts turn out to be."""
        if unknown:
            return False
        return self.searched is None or not self.reads.cell(table, fact) & self.columns

    def _once(self, leaf: Leaf, unfold: Callable[[], Node]) -> Node:
        if leaf not in self.memory:
            if leaf in self.busy or len(self.memory) > MOST_CELLS:
                return OPAQUE
            self.busy.add(leaf)
            try:
                self.memory[leaf] = unfold()
            finally:
                self.busy.discard(leaf)
        return self.memory[leaf]

    def _missing(self, leaf: Leaf) -> Node:
        table, index, fact = leaf
        name = f"{table}[{index}].{fact}"
        self.leaves[name] = leaf
        return Name(name) if self.searched is None or leaf in self.searched else blank(name)

    def _verdict(self, verdict: Verdict, scope: Scope) -> Node:
        found: Node = Word(verdict.otherwise)
        for rule in reversed(verdict.rules):
            held = self.of(rule.when, scope)
            if defined(held) != Truth(True):
                # an open rule would make the verdict the word for undetermined
                return OPAQUE
            found = choice(held, Word(rule.give), found)
        return found if small(found) else OPAQUE

    def present(self, table: str, index: int) -> Node:
        """Return whether a row that counts now still does once the searched facts are told."""
        if self.searched is None or not self.reads.rows(table) & self.columns:
            return Truth(True)
        key = (table, index)
        if key not in self.standing:
            self.standing[key] = OPAQUE
            self.standing[key] = self._present(table, index)
        return self.standing[key]

    def _present(self, name: str, index: int) -> Node:
        engine, table = self.engine, self.engine.system.tables[name]
        scope = RowScope(engine, name, index)
        terms = [logic("not", [self.of(c.when, scope)]) for c in table.checks if c.then == "exclude"]
        values = engine.table_rows(name)[index].values
        for own, other in table.pairs.items():
            there = engine.row_of(other, label(values[own]))
            terms.append(STUCK if there is None else self.present(other, there))
        if table.of is not None:
            terms.append(logic("or", [self.belongs(name, index, i) for i in engine.active(table.of)]))
        return logic("and", terms)

    def belongs(self, group: str, index: int, member: int) -> Node:
        """Return whether a row belongs to a group once the searched facts are told; one of which that is unknown does not."""
        engine, table = self.engine, self.engine.system.tables[group]
        assert table.of is not None
        terms = [self.present(table.of, member)]
        if table.where is not None:
            terms.append(self.of(table.where, RowScope(engine, table.of, member)))
        values = engine.table_rows(group)[index].values
        terms += [
            made(Compare("==", self.cell(table.of, member, fact), written_out(values[fact]))) for fact in table.by
        ]
        return logic("and", [Truth(False) if is_unknown(t) and t != OPAQUE else t for t in terms])


def chain_of(scope: Scope) -> tuple[str, ...]:
    """Return the tables of the rows around a place, the innermost first."""
    found: list[str] = []
    here = None if isinstance(scope, CaseScope) else scope
    while here is not None:
        found.append(here.table)
        here = here.outer
    return tuple(found)


def truth_of(node: Node) -> bool | Unknown:
    """Return the truth of an unfolded condition as it stands."""
    return as_truth(node.value) if isinstance(node, Truth) else Unknown("missing")
