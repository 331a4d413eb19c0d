"""A brake on guessing that grows with each failure and never shuts the owner out.

Failures are counted for an address, and for an account as tried from anywhere unknown. A browser that signed in
before carries a mark; with it, only its own failures count, so nobody else's guessing delays the owner.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update

from zhishu.access.secret import after
from zhishu.ledger.entry import instant
from zhishu.ledger.store import writing
from zhishu.ledger.tables import THROTTLE

FREE = {"account": 5, "device": 5, "address": 20}
"""Failures from which on there is a delay: an address may be that of a whole building."""

MOST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


def keys(account: str, address: str, device: str | None) -> tuple[str, ...]:
    """Return what a try counts for; ``device`` is the digest of a mark that belongs to the account, None without."""
    if device is not None:
        return (f"device/{device}",)
    return (f"account/{account[:100]}", f"address/{address[:64]}")


def admit(engine: Engine, of: tuple[str, ...], now: datetime) -> int:
    """Return 0 where a try may be made now, else for how many more seconds none is taken.

    A try counts as a failure before it is checked, so that many at once are no more than one after another;
    ``succeeded`` takes it back. From the free number on each failure doubles the wait, up to a quarter of an hour; a
    day without one forgets.
    """
    with writing(engine) as connection:
        rows = {r.key: r for r in connection.execute(select(THROTTLE).where(THROTTLE.c.key.in_(of)))}
        latest = max((r.until for r in rows.values()), default="")
        if latest > instant(now):
            until = datetime.strptime(latest, "%Y-%m-%dT%H:%M:%S.%f%z")
            return int((until - now).total_seconds()) + 1
        for key in of:
            old = key not in rows or rows[key].until < instant(now - FORGOTTEN)
            count = 1 if old else rows[key].failures + 1
            connection.execute(delete(THROTTLE).where(THROTTLE.c.key == key))
            connection.execute(insert(THROTTLE).values(key=key, failures=count, until=after(now, _delay(key, count))))
    return 0


def _delay(key: str, count: int) -> timedelta:
    over = count - FREE[key.partition("/")[0]]
    return min(timedelta(seconds=2 ** min(over, 20)), MOST) if over >= 0 else timedelta(0)


def succeeded(engine: Engine, of: tuple[str, ...], now: datetime) -> None:
    """Forget the failures of an account or a device. An address only gets this try back: the rest may be others'."""
    own = [key for key in of if not key.startswith("address/")]
    shared = THROTTLE.c.key.in_([key for key in of if key.startswith("address/")])
    with writing(engine) as connection:
        connection.execute(delete(THROTTLE).where(THROTTLE.c.key.in_(own)))
        connection.execute(update(THROTTLE).where(shared).values(failures=THROTTLE.c.failures - 1, until=instant(now)))
