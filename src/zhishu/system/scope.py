"""What a formula of a system sees: the case, a row, and the rows around it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import Scope, Value, as_truth, compare, evaluate
from zhishu.formula.tree import Logic, Node
from zhishu.logic import Truth, Unknown
from zhishu.system.aggregate import Pair, aggregate
from zhishu.system.lies_in import lies_in
from zhishu.units import parse_unit

if TYPE_CHECKING:
    from zhishu.system.engine import Engine


def unit_factor(unit: str | None) -> Fraction:
    """Return the factor of a unit to base units; no unit is 1."""
    return parse_unit(unit).factor if unit else Fraction(1)


def label(value: Value) -> str:
    """Return a key value as rows are named by it."""
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    return str(value)


def holds(node: Node, scope: Scope) -> Truth:
    """Return whether a condition holds, as ``evaluate`` says; terms that can no longer change it are left alone.

    >>> from zhishu.formula.parse import parse
    >>> from zhishu.formula.scopes import Plain
    >>> holds(parse("built and long"), Plain({"long": False})), holds(parse("built or long"), Plain({"long": False}))
    (False, Unknown(reason='missing', detail='built'))
    """
    if type(node) is not Logic or node.op == "not":
        return as_truth(evaluate(node, scope))
    settles, unknown = node.op == "or", None
    for term in node.terms:
        truth = holds(term, scope)
        if truth is settles:
            return truth
        if unknown is None and isinstance(truth, Unknown):
            unknown = truth
    return not settles if unknown is None else unknown


@dataclass(frozen=True, slots=True)
class CaseScope:
    """What a total sees: parameters, totals, and whole tables."""

    engine: "Engine"

    def value(self, name: str) -> Value:
        """Return a total or parameter."""
        return self.engine.total(name)

    def of(self, base: str, field: str) -> Value:
        """Return unknown: the case has no referred rows."""
        return Unknown("not_found", f"{base}.{field}")

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return an aggregate over a whole table."""
        return self.engine.aggregate(table, function, args, None)

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return whether a region lies in another; the functions of a row have no meaning for the case."""
        if function == "lies_in":
            return lies_in(evaluate(args[0], self), evaluate(args[1], self), self.engine.above())
        return Unknown("domain", function)

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units."""
        return unit_factor(unit)


@dataclass(frozen=True, slots=True)
class RowScope:
    """What a row sees: its own cells, then the row around it, then the case."""

    engine: "Engine"
    table: str
    index: int
    outer: "RowScope | None" = None

    def has(self, name: str) -> bool:
        """Return whether a name is a value of this row itself."""
        table = self.engine.system.tables[self.table]
        own = name in table.fields or name in table.derive or name in table.by
        return own or (name == "verdict" and table.verdict is not None)

    def value(self, name: str) -> Value:
        """Return a cell of this row, of the row around it, or a value of the case."""
        # most of what is asked is known already, and only cells of the row stand under its number
        known = self.engine.memory.get((self.table, self.index, name))
        if known is not None:
            return known
        if self.has(name):
            return self.engine.value(self.table, self.index, name)
        return self.outer.value(name) if self.outer is not None else self.engine.total(name)

    def of(self, base: str, field: str) -> Value:
        """Return a field of the referred row; ``this.x`` is the row around the aggregate."""
        if base == "this":
            return (self.outer or self).value(field)
        engine = self.engine
        column = engine.system.tables[self.table].fields.get(base)
        if column is None or column.ref is None:
            return self.outer.of(base, field) if self.outer is not None else Unknown("not_found", base)
        key = self.value(base)
        if isinstance(key, Unknown):
            return key
        index = engine.row_of(column.ref, label(key))
        return Unknown("not_found", f"{base} {key}") if index is None else engine.value(column.ref, index, field)

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return an aggregate over the rows linked to this one, or over the whole table."""
        return self.engine.aggregate(table, function, args, self)

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return whether a region lies in another, or a function over the other rows of this table."""
        if function == "lies_in":
            return lies_in(evaluate(args[0], self), evaluate(args[1], self), self.engine.above())
        if function == "previous":
            return self._previous(args)
        if function == "running_sum":
            return self._running_sum(args[0])
        if function == "is_first":
            return self._is_first(args[0])
        return self._rank(function, args)

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units."""
        return unit_factor(unit)

    def _peers(self, names: tuple[str, ...]) -> list[int]:
        engine = self.engine
        mine = tuple(engine.value(self.table, self.index, name) for name in names)
        return [
            i for i in engine.active(self.table) if tuple(engine.value(self.table, i, name) for name in names) == mine
        ]

    def _previous(self, args: tuple[Node, ...]) -> Value:
        engine, table = self.engine, self.engine.system.tables[self.table]
        back = evaluate(args[1], self) if len(args) > 1 else Fraction(1)
        here = engine.value(self.table, self.index, table.order) if table.order else Unknown("missing", "order")
        if not isinstance(back, Fraction) or isinstance(here, Unknown) or table.order is None:
            return here if isinstance(here, Unknown) else Unknown("domain", "previous")
        for i in self._peers(table.series):
            if isinstance(here, Fraction) and engine.value(self.table, i, table.order) == here - back:
                return evaluate(args[0], RowScope(engine, self.table, i, self.outer))
        return Unknown("missing", f"{label(here - back)}" if isinstance(here, Fraction) else "previous")

    def _is_first(self, node: Node) -> Value:
        mine = evaluate(node, self)
        if isinstance(mine, Unknown):
            return mine
        earlier = (i for i in self.engine.active(self.table) if i < self.index)
        return not any(evaluate(node, RowScope(self.engine, self.table, i, self.outer)) == mine for i in earlier)

    def _running_sum(self, node: Node) -> Value:
        engine, table = self.engine, self.engine.system.tables[self.table]
        pairs: list[Pair] = []
        for i in self._peers(table.series):
            if table.order is None:
                before: Truth = i <= self.index
            else:
                there = engine.value(self.table, i, table.order)
                here = engine.value(self.table, self.index, table.order)
                before = compare("<=", there, here)
            pairs.append((evaluate(node, RowScope(engine, self.table, i, self.outer)), before))
        return aggregate("sum", pairs)

    def _rank(self, function: str, args: tuple[Node, ...]) -> Value:
        engine, table = self.engine, self.engine.system.tables[self.table]
        mine = evaluate(args[0], self)
        if not isinstance(mine, Fraction):
            return mine if isinstance(mine, Unknown) else Unknown("domain", "rank")
        above = 0
        for i in self._peers((table.order,) if table.order else table.series):
            scope = RowScope(engine, self.table, i, self.outer)
            counts = holds(args[1], scope) if len(args) > 1 else True
            if i == self.index or counts is False:
                continue
            theirs = evaluate(args[0], scope)
            if isinstance(theirs, Fraction):
                above += theirs > mine and (counts is True or function == "rank_worst")
            else:
                above += function == "rank_worst"
        return Fraction(above + 1)
