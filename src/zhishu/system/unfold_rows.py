"""Aggregates over rows written out as formulas over missing facts: few open rows are followed, many are not."""

from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import evaluate
from zhishu.formula.tree import Binary, Call, Compare, Logic, Node, Number, Truth
from zhishu.judge.normal import choice, logic
from zhishu.system.aggregate import BY_TRUTH, aggregate
from zhishu.system.defined import OPAQUE, STUCK, added, defined, is_unknown, is_value, made, small, written_out
from zhishu.system.join import possible_rows
from zhishu.system.scope import CaseScope, RowScope

if TYPE_CHECKING:
    from zhishu.system.unfold import Scope, Unfolding

MOST_OPEN = 12
"""So many rows of an aggregate may be open; with more of them it is not followed."""
MOST_ROWS = 400
"""So many rows are gone through where a fact may change which of them count."""
MOST_ONE = 4
"""The one row of ``only`` is followed among so many."""
NONE = Number(Fraction(0))
ONE = Number(Fraction(1))

Part = tuple[Node, Node]
"""The value of a row and whether the row counts."""


def aggregated(unfold: "Unfolding", table: str, function: str, args: tuple[Node, ...], scope: "Scope") -> Node:
    """Return an aggregate over missing facts, or what says that it is not followed."""
    outer = scope if isinstance(scope, RowScope) else None
    by_truth = function in BY_TRUTH
    at = (0 if by_truth else 1) + (1 if function == "quantile" else 0)
    condition = args[at] if len(args) > at else None
    rows = _rows(unfold, table, condition if function != "all" else None, outer)
    if rows is None:
        return OPAQUE
    parts: list[Part] = []
    open_ = 0
    for index, there in rows:
        here = RowScope(unfold.engine, table, index, outer)
        counts = Truth(True) if condition is None else unfold.of(condition, here)
        # a row that is gone does not stand against ``all``
        gone = logic("not", [there])
        counts = logic("or", [gone, counts]) if function == "all" else logic("and", [there, counts])
        if counts == Truth(False) and function != "all":
            continue
        value: Node = NONE if by_truth else unfold.of(args[0], here)
        parts.append((value, counts))
        open_ += not (is_value(value) and is_value(counts))
        if open_ > MOST_OPEN:
            return OPAQUE
    level = unfold.of(args[1], scope) if function == "quantile" else NONE
    if open_ == 0 and is_value(level):
        return _known(unfold, table, function, args, scope, parts, level)
    found = _made(function, parts)
    return found if small(found) else OPAQUE


def _known(
    unfold: "Unfolding",
    table: str,
    function: str,
    args: tuple[Node, ...],
    scope: "Scope",
    parts: list[Part],
    level: Node,
) -> Node:
    """Return an aggregate of rows that are all known."""
    told = [(evaluate(value, CaseScope(unfold.engine)), counts == Truth(True)) for value, counts in parts]
    return written_out(aggregate(function, told, evaluate(level, CaseScope(unfold.engine))))


def _rows(
    unfold: "Unfolding", table: str, condition: Node | None, outer: RowScope | None
) -> list[tuple[int, Node]] | None:
    """Return the rows an aggregate covers, each with whether it counts; None where that is not followed."""
    engine, told = unfold.engine, unfold.columns
    own = engine.system.tables[table]
    moves = bool(unfold.reads.rows(table) & told)
    around = engine.system.tables[outer.table] if outer is not None else None
    if around is not None and around.of == table and unfold.reads.rows(around.id) & told and outer is not None:
        every = engine.active(table)
        return [(i, unfold.belongs(around.id, outer.index, i)) for i in every] if len(every) <= MOST_ROWS else None
    if own.of is not None and moves:
        # there may be further groups
        return None
    if around is not None and around.of != table:
        link = next((c for c in own.fields.values() if c.type == "ref" and c.ref == around.id), None)
        if link is not None and (table, link.id) in told:
            return None
    rows = engine.rows_seen(table, outer)
    if condition is not None:
        # rows are looked up by what no searched fact changes
        terms = condition.terms if isinstance(condition, Logic) and condition.op == "and" else (condition,)
        fixed = tuple(t for t in terms if not told & unfold.reads.of(t, (table, *_chain(outer)))[0])
        rows = possible_rows(engine, table, rows, Logic("and", fixed), outer) if fixed else rows
    if told and len(rows) > MOST_ROWS:
        return None
    return [(i, unfold.present(table, i)) for i in rows]


def _chain(outer: RowScope | None) -> tuple[str, ...]:
    return () if outer is None else (outer.table, *_chain(outer.outer))


def _made(function: str, parts: list[Part]) -> Node:
    truths = [counts for _, counts in parts]
    match function:
        case "any":
            return logic("or", truths)
        case "all":
            return logic("and", truths)
        case "count":
            return added([_if(t, ONE) for t in truths])
        case "count_surely" | "count_possibly":
            return _counted(truths, function == "count_possibly")
        case "sum":
            return added([_if(t, v) for v, t in parts])
        case "sum_known":
            return _sum_known(parts)
        case "only":
            return _only(parts)
        case "least" | "largest" | "mean" if all(t == Truth(True) for t in truths):
            return _of_values(function, [v for v, _ in parts])
        case _:
            return OPAQUE


def _if(counts: Node, value: Node) -> Node:
    """Return a number that counts on a condition, else nothing."""
    if counts == Truth(True) or value == NONE:
        return value
    return counts if is_unknown(counts) else choice(counts, value, NONE)


def _counted(truths: list[Node], possibly: bool) -> Node:
    found: list[Node] = []
    for truth in truths:
        if is_unknown(truth) and truth != OPAQUE:
            found.append(ONE if possibly else NONE)
        elif defined(truth) != Truth(True):
            return OPAQUE
        else:
            found.append(_if(truth, ONE))
    return added(found)


def _sum_known(parts: list[Part]) -> Node:
    found: list[Node] = []
    for value, truth in parts:
        there = logic("and", [defined(value), truth])
        if OPAQUE in (defined(value), defined(truth)):
            return OPAQUE
        if not is_unknown(truth) and there != Truth(False):
            found.append(_if(there, value))
    return added(found)


def _only(parts: list[Part]) -> Node:
    if len(parts) > MOST_ONE or any(is_unknown(t) for _, t in parts):
        return next((t for _, t in parts if is_unknown(t) and t != OPAQUE), OPAQUE)
    found: Node = STUCK
    for i, (value, truth) in enumerate(parts):
        others = [logic("not", [t]) for j, (_, t) in enumerate(parts) if j != i]
        found = choice(logic("and", [truth, *others]), value, found)
    return found


def _of_values(function: str, values: list[Node]) -> Node:
    if not values:
        return STUCK
    if function == "mean":
        return made(Binary("/", added(values), Number(Fraction(len(values)))))
    return values[0] if len(values) == 1 else made(Call("min" if function == "least" else "max", tuple(values)))


def earlier(unfold: "Unfolding", function: str, args: tuple[Node, ...], scope: "Scope") -> Node:
    """Return ``previous`` or ``running_sum`` where the rows stand in a known order, else say that it is not followed."""
    if not isinstance(scope, RowScope):
        return STUCK
    engine, table = unfold.engine, unfold.engine.system.tables[scope.table]
    placed = {*table.series, *((table.order,) if table.order else ())}
    rows = engine.active(table.id)
    wanted = {i: [unfold.cell(table.id, i, fact) for fact in placed] for i in rows}
    if (
        unfold.reads.rows(table.id) & unfold.columns
        or not all(is_value(n) for of in wanted.values() for n in of)
        or len(rows) > MOST_ROWS
    ):
        return OPAQUE
    mine = [unfold.cell(table.id, scope.index, fact) for fact in table.series]
    peers = [i for i in rows if [unfold.cell(table.id, i, fact) for fact in table.series] == mine]
    here = engine.value(table.id, scope.index, table.order) if table.order else None
    if function == "running_sum":
        before = [i for i in peers if _holds("<=", i, scope, table.order)]
        return added([unfold.of(args[0], RowScope(engine, table.id, i, scope.outer)) for i in before])
    back = unfold.of(args[1], scope) if len(args) > 1 else ONE
    if not isinstance(back, Number) or not isinstance(here, Fraction):
        return OPAQUE
    for i in peers:
        if table.order is not None and engine.value(table.id, i, table.order) == here - back.value:
            return unfold.of(args[0], RowScope(engine, table.id, i, scope.outer))
    return STUCK


def _holds(op: str, index: int, scope: RowScope, order: str | None) -> bool:
    if order is None:
        return index <= scope.index
    there, here = (written_out(scope.engine.value(scope.table, i, order)) for i in (index, scope.index))
    return made(Compare(op, there, here)) == Truth(True)
