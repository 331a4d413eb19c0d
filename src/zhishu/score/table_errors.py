"""How unsure the figures of a table are, as whoever brings it declares: by column, by confidence of cells, by vintage."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.error_words import CARRIED, NAMES, class_of, confidence, size_of, undeclared
from zhishu.score.steps.error import DataError
from zhishu.score.steps.shape import Column
from zhishu.score.table_grid import Rows, Said, figure, rows_of
from zhishu.terms import Text, counted

_TOLD = 5
"""So many columns are told in an interval, the others counted."""
Key = tuple[str, int]
"""A row: its unit, and its year, 0 where the table has no years."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Errors as they are written. ``columns``: a column, or ``*`` for all others, to ``3%`` (of the figure), ``0.5`` (in
    the unit of the indicator) or a class. ``classes``: high, medium, low and carried to a percentage; there is no
    default. ``confidence`` and ``vintage``: name and bytes of a table of the same layout, with a class or the other
    figure in each cell; a blank cell declares nothing. What a cell has of its own stands before what its column has."""

    columns: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    confidence: tuple[str, bytes] | None = None
    vintage: tuple[str, bytes] | None = None

    def __bool__(self) -> bool:
        """Return whether anything is declared."""
        return bool(self.columns or self.classes or self.confidence or self.vintage)


@dataclass(frozen=True, slots=True)
class Table:
    """The table that errors are declared for: its figures, unit and year of each row, the names of the columns of years
    and groups, and the cells whose figure was filled."""

    columns: Mapping[str, Column]
    keys: Sequence[Key]
    year: str = ""
    by: str = ""
    filled: Collection[tuple[Key, str]] = ()


def errors_of(declared: Declared, table: Table) -> DataError | None:
    """Return the errors of the figures of a table, None where nothing is declared.

    Raises ZhishuError ``index-error`` for an error below zero or none, a class that is none or stands for no error,
    units and columns the table does not have; and as ``rows_of``.
    """
    if not declared:
        return None
    found = _Found(table, {}, [])
    found.classes(declared.classes)
    found.of_columns(declared.columns)
    if declared.confidence is not None:
        found.of_cells(*declared.confidence)
    if CARRIED in found.shares:
        at = {key: n for n, key in enumerate(table.keys)}
        for key, id in table.filled:
            found.put(id, at[key], CARRIED)
    found.tell_classes()
    if declared.vintage is not None:
        found.vintages(*declared.vintage)
    if found.problems:
        raise ZhishuError(list(dict.fromkeys(found.problems)))
    says = Text("，".join(t.zh for t in found.told) or "无", ", ".join(t.en for t in found.told) or "none")
    return DataError(says, found.absolute, found.relative, found.other)


@dataclass(slots=True)
class _Found:
    """What is found so far, with what is wrong and how it is told."""

    table: Table
    shares: dict[str, float]
    problems: list[Problem]
    relative: dict[str, Column] = field(default_factory=dict)
    absolute: dict[str, Column] = field(default_factory=dict)
    other: dict[str, Column] = field(default_factory=dict)
    told: list[Text] = field(default_factory=list)
    many: Counter[str] = field(default_factory=Counter)

    def classes(self, written: Mapping[str, str]) -> None:
        """Read what the classes stand for."""
        for name, text in written.items():
            id, size = class_of(name), size_of(text, f"class {name}", self.problems, share=True)
            if id is None:
                what = Text(f"没有可信度“{name}”", f"there is no confidence {name}")
                self.problems.append(Problem("index-error", f"class {name}", what, did_you_mean(name, NAMES)))
            elif size is not None:
                self.shares[id] = size[0]

    def of_columns(self, written: Mapping[str, str]) -> None:
        """Read the errors of whole columns."""
        columns, told = self.table.columns, []
        for name, text in written.items():
            place, word = f"error {name}", class_of(text)
            if name not in columns and name != "*":
                what = Text(f"表里没有列“{name}”", f"the table has no column {name}")
                self.problems.append(Problem("index-error", place, what, did_you_mean(name, columns)))
            elif word is not None and word not in self.shares:
                self.problems.append(undeclared(word, place))
            elif size := (self.shares[word], True) if word else size_of(text, place, self.problems):
                for id in [name] if name != "*" else [c for c in columns if c not in written]:
                    (self.relative if size[1] else self.absolute)[id] = np.full(len(columns[id]), size[0])
                short = f"{size[0] * 100:g}%" if size[1] else f"{size[0]:g}"
                rest = Text("各列", "all columns") if len(written) == 1 else Text("其余各列", "all other columns")
                whole = rest if name == "*" else Text(name, name)
                told.append(Text(f"{whole.zh} {short}", f"{whole.en} {short}"))
        more = len(told) - _TOLD
        self.told += told[:_TOLD]
        if more > 0:
            self.told.append(Text(f"另 {more} 列", counted(more, "more column")))

    def of_cells(self, file: str, content: bytes) -> None:
        """Read the confidence of each cell."""
        rows = rows_of(content, file, self.problems, confidence, self.table.year, self.table.by)
        for _, id, n, word in self._cells(rows, file):
            if word and word not in self.shares:
                self.problems.append(undeclared(word, file))
            elif word and not np.isnan(self.table.columns[id][n]):
                self.put(id, n, word)

    def put(self, id: str, row: int, word: str) -> None:
        """Give a cell the error of a class, in the place of what its column has."""
        for sizes, size in ((self.relative, self.shares[word]), (self.absolute, 0.0)):
            sizes.setdefault(id, np.zeros(len(self.table.keys)))[row] = size
        self.many[word] += 1

    def tell_classes(self) -> None:
        """Tell the classes that cells have, and of how many."""
        for word, name in NAMES.items():
            if many := self.many[word]:
                share = f"{self.shares[word] * 100:g}%"
                self.told.append(
                    Text(f"{name.zh} {share}（{many} 格）", f"{name.en} {share} ({counted(many, 'cell')})")
                )

    def vintages(self, file: str, content: bytes) -> None:
        """Read another vintage of the table."""
        rows, many = rows_of(content, file, self.problems, figure, self.table.year, self.table.by), 0
        for place, id, n, value in self._cells(rows, file):
            own = self.table.columns[id][n]
            if math.isnan(value):
                continue
            if np.isnan(own) or (self.table.keys[n], id) in self.table.filled:
                what = Text(
                    f"“{id}”在表里没有数，这里是 {value:g}", f"the table has no figure of {id}, here it is {value:g}"
                )
                repair = Text("补入表中，或此格留空", "put it into the table, or leave this cell empty")
                self.problems.append(Problem("index-error", place, what, repair))
            elif value != own:
                self.other.setdefault(id, np.full(len(self.table.keys), np.nan))[n] = value
                many += 1
        self.told.append(Text(f"两个版本取一（{many} 格）", f"one of two vintages ({counted(many, 'cell')})"))

    def _cells(self, rows: Rows[Said], file: str) -> Iterator[tuple[str, str, int, Said]]:
        """Yield place, column, row and content of the cells of a table of the same layout."""
        at = {key: n for n, key in enumerate(self.table.keys)}
        for id in rows.columns:
            if id not in self.table.columns:
                what = Text(f"表里没有列“{id}”", f"the table has no column {id}")
                self.problems.append(Problem("index-error", f"{file} {id}", what, did_you_mean(id, self.table.columns)))
        if self.problems:
            # what is wrong with cells has shifted those after them
            return
        for n, (unit, place) in enumerate(zip(rows.units, rows.places, strict=True)):
            key = unit, rows.years[n] if rows.years else 0
            if key not in at:
                when = Text(f" {key[1]} 年" if key[1] else "", f" in {key[1]}" if key[1] else "")
                what = Text(f"表里没有{unit}{when.zh}", f"the table has no {unit}{when.en}")
                repair = Text("删去这一行，或与表一致", "take the row out, or write it as the table does")
                self.problems.append(Problem("index-error", place, what, repair))
                continue
            for id, cells in rows.columns.items():
                yield f"{place} {id}", id, at[key], cells[n]
