"""Entries: a fact with its place in the chain, and how its seal is computed.

The seal is the SHA-256 (or SM3, see ``hashes``) of these eleven texts joined by line feeds: the seal before, the number of the entry,
stream, version, act, account, unit, instant, day, key, body. The body is JSON with sorted keys and no spaces.
No text but the body may hold a control character, and JSON escapes those of the body: so no two entries have
the same joined text. Anybody can check a chain with a few lines of any language.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from sys import intern

from zhishu.coordinate.fact import Fact
from zhishu.ledger.hashes import DEFAULT, digest

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_BODY = json.JSONDecoder()
_day = lru_cache(maxsize=10_000)(date.fromisoformat)

Row = tuple[int, str, int, str, str, str, str, str, str, str, str, str]
"""An entry as stored: seq, stream, version, act, account, unit, at, day, key, body, before, seal."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact in the chain: its number from 1, the key that makes it unique if it has one, and its seal."""

    seq: int
    fact: Fact
    key: str
    before: str
    seal: str


def seal(before: str, texts: tuple[str, ...], hash: str = DEFAULT) -> str:
    """Return the seal of an entry from the seal before it and its ten texts, in their order.

    >>> seal("0" * 64, ("1", "unit/a", "1", "create", "x", "a", "2019-03-01T00:00:00.000000Z", "2019-03-01", "", "{}"))[:8]
    '942c800f'
    """
    return digest("\n".join((before, *texts)).encode(), hash)


def instant(at: datetime) -> str:
    """Return an instant as it is stored: UTC, microseconds, always 27 characters."""
    return f"{at.astimezone(UTC).isoformat('T', 'microseconds')[:26]}Z"


def row(seq: int, fact: Fact, key: str, before: str, hash: str = DEFAULT) -> Row:
    """Return a fact as the row that is stored, sealed. Raises ValueError for a text with control characters."""
    body = json.dumps(dict(fact.body), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    at, on = instant(fact.at), fact.on.isoformat()
    texts = (fact.stream, fact.act, fact.by, fact.unit, key)
    if any(ord(c) < 32 or ord(c) == 127 for text in texts for c in text):
        raise ValueError("a control character in an id")
    said = (str(seq), fact.stream, str(fact.version), fact.act, fact.by, fact.unit, at, on, key, body)
    sealed = seal(before, said, hash)
    return seq, fact.stream, fact.version, fact.act, fact.by, fact.unit, at, on, key, body, before, sealed


def resealed(stored: Row, hash: str = DEFAULT) -> str:
    """Return the seal that a stored row should have."""
    seq, stream, version, act, by, unit, at, on, key, body, before, _ = stored
    return seal(before, (str(seq), stream, str(version), act, by, unit, at, on, key, body), hash)


def entry(stored: Row) -> Entry:
    """Return the entry of a stored row. Raises ValueError for one that is no entry."""
    seq, stream, version, act, by, unit, at, on, key, body, before, sealed = stored
    if _INSTANT.fullmatch(at) is None:
        raise ValueError(f"not an instant as stored: {at}")
    when = datetime.fromisoformat(at)
    said, end = _BODY.raw_decode(body)
    if end != len(body):
        raise ValueError(f"more than one body: {body[end:][:60]}")
    # the same few names and days stand in a million entries: each is kept once
    stream, act, by, unit = intern(stream), intern(act), intern(by), intern(unit)
    return Entry(seq, Fact(stream, version, act, by, unit, when, _day(on), said), key, before, sealed)
