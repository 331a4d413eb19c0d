"""Small counts of people in an answer: hidden, with whatever would give them away.

Primary: a marked count from 1 to below the minimum. A total that is the plain sum of a marked column stays where
``data.suppress`` finds other cells to hide with the small one (zeros are taken to be known to everybody). Beyond
that the rule is strict: the inputs of a hidden count are unknown, and a value that does not come out the same without
them is not said.
Verdicts and notes stay: they are findings on a row, not counts, and their words leave hidden numbers out.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from zhishu.data.cell_tables import Sum
from zhishu.data.cell_tables import Table as Counts
from zhishu.data.suppress import suppress
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Name, Node, Of, Rows, children
from zhishu.logic import Unknown
from zhishu.pack.system import CASE, Derived, System
from zhishu.system.engine import Engine
from zhishu.system.scope import RowScope, label

HIDDEN = Unknown("small_cell")
Cell = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Small:
    """Counts of people below ``minimum`` are small; each stays open within at least ``protection`` whole values."""

    minimum: int
    protection: int


SMALL = Small(10, 3)
"""Where no office says otherwise."""


def veil(engine: Engine, small: Small) -> bool:
    """Make an engine forget what must not be said, and return whether anything is hidden.

    The engine has computed its case; verdicts and notes are found already and stay.
    """
    counts = dict(_counts(engine))
    if not any(_is_small(v, small) for v in counts.values()):
        return False
    true = dict(_every(engine))
    hidden, kept = _chosen(engine, counts, small)
    below = {k for cell in hidden for k in _below(engine, cell)}
    veiled: dict[Cell, Value] = dict.fromkeys(hidden | below, HIDDEN)
    _forget(engine, veiled)
    lost = {c for c in counts if c not in hidden and isinstance(_value(engine, c), Unknown)}
    # a total is kept only if its column lost nothing beyond what was hidden for its sake
    safe = {t: true[t] for t, column in kept.items() if not any(c[::2] == column for c in lost)}
    _forget(engine, {**veiled, **safe})
    # a value is said where it comes out the same without what is hidden, and else not at all
    said = {k: true[k] if v == true[k] or isinstance(true[k], Unknown) else HIDDEN for k, v in _every(engine)}
    engine.memory.update(said)
    return True


def _every(engine: Engine) -> Iterator[tuple[Cell, Value]]:
    """Yield every computed value of a case."""
    for id in engine.system.totals:
        yield (CASE, 0, id), engine.total(id)
    for name, table in engine.system.tables.items():
        for id in table.derive:
            for index in engine.active(name):
                yield (name, index, id), engine.value(name, index, id)


def _forget(engine: Engine, instead: Mapping[Cell, Value]) -> None:
    engine.memory.clear()
    engine.memory.update(instead)
    engine.indexed = {}


def _counts(engine: Engine) -> Iterator[tuple[Cell, Value]]:
    """Yield every count of people with its value."""
    system = engine.system
    for derived in system.totals.values():
        if derived.people:
            yield (CASE, 0, derived.id), engine.total(derived.id)
    for name, table in system.tables.items():
        for derived in table.derive.values():
            if derived.people:
                for index in engine.active(name):
                    yield (name, index, derived.id), engine.value(name, index, derived.id)


def _value(engine: Engine, cell: Cell) -> Value:
    name, index, fact = cell
    return engine.total(fact) if name == CASE else engine.value(name, index, fact)


def _is_small(value: Value, small: Small) -> bool:
    return isinstance(value, Fraction) and 0 < abs(value) < small.minimum


def _chosen(
    engine: Engine, counts: Mapping[Cell, Value], small: Small
) -> tuple[AbstractSet[Cell], Mapping[Cell, tuple[str, str]]]:
    """Return the cells to hide, and the totals that may stay with the column (table, field) each sums."""
    hidden = {c for c, v in counts.items() if _is_small(v, small)}
    kept: dict[Cell, tuple[str, str]] = {}
    for total, (name, fact) in _sums(engine.system):
        parts = [c for c in counts if c[0] == name and c[2] == fact]
        values = [counts[c] for c in (total, *parts)]
        whole = [int(v) for v in values if isinstance(v, Fraction) and v.denominator == 1 and v >= 0]
        if len(whole) < len(values) or not hidden & set(parts):
            continue
        keys = {c: (c[0], str(c[1]), c[2]) for c in (total, *parts)}
        table = Counts(dict(zip(keys.values(), whole, strict=True)), (Sum(keys[total], tuple(keys[c] for c in parts)),))
        zeros = {k for k, v in table.values.items() if v == 0}
        found = suppress(table, small.minimum, small.protection, zeros)
        # where no other cell covers it, the total goes by the strict rule
        if not found.exposed and keys[total] in found.shown:
            hidden |= {c for c in parts if keys[c] in found.hidden}
            kept[total] = (name, fact)
    return hidden, kept


def _sums(system: System) -> Iterator[tuple[Cell, tuple[str, str]]]:
    """Yield the totals that are the plain sum of a marked column, the first of each column."""
    seen = set()
    for total in system.totals.values():
        match total.node:
            case Rows(name, "sum", (Name(fact),)) if total.people and (name, fact) not in seen:
                derived = system.tables[name].derive.get(fact) if name in system.tables else None
                if derived is not None and derived.people:
                    seen.add((name, fact))
                    yield (CASE, 0, total.id), (name, fact)


def _below(engine: Engine, cell: Cell) -> AbstractSet[Cell]:
    """Return the input cells that a cell rests on, keys left out."""
    found: set[Cell] = set()
    name, index, fact = cell
    derived = engine.system.totals.get(fact) if name == CASE else engine.system.tables[name].derive.get(fact)
    for node in _formulas(derived):
        _walk(engine, node, None if name == CASE else RowScope(engine, name, index), found)
    return found


def _formulas(derived: Derived | None) -> tuple[Node, ...]:
    if derived is None:
        return ()
    return tuple(derived.column.args.values()) if derived.column else (derived.node,) if derived.node else ()


def _walk(engine: Engine, node: Node, scope: RowScope | None, found: set[Cell]) -> None:
    match node:
        case Name(name) if scope is not None:
            _cell(engine, scope.table, scope.index, name, found)
        case Name(name):
            for part in _formulas(engine.system.totals.get(name)):
                _walk(engine, part, None, found)
        case Of(base, field) if scope is not None:
            column = engine.system.tables[scope.table].fields.get(base)
            row = engine.row_of(column.ref, label(scope.value(base))) if column is not None and column.ref else None
            if column is not None and column.ref is not None and row is not None:
                _cell(engine, column.ref, row, field, found)
        case Rows(table, _, args) if table in engine.system.tables:
            for index in engine.rows_seen(table, scope):
                for arg in args:
                    _walk(engine, arg, RowScope(engine, table, index, scope), found)
        case _:
            for part in children(node):
                _walk(engine, part, scope, found)


def _cell(engine: Engine, name: str, index: int, fact: str, found: set[Cell]) -> None:
    table = engine.system.tables[name]
    cell = (name, index, fact)
    if cell in found:
        return
    if fact in table.fields:
        if fact not in (*table.key, *table.series, table.order) and table.fields[fact].type not in ("ref", "region"):
            found.add(cell)
    else:
        for node in _formulas(table.derive.get(fact)):
            _walk(engine, node, RowScope(engine, name, index), found)
