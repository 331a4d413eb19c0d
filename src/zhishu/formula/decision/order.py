"""In which order the rows of a decision table are tried."""

from zhishu.formula.decision.refuse import refuse
from zhishu.formula.decision.table import DecisionTable, Row
from zhishu.formula.tree import Word
from zhishu.terms import Text


def ordered(table: DecisionTable) -> tuple[Row, ...]:
    """Return the rows as they are tried.

    With hit policy ``priority`` the numbers of the column ``priority`` decide, 1 first; where the table has
    none, the declared order of the values of its choice outputs, left to right. Equals stay as written.
    Raises ZhishuError ``table-priority``: neither is there, or a row has no number.

    >>> from zhishu.formula.decision.table import Column, InputKind
    >>> level = Column("level", InputKind("choice", values={"red": Text("红", "red"), "green": Text("绿", "green")}))
    >>> rows = tuple(Row(color, (), (Word(color),)) for color in ("green", "red"))
    >>> [row.id for row in ordered(DecisionTable("示例", (), (level,), rows, "priority"))]
    ['red', 'green']
    """
    return tuple(row for _, row in ranked(table))


def ranked(table: DecisionTable) -> tuple[tuple[tuple[int, ...], Row], ...]:
    """Return the rows as they are tried, each with its rank: nothing but their place decides between equals.

    Raises ZhishuError ``table-priority`` as ``ordered`` does.
    """
    if table.policy != "priority":
        return tuple(((place,), row) for place, row in enumerate(table.rows))
    numbers = [row.priority for row in table.rows]
    if any(number is not None for number in numbers):
        return _sorted([((_number(row, table),), row) for row in table.rows])
    columns = [i for i, output in enumerate(table.outputs) if output.kind.values]
    if not columns and table.rows:
        what = Text("优先命中的表没有次序", "a table with hit policy priority gives no order")
        repair = Text(
            "加 priority 列，或让输出为列明取值的选项", "add the column priority, or declare an output's values"
        )
        raise refuse("table-priority", table.name, what, repair)
    places = {i: list(table.outputs[i].kind.values) for i in columns}
    return _sorted([(tuple(_place(row, i, places[i]) for i in columns), row) for row in table.rows])


def _sorted(rows: list[tuple[tuple[int, ...], Row]]) -> tuple[tuple[tuple[int, ...], Row], ...]:
    return tuple(sorted(rows, key=lambda pair: pair[0]))


def _number(row: Row, table: DecisionTable) -> int:
    if row.priority is not None:
        return row.priority
    what = Text(f"第 {row.id} 行没有次序", f"row {row.id} has no priority")
    raise refuse("table-priority", row.where or table.name, what, Text("每行写 1、2……", "number every row 1, 2, …"))


def _place(row: Row, i: int, values: list[str]) -> int:
    value = row.outputs[i]
    # a value stated to be unknown comes after every stated one
    return values.index(value.value) if isinstance(value, Word) else len(values)
