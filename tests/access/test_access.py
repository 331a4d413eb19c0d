"""Who somebody is, without pages: passwords, links, sessions, tokens, and the brake on guessing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from zhishu.access import passwords
from zhishu.access.devices import mark_device, own_device
from zhishu.access.links import INVITE, SETUP, known_link, new_link, take_link
from zhishu.access.passwords import check_password, has_password, password_problems, set_password
from zhishu.access.sessions import begin_session, end_session, end_sessions, find_session
from zhishu.access.throttle import admit, keys, succeeded
from zhishu.access.tokens import find_token, new_token, revoke_token, tokens_of
from zhishu.ledger import open_ledger
from zhishu.ledger.tables import CREDENTIAL, LINK, SESSION, TOKEN

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
GOOD = "四川盆地-春雨-河灯-石桥"
OTHER = "another sentence, longer"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return the engine of an empty ledger."""
    opened = open_ledger(tmp_path / "office.db").engine
    yield opened
    opened.dispose()


def test_t36_argon2id_as_owasp_says(engine: Engine) -> None:
    set_password(engine, "wang", GOOD, NOW)
    with engine.connect() as connection:
        kept = connection.execute(select(CREDENTIAL.c.secret)).scalar_one()
    found = extract_parameters(kept)
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19456, 2, 1)
    assert GOOD not in kept


def test_t36_there_is_no_default_password(engine: Engine) -> None:
    assert not has_password(engine)
    for account in ("admin", "administrator", "root", ""):
        for password in ("", "admin", "password", "zhishu", "123456789012"):
            assert not check_password(engine, account, password, NOW)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password-length"),
        ("x" * 300, "password-length"),
        ("123456789012", "password-weak"),
        ("PasswordPassword", "password-weak"),
        ("wangwangwang1", "password-weak"),
        ("aaaaaaaaaaaaaa", "password-weak"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    assert code in [p.code for p in password_problems("wang", password)]


def test_good_passwords_are_taken() -> None:
    assert password_problems("wang", GOOD) == []


def test_t36_weaker_hashes_are_renewed_at_the_next_success(engine: Engine) -> None:
    set_password(engine, "wang", GOOD, NOW)
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    with engine.begin() as connection:
        connection.execute(update(CREDENTIAL).values(secret=weak))
    assert not check_password(engine, "wang", OTHER, NOW)
    assert check_password(engine, "wang", GOOD, NOW)
    with engine.connect() as connection:
        renewed = connection.execute(select(CREDENTIAL.c.secret)).scalar_one()
    assert extract_parameters(renewed).memory_cost == 19456
    assert check_password(engine, "wang", GOOD, NOW)


def test_an_unknown_account_costs_the_same_work(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One check of the same hash parameters, whoever is asked for."""
    set_password(engine, "wang", GOOD, NOW)
    checked = []

    class Counting:
        def verify(self, hash: str, password: str) -> bool:
            checked.append(extract_parameters(hash))
            return real.verify(hash, password)

        def hash(self, password: str) -> str:
            return real.hash(password)

    real = passwords._hasher()
    passwords._nobody()
    monkeypatch.setattr(passwords, "_hasher", Counting)
    assert not check_password(engine, "wang", OTHER, NOW)
    assert not check_password(engine, "nobody", OTHER, NOW)
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_links_work_once_and_a_day(engine: Engine) -> None:
    secret = new_link(engine, "wang", INVITE, NOW)
    assert known_link(engine, secret, INVITE, NOW) == "wang"
    assert known_link(engine, secret, SETUP, NOW) is None
    assert take_link(engine, secret, INVITE, NOW) == "wang"
    assert take_link(engine, secret, INVITE, NOW) is None
    late = new_link(engine, "wang", INVITE, NOW)
    assert known_link(engine, late, INVITE, NOW + timedelta(hours=24)) is None
    assert take_link(engine, late, INVITE, NOW + timedelta(hours=24)) is None


def test_a_newer_link_ends_the_earlier(engine: Engine) -> None:
    first = new_link(engine, "wang", INVITE, NOW)
    new_link(engine, "wang", INVITE, NOW)
    assert take_link(engine, first, INVITE, NOW) is None


def test_of_two_at_once_one_takes_the_link(engine: Engine) -> None:
    secret = new_link(engine, "wang", INVITE, NOW)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take_link(engine, secret, INVITE, NOW), range(8)))
    assert sorted(taken, key=str) == [None] * 7 + ["wang"]


def test_t37_what_is_kept_opens_nothing(engine: Engine) -> None:
    """Secrets of sessions, links, devices and tokens are not in the tables."""
    secrets = [
        begin_session(engine, "wang", NOW),
        new_link(engine, "wang", INVITE, NOW),
        mark_device(engine, "wang", NOW),
        new_token(engine, "wang", "示例", ("task.report",), 9, NOW),
    ]
    with engine.connect() as connection:
        kept = str([connection.execute(select(t)).all() for t in (SESSION, LINK, TOKEN)])
    assert all(len(s) == 43 and s not in kept for s in secrets)
    assert len(set(secrets)) == 4


def test_t34_sessions_end_by_idleness_age_and_at_once(engine: Engine) -> None:
    first, second = begin_session(engine, "wang", NOW), begin_session(engine, "wang", NOW)
    assert first != second
    assert find_session(engine, "made up", NOW) is None
    assert find_session(engine, second, NOW + timedelta(minutes=30)) is None
    at = NOW
    while at < NOW + timedelta(hours=12):
        assert find_session(engine, first, at) is not None
        at += timedelta(minutes=29)
    assert find_session(engine, first, NOW + timedelta(hours=12)) is None
    third = begin_session(engine, "wang", NOW)
    end_session(engine, third)
    assert find_session(engine, third, NOW) is None


def test_t34_a_new_password_ends_every_session(engine: Engine) -> None:
    mine, theirs = begin_session(engine, "wang", NOW), begin_session(engine, "li", NOW)
    set_password(engine, "wang", GOOD, NOW)
    assert find_session(engine, mine, NOW) is None
    assert find_session(engine, theirs, NOW) is not None
    assert end_sessions(engine, "li") == 1


def test_t35_the_delay_grows_and_ends(engine: Engine) -> None:
    of = keys("wang", "192.0.2.1", None)
    waits, at = [], NOW
    for _ in range(16):
        assert admit(engine, of, at) == 0
        waits.append(admit(engine, of, at + timedelta(microseconds=1)) if len(waits) >= 4 else 0)
        at += timedelta(seconds=waits[-1] + 1)
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4:] == sorted(waits[4:])
    assert (waits[4], max(waits)) == (1, 900)


def test_t35_a_known_device_is_not_held_up_by_others(engine: Engine) -> None:
    mark = mark_device(engine, "wang", NOW)
    strangers = keys("wang", "192.0.2.1", None)
    while admit(engine, strangers, NOW) == 0:
        pass
    mine = keys("wang", "192.0.2.1", own_device(engine, "wang", mark, NOW))
    assert admit(engine, mine, NOW) == 0
    assert own_device(engine, "li", mark, NOW) is None
    while admit(engine, mine, NOW) == 0:
        pass
    assert admit(engine, strangers, NOW) > 0


def test_t35_many_at_once_are_no_more_than_one_after_another(engine: Engine) -> None:
    of = keys("wang", "192.0.2.1", None)
    with ThreadPoolExecutor(8) as pool:
        admitted = [w for w in pool.map(lambda _: admit(engine, of, NOW), range(24)) if w == 0]
    assert len(admitted) == 5


def test_t35_an_own_account_buys_no_guesses_at_others(engine: Engine) -> None:
    """Signing in between guesses takes back one's own try only; an address is held up after twenty failures."""
    guesses = 0
    while guesses < 100 and admit(engine, keys(f"victim{guesses}", "192.0.2.1", None), NOW) == 0:
        guesses += 1
        mine = keys("mallory", "192.0.2.1", None)
        if admit(engine, mine, NOW) == 0:
            succeeded(engine, mine, NOW)
    assert guesses == 20


@settings(max_examples=25, deadline=None)
@given(failures=st.integers(0, 40))
def test_t35_success_forgets_what_is_ones_own(tmp_path_factory: pytest.TempPathFactory, failures: int) -> None:
    engine = open_ledger(tmp_path_factory.mktemp("l") / "o.db").engine
    of, at = keys("wang", "192.0.2.1", "d"), NOW
    for _ in range(failures):
        admit(engine, of, at)
        at += timedelta(minutes=16)
    succeeded(engine, of, at)
    assert [admit(engine, of, at) for _ in range(5)] == [0] * 5
    assert admit(engine, of, at) > 0
    engine.dispose()


def test_t38_tokens_end_and_are_revoked_by_their_owner_alone(engine: Engine) -> None:
    secret = new_token(engine, "wang", "示例程序", ("task.report",), 3, NOW)
    found = find_token(engine, secret, NOW)
    assert found is not None
    assert (found.account, found.rights) == ("wang", ("task.report",))
    assert find_token(engine, secret, NOW + timedelta(days=3)) is None
    revoke_token(engine, "li", found.hash)
    assert find_token(engine, secret, NOW) is not None
    revoke_token(engine, "wang", found.hash)
    assert find_token(engine, secret, NOW) is None
    assert [t.revoked for t in tokens_of(engine, "wang")] == [True]


def test_t38_no_token_lasts_longer_than_a_year(engine: Engine) -> None:
    secret = new_token(engine, "wang", "示例", ("task.report",), 100_000, NOW)
    assert find_token(engine, secret, NOW + timedelta(days=366)) is None
