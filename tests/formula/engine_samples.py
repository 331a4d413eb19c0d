"""Helpers of the engine tests: every engine over the same rows, and the exact evaluator beside them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import duckdb
import polars as pl

from zhishu.formula.engine import read_cell, run_register
from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Node
from zhishu.logic import Unknown

ENGINES = ("polars", "polars_lazy", "duckdb")
Cell = tuple[object, str | None]


def on_engine(engine: str, formulas: Mapping[str, Node], frame: pl.DataFrame) -> pl.DataFrame:
    """Return the results of one engine, in the order of a column ``n`` that the frame carries."""
    if engine == "polars":
        found = run_register(formulas, frame)
    elif engine == "polars_lazy":
        found = run_register(formulas, frame.lazy()).collect()
    else:
        with duckdb.connect() as base:
            found = run_register(formulas, base.from_arrow(frame.to_arrow())).pl()
    return found.sort("n")


def cells(engine: str, text: str, frame: pl.DataFrame) -> list[Cell]:
    """Return (value, reason) of one formula for each row."""
    found = on_engine(engine, {"answer": parse(text)}, frame.with_row_index("n"))
    return list(zip(found["answer"].to_list(), found["answer__why"].to_list(), strict=True))


def exact_cells(text: str, frame: pl.DataFrame) -> list[Value]:
    """Return what the exact evaluator says of the same rows."""
    return exact_rows(parse(text), frame.rows(named=True))


def exact_rows(node: Node, rows: Sequence[Mapping[str, object]]) -> list[Value]:
    """Return what the exact evaluator says of rows of plain values."""
    return [evaluate(node, Plain({k: read_cell(v) for k, v in row.items()})) for row in rows]


def agree(cell: Cell, exact: Value, slack: float = 0.0) -> bool:
    """Return whether an engine's cell is the exact value: the same reason, the same truth, 1e-9 for a number."""
    value, why = cell
    if isinstance(exact, Unknown):
        return value is None and why == exact.reason
    if why is not None:
        return False
    if isinstance(exact, Fraction) and isinstance(value, int | float):
        return abs(float(value) - float(exact)) <= 1e-9 * abs(float(exact)) + slack
    return value == exact
