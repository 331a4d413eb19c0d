"""The tables of a ledger. Only ``entry``, ``blob`` and ``checkpoint`` are the record; the rest proves who somebody is."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

# SQLite counts by itself only with INTEGER; the numbers here are given, never counted by the database
_Big = BigInteger().with_variant(Integer, "sqlite")

ENTRY = Table(
    "entry",
    METADATA,
    Column("seq", _Big, primary_key=True, autoincrement=False),
    Column("stream", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", String(60), nullable=False),
    Column("account", String(100), nullable=False),
    Column("unit", String(100), nullable=False),
    Column("at", String(27), nullable=False),
    Column("day", String(10), nullable=False),
    Column("key", String(300), nullable=False),
    Column("body", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    Index("entry_stream_version", "stream", "version", unique=True),
)
# a key stands at most once; entries without one do not meet
KEY_INDEX = Index(
    "entry_key",
    ENTRY.c.key,
    unique=True,
    sqlite_where=ENTRY.c.key != "",
    postgresql_where=ENTRY.c.key != "",
)

BLOB = Table(
    "blob",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("size", _Big, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("seq", _Big, primary_key=True, autoincrement=False),
    Column("seal", String(64), nullable=False),
    Column("at", String(27), nullable=False),
    Column("signature", String(200), nullable=False),
    Column("public_key", String(100), nullable=False),
)

CREDENTIAL = Table(
    "credential",
    METADATA,
    Column("account", String(100), primary_key=True),
    Column("secret", String(300), nullable=False),
    Column("changed_at", String(27), nullable=False),
)

# tokens of sessions, links and programs are stored as SHA-256 only: a stolen copy opens nothing
SESSION = Table(
    "session",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("account", String(100), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("seen_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
)

LINK = Table(
    "link",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("account", String(100), nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("expires_at", String(27), nullable=False),
)

TOKEN = Table(
    "token",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("account", String(100), nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("rights", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("revoked", Boolean, nullable=False),
)

THROTTLE = Table(
    "throttle",
    METADATA,
    Column("key", String(200), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", String(27), nullable=False),
)

RECORD = (ENTRY, BLOB, CHECKPOINT)
"""The tables that are the record: what a backup must hold, and what nobody may change."""
