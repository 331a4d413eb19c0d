"""Checking the formulas of a system when it is loaded: names, kinds, units, and circles."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.check import check, check_declared
from zhishu.formula.check_types import DATE, NUMBER, REGION, TRUTH, WORD, Scope, Type
from zhishu.formula.check_types import Table as Fields
from zhishu.formula.tree import Node
from zhishu.pack.check_effect import check_effect
from zhishu.pack.check_words import check_words
from zhishu.pack.system import CASE, Column, Derived, Parameter, System, Table, Verdict
from zhishu.terms import Text
from zhishu.units import Unit, parse_unit

_KINDS: dict[str, Type] = {"text": WORD, "ref": WORD, "region": REGION, "date": DATE, "year": NUMBER, "truth": TRUTH}
# what the columns that verbs fill give
_COLUMNS: dict[str, Type] = {
    "share": NUMBER,
    "rank": NUMBER,
    "award": WORD,
    "ruling": WORD,
    "remedy": WORD,
    "node_after": WORD,
    "node": WORD,
    "act": WORD,
    "last": DATE,
    "light": WORD,
    "waits_for": WORD,
    "shape_state": WORD,
    "shape_fault": WORD,
    "overlap_shape": WORD,
    "rates_left": WORD,
    "within_distance": TRUTH,
    "overlaps": TRUTH,
}
# those that follow a workflow, and what is handed over of each row of the table they stand in
_FOLLOW = {
    **dict.fromkeys(("ruling", "remedy", "node_after"), "seq"),
    **dict.fromkeys(("node", "act", "last", "days_late", "light", "waits_for"), "due"),
}


def check_system(system: System) -> list[Problem]:
    """Return every problem of a system's formulas, with file and the place inside it."""
    checker = _Checker(system)
    for name in checker.case:
        checker.type_of(CASE, name)
    for table in system.tables.values():
        for name in (*table.by, *table.derive):
            checker.type_of(table.id, name)
        for rule in table.checks:
            checker.truth(rule.when, checker.row(table), f"{table.id}.{rule.id}")
        if table.where is not None and table.of is not None:
            checker.truth(table.where, checker.row(system.tables[table.of]), f"{table.id}.where")
        for derived in table.derive.values():
            checker.column(table, derived)
        if table.verdict is not None:
            checker.type_of(table.id, "verdict")
    if system.verdict is not None:
        checker.type_of(CASE, "verdict")
    return list(dict.fromkeys([*checker.problems, *check_words(system), *check_effect(system)]))


@dataclass(frozen=True, slots=True)
class _Lazy(Mapping[str, Type]):
    """Types by name, each inferred when it is first asked for."""

    names: tuple[str, ...]
    infer: Callable[[str], Type]

    def __getitem__(self, name: str) -> Type:
        if name not in self.names:
            raise KeyError(name)
        return self.infer(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True)
class _Checker:
    """The types of one system found so far, and the problems met."""

    system: System
    problems: list[Problem] = field(default_factory=list)
    known: dict[tuple[str, str], Type] = field(default_factory=dict)
    path: list[tuple[str, str]] = field(default_factory=list)
    case: tuple[str, ...] = ()
    scope: Scope = field(init=False)
    tables: dict[str, Fields] = field(init=False)

    def __post_init__(self) -> None:
        verdict = ("verdict",) if self.system.verdict is not None else ()
        self.case = (*self.system.totals, *verdict, *self.system.parameters, "today")
        self.tables = {t.id: Fields(self._fields(t), _refs(t)) for t in self.system.tables.values()}
        self.scope = Scope("scalar", _Lazy(self.case, lambda name: self.type_of(CASE, name)), self.tables)

    def _fields(self, table: Table) -> Mapping[str, Type]:
        verdict = ("verdict",) if table.verdict is not None else ()
        names = tuple(dict.fromkeys((*table.fields, *table.by, *table.derive, *verdict)))
        return _Lazy(names, lambda name: self.type_of(table.id, name))

    def row(self, table: Table) -> Scope:
        """Return what a row of a table sees."""
        return Scope("row", self.tables[table.id].fields, self.tables, _refs(table), self.scope)

    def type_of(self, table: str, name: str) -> Type:
        """Return the type of a cell or of a value of the case; a circle is a problem that prints it."""
        key = (table, name)
        if key in self.known:
            return self.known[key]
        if key in self.path:
            ring = [*self.path[self.path.index(key) :], key]
            said = " → ".join(f"{t}.{n}" for t, n in ring)
            what = Text(f"公式互相引用成圈：{said}", f"the formulas read each other in a circle: {said}")
            repair = Text("断开这个圈", "break the circle")
            self.problems.append(Problem("formula-cycle", self.system.file, what, repair))
            return NUMBER
        self.path.append(key)
        self.known[key] = self._infer(table, name)
        self.path.pop()
        return self.known[key]

    def _infer(self, table: str, name: str) -> Type:
        if table == CASE:
            if name == "today":
                return DATE
            if name == "verdict" and self.system.verdict is not None:
                self.verdict(self.system.verdict, self.scope, CASE)
                return Type("word", choices=frozenset(self.system.verdict.outcomes))
            if name in self.system.parameters:
                return _parameter(self.system.parameters[name])
            return self._derived(self.system.totals[name], self.scope, CASE)
        owner = self.system.tables[table]
        if name == "verdict" and owner.verdict is not None:
            self.verdict(owner.verdict, self.row(owner), table)
            return Type("word", choices=frozenset(owner.verdict.outcomes))
        if name in owner.fields:
            return _column(self._pointed(owner.fields[name]))
        if name in owner.by and owner.of is not None and name not in owner.derive:
            return self.type_of(owner.of, name)
        return self._derived(owner.derive[name], self.row(owner), table)

    def _pointed(self, column: Column) -> Column:
        """Return the key a column refers to where that is a region, else the column itself."""
        target = self.system.tables.get(column.ref) if column.type == "ref" and column.ref is not None else None
        key = target.fields.get(target.key[0]) if target is not None and target.key else None
        return key if key is not None and key.type == "region" else column

    def column(self, table: Table, derived: Derived) -> None:
        """Check what a verb's column is given, of its own rows and of those beside them."""
        column = derived.column
        if column is None:
            return
        place = f"{table.id}.{derived.id}"
        for name, node in column.args.items():
            self.typed(node, self.row(table), f"{place}.{name}")
        if column.beside is not None and column.beside.table in self.system.tables:
            for name, node in column.beside.args.items():
                self.typed(node, self.row(self.system.tables[column.beside.table]), f"{place}.{name}")
        if column.use in _FOLLOW and _FOLLOW[column.use] not in column.args:
            what = Text(
                f"列 {column.use} 要由系统的 workflow 给出，且要在它的表里",
                f"the column {column.use} needs the system's workflow, and stands in the table it names",
            )
            repair = Text("写 workflow，或把列移到另一张表", "declare workflow, or move the column to the other table")
            self.problems.append(Problem("pack-column-place", f"{self.system.file} {place}", what, repair))

    def _column(self, use: str) -> Type:
        flow = self.system.workflow
        if flow is not None and use in ("node", "node_after", "act"):
            return Type("word", choices=frozenset(flow.acts if use == "act" else flow.nodes))
        return _COLUMNS.get(use, NUMBER)

    def _derived(self, derived: Derived, scope: Scope, table: str) -> Type:
        unit = _unit(derived.unit)
        if derived.column is not None:
            base = self._column(derived.column.use)
            return Type(base.kind, unit) if base.kind == "number" else base
        assert derived.node is not None
        place = f"{table}.{derived.id}"
        found = self.typed(derived.node, scope, place)
        if found is None:
            return Type("number", unit)
        if derived.unit is not None and found.kind == "number":
            try:
                check_declared(found, Type("number", unit), f"{self.system.file} {place}")
            except ZhishuError as error:
                self.problems += error.problems
            return Type("number", unit, found.price)
        return found

    def typed(self, node: Node, scope: Scope, place: str) -> Type | None:
        """Return the type of a formula, or None with its problems noted."""
        try:
            return check(node, scope, f"{self.system.file} {place}")
        except ZhishuError as error:
            self.problems += error.problems
            return None

    def truth(self, node: Node, scope: Scope, place: str) -> None:
        """Note a problem unless a formula gives a yes or no."""
        found = self.typed(node, scope, place)
        if found is not None and found.kind != "truth":
            what = Text("条件应得是或否", "the condition should give yes or no")
            repair = Text("写成比较", "write a comparison")
            self.problems.append(Problem("formula-kind", f"{self.system.file} {place}", what, repair))

    def verdict(self, verdict: Verdict, scope: Scope, place: str) -> None:
        """Check the conditions of a verdict's rules."""
        for i, rule in enumerate(verdict.rules):
            self.truth(rule.when, scope, f"{place}.verdict.rules[{i}]")


def _refs(table: Table) -> dict[str, str]:
    return {c.id: c.ref for c in table.fields.values() if c.type == "ref" and c.ref is not None}


def _column(column: Column) -> Type:
    if column.type == "choice":
        return Type("word", choices=frozenset(column.choices))
    if column.type == "number":
        return Type("number", _unit(column.unit))
    return _KINDS[column.type]


def _parameter(parameter: Parameter) -> Type:
    if parameter.type == "choice":
        return Type("word", choices=frozenset(parameter.choices))
    if parameter.type == "number":
        return Type("number", _unit(parameter.unit))
    return _KINDS[parameter.type]


def _unit(symbol: str | None) -> Unit | None:
    """Return a unit; none, or 1, is a plain number."""
    return None if symbol is None or symbol == "1" else parse_unit(symbol)
