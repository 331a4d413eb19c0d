"""A brake on guessing that grows with each failure and never shuts the owner out.

Failures are counted for an address, and for an account as tried from anywhere unknown. A browser that signed in
before carries a mark; with it, only its own failures count, so nobody else's guessing delays the owner.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from zhishu.access.secret import after
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import THROTTLE

FREE = 5
MOST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


def keys(account: str, address: str, device: str | None) -> tuple[str, ...]:
    """Return what a try counts for; ``device`` is the digest of a mark that belongs to the account, None without."""
    if device is not None:
        return (f"device/{device}",)
    return (f"account/{account[:100]}", f"address/{address[:64]}")


def wait(engine: Engine, of: tuple[str, ...], now: datetime) -> int:
    """Return for how many more seconds no try is taken, 0 where one is."""
    with engine.connect() as connection:
        ends = connection.execute(select(THROTTLE.c.until).where(THROTTLE.c.key.in_(of))).scalars().all()
    latest = max(ends, default="")
    if latest <= instant(now):
        return 0
    until = datetime.strptime(latest, "%Y-%m-%dT%H:%M:%S.%f%z")
    return max(1, int((until - now).total_seconds()) + 1)


def failed(engine: Engine, of: tuple[str, ...], now: datetime) -> None:
    """Count a failure: after five, each doubles the wait, up to a quarter of an hour; a day without one forgets."""
    with writing(engine) as connection:
        for key in of:
            found = connection.execute(select(THROTTLE).where(THROTTLE.c.key == key)).first()
            old = found is not None and found.until < instant(now - FORGOTTEN)
            count = 1 if found is None or old else found.failures + 1
            delay = timedelta(seconds=0 if count < FREE else min(2 ** (count - FREE), MOST.total_seconds()))
            connection.execute(delete(THROTTLE).where(THROTTLE.c.key == key))
            connection.execute(insert(THROTTLE).values(key=key, failures=count, until=after(now, delay)))


def succeeded(engine: Engine, of: tuple[str, ...]) -> None:
    """Forget the failures of an account or a device; those of an address stay, they may be somebody else's."""
    own = [key for key in of if not key.startswith("address/")]
    with writing(engine) as connection:
        connection.execute(delete(THROTTLE).where(THROTTLE.c.key.in_(own)))
