"""Examples of methods: what is given as a table, and what comes out of it, computed each time it is shown."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhishu.logic import Unknown
from zhishu.terms import Text

Array = NDArray[np.float64]
Cell = float | int | str | bool | Fraction | Text | Unknown | None
UNIT = Text("单位", "unit")
INDICATOR = Text("指标", "indicator")
RESULT = Text("结果", "result")
VALUE = Text("值", "value")
UNITS = tuple(Text(f"示例{sign}", f"{letter}") for sign, letter in zip("甲乙丙丁戊己庚", "ABCDEFG", strict=True))
"""Names of the units of examples: no real places, the figures are invented."""


@dataclass(frozen=True, slots=True)
class Table:
    """Named rows of named columns; ``head`` says what the rows are."""

    head: Text
    rows: tuple[Text, ...]
    columns: tuple[tuple[Text, tuple[Cell, ...]], ...]

    def array(self, column: int) -> Array:
        """Return a column of numbers by its place; None is missing."""
        return np.array([np.nan if c is None else float(str(c)) for c in self.columns[column][1]])

    def matrix(self) -> Array:
        """Return all columns, shape (rows, columns)."""
        return np.column_stack([self.array(n) for n in range(len(self.columns))])

    def names(self) -> tuple[Text, ...]:
        """Return the headings of the columns."""
        return tuple(title for title, _ in self.columns)


@dataclass(frozen=True, slots=True)
class Example:
    """A table, how it is called in words, and what comes out; the function runs anew each time.

    ``needs`` names a package beyond those of the product, blank for none.
    """

    given: Table
    said: Text
    run: Callable[[Table], Table]
    needs: str = ""


def units(columns: Mapping[Text, Sequence[Cell]]) -> Table:
    """Return a table of as many example units as the first column is long.

    >>> [t.en for t in units({Text("产出", "output"): (3, 1, None)}).rows]
    ['A', 'B', 'C']
    """
    return table(UNIT, UNITS[: len(next(iter(columns.values())))], columns)


def table(head: Text, rows: Sequence[Text], columns: Mapping[Text, Sequence[Cell] | Array]) -> Table:
    """Return a table of columns, given as numbers, words or arrays."""
    return Table(head, tuple(rows), tuple((title, _cells(cells)) for title, cells in columns.items()))


def of_units(given: Table, columns: Mapping[Text, Sequence[Cell] | Array]) -> Table:
    """Return what comes out for each row of what was given."""
    return table(given.head, given.rows, columns)


def alone(title: Text, value: Cell) -> Table:
    """Return a result that is one number."""
    return table(RESULT, (title,), {VALUE: (value,)})


def shown(cell: Cell) -> Text:
    """Return a cell as it is printed: at most four decimals, a dash for nothing.

    >>> shown(0.5).en, shown(1 / 3).en, shown(float("nan")).en, shown(Fraction(5, 2)).en, shown(-0.0).en
    ('0.5', '0.3333', '–', '2.5', '0')
    """
    if isinstance(cell, Text):
        return cell
    if isinstance(cell, Unknown):
        return cell.say()
    if isinstance(cell, bool):
        return Text("是", "yes") if cell else Text("否", "no")
    if isinstance(cell, str):
        return Text(cell, cell)
    if cell is None or math.isnan(cell):
        return Text("–", "–")
    said = f"{float(cell):.4f}".rstrip("0").rstrip(".")
    said = "0" if said == "-0" else said.replace("-", "−")
    return Text(said, said)


def _cells(cells: Sequence[Cell] | Array) -> tuple[Cell, ...]:
    if isinstance(cells, np.ndarray):
        return tuple(float(c) for c in cells)
    return tuple(cells)
