"""The second back end of the formula language: whole tables at once, on polars and DuckDB."""

from zhishu.formula.engine.inputs import ColumnKind, kinds_of, read_cell
from zhishu.formula.engine.panel import run_panel
from zhishu.formula.engine.panel_reach import years_read
from zhishu.formula.engine.register import Compiled, Program, compile_register, run_register

__all__ = [
    "ColumnKind",
    "Compiled",
    "Program",
    "compile_register",
    "kinds_of",
    "read_cell",
    "run_panel",
    "run_register",
    "years_read",
]
