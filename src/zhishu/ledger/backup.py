"""Backup and restore: one SQLite file that holds the whole record, whatever database it came from."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select

from zhishu.errors import Problem, ZhishuError
from zhishu.ledger.open import open_ledger
from zhishu.ledger.store import Ledger, writing
from zhishu.ledger.tables import CREDENTIAL, ENTRY, RECORD
from zhishu.ledger.verify import Verified, verify_file
from zhishu.terms import Text

_TABLES: tuple[Table, ...] = (*RECORD, CREDENTIAL)
_STEP = 2_000


def backup(ledger: Ledger, target: Path) -> Verified:
    """Write a backup of one snapshot of a ledger while it stays in use, check it, and return what the check found.

    Sessions, links and tokens are left out: whoever restores signs in again. The file appears complete or not at
    all; one that stands there is never overwritten (``backup-exists``).
    """
    if target.exists():
        what = Text("文件已存在，不覆盖", "the file stands there already and is not overwritten")
        raise ZhishuError([Problem("backup-exists", str(target), what, Text("换个文件名", "give another name"))])
    part = target.with_name(f".part-{target.name}")
    part.unlink(missing_ok=True)
    try:
        copy = open_ledger(part)
        with ledger.engine.connect() as source:
            if source.dialect.name == "postgresql":
                source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with writing(copy.engine) as into:
                _copy(source, into)
        copy.engine.dispose()
        with closing(sqlite3.connect(part)) as connection:
            # a backup is one file: nothing of it may stay in a log beside it
            connection.execute("PRAGMA journal_mode=DELETE")
        found = verify_file(part)
        if not found.problems:
            part.replace(target)
        return found
    finally:
        for left in target.parent.glob(f"{part.name}*"):
            left.unlink()


def restore(source: Path, ledger: Ledger) -> Verified:
    """Fill an empty ledger from a backup that has been checked first. Raises ZhishuError ``restore-not-empty``."""
    found = verify_file(source)
    if found.problems:
        raise ZhishuError(found.problems)
    with _opened(source) as connection, writing(ledger.engine) as into:
        if into.execute(select(func.count()).select_from(ENTRY)).scalar_one():
            what = Text("目标登记簿里已有记录", "the ledger to fill holds entries already")
            repair = Text("恢复到一本空的登记簿", "restore into an empty one")
            raise ZhishuError([Problem("restore-not-empty", "ledger", what, repair)])
        _copy(connection, into)
    return found


@contextmanager
def _opened(source: Path) -> Iterator[Connection]:
    """Yield a backup in a copy: one of an older version is brought up to date there, the file itself stays."""
    with tempfile.TemporaryDirectory() as folder:
        copy = open_ledger(shutil.copyfile(source, Path(folder) / "backup.db"))
        try:
            with copy.engine.connect() as connection:
                yield connection
        finally:
            copy.engine.dispose()


def _copy(source: Connection, into: Connection) -> None:
    for table in _TABLES:
        query = select(*table.c).order_by(*table.primary_key.columns)
        rows = source.execute(query, execution_options={"yield_per": _STEP})
        for chunk in rows.mappings().partitions(_STEP):
            into.execute(insert(table), [dict(row) for row in chunk])
