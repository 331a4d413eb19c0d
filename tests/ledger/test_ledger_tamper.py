"""T45: one entry edited, deleted, reordered or added by hand is named; T18: damaged pages are reported."""

import random
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import fact, filled

from zhishu.ledger import open_ledger
from zhishu.ledger.checkpoint import Checkpoint, checkpoint, holds, office_key, read_line
from zhishu.ledger.entry import resealed
from zhishu.ledger.verify import verify_file

COUNT = 60


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound ledger of sixty entries in one file, with a kept file and without the guarding triggers."""
    path = tmp_path_factory.mktemp("sound") / "office.db"
    ledger = open_ledger(path)
    filled(ledger, COUNT)
    with ledger.writing() as pen:
        pen.keep(b"evidence" * 1000)
    ledger.engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    return path


def tampered(sound: Path, folder: Path, *statements: str) -> Path:
    """Return a copy in which somebody with the file in their hands ran statements."""
    copy = Path(shutil.copyfile(sound, folder / "copy.db"))
    connection = sqlite3.connect(copy)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return copy


def first_bad(path: Path) -> int | None:
    """Return the number of the entry that a check names."""
    found = verify_file(path)
    return int(found.problems[0].where[1:].split()[0]) if found.problems else None


COLUMNS = ("stream", "version", "act", "account", "unit", "at", "day", "key", "body", "before", "seal")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, COUNT), column=st.sampled_from(COLUMNS))
def test_t45_an_edited_entry_is_named(sound: Path, tmp_path: Path, seq: int, column: str) -> None:
    new = "99" if column == "version" else "'changed'"
    copy = tampered(sound, tmp_path, f'UPDATE entry SET "{column}" = {new} WHERE seq = {seq}')
    # a changed seal shows at the entry itself; nothing before it is blamed
    assert first_bad(copy) == seq


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, COUNT - 1))
def test_t45_a_deleted_entry_is_named(sound: Path, tmp_path: Path, seq: int) -> None:
    assert first_bad(tampered(sound, tmp_path, f"DELETE FROM entry WHERE seq = {seq}")) == seq
    closed_up = f"UPDATE entry SET seq = seq - 1 WHERE seq > {seq}"
    assert first_bad(tampered(sound, tmp_path, f"DELETE FROM entry WHERE seq = {seq}", closed_up)) == seq


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.lists(st.integers(1, COUNT), min_size=2, max_size=2, unique=True))
def test_t45_reordered_entries_are_named(sound: Path, tmp_path: Path, pair: list[int]) -> None:
    first, second = sorted(pair)
    swap = [
        f"UPDATE entry SET seq = -1 WHERE seq = {first}",
        f"UPDATE entry SET seq = {first} WHERE seq = {second}",
        f"UPDATE entry SET seq = {second} WHERE seq = -1",
    ]
    assert first_bad(tampered(sound, tmp_path, *swap)) == first


def test_t45_an_entry_resealed_by_hand_breaks_the_next_one(sound: Path, tmp_path: Path) -> None:
    copy = tampered(sound, tmp_path, "UPDATE entry SET body = '{}' WHERE seq = 30")
    connection = sqlite3.connect(copy)
    columns = 'seq, stream, version, act, account, unit, "at", day, "key", body, "before", seal'
    row = connection.execute(f"SELECT {columns} FROM entry WHERE seq = 30").fetchone()
    connection.execute("UPDATE entry SET seal = ? WHERE seq = 30", (resealed(row),))
    connection.commit()
    connection.close()
    assert first_bad(copy) == 31


def test_t45_entries_cut_off_the_end_show_against_a_printed_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    ledger = open_ledger(path)
    filled(ledger, 20)
    printed = checkpoint(ledger, office_key(tmp_path / "key"), datetime(2026, 3, 3, tzinfo=UTC))
    assert read_line(printed.line()) == printed
    filled(ledger, 5, 20)
    ledger.engine.dispose()
    assert verify_file(path, [printed]).problems == ()
    cut = tampered(path, tmp_path, "DROP TRIGGER entry_no_delete", "DELETE FROM entry WHERE seq > 10")
    assert verify_file(cut).problems[0].code == "ledger-checkpoint"
    forgotten = tampered(
        path,
        tmp_path,
        "DROP TRIGGER entry_no_delete",
        "DROP TRIGGER checkpoint_no_delete",
        "DELETE FROM entry WHERE seq > 10",
        "DELETE FROM checkpoint",
    )
    # without the paper nothing shows, with it everything does
    assert verify_file(forgotten).problems == ()
    assert verify_file(forgotten, [printed]).problems[0].code == "ledger-checkpoint"


def test_a_chain_written_anew_shows_against_a_printed_checkpoint(tmp_path: Path) -> None:
    key = office_key(tmp_path / "key")
    true, false = open_ledger(tmp_path / "true.db"), open_ledger(tmp_path / "false.db")
    filled(true, 20)
    printed = checkpoint(true, key, datetime(2026, 3, 3, tzinfo=UTC))
    with false.writing() as pen:
        for n in range(30):
            pen.write(fact(f"case/{n}", 1, n))
    false.engine.dispose()
    assert verify_file(tmp_path / "false.db").problems == ()
    assert verify_file(tmp_path / "false.db", [printed]).problems[0].code == "ledger-checkpoint"


def test_a_forged_checkpoint_is_refused(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "office.db")
    filled(ledger, 5)
    true = checkpoint(ledger, office_key(tmp_path / "key"), datetime(2026, 3, 3, tzinfo=UTC))
    false = Checkpoint(4, true.seal, true.at, true.signature, true.public_key)
    assert not holds(false)
    ledger.engine.dispose()
    assert verify_file(tmp_path / "office.db", [false]).problems[0].code == "ledger-checkpoint"


def test_the_key_is_readable_by_its_owner_alone_and_stays(tmp_path: Path) -> None:
    first = office_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert office_key(tmp_path / "key").private_bytes_raw() == first.private_bytes_raw()


def test_t45_a_changed_file_is_named(sound: Path, tmp_path: Path) -> None:
    copy = tampered(sound, tmp_path, "UPDATE blob SET content = x'00'")
    assert verify_file(copy).problems[0].code == "ledger-file-changed"


def test_t18_flipped_bytes_are_reported(sound: Path, tmp_path: Path) -> None:
    whole, good = sound.read_bytes(), verify_file(sound)
    chance = random.Random(18)
    recorded = [m.start() for m in re.finditer(rb"clerk|\"text\"|2026-03-02T|evidence", whole)]
    for place in [*recorded[:30], *(chance.randrange(100, len(whole)) for _ in range(30))]:
        data = bytearray(whole)
        data[place] ^= 0xFF
        copy = tmp_path / "flipped.db"
        copy.write_bytes(data)
        found = verify_file(copy)
        # what is not noticed lies in empty space: nothing that is on record has changed
        assert found.problems or (found == good and place not in recorded), place


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_t18_a_truncated_file_is_reported(sound: Path, tmp_path: Path, part: float) -> None:
    copy = tmp_path / "short.db"
    copy.write_bytes(sound.read_bytes()[: int(sound.stat().st_size * part)])
    assert verify_file(copy).problems[0].code == "ledger-damaged"
