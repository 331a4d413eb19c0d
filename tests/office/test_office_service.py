"""The office's door: what is recorded, what is refused, what looks alike, and that nothing half happens."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.office.conftest import Bench, furnish

from zhishu.errors import ZhishuError
from zhishu.ledger import Ledger, Stale, open_ledger
from zhishu.ledger.verify import verify
from zhishu.office import Upload, Wish


def codes(caught: pytest.ExceptionInfo[ZhishuError]) -> list[str]:
    """Return the codes of what was raised."""
    return [p.code for p in caught.value.problems]


def test_what_was_recorded_survives_a_new_start(bench: Bench, make: Callable[[Ledger], Bench]) -> None:
    again = make(bench.office.ledger)
    assert again.office.projection.states == bench.office.projection.states
    assert again.office.projection.asks == bench.office.projection.asks
    assert verify(bench.office.ledger).problems == ()


def test_an_act_is_dated_by_the_local_day(bench: Bench) -> None:
    # 16:30 in UTC is half past midnight of the next day at the office
    bench.clock.at = bench.clock.at.replace(month=12, day=31, hour=16, minute=30)
    entry = bench.act("admin", "unit/new", "create", name="示例新局", region="510000", since="2026-01-01")
    assert entry.fact.on == date(2027, 1, 1)


def test_t31_fields_that_the_form_does_not_show_are_refused(bench: Bench) -> None:
    with pytest.raises(ZhishuError) as caught:
        bench.act(
            "admin",
            "unit/new",
            "create",
            name="示例",
            region="510000",
            since="2026-01-01",
            approved_by="x",
            until="2026-02-01",
            on="2020-01-01",
        )
    assert codes(caught) == ["form-field-unknown"] * 3
    assert bench.office.state("unit/new") is None


def test_unknown_and_forbidden_look_alike(bench: Bench) -> None:
    said = []
    for by, stream in (
        ("clerk", "unit/drc"),
        ("clerk", "unit/nowhere"),
        ("nobody", "unit/drc"),
        ("admin", "planet/mars"),
    ):
        with pytest.raises(ZhishuError) as caught:
            bench.act(by, stream, "rename", name="示例")
        assert codes(caught) == ["office-hidden"]
        said.append(caught.value.problems[0].what)
    assert len(set(said)) == 1


def test_t34_taking_a_role_or_disabling_acts_at_once(bench: Bench) -> None:
    bench.act("admin", "account/second", "grant", role="administrator", region="510000", domain="*")
    bench.act("second", "unit/a", "create", name="示例", region="510000", since="2026-01-01")
    bench.act("admin", "account/second", "revoke", role="administrator", region="510000", domain="*")
    with pytest.raises(ZhishuError, match="office-hidden"):
        bench.act("second", "unit/b", "create", name="示例", region="510000", since="2026-01-01")
    bench.act("admin", "account/second", "grant", role="administrator", region="510000", domain="*")
    bench.act("admin", "account/second", "disable", reason="示例")
    with pytest.raises(ZhishuError, match="office-hidden"):
        bench.act("second", "unit/b", "create", name="示例", region="510000", since="2026-01-01")


def test_nobody_grants_rights_to_themselves(bench: Bench) -> None:
    with pytest.raises(ZhishuError, match="account-own-rights"):
        bench.act("admin", "account/admin", "grant", role="decider", region="510000", domain="*")


def test_rights_end_at_the_region(bench: Bench) -> None:
    bench.act("admin", "account/city", "grant", role="administrator", region="510100", domain="*")
    bench.act("city", "unit/jinjiang", "create", name="示例锦江区", region="510104", since="2026-01-01")
    with pytest.raises(ZhishuError, match="office-hidden"):
        bench.act("city", "unit/province", "create", name="示例", region="510000", since="2026-01-01")


def test_t21_a_stale_act_is_refused_with_the_difference(bench: Bench) -> None:
    bench.act("admin", "unit/drc", "rename", name="示例新名")
    with pytest.raises(Stale) as caught:
        bench.act("admin", "unit/drc", "rename", expected=1, name="示例旧名")
    assert [e.fact.body["name"] for e in caught.value.since] == ["示例新名"]


def test_many_acts_are_recorded_all_or_none(bench: Bench) -> None:
    before = bench.office.ledger.head()
    wishes = [
        Wish(
            f"unit/n{n}",
            "create",
            0,
            {"name": ["示例"], "region": ["510000" if n != 7 else "999999"], "since": ["2026-01-01"]},
        )
        for n in range(10)
    ]
    with pytest.raises(ZhishuError) as caught:
        bench.office.act_all("admin", wishes)
    assert [p.where for p in caught.value.problems] == ["unit/n7 region"]
    assert bench.office.ledger.head() == before
    assert bench.office.state("unit/n0") is None
    wishes.pop(7)
    assert len(bench.office.act_all("admin", wishes)) == 9


def test_acts_of_one_transaction_build_on_each_other(bench: Bench) -> None:
    create = Wish("unit/x", "create", 0, {"name": ["示例"], "region": ["510000"], "since": ["2026-01-01"]})
    entries = bench.office.act_all("admin", [create, Wish("unit/x", "rename", 1, {"name": ["示例改"]})])
    assert [e.fact.version for e in entries] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("空.pdf", b"", "file-empty"), ("大.pdf", b"x" * (20 * 1024 * 1024 + 1), "file-large")],
)
def test_files_that_prove_nothing_are_refused(bench: Bench, name: str, content: bytes, code: str) -> None:
    with pytest.raises(ZhishuError) as caught:
        bench.act(
            "admin",
            "unit/x",
            "create",
            {"files": [Upload(name, content)]},
            name="示例",
            region="510000",
            since="2026-01-01",
        )
    assert codes(caught) == [code]


@pytest.mark.parametrize(
    "stream", ["unit/../x", "unit/a b", "unit/", "unit/" + "x" * 200, "Unit/a", "unit/a\n", "unit/<b>"]
)
def test_ids_that_are_no_ids_are_refused(bench: Bench, stream: str) -> None:
    with pytest.raises(ZhishuError, match="office-id"):
        bench.act("admin", stream, "create", name="示例", region="510000", since="2026-01-01")


def test_two_offices_over_one_ledger_see_each_other(bench: Bench, make: Callable[[Ledger], Bench]) -> None:
    other = make(bench.office.ledger)
    other.clock.at = bench.clock.at
    bench.act("admin", "unit/x", "create", name="示例", region="510000", since="2026-01-01")
    with pytest.raises(Stale):
        other.office.act(
            "admin", Wish("unit/x", "create", 0, {"name": ["示例"], "region": ["510000"], "since": ["2026-01-01"]})
        )
    other.office.refresh()
    assert other.office.state("unit/x") == bench.office.state("unit/x")


def test_t22_parallel_clients_record_one_legal_sequence(bench: Bench) -> None:
    won: list[int] = []

    def client(number: int) -> None:
        for _ in range(5):
            try:
                version = bench.office.projection.versions["unit/drc"]
                won.append(
                    bench.act("admin", "unit/drc", "rename", expected=version, name=f"示例{number}").fact.version
                )
            except Stale:
                bench.office.refresh()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(won) == list(range(2, 2 + len(won)))
    assert verify(bench.office.ledger).problems == ()


def test_a_past_day_shows_what_was_recorded_by_then(bench: Bench) -> None:
    day = bench.office.today()
    bench.clock.forward(days=3)
    bench.act("admin", "unit/drc", "rename", name="示例新名")
    assert bench.office.moment(day).state("unit/drc").name.zh == "示例发展改革委"
    assert bench.office.moment().state("unit/drc").name.zh == "示例新名"
    assert not bench.office.moment(day).present
    assert bench.office.moment().present


def test_a_day_that_was_today_is_past_on_the_next(bench: Bench) -> None:
    """What was asked for while it was today shows nothing of the day after, and nobody acts on it."""
    office, day = bench.office, bench.office.today()
    assert office.moment().present
    assert office.moment(day) is office.moment()
    bench.clock.forward(days=1)
    bench.act("admin", "unit/drc", "rename", name="示例新名")
    assert office.moment(day).state("unit/drc").name.zh == "示例发展改革委"
    assert not office.moment(day).present
    assert office.moment(day) is office.moment(day)
    assert office.moment().state("unit/drc").name.zh == "示例新名"


def test_past_days_asked_for_leave_today_in_place(bench: Bench) -> None:
    now = bench.office.moment()
    for back in range(1, 10):
        bench.office.moment(bench.office.today() - timedelta(back))
    assert bench.office.moment() is now


def test_the_first_administrator_is_set_up_once(bench: Bench) -> None:
    with pytest.raises(ZhishuError, match="office-founded"):
        bench.office.found("again", "示例", "office2", "示例")


def test_the_office_runs_on_postgresql(pg_url: str, make: Callable[[Ledger], Bench]) -> None:
    bench = furnish(make(open_ledger(pg_url)))
    bench.act("admin", "unit/drc", "rename", name="示例新名")
    again = make(bench.office.ledger)
    assert again.office.projection.states == bench.office.projection.states
    with pytest.raises(Stale):
        bench.act("admin", "unit/drc", "rename", expected=1, name="示例")
