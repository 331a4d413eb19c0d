"""A hash chain over entries, held in memory: append, and find the first entry that was tampered with."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry with the hash of everything up to it."""

    body: Mapping[str, str]
    seal: str


def _seal(before: str, body: Mapping[str, str]) -> str:
    text = json.dumps(dict(sorted(body.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def append(entries: Sequence[Sealed], body: Mapping[str, str]) -> tuple[Sealed, ...]:
    """Return the entries with one more.

    >>> verify(append((), {"task": "t1", "act": "open"})) is None
    True
    """
    before = entries[-1].seal if entries else ORIGIN
    return (*entries, Sealed(dict(body), _seal(before, body)))


def verify(entries: Sequence[Sealed]) -> int | None:
    """Return the index of the first entry whose seal does not hold, or None.

    >>> good = append(append((), {"act": "open"}), {"act": "close"})
    >>> verify((good[1], good[0]))
    0
    """
    before = ORIGIN
    for index, entry in enumerate(entries):
        if entry.seal != _seal(before, entry.body):
            return index
        before = entry.seal
    return None
