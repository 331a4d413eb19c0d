"""A register gives each row the best and the worst that one case by itself would give, on every engine."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from judge_books import book_of, given

from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.possible import weigh
from zhishu.judge.register import judge_register, plan_register
from zhishu.judge.ruleset import RuleSet, assemble

TODAY = date(2022, 12, 31)
DTYPES = {"number": pl.Int64, "truth": pl.Boolean, "choice": pl.String, "code": pl.String, "date": pl.Date}


def registers(seed: int, sets: int, each: int, combine: str) -> list[tuple[RuleSet, Any, list[dict[str, Any]]]]:
    """Return rule sets with their neutral rules and the facts of each row."""
    from judge_cases import cases

    found: dict[int, tuple[RuleSet, Any, list[dict[str, Any]]]] = {}
    for case in cases(seed, sets, each):
        if id(case.rules) not in found:
            found[id(case.rules)] = (assemble(book_of(case.rules, combine), TODAY), case.rules, [])
        found[id(case.rules)][2].append(case.facts)
    return list(found.values())


def frame_of(rules: Any, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return facts as a table; what is not known is null."""
    columns = {"id": pl.Series([f"示例{i:04}" for i in range(len(rows))])}
    for name, fact in rules["facts"].items():
        values = [row.get(name) for row in rows]
        if fact["kind"] == "date":
            values = [None if v is None else date.fromisoformat(v) for v in values]
        columns[name] = pl.Series(values, dtype=DTYPES[fact["kind"]])
    return pl.DataFrame(columns)


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_a_register_says_what_each_case_says(combine: str) -> None:
    """Best and worst are those of the single case where the row is marked exact, and bounds of them elsewhere."""
    exact = 0
    for rules, neutral, rows in registers(7, 40, 40, combine):
        found = judge_chunk(plan_register(rules), frame_of(neutral, rows))
        assert found["id"].to_list() == [f"示例{i:04}" for i in range(len(rows))]
        for facts, row in zip(rows, found.to_dicts(), strict=True):
            weighed = weigh(rules, given(neutral, facts))
            left = weighed.left
            shown = (neutral, facts, row, left)
            if weighed.exact:
                assert row["best"] <= min(left), shown
                assert row["worst"] >= max(left), shown
            if row["exact"] and weighed.exact:
                assert (row["best"], row["worst"]) == (min(left), max(left)), shown
            assert (row["verdict"] is None) == (row["best"] != row["worst"])
            exact += row["exact"]
    assert exact > 1_000


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_engines_agree_row_by_row(combine: str) -> None:
    """polars in memory, polars lazily and DuckDB give the same bytes for the same row."""
    for rules, neutral, rows in registers(11, 6, 60, combine):
        plan, frame = plan_register(rules), frame_of(neutral, rows)
        here = judge_chunk(plan, frame)
        lazily = judge_register(plan, nw.from_native(frame.lazy()), lambda t: nw.from_native(t.lazy()), {})
        with duckdb.connect() as base:
            relation = nw.from_native(base.from_arrow(frame.to_arrow()))
            there = judge_register(plan, relation, lambda t: nw.from_native(base.from_arrow(t.to_arrow())), {})
            duck = nw.to_native(there).pl().sort("id")
        other = nw.to_native(lazily).collect().sort("id")
        assert other.equals(here.select(other.columns)), neutral
        assert duck.cast(other.schema).equals(other), neutral
