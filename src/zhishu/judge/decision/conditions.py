"""What a row asks, as a formula."""

from collections.abc import Sequence
from datetime import date

from zhishu.formula.tree import Call, Compare, Logic, Node, Number, Truth, Unary, Word
from zhishu.judge.decision.table import Cell, Column, DecisionTable, Equal, Known, Prefix, Row, Span, Value

# one_of takes forty arguments, the first of which is the fact
_LISTED = 39


def condition(table: DecisionTable, row: Row) -> Node:
    """Return the formula that says whether a row matches; a row that asks nothing always does.

    >>> from zhishu.judge.decision.table import InputKind
    >>> condition(DecisionTable("示例", (Column("code", InputKind("word")),), (), ()), Row("1", (Cell(),), ()))
    Truth(value=True)
    """
    asked = [asks(column, cell) for column, cell in zip(table.inputs, row.cells, strict=True) if cell.tests]
    if row.when is not None:
        asked.append(row.when)
    if len(asked) > 1:
        return Logic("and", tuple(asked))
    return asked[0] if asked else Truth(True)


def asks(column: Column, cell: Cell) -> Node:
    """Return the formula of one cell that has tests.

    >>> from zhishu.formula.written import written
    >>> from zhishu.judge.decision.cell import read_cell
    >>> from zhishu.judge.decision.table import InputKind
    >>> code = Column("code", InputKind("word"))
    >>> written(asks(code, read_cell("not(5101*, 511402)", code.kind, "示例.csv:2 code")))
    'not (code == "511402" or starts_with(code, "5101"))'
    """
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

    >>> either([Name("open")])
    Name(id='open')
    """
    if Truth(True) in parts:
        return Truth(True)
    return parts[0] if len(parts) == 1 else Logic("or", tuple(parts))


def negation(node: Node) -> Node:
    """Return the formula that holds where another does not.

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
