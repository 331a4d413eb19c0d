"""What a row asks, as a formula."""

from collections.abc import Sequence
from datetime import date

from zhishu.formula.decision.classes import classes
from zhishu.formula.decision.table import Cell, Column, DecisionTable, Equal, Known, Prefix, Row, Span, Value
from zhishu.formula.tree import Call, Compare, Logic, Node, Number, Truth, Unary, Word

# one_of takes forty arguments, the first of which is the fact
_LISTED = 39


def conditions(table: DecisionTable, rows: Sequence[Row]) -> list[Node]:
    """Return for each row the formula that says whether it matches; a row that asks nothing always does.

    Where a column asks in one of its cells whether the fact is known, a fact that is not known is a case of its
    own there: comparisons in that column are then false, not unknown.

    >>> from zhishu.formula.decision.table import InputKind
    >>> table = DecisionTable("示例", (Column("code", InputKind("word")),), (), (Row("1", (Cell(),), ()),))
    >>> conditions(table, table.rows)
    [Truth(value=True)]
    """
    asking = [
        any(isinstance(test, Known) for row in rows for test in row.cells[i].tests) for i in range(len(table.inputs))
    ]
    found: list[Node] = []
    for row in rows:
        parts = [
            decided(column, cell) if known else asks(column, cell)
            for column, cell, known in zip(table.inputs, row.cells, asking, strict=True)
            if cell.tests
        ]
        if row.when is not None:
            parts.append(row.when)
        found.append(_every(parts))
    return found


def _every(parts: Sequence[Node]) -> Node:
    if Truth(False) in parts:
        return Truth(False)
    asked = tuple(part for part in parts if part != Truth(True))
    return Logic("and", asked) if len(asked) > 1 else asked[0] if asked else Truth(True)


def decided(column: Column, cell: Cell) -> Node:
    """Return the formula of a cell that is true or false of a fact that is not known, too.

    >>> from zhishu.formula.written import written
    >>> from zhishu.formula.decision.cell import read_cell
    >>> from zhishu.formula.decision.table import InputKind
    >>> share = Column("share", InputKind("number", "%"))
    >>> written(decided(share, read_cell("<60 %", share.kind, "示例.csv:2 share")))
    'is_known(share) and share < quantity(60, "%")'
    """
    if all(isinstance(test, Known) for test in cell.tests):
        return asks(column, cell)
    known = Call("is_known", (column.node,))
    if Known(False) in cell.tests and not cell.negated:
        return asks(column, cell)
    return _every((known, asks(column, cell)))


def asks(column: Column, cell: Cell) -> Node:
    """Return the formula of one cell that has tests.

    A cell that no value of a closed list fits is false of a fact that is not known, too; one that all fit is true.

    >>> from zhishu.formula.written import written
    >>> from zhishu.formula.decision.cell import read_cell
    >>> from zhishu.formula.decision.table import InputKind
    >>> code = Column("code", InputKind("word"))
    >>> written(asks(code, read_cell("not(5101*, 511402)", code.kind, "示例.csv:2 code")))
    'not (code == "511402" or starts_with(code, "5101"))'
    """
    if (settled := _settled(column, cell)) is not None:
        return Truth(settled)
    equal = [literal(test.value) for test in cell.tests if isinstance(test, Equal)]
    parts = _listed(column.node, equal)
    for test in cell.tests:
        match test:
            case Prefix(text):
                parts.append(Call("starts_with", (column.node, Word(text))))
            case Known(known):
                is_known = Call("is_known", (column.node,))
                parts.append(is_known if known else negation(is_known))
            case Span(low, high, low_in, high_in):
                parts.append(_span(column.node, low, high, low_in, high_in))
    holds = either(parts)
    return negation(holds) if cell.negated else holds


def _settled(column: Column, cell: Cell) -> bool | None:
    """Return whether a cell over a closed list fits all of it or none of it; None where the fact decides."""
    closed = column.kind.kind == "truth" or (column.kind.kind == "choice" and column.kind.values)
    if not closed or any(isinstance(test, Known) for test in cell.tests):
        return None
    found = classes(column, [cell])
    accepted = found.cells[0]
    return None if 0 < accepted < found.everything else accepted > 0


def _listed(fact: Node, values: Sequence[Node]) -> list[Node]:
    if any(isinstance(value, Truth) for value in values):
        return [fact if value == Truth(True) else negation(fact) for value in dict.fromkeys(values)]
    if len(values) == 1:
        return [Compare("==", fact, values[0])]
    chunks = [values[i : i + _LISTED] for i in range(0, len(values), _LISTED)]
    return [Call("one_of", (fact, *chunk)) for chunk in chunks]


def _span(fact: Node, low: Number | date | None, high: Number | date | None, low_in: bool, high_in: bool) -> Node:
    ends: list[Node] = []
    if low is not None:
        ends.append(Compare(">=" if low_in else ">", fact, literal(low)))
    if high is not None:
        ends.append(Compare("<=" if high_in else "<", fact, literal(high)))
    return ends[0] if len(ends) == 1 else Logic("and", tuple(ends))


def either(parts: Sequence[Node]) -> Node:
    """Return the formula that holds if one of the parts does.

    >>> from zhishu.formula.tree import Name
    >>> either([Name("open")])
    Name(id='open')
    """
    if Truth(True) in parts:
        return Truth(True)
    return parts[0] if len(parts) == 1 else Logic("or", tuple(parts))


def negation(node: Node) -> Node:
    """Return the formula that holds where another does not.

    >>> from zhishu.formula.tree import Name
    >>> negation(Name("open"))
    Logic(op='not', terms=(Name(id='open'),))
    """
    return Logic("not", (node,))


def literal(value: Value) -> Node:
    """Return a written value as a formula writes it.

    >>> literal(date(2018, 6, 30))
    Call(function='day', args=(Word(value='2018-06-30'),))
    """
    match value:
        case date():
            return Call("day", (Word(value.isoformat()),))
        case Number(number, unit) if number < 0:
            return Unary("-", Number(-number, unit))
        case _:
            return value
