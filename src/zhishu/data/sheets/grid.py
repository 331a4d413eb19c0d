"""A grid of cells: what stands where, with the merged ranges, whatever file it came from."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

# text, number, number shown as a percentage, day, yes or no, error of a spreadsheet
CellKind = Literal["s", "n", "p", "d", "b", "e"]
Range = tuple[int, int, int, int]
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Cell(NamedTuple):
    """One cell that is not empty: its words, and whether they are text or a number (``p``: 60 for a shown 60 %)."""

    text: str
    kind: CellKind = "s"


@dataclass(slots=True)
class Grid:
    """One sheet: cells by row and column, both from 1; ``merged`` holds (top, left, bottom, right).

    ``unseen`` holds rows and ``unseen_columns`` ranges of columns that are hidden or filtered out.

    ``uncomputed`` lists the addresses of formulas whose result no program has stored; ``hidden`` whether the sheet is.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    hidden: bool = False
    unseen: set[int] = field(default_factory=set)
    unseen_columns: list[tuple[int, int]] = field(default_factory=list)

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
def _column(word: str) -> int:
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
    return (int(found[2]), _column(found[1])) if found else None
