"""The empty register of a rule book as CSV: guidance in both languages above the row of ids, filled in below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhishu.pack.book import Book
from zhishu.pack.system import Column
from zhishu.surfaces.csv_text import csv_text
from zhishu.surfaces.excel.template import expects
from zhishu.surfaces.register.source import GUIDE
from zhishu.terms import Text
from zhishu.units.words import unit_words

_HOW = (
    "从编号行的下一行填起，一行一件；不知道的格留空，不要填 0；编号行不要改，"
    f"它上面 {GUIDE} 开头的行只作说明，读表时略过；用不到的列可以删去",
    "Fill in below the row of ids, one case a row; leave unknown cells blank, never 0; do not change the ids; rows above "
    f"them that begin with {GUIDE} are guidance and are passed over; columns you do not need may be deleted",
)


def register_form(book: Book, rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """Return the form in UTF-8 with its mark for Excel; ``rows`` are written in, by field id.

    Rows 1 and 2 say how to fill it in, 3 and 4 name the columns, 5 and 6 say what their cells take, 7 holds the ids.
    """
    columns = heads(book)
    head = [
        *([how, *[""] * (len(columns) - 1)] for how in _HOW),
        [f"{c.name.zh}【必填】" if c.needed else c.name.zh for c in columns],
        [f"{c.name.en} [needed]" if c.needed else c.name.en for c in columns],
        [c.takes.zh for c in columns],
        [c.takes.en for c in columns],
    ]
    guidance = [[f"{GUIDE} {line[0]}", *line[1:]] for line in head]
    ids = [c.id for c in columns]
    body = [[row.get(name, "") for name in ids] for row in rows]
    return b"\xef\xbb\xbf" + csv_text(guidance[0], [*guidance[1:], ids, *body]).encode()


@dataclass(frozen=True, slots=True)
class Head:
    """A column as the form heads it: its id, its name with unit, whether it must be filled, what a cell takes."""

    id: str
    name: Text
    needed: bool
    takes: Text


def heads(book: Book) -> tuple[Head, ...]:
    """Return the columns of a register of a book in their order."""
    return tuple(_head(book, c) for c in book.fields.values())


def _head(book: Book, column: Column) -> Head:
    unit = unit_words(column.unit) if column.unit and column.unit != "1" else Text("", "")
    name = column.name
    if unit.zh:
        name = Text(f"{name.zh}（{unit.zh}）", f"{name.en} ({unit.en})")
    return Head(column.id, name, column.required or column.id == book.key, _takes(column))


def _takes(column: Column) -> Text:
    takes, note = expects(column), column.note
    return takes if note is None else Text(f"{takes.zh}；{note.zh}", f"{takes.en}; {note.en}")
