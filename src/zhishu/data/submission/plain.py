"""Plain numbers read many at once: what ``read_value`` and a multiplication give for each, by columns of a table.

A number is plain if it is written in ordinary digits, few enough for whole numbers of 64 bits, and its factor to the
unit of the series is a decimal. Everything else is read one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.data.intake_cells import MOST_DIGITS
from zhishu.data.sheets.grid import letters
from zhishu.data.submission.figures import exact
from zhishu.data.submission.slot import Slot

if TYPE_CHECKING:
    import polars

_NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?$"
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Times:
    """A factor as ``above`` over a power of ten."""

    above: int
    places: int

    @property
    def digits(self) -> int:
        """Return how many digits a number may have so that the product fits into 64 bits."""
        return MOST_DIGITS - len(str(self.above))


def times_of(slot: Slot) -> Times | None:
    """Return the factor of a slot, or None where its cells have to be looked at one by one.

    >>> from zhishu.data.submission.plain import decimal_factor
    >>> decimal_factor(Fraction(1, 10_000)), decimal_factor(Fraction(1, 3))
    (Times(above=1, places=4), None)
    """
    # a bare number may be a share or a percentage: each is told or asked
    if slot.unit.ratio and slot.percent in ("share", "ask"):
        return None
    return decimal_factor(slot.unit.factor)


def decimal_factor(factor: Fraction) -> Times | None:
    """Return a positive factor as a whole number over the least power of ten, or None where it is none."""
    for places in range(_MOST_PLACES + 1):
        above = factor * 10**places
        if above.denominator == 1:
            times = Times(int(above), places)
            return times if above > 0 and times.digits >= 6 else None
    return None


def slot_table(slots: Sequence[Slot], confidence: str) -> "polars.DataFrame":
    """Return what the figures of each slot have in common: its number ``slot``, factor, and canonical columns."""
    import polars as pl

    rows = []
    for n, slot in enumerate(slots):
        times = times_of(slot)
        series = slot.series
        rows.append(
            (
                *(n, times.above if times else 0, times.places if times else 0, times.digits if times else 0),
                *(slot.period.id, series.id, series.unit, "" if series.price == "none" else series.price, slot.run),
                *(series.kind, slot.status, slot.published.isoformat() if slot.published is not None else ""),
                *(slot.source, confidence, slot.note, slot.unit.unit.symbol, exact(slot.unit.factor)),
            )
        )
    # what is empty is null, as in ``Figures``
    told = [tuple(v if v != "" else None for v in row) for row in rows]
    whole = {"slot": pl.Int32, "above": pl.Int64, "places": pl.Int32, "most": pl.Int32}
    words = ("period", "series", "unit", "basis", "run", "kind", "status", "published", "source", "confidence", "note")
    return pl.DataFrame(told, {**whole, **dict.fromkeys((*words, "unit_written", "factor"), pl.String)}, orient="row")


def plain_cells(cells: "polars.DataFrame", signs: Sequence[str]) -> "polars.DataFrame":
    """Return the cells (text, type, and of their slot most and places) whose number is plain and no declared sign."""
    import polars as pl

    text = pl.col("text")
    decimals = pl.col("text").str.len_bytes().cast(pl.Int32) - pl.col("text").str.find(".", literal=True) - 1
    digits = text.str.len_bytes() - text.str.starts_with("-") - text.str.contains(".", literal=True)
    return cells.filter(
        pl.col("type").is_in(["n", "s"])
        & text.str.contains(_NUMBER)
        & (digits <= pl.col("most"))
        & (decimals.fill_null(0) + pl.col("places") <= MOST_DIGITS)
        & ~text.is_in(list(signs))
    )


def with_values(cells: "polars.DataFrame") -> "polars.DataFrame":
    """Return plain cells (text, above, places) with ``value``: the number times above over 10 to the places, exactly."""
    import polars as pl

    bare = pl.col("text").str.strip_prefix("-").str.splitn(".", 2)
    whole, decimals = bare.struct.field("field_0"), bare.struct.field("field_1").fill_null("")
    step = cells.with_columns(
        (pl.concat_str([whole, decimals]).cast(pl.Int64) * pl.col("above")).alias("n"),
        (decimals.str.len_bytes().cast(pl.Int32) + pl.col("places")).alias("scale"),
    )
    zeros = "0" * (2 * MOST_DIGITS)
    step = step.with_columns(pl.concat_str([pl.lit(zeros), pl.col("n").cast(pl.String)]).alias("digits"))
    cut = pl.col("digits").str.len_bytes().cast(pl.Int32) - pl.col("scale")
    left = pl.col("digits").str.slice(0, cut).str.strip_chars_start("0")
    right = pl.col("digits").str.slice(cut).str.strip_chars_end("0")
    sign = pl.when(pl.col("text").str.starts_with("-") & (pl.col("n") != 0)).then(pl.lit("-")).otherwise(pl.lit(""))
    point = pl.when(right != "").then(pl.lit(".")).otherwise(pl.lit(""))
    left = pl.when(left == "").then(pl.lit("0")).otherwise(left)
    return step.with_columns(pl.concat_str([sign, left, point, right]).alias("value")).drop("n", "scale", "digits")


def with_addresses(cells: "polars.DataFrame", prefix: str) -> "polars.DataFrame":
    """Return cells (row, column) with ``cell``, the place of each in the file."""
    import polars as pl

    columns = cells.get_column("column").unique().to_list()
    words = pl.col("column").replace_strict(columns, [letters(c) for c in columns], return_dtype=pl.String)
    return cells.with_columns(pl.concat_str([pl.lit(prefix), words, pl.col("row").cast(pl.String)]).alias("cell"))
