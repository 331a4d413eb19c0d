"""A million made-up siting applications, and a dated negative list of 1,740 keys: the same bytes for the same seed.

``python bench/judge/applications.py FOLDER ROWS`` writes Parquet files of a million rows each, one at a time, for tables
that do not fit in memory (50 million rows: ``python bench/judge/applications.py /tmp/siting 50000000``).
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from facts import ACTIONS, ALL, COUNTIES, FACTS, INDUSTRIES, KINDS

KEYS = 1740
BLOCK = 100_000
"""Rows drawn from one seed: a longer table begins with the rows of a shorter one."""
FIRST, LAST = date(2017, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
EPOCH = date(1970, 1, 1).toordinal()

Column = np.ndarray


def negative_list(seed: int = 1) -> pl.DataFrame:
    """Return the negative list: industry (prefix of 2 to 4 digits), county or 全部, valid_from, valid_to or null.

    Both days are valid; a key stands once. 4 in 100 keys are for every county.
    """
    random = np.random.default_rng([seed, 0])
    keys: dict[tuple[str, str], None] = {}
    while len(keys) < KEYS:
        digits = int(random.choice([2, 3, 4], p=[0.03, 0.17, 0.8]))
        everywhere = random.random() < 0.04
        prefix = str(random.choice(INDUSTRIES))[: max(digits, 3) if everywhere else digits]
        keys[(prefix, ALL if everywhere else str(random.choice(COUNTIES)))] = None
    begin = random.integers(FIRST, LAST - 365, KEYS)
    end = begin + random.integers(0, 2000, KEYS)
    days = pl.DataFrame(
        {"valid_from": begin - EPOCH, "valid_to": end - EPOCH},
        schema_overrides=dict.fromkeys(("valid_from", "valid_to"), pl.Int32),
    )
    open_ended = pl.Series(random.random(KEYS) < 0.5)
    names = pl.DataFrame(list(keys), schema=["industry", "county"], orient="row")
    return names.hstack(days.cast(pl.Date)).with_columns(
        pl.when(open_ended).then(None).otherwise(pl.col("valid_to")).alias("valid_to")
    )


def county_land(seed: int = 1) -> tuple[Column, Column]:
    """Return 公顷 approved and supplied for each county: some have nothing approved, some stand at 60 % exactly."""
    random = np.random.default_rng([seed, 1])
    size = len(COUNTIES)
    approved = random.integers(1, 400, size) * 5
    supplied = (approved * random.uniform(0.35, 1.05, size)).astype(np.int64)
    exact = random.random(size) < 0.1
    supplied[exact] = approved[exact] * 3 // 5
    nothing = random.random(size) < 0.08
    approved[nothing] = 0
    supplied[nothing] = 0
    return approved, supplied


def applications(rows: int, seed: int = 1, first: int = 0) -> pl.DataFrame:
    """Return applications ``first`` to ``first + rows``; each fact but the id is missing in 10 % of the rows.

    Every column is in one piece, as each of the engines wants it. ``first`` is a multiple of 100,000.
    """
    assert first % BLOCK == 0, "first is a multiple of 100,000"
    land = county_land(seed)
    blocks = [_block(seed, first // BLOCK + n, land) for n in range(-(-rows // BLOCK))]
    return pl.concat(blocks).head(rows).rechunk()


def chunks(rows: int, seed: int = 1, size: int = 1_000_000) -> Iterator[pl.DataFrame]:
    """Give the table in pieces of ``size`` rows (a multiple of 100,000): one is in memory at a time."""
    for first in range(0, rows, size):
        yield applications(min(size, rows - first), seed, first)


def write(folder: Path, rows: int, seed: int = 1) -> None:
    """Write the list and the table as Parquet, a file for every million rows."""
    folder.mkdir(parents=True, exist_ok=True)
    negative_list(seed).write_parquet(folder / "negative.parquet")
    for n, piece in enumerate(chunks(rows, seed)):
        piece.write_parquet(folder / f"siting-{n:04}.parquet")


def _block(seed: int, number: int, land: tuple[Column, Column]) -> pl.DataFrame:
    random = np.random.default_rng([seed, 2, number])
    county = random.integers(0, len(COUNTIES), BLOCK)
    area = _at_lines(random, np.exp(random.normal(4.2, 1.4, BLOCK)), (0, 1000, 1001))
    invest = _at_lines(random, np.maximum(area, 1) * np.exp(random.normal(5.9, 0.7, BLOCK)), (0, 199, 200))
    lines = random.random(BLOCK) < 0.02
    invest[lines] = area[lines] * random.choice([200, 250, 300], BLOCK)[lines]
    tolerance = random.choice([0, 5, 10, 50, 200], BLOCK, p=[0.2, 0.3, 0.3, 0.15, 0.05])
    river = _at_lines(random, random.exponential(9000, BLOCK), (0, 1000, 1001, 3000, 3001))
    edge = random.random(BLOCK) < 0.02
    river[edge] = (random.choice([1000, 3000], BLOCK) + random.choice([-1, 0, 1], BLOCK) * tolerance)[edge]
    drawn: dict[str, pl.Series] = {
        "industry": _words(random.integers(0, len(INDUSTRIES), BLOCK), INDUSTRIES),
        "county": _words(county, COUNTIES),
        "action": _words(random.choice(3, BLOCK, p=[0.6, 0.3, 0.1]), ACTIONS),
        "kind": _words(random.choice(3, BLOCK, p=[0.08, 0.87, 0.05]), KINDS),
        "invest": pl.Series(invest),
        "area": pl.Series(area),
        "river_m": pl.Series(np.maximum(river, 0)),
        "tolerance_m": pl.Series(tolerance.astype(np.int64)),
        "in_eco_red_line": pl.Series(random.random(BLOCK) < 0.05),
        "in_park": pl.Series(random.random(BLOCK) < 0.5),
        "land_approved": pl.Series(land[0][county]),
        "land_supplied": pl.Series(land[1][county]),
        "applied_on": pl.Series((random.integers(FIRST, LAST + 1, BLOCK) - EPOCH).astype(np.int32)).cast(pl.Date),
    }
    ids = pl.Series("id", np.arange(number * BLOCK, (number + 1) * BLOCK))
    missing = [pl.when(pl.lit(pl.Series(random.random(BLOCK) >= 0.1))).then(pl.col(f)).alias(f) for f in FACTS]
    return pl.DataFrame({"id": ids, **drawn}).with_columns(missing)


def _words(codes: Column, words: tuple[str, ...]) -> pl.Series:
    return pl.Series(words).gather(pl.Series(codes))


def _at_lines(random: np.random.Generator, drawn: Column, lines: tuple[int, ...]) -> Column:
    """Return whole numbers, 2 in 100 of them at a line of a rule."""
    whole = drawn.astype(np.int64)
    at = random.random(len(whole)) < 0.02
    whole[at] = random.choice(lines, len(whole))[at]
    return whole


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
