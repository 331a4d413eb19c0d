"""Engines for registers that outgrow memory: DuckDB and Spark over a typed Parquet file, the same verdicts as polars."""

import os
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Literal

import narwhals as nw
import polars as pl

from zhishu.errors import Problem, ZhishuError
from zhishu.judge.register import Plan, Table, judge_register, lists_of
from zhishu.terms import Text

MEMORY = "1200MB"
"""What DuckDB may hold before it goes to disk."""


def judged_by(
    engine: Literal["duckdb", "spark"], plan: Plan, typed: Path, folder: Path, size: int
) -> Iterator[pl.DataFrame]:
    """Yield the verdicts an engine gives over a typed register, in pieces. Raises ZhishuError ``engine-missing``."""
    why = lacking(engine)
    if why is not None:
        raise ZhishuError(
            [
                Problem(
                    "engine-missing",
                    engine,
                    why,
                    Text("装上，或用 --engine polars", "install it, or use --engine polars"),
                )
            ]
        )
    run: Callable[[Plan, Path, Path], str] = _duckdb if engine == "duckdb" else _spark
    coded = pl.scan_parquet(run(plan, typed, folder))
    # of no row no batch comes, and the answer has its columns all the same
    yield coded.head(0).collect()
    yield from coded.collect_batches(chunk_size=size)


def lacking(engine: Literal["duckdb", "spark"]) -> Text | None:
    """Return why an engine cannot run here, or None."""
    package = "duckdb" if engine == "duckdb" else "pyspark"
    if find_spec(package) is None:
        return Text(f"没有装 {package}", f"{package} is not installed")
    if engine == "spark" and which("java") is None and "JAVA_HOME" not in os.environ:
        return Text("没有 Java", "there is no Java")
    return None


def _distinct(plan: Plan, ask: Callable[[str], Sequence[str]]) -> dict[str, Sequence[str]]:
    keys = {m.fact for d in plan.rules.lists.values() if d.entries is not None for m in d.match}
    return {key: ask(key) for key in sorted(keys)}


def _duckdb(plan: Plan, typed: Path, folder: Path) -> str:
    import duckdb

    coded = folder / "coded.parquet"
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")}) as base:
        base.execute("SET preserve_insertion_order = false")
        register = base.read_parquet(str(typed))

        def ask(key: str) -> list[str]:
            rows = base.execute(f'SELECT DISTINCT "{key}" FROM register WHERE "{key}" IS NOT NULL').fetchall()
            return [row[0] for row in rows]

        base.register("register", register)
        lookups = lists_of(plan.rules, _distinct(plan, ask))

        def lift(table: pl.DataFrame) -> Table:
            path = folder / f"list{len(list(folder.glob('list*')))}.parquet"
            table.write_parquet(path)
            return nw.from_native(base.read_parquet(str(path)))

        verdicts = judge_register(plan, nw.from_native(register), lift, lookups)
        nw.to_native(verdicts).write_parquet(str(coded))
    return str(coded)


def _spark(plan: Plan, typed: Path, folder: Path) -> str:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[*]")
        .appName("zhishu")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    try:
        register = session.read.parquet(str(typed))

        def ask(key: str) -> list[str]:
            return [r[0] for r in register.select(key).distinct().collect() if r[0] is not None]

        lookups = lists_of(plan.rules, _distinct(plan, ask))

        def lift(table: pl.DataFrame) -> Table:
            path = folder / f"list{len(list(folder.glob('list*')))}.parquet"
            table.write_parquet(path)
            found: Table = nw.from_native(session.read.parquet(str(path)))
            return found

        verdicts = judge_register(plan, nw.from_native(register), lift, lookups)
        nw.to_native(verdicts).write.parquet(str(folder / "coded"))
    finally:
        session.stop()
    return str(folder / "coded" / "*.parquet")
