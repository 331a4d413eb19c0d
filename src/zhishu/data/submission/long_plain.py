"""The plain rows of a long table, read all at once; what is not plain or not understood is left to be read singly."""

from typing import TYPE_CHECKING, Any

from zhishu.data.sheets import Grid
from zhishu.data.submission.long_rows import SAID, Known, LongRows
from zhishu.data.submission.plain import plain_cells, slot_table

if TYPE_CHECKING:
    import polars


def take_plain(grid: Grid, top: int, reader: LongRows) -> set[int]:
    """Read the plain rows below a head into the sink of a reader and return their numbers.

    A row is plain if it names a region, has more than one cell, all it says is understood, and its number is plain.
    """
    import polars as pl

    rows = _rows(grid, top, reader)
    known = _understood(rows, reader)
    if not known:
        return set()
    keys = [pl.Series(name, [k[i] for k in known], pl.String) for i, name in enumerate((*SAID, "number"))]
    ends = pl.Series("end", [k.slot.period.end.isoformat() for k in known.values()], pl.String)
    slots = pl.DataFrame([*keys, ends]).with_row_index("slot").with_columns(pl.col("slot").cast(pl.Int32))
    rows = rows.join(slots, on=[*SAID, "number"], maintain_order="left").select(
        "row", "words", "text", "type", "slot", "end"
    )
    rows = _placed(rows, list(known.values()), reader)
    common = slot_table([k.slot for k in known.values()], reader.profile.confidence)
    plain = plain_cells(rows.join(common, on="slot", maintain_order="left"), sorted(reader.signs))
    for slot, row, times in _counted(plain, "slot"):
        reader.tell(list(known.values())[slot].apart, row, times)
    for words, end, row, times in _counted(plain, "words", "end"):
        reader.told(reader.placed_at(words, end), words, row, times)
    reader.sink.rows += len(plain)
    reader.sink.block(plain.with_columns(column=pl.lit(reader.columns["value"], pl.Int32)))
    return set(plain.get_column("row").to_list())


def _rows(grid: Grid, top: int, reader: LongRows) -> "polars.DataFrame":
    """Return the rows of several cells that name a region: row, words, text and kind of the number, and ``SAID``."""
    import polars as pl

    body = grid.cells.filter(pl.col("row") > top)
    table = body.group_by("row", maintain_order=True).len()
    named = {"words": "region", "text": "value", **{name: name for name in SAID}}
    for name, field in named.items():
        part = body.filter(pl.col("column") == reader.columns.get(field, 0))
        part = part.select("row", pl.col("text").alias(name), pl.col("kind").alias(f"{name} kind"))
        table = table.join(part, on="row", how="left", maintain_order="left")
    typed = (pl.col("period kind") == "n") if reader.typed else pl.col("period kind").is_not_null()
    number = pl.when(typed).then(pl.lit("n")).otherwise(pl.lit("")).alias("number")
    table = table.with_columns(number, pl.col("text kind").alias("type"), pl.col("words", "text", *SAID).fill_null(""))
    return table.filter((pl.col("words") != "") & (pl.col("len") > 1))


def _understood(rows: "polars.DataFrame", reader: LongRows) -> dict[tuple[str, ...], Known]:
    """Return what is said in the rows, with what it means, in the order in which it is said first."""
    import polars as pl

    said = rows.group_by(*SAID, "number", maintain_order=True).agg(pl.col("row").first())
    found: dict[tuple[str, ...], Known] = {}
    for *words, row in said.iter_rows():
        known = reader.known(tuple(words), row)
        if isinstance(known, Known):
            found[tuple(words)] = known
    return found


def _placed(rows: "polars.DataFrame", known: list[Known], reader: LongRows) -> "polars.DataFrame":
    """Return the rows whose region is known and of a level the series has, with its code as ``region``."""
    import polars as pl

    words = rows.select("words", "end").unique(maintain_order=True)
    read = [reader.placed_at(*pair) for pair in words.iter_rows()]
    places = words.with_columns(
        region=pl.Series([p.code for p in read], dtype=pl.String),
        level=pl.Series(["" if p.problems else p.level for p in read], dtype=pl.String),
    )
    fit = [(n, level) for n, k in enumerate(known) for level in k.slot.series.levels]
    fitting = pl.DataFrame(fit, {"slot": pl.Int32, "level": pl.String}, orient="row")
    rows = rows.join(places, on=["words", "end"], maintain_order="left")
    return rows.join(fitting, on=["slot", "level"], how="semi", maintain_order="left")


def _counted(rows: "polars.DataFrame", *by: str) -> list[tuple[Any, ...]]:
    """Return each group with its first row and the number of its rows."""
    import polars as pl

    return rows.group_by(*by, maintain_order=True).agg(pl.col("row").first(), pl.len()).rows()
