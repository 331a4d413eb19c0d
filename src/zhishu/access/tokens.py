"""Tokens of programs: named, for some rights only, with an end, revocable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from zhishu.access.secret import after, digest, fresh
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import TOKEN

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it: everything but the secret. ``rights`` are patterns such as ``task.*``."""

    hash: str
    account: str
    name: str
    rights: tuple[str, ...]
    created_at: str
    expires_at: str
    revoked: bool


def new_token(engine: Engine, account: str, name: str, rights: tuple[str, ...], days: int, now: datetime) -> str:
    """Return the secret of a new token, shown this once; it never lasts longer than a year."""
    secret = fresh()
    row = {
        "hash": digest(secret),
        "account": account,
        "name": name[:100],
        "rights": " ".join(rights),
        "created_at": instant(now),
        "expires_at": after(now, min(timedelta(days=days), LONGEST)),
        "revoked": False,
    }
    with writing(engine) as connection:
        connection.execute(insert(TOKEN).values(row))
    return secret


def find_token(engine: Engine, secret: str, now: datetime) -> ApiToken | None:
    """Return the token of a secret, None where it was revoked, has ended, or never was."""
    query = select(TOKEN).where(TOKEN.c.hash == digest(secret))
    with engine.connect() as connection:
        found = connection.execute(query).first()
    if found is None or found.revoked or found.expires_at <= instant(now):
        return None
    return _token(found)


def tokens_of(engine: Engine, account: str) -> tuple[ApiToken, ...]:
    """Return the tokens of an account, the newest first."""
    query = select(TOKEN).where(TOKEN.c.account == account).order_by(TOKEN.c.created_at.desc())
    with engine.connect() as connection:
        return tuple(_token(row) for row in connection.execute(query))


def revoke_token(engine: Engine, account: str, hash: str) -> None:
    """Revoke a token of an account at once; another's stays."""
    chosen = (TOKEN.c.account == account) & (TOKEN.c.hash == hash)
    with writing(engine) as connection:
        connection.execute(update(TOKEN).where(chosen).values(revoked=True))


def _token(row: object) -> ApiToken:
    # a row of a table has its columns as attributes, which its type does not know
    r: Any = row
    return ApiToken(r.hash, r.account, r.name, tuple(r.rights.split()), r.created_at, r.expires_at, r.revoked)
