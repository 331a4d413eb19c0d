"""Which rows an aggregate must look at: ``x == this.y`` is looked up, not tried row by row.

Rows left aside are those for which such a comparison is surely false; a row without the value stays, since it
may belong to any. So the answer is the same, and a table of 4,000 values is read in the time of its few rows.
"""

from typing import TYPE_CHECKING

from zhishu.formula.evaluate import evaluate
from zhishu.formula.tree import Compare, Logic, Name, Node, Of, Word
from zhishu.logic import Unknown
from zhishu.system.scope import CaseScope, RowScope

if TYPE_CHECKING:
    from zhishu.system.engine import Engine


def possible_rows(
    engine: "Engine", table: str, rows: tuple[int, ...], condition: Node, outer: RowScope | None
) -> tuple[int, ...]:
    """Return those of ``rows``, in their order, for which a condition is not surely false by an equality."""
    best: tuple[int, ...] | None = None
    for term in _terms(condition):
        pair = _equality(engine, table, term)
        if pair is None:
            continue
        field, other = pair
        wanted = evaluate(other, outer if outer is not None else CaseScope(engine))
        if isinstance(wanted, Unknown):
            continue
        found = engine.rows_with(table, field, wanted)
        if best is None or len(found) < len(best):
            best = found
    if best is None or len(best) >= len(rows):
        return rows
    seen = set(rows)
    return tuple(index for index in best if index in seen)


def _terms(condition: Node) -> tuple[Node, ...]:
    return condition.terms if isinstance(condition, Logic) and condition.op == "and" else (condition,)


def _equality(engine: "Engine", table: str, term: Node) -> tuple[str, Node] | None:
    """Return a filled field of the table and what it must equal, where that does not depend on the row."""
    if not isinstance(term, Compare) or term.op != "==":
        return None
    declared = engine.system.tables[table]
    for own, other in ((term.left, term.right), (term.right, term.left)):
        if isinstance(own, Name) and own.id in declared.fields and own.id not in declared.derive:
            outside = isinstance(other, Word) or (isinstance(other, Of) and other.base == "this")
            free = isinstance(other, Name) and other.id not in {*declared.fields, *declared.derive, "verdict"}
            if outside or free:
                # seen from outside, ``this`` is the row around the aggregate itself
                return own.id, Name(other.field) if isinstance(other, Of) else other
    return None
