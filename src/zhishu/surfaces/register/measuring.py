"""Measured distances of a register: sites from its columns, the columns a measurement fills, and what is kept of each."""

import numpy as np
import polars as pl

from zhishu.pack.book import Book
from zhishu.pack.measured import Measured
from zhishu.system.books.measure import Floats, Found, Sites, Words, lengths_of

TAKEN: dict[str, type[pl.DataType]] = {
    "measured": pl.String,
    "metres": pl.Float64,
    "tolerance": pl.Float64,
    "line": pl.String,
    "kind": pl.String,
    "crs": pl.String,
    "conversion": pl.Float64,
}
"""What is kept of each measurement beside the key: which, metres, tolerance, line, its kind, system, error of conversion."""


def sites(book: Book, m: Measured, stated: pl.DataFrame) -> Sites:
    """Return the sites of a piece as its facts state them; a day or a number that is missing is NaN."""

    def number(name: str) -> Floats:
        return stated[name].cast(pl.Float64).to_numpy()

    def word(name: str | None) -> Words:
        return (
            np.full(len(stated), None, dtype=object) if name is None else np.array(stated[name].to_list(), dtype=object)
        )

    names = stated[book.key].fill_null("?").to_list()
    day = np.full(len(stated), np.nan)
    if book.as_of is not None:
        days = [np.nan if d is None else d.toordinal() for d in stated[book.as_of].to_list()]
        day = np.array(days, dtype=np.float64)
    lengths = {key: (number(of.distance), number(of.tolerance)) for key, of in lengths_of(m).items()}
    return Sites(names, number(m.x), number(m.y), word(m.crs), number(m.error), day, word(m.kind), lengths)


def given(m: Measured, found: Found) -> list[pl.Series]:
    """Return the columns a measurement gives."""
    given: list[pl.Series] = []
    for key, of in lengths_of(m).items():
        given.append(pl.Series(of.distance, found.lengths[key].distance, nan_to_null=True))
        given.append(pl.Series(of.tolerance, found.lengths[key].tolerance, nan_to_null=True))
    return given if m.kind is None else [*given, pl.Series(m.kind, found.kind.tolist(), dtype=pl.String)]


def taken(book: Book, m: Measured, stated: pl.DataFrame, found: Found) -> list[pl.DataFrame]:
    """Return the cases whose distance was measured: metres, tolerance, to which line, of which kind, by which coordinates.

    Of the nearest line first, then kind by kind.
    """
    tables: list[pl.DataFrame] = []
    for key, length in found.lengths.items():
        columns = {
            book.key: stated[book.key],
            "measured": [f"{m.id}.{key}" if key else m.id] * len(stated),
            "metres": length.distance,
            "tolerance": pl.Series(length.tolerance, nan_to_null=True),
            "line": length.line.tolist(),
            "kind": [key] * len(stated) if key else found.kind.tolist(),
            "crs": stated[m.crs],
            "conversion": pl.Series(found.shift, nan_to_null=True),
        }
        whole = pl.DataFrame(columns, schema={book.key: pl.String, **TAKEN})
        tables.append(whole.filter(pl.Series(length.measured)))
    return tables
