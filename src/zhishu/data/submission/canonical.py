"""The content of a reading as bytes: the same figures give the same bytes, whatever file they came in."""

import csv
import hashlib
import io
from datetime import date
from fractions import Fraction

from zhishu.data.observation import Observation
from zhishu.data.submission.reading import Reading, exact
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

COLUMNS = (
    *("region", "period", "series", "value", "unit", "basis", "run", "kind", "status", "published", "source"),
    *("confidence", "note"),
)
PROVENANCE = ("region", "period", "series", "status", "cell", "written", "unit_written", "factor")


def canonical(reading: Reading) -> bytes:
    """Return the figures as UTF-8 CSV, sorted, columns as in ``COLUMNS``; values are exact decimals or fractions.

    Neither the file, nor the cells, nor the day it was handed in are part of it.
    """
    # a reading is sorted by series, region, period and status
    return _csv(COLUMNS, [_row(o) for o in reading.observations])


def content_hash(reading: Reading) -> str:
    """Return the SHA-256 of the canonical bytes: the name under which the content is recognised."""
    return hashlib.sha256(canonical(reading)).hexdigest()


def provenance(reading: Reading) -> bytes:
    """Return where each figure stood as UTF-8 CSV in the order of the canonical rows, columns as in ``PROVENANCE``."""
    rows: list[tuple[str, ...]] = []
    for f in reading.figures:
        o, written = f.observation, " ".join(f.written.split())
        rows.append((o.region, o.period, o.series, o.status, f.cell, written, f.unit, exact(f.factor)))
    return _csv(PROVENANCE, rows)


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
                    _number(value),
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


def _row(o: Observation) -> tuple[str, ...]:
    published = o.published.isoformat() if o.published is not None else ""
    return (
        *(o.region, o.period, o.series, _written(o.value), o.unit, o.basis, o.run, o.kind, o.status, published),
        *(o.source, o.confidence, o.note),
    )


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else exact(value)


def _number(text: str) -> Fraction:
    whole, point, decimals = text.partition(".")
    if point and decimals.isdecimal():
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    return Fraction(int(text)) if "/" not in text else Fraction(text)


def _csv(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _broken(ref: str, line: int) -> ZhishuError:
    what = Text("存的行读不出", "a stored row cannot be read")
    return ZhishuError([Problem("canonical-broken", f"{ref}:{line}", what, Text("核对存储", "verify the store"))])
