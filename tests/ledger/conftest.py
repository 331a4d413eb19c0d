"""Ledgers to test on: SQLite always, a real PostgreSQL where its programs are installed."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from zhishu.coordinate.fact import Fact
from zhishu.ledger import Ledger, open_ledger

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def fact(stream: str, version: int, minute: int = 0, **body: str) -> Fact:
    """Return a fact for tests; its instant is a number of minutes after the start."""
    at = START + timedelta(minutes=minute)
    return Fact(stream, version, "note", "clerk", "unit_a", at, date(2026, 3, 2), dict(body) or {"text": "示例"})


def filled(ledger: Ledger, count: int, start: int = 0) -> None:
    """Write a number of entries, five streams in turn."""
    with ledger.writing() as pen:
        for n in range(start, start + count):
            pen.write(fact(f"case/{n % 5}", n // 5 + 1, n))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return an empty ledger on SQLite."""
    return open_ledger(tmp_path / "office.db")


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL of our own on loopback, its data in a folder two levels below one of our own, and yield its URL.

    Skips with a reason where it cannot be had.
    """
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL is installed (pg_ctl not found)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    runner: dict[str, object] = {}
    if os.geteuid() == 0:
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL refuses to run as root and there is no user postgres")
        for path in (folder, *folder.parents[:2]):
            path.chmod(0o755)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        runner = {"user": owner.pw_uid, "group": owner.pw_gid, "cwd": str(folder)}
    data = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    for command in (
        [programs / "initdb", "-D", data, "-U", "zhishu", "--auth=trust", "-E", "UTF8", "--locale=C"],
        [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"],
    ):
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120, **runner)  # type: ignore[call-overload]
        if done.returncode:
            pytest.skip(f"PostgreSQL did not start: {done.stderr[-200:]}")
    try:
        yield f"postgresql://zhishu@127.0.0.1:{port}"
    finally:
        subprocess.run(
            [str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
            capture_output=True,
            timeout=60,
            **runner,
        )  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of a server for all tests; skipped with a reason where there is none."""
    with postgres_server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


def fresh_database(postgres: str) -> str:
    """Return the URL of a fresh database on a server."""
    import pg8000.native

    name = f"t{time.monotonic_ns()}"
    port = int(postgres.rpartition(":")[2])
    connection = pg8000.native.Connection("zhishu", host="127.0.0.1", port=port, database="postgres")
    connection.run(f"CREATE DATABASE {name}")
    connection.close()
    return f"{postgres}/{name}"


@pytest.fixture
def pg_url(postgres: str) -> str:
    """Return the URL of a fresh database."""
    return fresh_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """Return an empty ledger on each database."""
    if request.param == "sqlite":
        return open_ledger(tmp_path / "office.db")
    return open_ledger(request.getfixturevalue("pg_url"))
