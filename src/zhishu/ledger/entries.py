"""Entries on tasks in the ledger: written as plain text fields, read back the same, sealed in order."""

from collections.abc import Mapping, Sequence
from datetime import date

from zhishu.coordinate import Entry
from zhishu.ledger.chain import ORIGIN, Sealed, append, verify


def to_body(entry: Entry) -> dict[str, str]:
    """Return an entry as the text fields that are sealed.

    >>> to_body(Entry("示例任务", 1, "open", "示例局", date(2019, 3, 1)))["on"]
    '2019-03-01'
    """
    return {
        "task": entry.task,
        "seq": str(entry.seq),
        "act": entry.act,
        "actor": entry.actor,
        "on": entry.on.isoformat(),
        "evidence": entry.evidence,
        "note": entry.note,
    }


def from_body(body: Mapping[str, str]) -> Entry:
    """Return the entry of a body. Raises KeyError or ValueError for a body that holds none."""
    day = date.fromisoformat(body["on"])
    return Entry(body["task"], int(body["seq"]), body["act"], body["actor"], day, body["evidence"], body["note"])


def record(chain: Sequence[Sealed], new: Entry) -> tuple[Sealed, ...]:
    """Return the chain with one more entry on a task."""
    return append(chain, to_body(new))


def replay(chain: Sequence[Sealed]) -> list[Entry]:
    """Return the entries of a chain in order. Raises ValueError, naming the first bad one, if a seal fails."""
    bad = verify(chain)
    if bad is not None:
        raise ValueError(f"entry {bad} does not match its seal")
    return [from_body(e.body) for e in chain]


def head(chain: Sequence[Sealed]) -> str:
    """Return the last seal: kept elsewhere, it shows that entries were cut off the end."""
    return chain[-1].seal if chain else ORIGIN
