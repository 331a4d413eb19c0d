"""One-time links: for the first administrator, for a new account, for a forgotten password."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from zhishu.access.secret import after, digest, fresh
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import LINK

LASTS = timedelta(hours=24)
SETUP = "setup"
INVITE = "invite"


def new_link(engine: Engine, account: str, purpose: str, now: datetime) -> str:
    """Return the secret of a new link, shown this once; an earlier one for the same account and purpose ends."""
    secret = fresh()
    with writing(engine) as connection:
        connection.execute(delete(LINK).where((LINK.c.account == account) & (LINK.c.purpose == purpose)))
        row = {"hash": digest(secret), "account": account, "purpose": purpose, "expires_at": after(now, LASTS)}
        connection.execute(insert(LINK).values(row))
    return secret


def known_link(engine: Engine, secret: str, purpose: str, now: datetime) -> str | None:
    """Return the account of a link that still holds, None for any other; the link stays."""
    query = select(LINK.c.account).where(
        (LINK.c.hash == digest(secret)) & (LINK.c.purpose == purpose) & (LINK.c.expires_at > instant(now))
    )
    with engine.connect() as connection:
        return connection.execute(query).scalar()


def take_link(engine: Engine, secret: str, purpose: str, now: datetime) -> str | None:
    """Return the account of a link and use it up; None where it was used, is too old, or never was."""
    chosen = (LINK.c.hash == digest(secret)) & (LINK.c.purpose == purpose)
    with writing(engine) as connection:
        found = connection.execute(select(LINK.c.account, LINK.c.expires_at).where(chosen)).first()
        connection.execute(delete(LINK).where(chosen))
    return found.account if found is not None and found.expires_at > instant(now) else None
