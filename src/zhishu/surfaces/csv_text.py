"""CSV for people: one door, through which no cell goes that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import polars as pl

from zhishu.surfaces.disarm import disarm


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; a text that would be run is disarmed, numbers stay numbers.

    >>> csv_text(["县", "率"], [["=1+1", -3.5]])
    "县,率\\n'=1+1,-3.5\\n"
    """
    return csv_plain([[disarm(cell) for cell in row] for row in (header, *rows)])


def csv_plain(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV that this program reads again itself, every cell as it is; nobody opens it.

    >>> csv_plain([["县", "率"], ["=1+1", "a,b"]])
    '县,率\\n=1+1,"a,b"\\n'
    """
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def frame_csv(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with its mark for Excel; a text that would be run is disarmed."""
    buffer = io.BytesIO()
    disarmed(frame).lazy().sink_csv(buffer, include_bom=True)
    return buffer.getvalue()


def disarmed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose words no spreadsheet runs, for tables too long to be written row by row."""
    found = frame
    for name, dtype in frame.schema.items():
        if dtype != pl.String:
            continue
        words = frame[name]
        # only what may begin a formula, or holds a carriage return, is looked at one by one
        doubtful = (words.str.contains(r"^\s*[=+\-@＝＋－＠]") | words.str.contains(r"^[\t\r\n]|\r")).fill_null(False)
        places = doubtful.arg_true()
        if len(places):
            found = found.with_columns(words.scatter(places, [str(disarm(w)) for w in words.gather(places)]))
    return found
