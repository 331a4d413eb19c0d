"""Marks of browsers that signed in before: they let an owner in while somebody else is guessing."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select

from zhishu.access.secret import after, digest, fresh
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import LINK

LASTS = timedelta(days=90)
_PURPOSE = "device"


def mark_device(engine: Engine, account: str, now: datetime) -> str:
    """Return the secret of a new mark of an account."""
    secret = fresh()
    row = {"hash": digest(secret), "account": account, "purpose": _PURPOSE, "expires_at": after(now, LASTS)}
    with writing(engine) as connection:
        connection.execute(insert(LINK).values(row))
    return secret


def own_device(engine: Engine, account: str, secret: str | None, now: datetime) -> str | None:
    """Return the digest of a mark that belongs to the account and still holds, None for any other."""
    if not secret:
        return None
    query = select(LINK.c.hash).where(
        (LINK.c.hash == digest(secret))
        & (LINK.c.purpose == _PURPOSE)
        & (LINK.c.account == account)
        & (LINK.c.expires_at > instant(now))
    )
    with engine.connect() as connection:
        return connection.execute(query).scalar()
