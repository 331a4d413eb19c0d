"""Entries are added at the end, whole or not at all, one writer at a time, on each database."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.ledger.conftest import START, fact, filled

from zhishu.errors import ZhishuError
from zhishu.ledger import Ledger, Stale, open_ledger
from zhishu.ledger.backup import backup, restore
from zhishu.ledger.entry import entry, instant
from zhishu.ledger.verify import verify, verify_file


def test_entries_come_back_as_they_were_written(any_ledger: Ledger) -> None:
    with any_ledger.writing() as pen:
        hash = pen.keep("佐证".encode())
        first = pen.write(fact("task/一", 1, 0, text="第一行\n第二行", quote='"', file=hash))
        pen.write(fact("task/一", 2, 1))
    read = list(any_ledger.read())
    assert read[0] == first
    assert [e.fact.version for e in any_ledger.read(stream="task/一")] == [1, 2]
    assert list(any_ledger.read(after=1)) == read[1:]
    assert any_ledger.blob(hash) == "佐证".encode()
    assert any_ledger.blob("0" * 64) is None
    assert verify(any_ledger).problems == ()


def test_t21_the_second_editor_is_told_what_happened_in_between(any_ledger: Ledger) -> None:
    filled(any_ledger, 5)
    with any_ledger.writing() as pen:
        pen.write(fact("case/0", 2, 10, text="first editor"))

    def second() -> None:
        with any_ledger.writing() as pen:
            pen.write(fact("case/1", 2, 11))
            pen.write(fact("case/0", 2, 11, text="second editor"))

    with pytest.raises(Stale) as caught:
        second()
    assert [e.fact.body["text"] for e in caught.value.since] == ["first editor"]
    # nothing of the second editor's transaction is kept, not even its sound part
    assert any_ledger.head().seq == 6


def test_an_entry_of_the_same_key_is_written_once(any_ledger: Ledger) -> None:
    with any_ledger.writing() as pen:
        assert pen.write(fact("reminder/a", 1), "due/a/2026-03-02") is not None
        assert pen.write(fact("reminder/b", 1), "due/a/2026-03-02") is None
    with any_ledger.writing() as pen:
        assert pen.write(fact("reminder/c", 1), "due/a/2026-03-02") is None
    assert any_ledger.head().seq == 1


def test_a_clock_set_back_is_refused(any_ledger: Ledger) -> None:
    filled(any_ledger, 3)
    with pytest.raises(ZhishuError, match="ledger-clock-back"), any_ledger.writing() as pen:
        pen.write(fact("case/9", 1, -1))
    assert any_ledger.head().seq == 3


def test_a_control_character_in_an_id_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="control"), ledger.writing() as pen:
        pen.write(fact("case/a\nb", 1))


@pytest.mark.parametrize("statement", ["UPDATE entry SET body = '{}'", "DELETE FROM entry", "DELETE FROM blob"])
def test_an_ordinary_statement_cannot_change_the_record(any_ledger: Ledger, statement: str) -> None:
    filled(any_ledger, 3)
    with any_ledger.writing() as pen:
        pen.keep(b"x")
    with pytest.raises(DBAPIError, match="append-only"), any_ledger.engine.begin() as connection:
        connection.execute(text(statement))


def test_t22_many_writers_at_once_lose_nothing_and_keep_the_chain(any_ledger: Ledger) -> None:
    writers, each = 10, 20
    failures: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for n in range(each):
                with any_ledger.writing() as pen:
                    at = max(START, START if not pen.head.at else START + timedelta(days=1))
                    pen.write(fact(f"case/{writer}", n + 1, int((at - START).total_seconds() // 60)))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(w,)) for w in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    found = verify(any_ledger)
    assert (found.entries, found.problems) == (writers * each, ())


def test_t19_a_backup_during_writes_is_one_moment_and_restores(any_ledger: Ledger, tmp_path: Path) -> None:
    filled(any_ledger, 500)
    stop = threading.Event()

    def write() -> None:
        n = 500
        while not stop.is_set():
            filled(any_ledger, 5, n)
            n += 5

    thread = threading.Thread(target=write)
    thread.start()
    try:
        copies = [backup(any_ledger, tmp_path / f"{n}.db") for n in range(3)]
    finally:
        stop.set()
        thread.join(60)
    for n, found in enumerate(copies):
        # the writer adds five at a time: a backup never holds a part of them
        assert found.problems == ()
        assert found.entries % 5 == 0
        assert verify_file(tmp_path / f"{n}.db").entries == found.entries
    assert not list(tmp_path.glob(".part*"))
    fresh = open_ledger(tmp_path / "restored.db")
    assert restore(tmp_path / "2.db", fresh) == copies[2]
    assert verify(fresh) == copies[2]
    with pytest.raises(ZhishuError, match="restore-not-empty"):
        restore(tmp_path / "2.db", fresh)
    with pytest.raises(ZhishuError, match="backup-exists"):
        backup(any_ledger, tmp_path / "2.db")


def test_a_backup_restores_into_the_other_database(pg_url: str, ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger, 40)
    with ledger.writing() as pen:
        pen.keep(b"evidence")
    backup(ledger, tmp_path / "copy.db")
    moved = open_ledger(pg_url)
    restore(tmp_path / "copy.db", moved)
    assert verify(moved) == verify(ledger)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with open_ledger(path).engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ZhishuError, match="ledger-newer"):
        open_ledger(path)


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    false = tmp_path / "letter.db"
    false.write_text("<html>")
    for where, code in (
        (false, "ledger-unreadable"),
        ("nonsense://x", "ledger-(driver|url)"),
        ("://", "ledger-url"),
        ("postgresql://nobody@127.0.0.1:1/none", "ledger-unreadable"),
    ):
        with pytest.raises(ZhishuError, match=code):
            open_ledger(where)
    assert false.read_text() == "<html>"


def test_more_writers_than_connections_leave_room_for_readers(any_ledger: Ledger) -> None:
    inside, done = threading.Event(), []

    def write(n: int) -> None:
        with any_ledger.writing() as pen:
            inside.set()
            pen.write(fact(f"case/w{n}", 1))
            # whoever holds the pen may have to read beside it
            assert any_ledger.head().seq >= 0
            done.append(n)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    assert inside.wait(10)
    any_ledger.head()
    for thread in threads:
        thread.join(20)
    assert sorted(done) == list(range(40))


@given(st.datetimes(timezones=st.just(UTC)) | st.datetimes(timezones=st.timezones()))
def test_an_instant_is_read_as_it_was_written(at: datetime) -> None:
    """Whatever the clock's zone, 27 characters that give the same instant back."""
    stored = instant(at)
    assert len(stored) == 27
    assert entry((1, "unit/a", 1, "create", "x", "a", stored, "2026-03-01", "", "{}", "", "")).fact.at == at.astimezone(
        UTC
    )


@pytest.mark.parametrize(
    "at",
    ["2026-03-01T01:00:00Z", "2026-03-01T09:00:00.000000+08:00", "2026-W09-7T01:00:00.00000Z", "2026-03-01T24:00:00.000000Z",
     "2026-02-30T01:00:00.000000Z", "2026-03-01 01:00:00.000000Z", "２026-03-01T01:00:00.000000Z", ""],
)  # fmt: skip
def test_an_instant_written_otherwise_is_none(at: str) -> None:
    with pytest.raises(ValueError, match=r"instant|day"):
        entry((1, "unit/a", 1, "create", "x", "a", at, "2026-03-01", "", "{}", "", ""))


@pytest.mark.parametrize("body", ["", "{", "{}{}", "{} "])
def test_a_body_is_one_whole_text(body: str) -> None:
    with pytest.raises(ValueError, match=r"body|Expecting"):
        entry((1, "unit/a", 1, "create", "x", "a", instant(START), "2026-03-01", "", body, "", ""))


def test_entries_come_subject_by_subject(any_ledger: Ledger) -> None:
    """All that ``read`` yields, and only in another order."""
    filled(any_ledger, 30)
    found = list(any_ledger.by_subject())
    assert sorted(found, key=lambda e: e.seq) == list(any_ledger.read())
    streams = [stream for stream, _ in groupby(found, key=lambda e: e.fact.stream)]
    assert len(streams) == len(set(streams))
    for stream in streams:
        own = [e.fact.version for e in found if e.fact.stream == stream]
        assert own == list(range(1, len(own) + 1))
