"""SM3 as the declared hash: the chain says so itself, everything holds as with SHA-256, and no ledger changes its hash."""

import hashlib
import sqlite3
from pathlib import Path

import pytest
from tests.ledger.conftest import filled, pg_url, postgres

from zhishu.errors import ZhishuError
from zhishu.ledger import open_ledger
from zhishu.ledger.backup import backup, restore
from zhishu.ledger.verify import verify, verify_file

__all__ = ["pg_url", "postgres"]
pytestmark = pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this OpenSSL has no SM3")
COLUMNS = 'seq, stream, version, act, account, unit, "at", day, "key", body, "before", seal'


def by_hand(path: Path) -> int | None:
    """Return the first entry that SM3, worked out here, does not hold for."""
    before = "736d33" + "0" * 58
    for row in sqlite3.connect(path).execute(f"SELECT {COLUMNS} FROM entry ORDER BY seq"):
        texts = "\n".join([before, *(str(value) for value in row[:10])])
        if row[10] != before or hashlib.new("sm3", texts.encode()).hexdigest() != row[11]:
            return int(row[0])
        before = row[11]
    return None


def test_the_published_example_of_sm3() -> None:
    """GB/T 32905-2016, annex A.1: the digest of the three letters."""
    assert hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")


def test_a_chain_sealed_by_sm3(tmp_path: Path) -> None:
    """Written, opened again without a word on its hash, verified by us and by hand; a change is named."""
    path = tmp_path / "office.db"
    filled(open_ledger(path, "sm3"), 20)
    again = open_ledger(path)
    assert again.hash == "sm3"
    filled(again, 5, 20)
    assert verify_file(path) == verify(again)
    assert (verify_file(path).entries, verify_file(path).problems, by_hand(path)) == (25, (), None)
    with sqlite3.connect(path) as forger:
        forger.execute("DROP TRIGGER entry_no_update")
        forger.execute("UPDATE entry SET account = 'somebody' WHERE seq = 7")
    assert "7" in verify_file(path).problems[0].where + verify_file(path).problems[0].what.en
    assert by_hand(path) == 7


def test_a_ledger_keeps_its_hash(tmp_path: Path) -> None:
    """Another one declared is refused; so is a hash nobody knows; and a second process that thought it empty."""
    path = tmp_path / "office.db"
    thought_empty = open_ledger(path)
    filled(open_ledger(path, "sm3"), 2)
    with pytest.raises(ZhishuError, match="ledger-hash"):
        open_ledger(path, "sha256")
    with pytest.raises(ZhishuError, match="ledger-hash"):
        filled(thought_empty, 1, 2)
    with pytest.raises(ZhishuError, match="ledger-hash"):
        open_ledger(tmp_path / "other.db", "md5")
    assert verify_file(path).entries == 2


def test_an_origin_passed_off_as_the_other_hash_is_named(tmp_path: Path) -> None:
    """A chain of SHA-256 whose first entry is said to be SM3 is bad from its first entry on."""
    path = tmp_path / "office.db"
    filled(open_ledger(path), 3)
    with sqlite3.connect(path) as forger:
        forger.execute("DROP TRIGGER entry_no_update")
        forger.execute('UPDATE entry SET "before" = ? WHERE seq = 1', ("736d33" + "0" * 58,))
    found = verify_file(path)
    assert (found.entries, len(found.problems)) == (0, 1)


def test_backup_and_restore_keep_the_hash(tmp_path: Path, pg_url: str) -> None:
    """From SQLite into PostgreSQL."""
    ledger = open_ledger(tmp_path / "office.db", "sm3")
    filled(ledger, 12)
    backup(ledger, tmp_path / "copy.db")
    assert by_hand(tmp_path / "copy.db") is None
    restore(tmp_path / "copy.db", open_ledger(pg_url))
    found = open_ledger(pg_url)
    filled(found, 3, 12)
    assert (found.hash, verify(found).entries) == ("sm3", 15)
