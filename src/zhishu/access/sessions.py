"""Sessions: a new secret at every sign-in, ended by idleness, by age, or at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update

from zhishu.access.secret import after, digest, fresh
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import SESSION

IDLE = timedelta(minutes=30)
LASTS = timedelta(hours=12)
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A session: whose it is, the token its forms carry, when it began and was last seen (as stored)."""

    account: str
    csrf: str
    created_at: str
    seen_at: str
    hash: str


def begin_session(engine: Engine, account: str, now: datetime) -> str:
    """Begin a session and return its secret; sessions that are over are swept away."""
    secret = fresh()
    row = {
        "hash": digest(secret),
        "account": account,
        "csrf": fresh(),
        "created_at": instant(now),
        "seen_at": instant(now),
        "expires_at": after(now, LASTS),
    }
    with writing(engine) as connection:
        connection.execute(delete(SESSION).where(SESSION.c.expires_at <= instant(now)))
        connection.execute(insert(SESSION).values(row))
    return secret


def find_session(engine: Engine, secret: str, now: datetime) -> Session | None:
    """Return the session of a secret, None where it is over; that it was seen is noted at most once a minute."""
    hash = digest(secret)
    with engine.connect() as connection:
        found = connection.execute(select(SESSION).where(SESSION.c.hash == hash)).first()
    if found is None or found.expires_at <= instant(now) or found.seen_at <= instant(now - IDLE):
        return None
    if found.seen_at <= instant(now - _TOUCH):
        with writing(engine) as connection:
            connection.execute(update(SESSION).where(SESSION.c.hash == hash).values(seen_at=instant(now)))
    return Session(found.account, found.csrf, found.created_at, found.seen_at, hash)


def end_session(engine: Engine, secret: str) -> None:
    """End one session at once."""
    with writing(engine) as connection:
        connection.execute(delete(SESSION).where(SESSION.c.hash == digest(secret)))


def end_sessions(engine: Engine, account: str) -> int:
    """End every session of an account at once and return how many there were."""
    with writing(engine) as connection:
        return connection.execute(delete(SESSION).where(SESSION.c.account == account)).rowcount
