"""Opening a ledger: SQLite by a file's path, PostgreSQL by a URL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from zhishu.errors import Problem, ZhishuError
from zhishu.ledger.hashes import checked
from zhishu.ledger.migrate import migrate
from zhishu.ledger.store import GATE, Ledger, begun, writing
from zhishu.terms import Text


def open_ledger(where: str | Path, hash: str | None = None) -> Ledger:
    """Return the ledger of a file or a database URL, its tables made or brought up to date.

    ``postgresql://…`` needs the extra ``postgres``. ``hash`` declares how it is sealed (``sha256`` or ``sm3``); once
    begun, a ledger keeps its own. Raises ZhishuError ``ledger-unreadable``, ``ledger-newer``, ``ledger-url``,
    ``ledger-driver`` or ``ledger-hash``.
    """
    text, declared = str(where), hash and checked(hash)
    if "://" not in text:
        with said(text):
            Path(text).parent.mkdir(parents=True, exist_ok=True)
        text = f"sqlite:///{text}"
    engine = _engine(text)
    with said(engine.url.render_as_string(hide_password=True)), writing(engine) as connection:
        migrate(connection)
    return begun(engine, declared)


def _engine(url: str) -> Engine:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+pg8000://", 1)
    try:
        # the gate lets one thread of this process wait for the pen, so that waiting ones hold no connection
        gate = {GATE: threading.Lock()}
        engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), execution_options=gate)
    except ArgumentError as error:
        what = Text("不是数据库地址", "not the address of a database")
        repair = Text("写文件路径，或 postgresql://用户@主机/库", "give a file, or postgresql://user@host/database")
        raise ZhishuError([Problem("ledger-url", "--ledger", what, repair)]) from error
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        what = Text(f"没有装这种数据库的驱动：{error}", f"no driver for this kind of database: {error}")
        repair = Text("安装 zhishu[postgres]", "install zhishu[postgres]")
        raise ZhishuError([Problem("ledger-driver", "--ledger", what, repair)]) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _sqlite(connection: Any, _: object) -> None:
    # transactions are begun by us: the driver's own way would begin them too late
    connection.isolation_level = None
    # FULL: an acknowledged entry survives a loss of power
    # waiting comes first: the next pragma may already have to wait
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def said(where: str) -> Iterator[None]:
    """Turn what a disk or a database raises into a problem in words (``ledger-unreadable``)."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        reason = str(error.orig) if isinstance(error, DBAPIError) else error.strerror or type(error).__name__
        what = Text(f"登记簿打不开（{reason}）", f"the ledger cannot be opened ({reason})")
        repair = Text(
            "核对路径、权限和磁盘空间；必要时恢复备份",
            "check path, permission and disk space; restore a backup if need be",
        )
        raise ZhishuError([Problem("ledger-unreadable", where, what, repair)]) from error
