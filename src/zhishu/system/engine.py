"""Evaluating a system's cells on demand: every value computed once, in any order, always total."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.tree import Node
from zhishu.judge import Finding, judge
from zhishu.logic import Truth, Unknown
from zhishu.pack.system import CASE, Derived, System, Table, Verdict
from zhishu.system.aggregate import BY_TRUTH, NOTHING, Pair, aggregate
from zhishu.system.case import Case, Row
from zhishu.system.filler import Filler
from zhishu.system.join import possible_rows
from zhishu.system.left import Asked, Search, search
from zhishu.system.scope import CaseScope, RowScope, holds, label, unit_factor

# below this an index costs more than it saves
FEW = 8


@dataclass(slots=True)
class Engine:
    """One run over one case. It only ever adds to its memory; what it returns depends on the case alone."""

    system: System
    case: Case
    today: date
    columns: Mapping[str, Filler]
    seed: int = 0
    memory: dict[tuple[str, int, str], Value] = field(default_factory=dict)
    findings: dict[tuple[str, int], Finding] = field(default_factory=dict)
    asked: dict[tuple[str, int], Asked] = field(default_factory=dict)
    searched: Search | None = None
    groups: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    members: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    excluded: dict[str, dict[int, str]] = field(default_factory=dict)
    held: dict[str, dict[int, str]] = field(default_factory=dict)
    keyed: dict[str, dict[str, int]] = field(default_factory=dict)
    linked: dict[tuple[str, str], dict[str, tuple[int, ...]]] = field(default_factory=dict)
    indexed: dict[tuple[str, str], tuple[dict[Value, tuple[int, ...]], tuple[int, ...]]] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    busy: set[tuple[str, int, str]] = field(default_factory=set)

    def table_rows(self, name: str) -> tuple[Row, ...]:
        """Return all rows of a table, excluded ones too."""
        table = self.system.tables[name]
        if table.of is None and not table.pairs:
            return self.case.tables[name]
        if name not in self.groups:
            if table.pairs:
                self.groups[name] = self._pairs(table)
            else:
                self._group(table)
        return self.groups[name]

    def _pairs(self, table: Table) -> tuple[Row, ...]:
        """Return a row for each row of one table beside each row of another."""
        (left, of_left), (right, of_right) = table.pairs.items()
        a, b = ([label(self.key_of(t, i)) for i in self.active(t)] for t in (of_left, of_right))
        return tuple(Row({left: x, right: y}, f"{x} · {y}", table.id) for x in a for y in b)

    def above(self) -> Mapping[str, tuple[str, ...]]:
        """Return the regions each region of the case lies in, by label, the nearest first."""
        if not self.places:
            self.places.update({f.place.label.zh: tuple(t.zh for t in f.place.above) for f in self.case.places})
        return self.places

    def key_of(self, name: str, index: int) -> Value:
        """Return the first key of a row, by which other rows refer to it."""
        return self.table_rows(name)[index].values[self.system.tables[name].key[0]]

    def row_of(self, name: str, key: str) -> int | None:
        """Return the row that counts under a key, or none."""
        if name not in self.keyed:
            found: dict[str, int] = {}
            for index in self.active(name):
                found.setdefault(label(self.key_of(name, index)), index)
            self.keyed[name] = found
        return self.keyed[name].get(key)

    def _group(self, table: Table) -> None:
        assert table.of is not None
        found: dict[tuple[Value, ...], list[int]] = {}
        for index in self.active(table.of):
            scope = RowScope(self, table.of, index)
            if table.where is not None and holds(table.where, scope) is not True:
                continue
            key = tuple(self.value(table.of, index, name) for name in table.by)
            if not any(isinstance(part, Unknown) for part in key):
                found.setdefault(key, []).append(index)
        ordered = sorted(found, key=lambda key: tuple((type(part).__name__, part) for part in key))
        rows = []
        for position, key in enumerate(ordered):
            values = dict(zip(table.by, key, strict=True))
            rows.append(Row(values, " · ".join(label(part) for part in key), table.id))
            self.members[(table.id, position)] = tuple(found[key])
        self.groups[table.id] = tuple(rows)

    def active(self, name: str) -> tuple[int, ...]:
        """Return the indices of the rows that count: those no check excluded."""
        self._checked(name)
        out, every = self.excluded[name], range(len(self.table_rows(name)))
        return tuple(i for i in every if i not in out) if out else tuple(every)

    def _checked(self, name: str) -> None:
        if name in self.excluded:
            return
        self.excluded[name] = {}
        self.held[name] = {}
        out: dict[int, str] = {}
        held: dict[int, str] = {}
        for index in range(len(self.table_rows(name))):
            for check in self.system.tables[name].checks:
                if check.then not in ("exclude", "hold"):
                    continue
                truth = holds(check.when, RowScope(self, name, index))
                if check.then == "exclude" and truth is True:
                    out.setdefault(index, check.id)
                elif truth is True or (check.then == "exclude" and isinstance(truth, Unknown)):
                    held.setdefault(index, check.id)
        # what the checks read was computed before anything was held: forget it
        touched = [k for k in self.memory if k[0] == name and k[1] in held]
        for key in touched:
            del self.memory[key]
        self.excluded[name], self.held[name] = out, held
        self.keyed.pop(name, None)
        self.searched = None
        self.indexed = {k: v for k, v in self.indexed.items() if k[0] != name}
        for table in self.system.tables.values():
            if name in table.pairs.values():
                self.groups.pop(table.id, None)

    def value(self, name: str, index: int, fact: str) -> Value:
        """Return one cell: input, derived, or the verdict of the row."""
        key = (name, index, fact)
        known = self.memory.get(key)
        if known is not None:
            return known
        if key in self.busy:
            return Unknown("cycle", f"{name}.{fact}")
        self.busy.add(key)
        try:
            value = self._compute(name, index, fact)
        finally:
            self.busy.discard(key)
        self.memory[key] = value
        return value

    def _compute(self, name: str, index: int, fact: str) -> Value:
        table = self.system.tables[name]
        held = self.held.get(name, {}).get(index)
        row = self.table_rows(name)[index]
        if fact in row.values:
            value = row.values[fact]
            return Unknown("held", held) if held and isinstance(value, Fraction) and fact not in table.key else value
        if fact == "verdict" and table.verdict is not None:
            return self.finding(name, index).outcome
        if held:
            return Unknown("held", held)
        derived = table.derive[fact]
        if derived.column is not None:
            return self._column(name, derived)[index]
        assert derived.node is not None
        return evaluate(derived.node, RowScope(self, name, index))

    def _column(self, name: str, derived: Derived) -> dict[int, Value]:
        column = derived.column
        assert column is not None
        active = self.active(name)
        options: dict[str, object] = {
            **column.options,
            "unit_factor": unit_factor(derived.unit),
            "today": self.today,
            "seed": self.seed,
            "workflow": self.system.workflow,
        }
        if column.beside is not None:
            options["beside"] = self._arguments(column.beside.table, column.beside.args)
        filled = self.columns[column.use].run(self._arguments(name, column.args), options)
        values = dict(zip(active, filled, strict=True))
        for index in range(len(self.table_rows(name))):
            values.setdefault(index, Unknown("held", "excluded"))
            self.memory[(name, index, derived.id)] = values[index]
        return values

    def _arguments(self, name: str, args: Mapping[str, Node]) -> list[dict[str, Value]]:
        """Return what a column is given of each row that counts."""
        scopes = (RowScope(self, name, i) for i in self.active(name))
        return [{k: evaluate(node, scope) for k, node in args.items()} for scope in scopes]

    def total(self, fact: str) -> Value:
        """Return a value of the whole case: a total, a parameter, ``today`` or the case's verdict."""
        if fact == "today":
            return self.today
        if fact in self.case.parameters:
            return self.case.parameters[fact]
        if fact == "verdict" and self.system.verdict is not None:
            return self.finding(CASE, 0).outcome
        key = (CASE, 0, fact)
        if key in self.memory:
            return self.memory[key]
        derived = self.system.totals.get(fact)
        if derived is None or derived.node is None:
            return Unknown("not_found", fact)
        if key in self.busy:
            return Unknown("cycle", fact)
        self.busy.add(key)
        try:
            value = evaluate(derived.node, CaseScope(self))
        finally:
            self.busy.discard(key)
        self.memory[key] = value
        return value

    def finding(self, name: str, index: int) -> Finding:
        """Return the verdict of a row (or of the case) with what unknown facts still allow."""
        key = (name, index)
        if key not in self.findings:
            verdict: Verdict | None
            scope: RowScope | CaseScope
            if name == CASE:
                verdict, scope = self.system.verdict, CaseScope(self)
            else:
                verdict, scope = self.system.tables[name].verdict, RowScope(self, name, index)
            assert verdict is not None
            truths = [holds(rule.when, scope) for rule in verdict.rules]
            found = judge([rule.give for rule in verdict.rules], verdict.otherwise, verdict.unknown, truths)
            self.findings[key] = found if found.exact else self._searched(key, verdict, scope, found)
        return self.findings[key]

    def _searched(self, key: tuple[str, int], verdict: Verdict, scope: RowScope | CaseScope, found: Finding) -> Finding:
        """Return a finding with the outcomes its missing facts truly leave; where one is left it is the verdict."""
        if self.searched is None:
            self.searched = search(self)
        left = self.searched.left(*key, verdict, scope)
        if left is None:
            return found
        ordered = dict.fromkeys((*found.possible, *(rule.give for rule in verdict.rules), verdict.otherwise))
        possible = tuple(outcome for outcome in ordered if outcome in left.outcomes)
        if left.sure:
            return Finding(possible[0], possible, None, found.unknowns)
        if left.ask is not None:
            self.asked[key] = left.ask
        return Finding(found.outcome, possible, None, found.unknowns, left.exact)

    def rows_seen(self, name: str, outer: "RowScope | None") -> tuple[int, ...]:
        """Return the rows an aggregate covers: a row's own rows where tables are linked, else all."""
        active = self.active(name)
        if outer is None:
            return active
        table = self.system.tables[outer.table]
        if table.of == name:
            self.table_rows(outer.table)
            return self.members[(outer.table, outer.index)]
        for column in self.system.tables[name].fields.values():
            if column.type == "ref" and column.ref == outer.table:
                own = self._links(name, column.id).get(label(self.key_of(outer.table, outer.index)), ())
                return tuple(i for i in own if i not in self.excluded[name])
        return active

    def _links(self, name: str, column: str) -> Mapping[str, tuple[int, ...]]:
        """Return the rows of a table by what a reference of theirs points to."""
        key = (name, column)
        if key not in self.linked:
            found: dict[str, list[int]] = {}
            for index, row in enumerate(self.table_rows(name)):
                pointed = row.values.get(column)
                if isinstance(pointed, str):
                    found.setdefault(pointed, []).append(index)
            self.linked[key] = {k: tuple(v) for k, v in found.items()}
        return self.linked[key]

    def rows_with(self, name: str, field: str, wanted: Value) -> tuple[int, ...]:
        """Return the rows whose field has a value, and those that have none, in their order."""
        key = (name, field)
        if key not in self.indexed:
            found: dict[Value, list[int]] = {}
            blank: list[int] = []
            for index in range(len(self.table_rows(name))):
                value = self.value(name, index, field)
                if isinstance(value, Unknown):
                    blank.append(index)
                else:
                    found.setdefault(value, []).append(index)
            self.indexed[key] = {k: tuple(sorted([*v, *blank])) for k, v in found.items()}, tuple(blank)
        rows, blanks = self.indexed[key]
        return rows.get(wanted, blanks)

    def aggregate(self, name: str, function: str, args: tuple[Node, ...], outer: "RowScope | None") -> Value:
        """Return an aggregate over the rows an outer row (or the case) sees."""
        if name not in self.system.tables:
            return Unknown("not_found", name)
        truth_only = function in BY_TRUTH
        leading = 0 if truth_only else 1
        condition_at = leading + (1 if function == "quantile" else 0)
        pairs: list[Pair] = []
        rows = self.rows_seen(name, outer)
        if function != "all" and len(args) > condition_at and len(rows) > FEW:
            rows = possible_rows(self, name, rows, args[condition_at], outer)
        for index in rows:
            scope = RowScope(self, name, index, outer)
            truth: Truth = holds(args[condition_at], scope) if len(args) > condition_at else True
            if truth is False or truth_only:
                pairs.append((NOTHING, truth))
            else:
                pairs.append((evaluate(args[0], scope), truth))
        level: Value = NOTHING
        if function == "quantile":
            level = evaluate(args[1], outer if outer is not None else CaseScope(self))
        return aggregate(function, pairs, level)
