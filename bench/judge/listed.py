"""The dated negative list laid out for every pair of industry and county: on which days listed, on which maybe.

Each key of the list is "this prefix and this county and this span of days", and the list is Kleene's ``or`` of its keys: a
missing county may be any, yet a key for 全部 holds without it; a missing industry or day leaves what is left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from facts import ALL, COUNTIES, INDUSTRIES

PLACES = len(COUNTIES) + 1
PAIRS = (len(INDUSTRIES) + 1) * PLACES
NEVER = 1_000_000
"""A day after all."""

Spans = Sequence[tuple[pl.Series, pl.Series]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Spans of days by pair, first to before last: surely listed, and perhaps; the k-th of each pair in the k-th two."""

    sure: Spans
    may: Spans

    def holds(self, pair: pl.Expr, day: pl.Expr) -> pl.Expr:
        """Return whether a pair is listed on a day (since 1970, null if missing); null where that is open."""
        sure, may = (_within(spans, pair, day) for spans in (self.sure, self.may))
        ever = _at(self.may[0][0], pair) < NEVER
        return pl.when(sure).then(True).when(~pl.coalesce(may, ever)).then(False)


def listed_days(negative: pl.DataFrame) -> Listed:
    """Return the list over every pair of industry and county, the last of each standing for a missing one."""
    spans = negative.select(
        prefix="industry",
        where="county",
        begin=pl.col("valid_from").to_physical(),
        end=pl.col("valid_to").to_physical().fill_null(NEVER - 2) + 1,
    )
    industries = pl.DataFrame({"code": INDUSTRIES}).with_row_index("i")
    places = pl.DataFrame({"where": COUNTIES}).with_row_index("c")
    known = industries.join_where(spans, pl.col("code").str.starts_with(pl.col("prefix"))).drop("code")
    missing = spans.with_columns(pl.lit(len(INDUSTRIES), pl.UInt32).alias("i"))
    both = pl.concat(
        [f.select("i", "where", "begin", "end", sure=pl.lit(s)) for f, s in ((known, True), (missing, False))]
    )
    everywhere = both.filter(pl.col("where") == ALL)
    rows = pl.concat(
        [
            both.join(places, on="where"),
            everywhere.join(places.select("c"), how="cross"),
            both.with_columns(pl.col("sure") & (pl.col("where") == ALL), pl.lit(PLACES - 1, pl.UInt32).alias("c")),
        ],
        how="diagonal",
    ).select((pl.col("i") * PLACES + pl.col("c")).alias("pair"), "begin", "end", "sure")
    return Listed(_merged(rows.filter("sure")), _merged(rows))


def _merged(rows: pl.DataFrame) -> Spans:
    """Return the spans of each pair as few as they can be: those that meet become one.

    Days are counted on from pair to pair, so that one running maximum serves all: windows over 90,000 pairs are slow.
    """
    shift = pl.col("pair").cast(pl.Int64) * (2 * NEVER)
    spans = rows.sort("pair", "begin").with_columns(from_=shift + pl.col("begin"), until=shift + pl.col("end"))
    first = (pl.col("from_") > pl.col("until").cum_max().shift(1)).fill_null(True)
    merged = (
        spans.with_columns(first.cast(pl.UInt32).cum_sum().alias("run"))
        .group_by("run")
        .agg(pl.col("pair").first(), pl.col("begin").min(), pl.col("end").max())
        .sort("run")
        .with_row_index("at")
    )
    opens = (pl.col("pair") != pl.col("pair").shift(1)).fill_null(True)
    merged = merged.with_columns(pl.col("at") - pl.when(opens).then(pl.col("at")).forward_fill()).rename({"at": "n"})
    every = pl.DataFrame({"pair": pl.int_range(PAIRS, dtype=pl.UInt32, eager=True)})
    found = []
    for (_,), part in merged.sort("n", "pair").group_by("n", maintain_order=True):
        wide = every.join(part, on="pair", how="left", maintain_order="left").fill_null(NEVER)
        found.append((wide["begin"], wide["end"]))
    return found


def _at(values: pl.Series, pair: pl.Expr) -> pl.Expr:
    return pl.lit(values).gather(pair)


def _within(spans: Spans, pair: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.any_horizontal(((day >= _at(b, pair)) & (day < _at(e, pair))) for b, e in spans)
