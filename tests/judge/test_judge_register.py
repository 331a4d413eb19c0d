"""Verdicts over a register equal those of one row at a time, on polars and on DuckDB."""

from fractions import Fraction

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.formula.evaluate import as_truth, evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.judge import judge
from zhishu.judge.register import Rules, judge_register
from zhishu.logic import Unknown

WRITTEN = (
    ("stop", "supplied / approved < 0.6"),
    ("warn", "supplied < 50 and approved > 10"),
    ("stop", "approved == 7"),
)
RULES = Rules([(give, parse(text)) for give, text in WRITTEN], "pass", "undetermined")
CELL = st.none() | st.integers(0, 100)


def one(supplied: int | None, approved: int | None) -> tuple[str, set[str], int | None]:
    """Return the verdict of one row by the scalar verb."""
    facts = {"supplied": supplied, "approved": approved}
    scope = Plain({k: Unknown("missing") if v is None else Fraction(v) for k, v in facts.items()})
    truths = [as_truth(evaluate(node, scope)) for _, node in RULES.ordered]
    found = judge([g for g, _ in RULES.ordered], RULES.otherwise, RULES.unknown, truths)
    return found.outcome, set(found.possible), found.fired


def rows(frame: pl.DataFrame) -> list[tuple[str, set[str], int | None]]:
    """Return verdict, possible outcomes and rule of each row in order."""
    kept = frame.sort("n").select("verdict", "verdict__possible", "verdict__fired")
    return [(v, set(p.split("|")), f) for v, p, f in kept.rows()]


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_t48_registers_judge_as_rows_do(cells: list[tuple[int | None, int | None]]) -> None:
    """0/0, empty cells and ordered rules give the same verdict for a table as for each of its rows."""
    table = pl.DataFrame(
        {"n": range(len(cells)), "supplied": [a for a, _ in cells], "approved": [b for _, b in cells]},
        schema={"n": pl.Int64, "supplied": pl.Int64, "approved": pl.Int64},
    )
    assert rows(judge_register(RULES, table)) == [one(a, b) for a, b in cells]


def test_duckdb_gives_the_same_verdicts() -> None:
    """The engine of the table does not matter."""
    land = pl.DataFrame({"n": [0, 1, 2, 3], "supplied": [60, 0, None, 90], "approved": [100, 0, 7, 100]})
    relation = duckdb.sql("select * from land")
    assert rows(judge_register(RULES, relation).pl()) == rows(judge_register(RULES, land))
