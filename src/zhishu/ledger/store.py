"""Reading and adding entries. One writer at a time: what a pen has read cannot change before it has written."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from zhishu.coordinate.fact import Fact
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger.entry import Entry, entry, instant, row
from zhishu.ledger.hashes import DEFAULT, ORIGINS, differs, hash_of
from zhishu.ledger.tables import BLOB, ENTRY
from zhishu.terms import Text

_LOCK = 7_305_061_820
"""The advisory lock that stands for the head of the chain on PostgreSQL."""

GATE = "zhishu_gate"
"""The option of an engine that holds the lock before its pen: many writers of one process would else take every
connection, wait for each other with them, and leave none to whoever must read before they can go on."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: number and seal of the last entry, and its instant as stored."""

    seq: int
    seal: str
    at: str


class Stale(Exception):
    """Raised where somebody else has written to a subject since it was read; holds the entries in between."""

    def __init__(self, stream: str, expected: int, since: Sequence[Entry]) -> None:
        self.stream, self.expected, self.since = stream, expected, tuple(since)
        super().__init__(f"{stream} is no longer at version {expected}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that holds the only write transaction; it is committed at the end, or undone whole."""
    gate = engine.get_execution_options()[GATE]
    with gate, engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        yield connection


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger. Safe to share between threads and processes. ``hash`` seals the chain, once it is begun."""

    engine: Engine
    hash: str = DEFAULT

    def head(self) -> Head:
        """Return the end of the chain."""
        with self.engine.connect() as connection:
            return _head(connection, self.hash)

    def read(self, after: int = 0, stream: str | None = None) -> Iterator[Entry]:
        """Yield the entries after a number, in order; of one stream if asked."""
        with self.engine.connect() as connection:
            yield from _read(connection, after, stream)

    def entries(self, seqs: Sequence[int]) -> tuple[Entry, ...]:
        """Return the entries of some numbers, no more than a few hundred, in their order in the chain."""
        query = select(*ENTRY.c).where(ENTRY.c.seq.in_(seqs)).order_by(ENTRY.c.seq)
        with self.engine.connect() as connection:
            return tuple(entry(tuple(stored)) for stored in connection.execute(query))

    def by_subject(self) -> Iterator[Entry]:
        """Yield every entry recorded so far, subject by subject, those of each in their order."""
        with self.engine.connect() as connection:
            yield from _entries(connection, select(*ENTRY.c).order_by(ENTRY.c.stream, ENTRY.c.version))

    def blob(self, hash: str) -> bytes | None:
        """Return a kept file, None where there is none."""
        with self.engine.connect() as connection:
            return connection.execute(select(BLOB.c.content).where(BLOB.c.hash == hash)).scalar()

    @contextmanager
    def writing(self) -> Iterator["Pen"]:
        """Yield a pen. What it wrote is kept when the block ends, and nothing of it where the block raises.

        Raises ZhishuError ``ledger-write-failed`` where the database refuses (disk full, read only, no answer).
        """
        try:
            with writing(self.engine) as connection:
                began = _hash(connection)
                if began not in (None, self.hash):
                    raise differs(self.hash, str(began))
                yield Pen(connection, _head(connection, self.hash), self.hash)
        except DBAPIError as error:
            what = Text(
                f"没有写进登记簿（{error.orig}），原有内容未动",
                f"not written to the ledger ({error.orig}); what was there is untouched",
            )
            repair = Text(
                "核对磁盘空间、权限和数据库连接后再试", "check disk space, permission and connection, then try again"
            )
            raise ZhishuError([Problem("ledger-write-failed", "ledger", what, repair)]) from error


@dataclass(slots=True)
class Pen:
    """The one who may write: reads and adds within one transaction."""

    connection: Connection
    head: Head
    hash: str = DEFAULT

    def read(self, after: int = 0, stream: str | None = None) -> Iterator[Entry]:
        """Yield the entries after a number, with what this pen wrote."""
        return _read(self.connection, after, stream)

    def write(self, fact: Fact, key: str = "") -> Entry | None:
        """Add a fact at the end and return its entry; None where an entry of the same key stands already.

        Raises Stale where the fact is not the next of its stream, ZhishuError ``ledger-clock-back`` where its
        instant lies before that of the entry before.
        """
        if key and self.connection.execute(select(ENTRY.c.seq).where(ENTRY.c.key == key)).first():
            return None
        last = self.connection.execute(
            select(func.coalesce(func.max(ENTRY.c.version), 0)).where(ENTRY.c.stream == fact.stream)
        ).scalar_one()
        if fact.version != last + 1:
            since = [e for e in _read(self.connection, 0, fact.stream) if e.fact.version >= fact.version]
            raise Stale(fact.stream, fact.version - 1, since)
        if instant(fact.at) < self.head.at:
            raise ZhishuError([_clock_back(fact.at, self.head.at)])
        stored = row(self.head.seq + 1, fact, key, self.head.seal, self.hash)
        self.connection.execute(insert(ENTRY).values(stored))
        self.head = Head(stored[0], stored[11], stored[6])
        return entry(stored)

    def keep(self, content: bytes) -> str:
        """Keep a file under its SHA-256 and return it; one that is kept already is not kept twice."""
        hash = hashlib.sha256(content).hexdigest()
        if not self.connection.execute(select(BLOB.c.hash).where(BLOB.c.hash == hash)).first():
            self.connection.execute(insert(BLOB).values(hash=hash, size=len(content), content=content))
        return hash


def _hash(connection: Connection) -> str | None:
    """Return how the chain is sealed, None before it is begun."""
    origin = connection.execute(select(ENTRY.c.before).where(ENTRY.c.seq == 1)).scalar()
    return None if origin is None else hash_of(origin)


def begun(engine: Engine, declared: str | None) -> Ledger:
    """Return the ledger behind an engine, sealed as it began, or as declared where it is empty.

    Raises ZhishuError ``ledger-hash`` where it began otherwise than declared.
    """
    with engine.connect() as connection:
        found = _hash(connection)
    if found is not None and declared is not None and found != declared:
        raise differs(declared, found)
    return Ledger(engine, found or declared or DEFAULT)


def _head(connection: Connection, hash: str) -> Head:
    found = connection.execute(
        select(ENTRY.c.seq, ENTRY.c.seal, ENTRY.c.at).order_by(ENTRY.c.seq.desc()).limit(1)
    ).first()
    return Head(*found) if found else Head(0, ORIGINS[hash], "")


def _read(connection: Connection, after: int, stream: str | None) -> Iterator[Entry]:
    query = select(*ENTRY.c).where(ENTRY.c.seq > after).order_by(ENTRY.c.seq)
    if stream is not None:
        query = query.where(ENTRY.c.stream == stream)
    return _entries(connection, query)


def _entries(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    # the option belongs to this query alone: on the connection it would turn every statement into a cursor
    for some in connection.execute(query, execution_options={"yield_per": 5000}).partitions():
        yield from map(entry, map(tuple, some))


def _clock_back(at: datetime, head: str) -> Problem:
    what = Text(
        f"时钟早于上一条记录（{instant(at)} 早于 {head}）",
        f"the clock stands before the last entry ({instant(at)} before {head})",
    )
    repair = Text("校准本机时钟", "set this machine's clock right")
    return Problem("ledger-clock-back", "clock", what, repair)
