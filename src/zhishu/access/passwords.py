"""Passwords: argon2id with the parameters OWASP gives (19 MiB, two passes), never a default one.

OWASP Password Storage Cheat Sheet; RFC 9106.
"""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, insert, select

from zhishu.access.secret import fresh
from zhishu.errors import Problem
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import CREDENTIAL, SESSION
from zhishu.terms import Text

LEAST = 12
MOST = 256
# what guessing begins with; the full lists are longer than twelve characters only now and then
COMMON = frozenset(
    [
        "123456789012",
        "1234567890123",
        "111111111111",
        "000000000000",
        "password1234",
        "passwordpassword",
        "administrator",
        "qwertyuiop12",
        "qwertyuiopas",
        "1q2w3e4r5t6y",
        "abcdefghijkl",
        "zhishuzhishu",
        "iloveyou1234",
        "woaini520131",
    ]
)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@cache
def _nobody() -> str:
    """Return a hash that no password has: checking it takes as long as checking one that is kept."""
    return _hasher().hash(fresh())


def password_problems(account: str, password: str) -> list[Problem]:
    """Return why a password is not taken (``password-…``)."""
    found = []
    if not LEAST <= len(password) <= MOST:
        what = Text(f"密码至少 {LEAST} 个字符，至多 {MOST}", f"a password has {LEAST} to {MOST} characters")
        repair = Text("用一句只有自己知道的话", "use a sentence that only you know")
        found.append(Problem("password-length", "password", what, repair))
    plain = password.casefold()
    if plain in COMMON or (account and account.casefold() in plain) or len(set(plain)) < 5:
        what = Text("密码太容易猜到", "the password is too easy to guess")
        repair = Text("不用账号名、连续数字或重复字符", "leave out the account's name, digits in a row, repetitions")
        found.append(Problem("password-weak", "password", what, repair))
    return found


def set_password(engine: Engine, account: str, password: str, now: datetime) -> None:
    """Keep a password, replacing the one before, and end every session of the account."""
    hashed = _hasher().hash(password)
    with writing(engine) as connection:
        connection.execute(delete(CREDENTIAL).where(CREDENTIAL.c.account == account))
        connection.execute(insert(CREDENTIAL).values(account=account, secret=hashed, changed_at=instant(now)))
        connection.execute(delete(SESSION).where(SESSION.c.account == account))


def check_password(engine: Engine, account: str, password: str, now: datetime) -> bool:
    """Return whether a password is that of an account; an unknown account takes as long to refuse.

    A hash made with weaker parameters than today's is made anew at the first success.
    """
    with engine.connect() as connection:
        kept = connection.execute(select(CREDENTIAL.c.secret).where(CREDENTIAL.c.account == account)).scalar()
    try:
        _hasher().verify(kept or _nobody(), password[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    if kept is None:
        return False
    if _hasher().check_needs_rehash(kept):
        renewed = _hasher().hash(password[:MOST])
        # only over the hash that was checked: a password changed meanwhile stays changed
        same = (CREDENTIAL.c.account == account) & (CREDENTIAL.c.secret == kept)
        with writing(engine) as connection:
            connection.execute(CREDENTIAL.update().where(same).values(secret=renewed))
    return True


def has_password(engine: Engine, account: str | None = None) -> bool:
    """Return whether an account has a password; whether any has, where none is named."""
    query = select(CREDENTIAL.c.account).limit(1)
    with engine.connect() as connection:
        return (
            connection.execute(query if account is None else query.where(CREDENTIAL.c.account == account)).first()
            is not None
        )
