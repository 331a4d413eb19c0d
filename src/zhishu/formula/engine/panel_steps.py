"""The columns of a panel program, by level, and the parts of its formulas as names of columns."""

from dataclasses import dataclass, field

import narwhals as nw
import polars as pl

from zhishu.formula.check_types import Kind
from zhishu.formula.engine.panel_reads import Reads, ready
from zhishu.formula.engine.part import Part
from zhishu.formula.engine.steps import PREFIX
from zhishu.formula.evaluate import Value


@dataclass(frozen=True, slots=True)
class Cells:
    """A compiled part of a panel formula: its columns, the level that can read them, and what it read."""

    kind: Kind | None
    value: str
    why: str | None
    scale: str | None
    level: int
    reads: Reads
    literal: Value | None = None

    def part(self) -> Part:
        """Return the same as a part for the steps that need one row only."""
        why = None if self.why is None else nw.col(self.why)
        scale = None if self.scale is None else nw.col(self.scale)
        return Part(self.kind, nw.col(self.value), why, scale, None, self.literal, self.level)

    def off(self) -> pl.Expr:
        """Return the scale of the error of the number; null where there is no number."""
        value = pl.col(self.value)
        return value.abs() if self.scale is None else pl.when(value.is_not_null()).then(pl.col(self.scale))


@dataclass(slots=True)
class PanelSteps:
    """Columns to compute, level by level: windows never nest, each is a column of its own."""

    levels: list[tuple[list[nw.Expr], list[pl.Expr]]] = field(default_factory=list)
    made: int = 0

    def _level(self, level: int) -> tuple[list[nw.Expr], list[pl.Expr]]:
        while len(self.levels) <= level:
            self.levels.append(([], []))
        return self.levels[level]

    def _name(self) -> str:
        self.made += 1
        return f"{PREFIX}{self.made}"

    def put(self, expression: nw.Expr, level: int) -> nw.Expr:
        """Compute an expression before a level and return its column."""
        return nw.col(self.put_row(expression, level))

    def put_row(self, expression: nw.Expr, level: int) -> str:
        """Compute an expression over single rows and return the name of its column."""
        name = self._name()
        self._level(level)[0].append(expression.alias(name))
        return name

    def put_window(self, expression: pl.Expr, level: int) -> str:
        """Compute an expression over other rows and return the name of its column."""
        name = self._name()
        self._level(level)[1].append(expression.alias(name))
        return name

    def keep(self, part: Part, reads: Reads) -> Cells:
        """Return a part as columns."""
        value = self.put_row(part.value, part.level)
        why = None if part.why is None else self.put_row(part.why, part.level)
        scale = None if part.scale is None else self.put_row(part.scale, part.level)
        return Cells(part.kind, value, why, scale, max(part.level + 1, ready(reads)), reads, part.literal)

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame with every column computed."""
        for rows, windows in self.levels:
            if rows:
                frame = nw.from_native(frame).with_columns(*rows).to_native()
            if windows:
                frame = frame.with_columns(*windows)
        return frame
