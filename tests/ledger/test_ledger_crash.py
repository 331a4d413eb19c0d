"""T16: killed at any point, an import is there whole or not at all; T17: a full or read-only disk loses nothing."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ledger.conftest import fact, filled

from zhishu.errors import ZhishuError
from zhishu.ledger import Ledger, open_ledger
from zhishu.ledger.verify import verify, verify_file

IMPORT = """
import sys
from tests.ledger.conftest import fact
from zhishu.ledger import open_ledger
ledger = open_ledger(sys.argv[1])
print("ready", flush=True)
batch = 0
while True:
    start = ledger.head().seq
    with ledger.writing() as pen:
        pen.keep(b"x" * 5000 + str(batch).encode())
        for n in range(200):
            pen.write(fact(f"case/{start + n}", 1, start + n))
    print(start + 200, flush=True)
    batch += 1
"""


def killed_after(path: Path, seconds: float, batches: int = 0) -> int:
    """Run an import of 200 entries at a time, kill it some time after it acknowledged a number of batches, and return
    the last number it acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    said = [process.stdout.readline().strip() for _ in range(batches)]
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read().split()
    process.wait()
    return int(said[-1]) if said else 0


@pytest.mark.parametrize("n", range(4))
def test_t16_kill_during_import(tmp_path: Path, n: int) -> None:
    path = tmp_path / "office.db"
    acknowledged = killed_after(path, 0.02 + 0.06 * n)
    found = verify_file(path)
    assert found.problems == ()
    # whole batches only, and every acknowledged one
    assert found.entries % 200 == 0
    assert found.entries >= acknowledged
    ledger = open_ledger(path)
    filled(ledger, 0)
    with ledger.writing() as pen:
        pen.write(fact("case/after", 1, 1_000_000))
    assert verify(ledger).entries == found.entries + 1


def test_t17_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "office.db")
    filled(ledger, 50)
    before = verify(ledger)
    with ledger.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")

        def fill() -> None:
            with ledger.writing() as pen:
                pen.keep(b"x" * 2_000_000)

        # the pool hands this same connection out again
        connection.close()
        with pytest.raises(ZhishuError, match=r"full.*ledger-write-failed"):
            fill()
    assert verify(ledger) == before
    with ledger.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA max_page_count = 1000000")
    filled(ledger, 5, 50)
    assert verify(ledger).entries == 55


def test_t17_a_database_that_cannot_be_written_is_said(ledger: Ledger) -> None:
    filled(ledger, 5)
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.rollback()
    with pytest.raises(ZhishuError, match="ledger-write-failed"):
        filled(ledger, 5, 5)
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.rollback()
    filled(ledger, 5, 5)
    assert verify(ledger).entries == 10
