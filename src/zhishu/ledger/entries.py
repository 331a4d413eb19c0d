"""Task records in the ledger: written as plain text fields, read back the same, sealed in order."""

from collections.abc import Mapping, Sequence
from datetime import date

from zhishu.coordinate.record import Record
from zhishu.coordinate.verb import Entry
from zhishu.ledger.chain import ORIGIN, Sealed, append, verify


def to_body(record: Record) -> dict[str, str]:
    """Return a record as the text fields that are sealed.

    >>> to_body(Record(Entry("示例任务", 1, "open", "示例局", date(2019, 3, 1), "")))["on"]
    '2019-03-01'
    """
    e = record.entry
    return {
        "task": e.task,
        "seq": str(e.seq),
        "act": e.act,
        "actor": e.actor,
        "on": e.on.isoformat(),
        "evidence": e.evidence,
        "note": record.note,
    }


def from_body(body: Mapping[str, str]) -> Record:
    """Return the record of a body. Raises KeyError or ValueError for a body that holds none."""
    day = date.fromisoformat(body["on"])
    entry = Entry(body["task"], int(body["seq"]), body["act"], body["actor"], day, body["evidence"])
    return Record(entry, body["note"])


def record(entries: Sequence[Sealed], new: Record) -> tuple[Sealed, ...]:
    """Return the chain with one more task record."""
    return append(entries, to_body(new))


def replay(entries: Sequence[Sealed]) -> list[Record]:
    """Return the task records of a chain. Raises ValueError, naming the first bad entry, if a seal fails."""
    bad = verify(entries)
    if bad is not None:
        raise ValueError(f"entry {bad} does not match its seal")
    return [from_body(e.body) for e in entries]


def head(entries: Sequence[Sealed]) -> str:
    """Return the last seal: kept elsewhere, it shows that entries were cut off the end."""
    return entries[-1].seal if entries else ORIGIN
