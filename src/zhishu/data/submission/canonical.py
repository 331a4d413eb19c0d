"""The content of a reading as bytes: the same figures give the same bytes, whatever file they came in."""

import csv
import hashlib
import io
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.observation import Observation
from zhishu.data.submission.figures import CANONICAL, ORIGIN, number_of
from zhishu.data.submission.reading import Reading
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

if TYPE_CHECKING:
    import polars

COLUMNS = CANONICAL
PROVENANCE = ("region", "period", "series", "status", *ORIGIN)


def canonical(reading: Reading) -> bytes:
    """Return the figures as UTF-8 CSV, sorted, columns as in ``COLUMNS``; values are exact decimals or fractions.

    Neither the file, nor the cells, nor the day it was handed in are part of it.
    """
    # a reading is sorted by series, region, period and status
    return _csv(reading.figures.table.select(COLUMNS))


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of canonical bytes: the name under which the content is recognised."""
    return hashlib.sha256(content).hexdigest()


def provenance(reading: Reading) -> bytes:
    """Return where each figure stood as UTF-8 CSV in the order of the canonical rows, columns as in ``PROVENANCE``."""
    import polars as pl

    # a cell of several lines stands on one
    written = pl.col("written").str.replace_all(r"\s+", " ").str.strip_chars()
    return _csv(reading.figures.table.with_columns(written).select(PROVENANCE))


def from_canonical(content: bytes, day: date, ref: str = "") -> tuple[Observation, ...]:
    """Return the observations of canonical bytes, known from ``day`` where no published date stands with them.

    ``ref`` names the store and is followed by the line. Raises ZhishuError ``canonical-broken`` with the line.
    """
    found: list[Observation] = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(ref, 1) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(reader, ())) != COLUMNS:
        raise _broken(ref, 1)
    for row in reader:
        try:
            region, period, series, value, unit, basis, run, kind, status, published, source, confidence, note = row
            known = date.fromisoformat(published) if published else None
            if status not in ("actual", "planned"):
                raise ValueError(status)
            found.append(
                Observation(
                    region,
                    period,
                    series,
                    number_of(value),
                    unit,
                    basis,
                    run,
                    kind,
                    "planned" if status == "planned" else "actual",
                    known,
                    known if known is not None else day,
                    source,
                    confidence,
                    note,
                    f"{ref}:{reader.line_num}",
                )
            )
        except (ValueError, ZeroDivisionError) as error:
            raise _broken(ref, reader.line_num) from error
    return tuple(found)


def _csv(table: "polars.DataFrame") -> bytes:
    """Return a table of texts as CSV, quoted where it must be."""
    # what is empty is null, because polars sets an empty text in quotation marks
    buffer = io.BytesIO()
    table.write_csv(buffer)
    return buffer.getvalue()


def _broken(ref: str, line: int) -> ZhishuError:
    what = Text("存的行读不出", "a stored row cannot be read")
    return ZhishuError([Problem("canonical-broken", f"{ref}:{line}", what, Text("核对存储", "verify the store"))])
