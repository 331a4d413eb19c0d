"""Checking a ledger from its first entry to its last, offline, on a copy: the first bad entry is named."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.ledger.checkpoint import Checkpoint, holds
from zhishu.ledger.entry import Row, resealed
from zhishu.ledger.hashes import DEFAULT, ORIGINS, hash_of
from zhishu.ledger.store import Ledger
from zhishu.terms import Text

_ROWS = (
    'SELECT seq, stream, version, act, account, unit, "at", day, "key", body, "before", seal FROM entry ORDER BY seq'
)
_STEP = 20_000
_ORIGIN = ORIGINS[DEFAULT]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: entries and files seen, the seal of the last good entry, and the first fault if any."""

    entries: int
    files: int
    seal: str
    problems: tuple[Problem, ...]


def verify_file(
    path: Path, checkpoints: Sequence[Checkpoint] = (), progress: Callable[[int], None] = lambda n: None
) -> Verified:
    """Check a ledger in a SQLite file, without changing it.

    ``checkpoints`` kept elsewhere (a printed briefing) show that entries were cut off the end or that the whole
    chain was written anew. Damaged pages are a fault (``ledger-damaged``), not an error of the program.
    """
    if not path.is_file():
        what = Text("没有这个文件", "there is no such file")
        raise ZhishuError([Problem("ledger-no-file", str(path), what, Text("核对路径", "check the path"))])
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            damaged = [str(r[0]) for r in connection.execute("PRAGMA quick_check(3)") if r[0] != "ok"]
            if damaged:
                return Verified(0, 0, _ORIGIN, (_damaged(path.name, damaged[0]),))
            kept = [
                Checkpoint(*r)
                for r in connection.execute('SELECT seq, seal, "at", signature, public_key FROM checkpoint')
            ]
            blobs = connection.execute("SELECT hash, content FROM blob ORDER BY hash")
            return _verify(connection.execute(_ROWS), blobs, [*kept, *checkpoints], progress)
    except sqlite3.DatabaseError as error:
        return Verified(0, 0, _ORIGIN, (_damaged(path.name, str(error)),))


def verify(
    ledger: Ledger, checkpoints: Sequence[Checkpoint] = (), progress: Callable[[int], None] = lambda n: None
) -> Verified:
    """Check a ledger that is in use, on one snapshot of it."""
    with ledger.engine.connect() as connection:
        kept = [
            Checkpoint(*r)
            for r in connection.exec_driver_sql('SELECT seq, seal, "at", signature, public_key FROM checkpoint')
        ]
        blobs = connection.exec_driver_sql("SELECT hash, content FROM blob ORDER BY hash")
        rows = connection.exec_driver_sql(_ROWS, execution_options={"yield_per": _STEP})
        return _verify(map(tuple, rows), map(tuple, blobs), [*kept, *checkpoints], progress)


def _verify(
    rows: Iterator[Row],
    blobs: Iterator[tuple[str, bytes]],
    checkpoints: Sequence[Checkpoint],
    progress: Callable[[int], None],
) -> Verified:
    before, last, count, hash = _ORIGIN, "", 0, DEFAULT
    versions: dict[str, int] = {}
    due = {c.seq: c for c in checkpoints if holds(c)}
    forged = next((c for c in checkpoints if not holds(c)), None)
    if forged is not None:
        return Verified(0, 0, _ORIGIN, (_checkpoint(forged, "签名不符", "its signature does not hold"),))
    for stored in rows:
        if count == 0:
            # the first entry says how the chain is sealed
            hash = hash_of(stored[10])
            before = ORIGINS[hash]
        reason = _fault(stored, count, before, versions.get(stored[1], 0), last, hash)
        if reason is not None:
            return Verified(count, 0, before, (_entry(stored, count, reason),))
        count, before, last = stored[0], stored[11], stored[6]
        versions[stored[1]] = stored[2]
        if count in due and due[count].seal != before:
            return Verified(count, 0, before, (_checkpoint(due[count], "与登记簿不符", "the ledger says otherwise"),))
        if count % _STEP == 0:
            progress(count)
    beyond = min((c for c in due.values() if c.seq > count), key=lambda c: c.seq, default=None)
    if beyond is not None:
        found = _checkpoint(
            beyond, f"登记簿只到 {count}，后面的被截去", f"the ledger ends at {count}: entries were cut off"
        )
        return Verified(count, 0, before, (found,))
    files = 0
    for hash, content in blobs:
        if hashlib.sha256(content).hexdigest() != hash:
            what = Text("内容与编号不符，文件被改动", "the content is not what its number says: the file was changed")
            repair = Text("从备份恢复", "restore a backup")
            return Verified(count, files, before, (Problem("ledger-file-changed", hash[:16], what, repair),))
        files += 1
    progress(count)
    return Verified(count, files, before, ())


def _fault(stored: Row, count: int, before: str, version: int, last: str, hash: str) -> Text | None:
    """Return what is wrong with an entry, None if nothing is."""
    if stored[0] != count + 1:
        return Text(f"第 {count + 1} 条不见了", f"entry {count + 1} is missing")
    if stored[10] != before:
        return Text("与前一条接不上", "it does not follow the one before")
    if resealed(stored, hash) != stored[11]:
        return Text("内容与封签不符", "its content does not match its seal")
    if stored[2] != version + 1:
        return Text(f"应为该事项的第 {version + 1} 次", f"it should be act {version + 1} on its subject")
    return Text("时间早于前一条", "its instant lies before the one before") if stored[6] < last else None


def _entry(stored: Row, count: int, what: Text) -> Problem:
    repair = Text("从备份恢复；之前的各条都对得上", "restore a backup; every entry before it holds")
    return Problem("ledger-entry-bad", f"#{count + 1} {stored[1]}", what, repair)


def _checkpoint(found: Checkpoint, zh: str, en: str) -> Problem:
    what = Text(f"检查点 {found.seq}：{zh}", f"checkpoint {found.seq}: {en}")
    repair = Text("核对检查点的出处；从备份恢复", "check where the checkpoint comes from; restore a backup")
    return Problem("ledger-checkpoint", f"#{found.seq}", what, repair)


def _damaged(file: str, reason: str) -> Problem:
    what = Text(f"数据库文件损坏（{reason}）", f"the database file is damaged ({reason})")
    return Problem("ledger-damaged", file, what, Text("从备份恢复", "restore a backup"))
