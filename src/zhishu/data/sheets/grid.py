"""A grid of cells: what stands where, with the merged ranges, whatever file it came from.

The cells are kept as one table, because a province's figures are 100,000 of them; rows of cells are made when asked for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import polars

# text, number, number shown as a percentage, day, yes or no, error of a spreadsheet
CellKind = Literal["s", "n", "p", "d", "b", "e"]
Range = tuple[int, int, int, int]
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Cell(NamedTuple):
    """One cell that is not empty: its words, and whether they are text or a number (``p``: 60 for a shown 60 %)."""

    text: str
    kind: CellKind = "s"


Row = dict[int, Cell]


class Rows(Mapping[int, Row]):
    """The rows of a table of cells by number, in order; only what is asked for is made."""

    def __init__(self, cells: "polars.DataFrame") -> None:
        counted = cells.get_column("row").rle().struct.unnest()
        self.cells = cells
        self.numbers: list[int] = counted.get_column("value").to_list()
        self.lengths = counted.get_column("len")
        self.starts = self.lengths.cum_sum() - self.lengths
        self.made: dict[int, Row] = {}

    def __getitem__(self, row: int) -> Row:
        if row not in self.made:
            at = bisect_left(self.numbers, row)
            if at == len(self.numbers) or self.numbers[at] != row:
                raise KeyError(row)
            part = self.cells.slice(self.starts[at], self.lengths[at])
            columns, texts, kinds = (part.get_column(c).to_list() for c in ("column", "text", "kind"))
            self.made[row] = {c: Cell(t, k) for c, t, k in zip(columns, texts, kinds, strict=True)}
        return self.made[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


def cell_table(
    rows: Sequence[int], columns: Sequence[int], texts: Sequence[str], kinds: Sequence[str]
) -> "polars.DataFrame":
    """Return cells as a table of row, column, text and kind."""
    # polars takes longer to import than a small table to read
    import polars as pl

    return pl.DataFrame(
        [
            pl.Series("row", rows, pl.Int32),
            pl.Series("column", columns, pl.Int32),
            pl.Series("text", texts, pl.String),
            pl.Series("kind", kinds, pl.String),
        ]
    )


def joined(plain: "polars.DataFrame", others: Mapping[tuple[int, int], Cell]) -> "polars.DataFrame":
    """Return two sets of cells as one table in order of row and column; of two at one place the others count."""
    import polars as pl

    rows, columns = [r for r, _ in others], [c for _, c in others]
    rest = cell_table(rows, columns, [c.text for c in others.values()], [c.kind for c in others.values()])
    table = pl.concat([plain, rest])
    if len(plain) and others and table.select("row", "column").is_duplicated().any():
        table = table.unique(["row", "column"], keep="last")
    return table.sort("row", "column")


@dataclass(slots=True)
class Grid:
    """One sheet: its cells by row and column, both from 1; ``merged`` holds (top, left, bottom, right).

    ``cells`` has one line for each cell that is not empty (row, column, text, kind), by row and column.
    ``unseen`` holds rows and ``unseen_columns`` ranges of columns that are hidden or filtered out.
    ``uncomputed`` lists the addresses of formulas whose result no program has stored; ``hidden`` whether the sheet is.
    """

    name: str
    cells: "polars.DataFrame" = field(default_factory=lambda: cell_table([], [], [], []))
    merged: list[Range] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    hidden: bool = False
    unseen: set[int] = field(default_factory=set)
    unseen_columns: list[tuple[int, int]] = field(default_factory=list)
    made: Rows | None = field(default=None, init=False, repr=False)

    @property
    def rows(self) -> Rows:
        """Return the rows that have a cell, by number."""
        if self.made is None:
            self.made = Rows(self.cells)
        return self.made

    def at(self, row: int, column: int) -> Cell | None:
        """Return a cell, or None where it is empty."""
        found = self.rows.get(row)
        return found.get(column) if found is not None else None

    def covered(self, row: int, column: int) -> Cell | None:
        """Return a cell, or the one whose merged range covers the place."""
        cell = self.at(row, column)
        if cell is None:
            for top, left, bottom, right in self.merged:
                if top <= row <= bottom and left <= column <= right:
                    return self.at(top, left)
        return cell

    def columns(self, below: int = 0) -> set[int]:
        """Return the columns that have a cell in a row at or below one."""
        import polars as pl

        return set(self.cells.filter(pl.col("row") >= below).get_column("column").unique().to_list())


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """Return the letters of a column, from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(row: int, column: int) -> str:
    """Return the address of a cell as spreadsheets write it."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=20_000)
def column_of_letters(word: str) -> int:
    """Return the number of a column from its letters."""
    found = 0
    for c in word:
        found = found * 26 + ord(c) - 64
    return found


def place(ref: str) -> tuple[int, int] | None:
    """Return row and column of an address; None for what is none.

    >>> place("C7"), place("7C")
    ((7, 3), None)
    """
    found = _REF.fullmatch(ref)
    return (int(found[2]), column_of_letters(found[1])) if found else None
