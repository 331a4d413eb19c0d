"""A decision table of a book as a page shows it: heads and cells in words."""

from dataclasses import dataclass

from zhishu.formula.decision.cell import write_cell
from zhishu.formula.decision.table import Cell, Column, Equal, Value
from zhishu.formula.decision.values import base
from zhishu.formula.tree import Number, Truth, Word
from zhishu.pack.book import Book, Decided
from zhishu.system.books.say import named
from zhishu.system.show import spoken
from zhishu.terms import Text

ANY = Text("不限", "any")
HITS: dict[str, Text] = {
    "unique": Text("各行互不重叠", "no two rows overlap"),
    "first": Text("自上而下，取第一个相符的行", "the first row that fits, from the top"),
    "priority": Text("取优先的一行", "the row of the highest priority"),
    "collect": Text("相符的行汇总", "all rows that fit, put together"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its id, what it asks of each input, what it gives, and what it says."""

    id: str
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    say: Text | None


def heads(book: Book, decided: Decided) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return what the inputs and the outputs of a table are called."""
    table = decided.table
    return tuple(named(book, c.name) for c in table.inputs), tuple(c.title for c in table.outputs)


def shown_rows(book: Book, decided: Decided) -> tuple[ShownRow, ...]:
    """Return the rows of a table in words; a blank cell asks nothing."""
    table = decided.table
    return tuple(
        ShownRow(
            row.id,
            tuple(_asked(c, cell) for c, cell in zip(table.inputs, row.cells, strict=True)),
            tuple(_given(c, value) for c, value in zip(table.outputs, row.outputs, strict=True)),
            row.say,
        )
        for row in table.rows
    )


def _asked(column: Column, cell: Cell) -> Text:
    if not cell.tests:
        return ANY
    parts = [_value(column, t.value) if isinstance(t, Equal) else _written(t_cell) for t, t_cell in _each(cell)]
    zh, en = "、".join(p.zh for p in parts), ", ".join(p.en for p in parts)
    return Text(f"非（{zh}）", f"not ({en})") if cell.negated else Text(zh, en)


def _each(cell: Cell) -> list[tuple[object, Cell]]:
    return [(test, Cell((test,))) for test in cell.tests]


def _written(cell: Cell) -> Text:
    text = write_cell(cell)
    return Text(text, text)


def _given(column: Column, value: Value | None) -> Text:
    return Text("无法判定", "undetermined") if value is None else _value(column, value)


def _value(column: Column, value: Value) -> Text:
    words = column.kind.values
    match value:
        case Word(word):
            return words.get(word, Text(word, word))
        case Truth(truth):
            return Text("是", "yes") if truth else Text("否", "no")
        case Number():
            number, unit = base(value), value.unit or column.kind.unit
            return Text(spoken(number, unit, None, {}, "zh"), spoken(number, unit, None, {}, "en"))
        case _:
            return Text(value.isoformat(), value.isoformat())
