"""What pages of the office say of themselves is so: counts, what was recorded, what was tried, names of files."""

import re

import pytest
from tests.surfaces.door_samples import give_passwords
from tests.surfaces.office_door import Desk, close, draft, open_desk, words

from zhishu.office import Upload
from zhishu.study import Study

ORDER = {"level": "blue", "reason": "示例", "basis": "示例办法"}


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a late task and one whose proposed order nobody signed before it was closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        made = open_desk(study, tmp_path_factory.mktemp("said"))
        for id in ("late", "closed"):
            draft(made.bench, id)
        made.bench.clock.forward(days=9)
        made.bench.act("supervisor", "task/closed", "propose_order", **ORDER)
        yield made  # type: ignore[misc]


def said(desk: Desk, path: str, account: str = "supervisor") -> str:
    """Return what a page says to an account, in English."""
    answer = desk.of(account).client.get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert answer.status_code == 200
    return words(answer.text)


def test_an_order_on_a_closed_task_waits_for_nobody(desk: Desk) -> None:
    """Once the task is closed nobody can sign what was proposed."""
    assert "1 to be signed" in said(desk, "/office/orders")
    close(desk.bench, "task/closed")
    assert "0 to be signed" in said(desk, "/office/orders")


def test_what_was_recorded_is_said_of_the_last_entry_only(desk: Desk) -> None:
    """An address passed on, or one made up, claims nothing."""
    assert "Recorded:" in said(desk, "/office/task/late?done=assign")
    for never in ("draft", "close", "x", "1"):
        assert "Recorded:" not in said(desk, f"/office/task/late?done={never}")


def test_the_ledger_beyond_its_end_shows_its_end(desk: Desk) -> None:
    """A number that is not there yet leads to the newest entries, and every entry can be reached."""
    head = desk.bench.office.ledger.head().seq
    client = desk.of("auditor").client
    for seq in ("", str(head), str(head + 40), "99999999999"):
        assert f'id="s{head}"' in client.get(f"/office/ledger?seq={seq}").text
    assert 'id="s1"' in client.get("/office/ledger?seq=1").text
    assert "Ledger" not in said(desk, "/office", "clerk")
    assert "Ledger" in said(desk, "/office", "auditor")


def test_the_ledger_is_for_who_reads_the_whole(desk: Desk) -> None:
    """An auditor of one city or of one domain reads what lies there, and not the register of everything."""
    bench = desk.bench
    for id, region, domain in (("cityaudit", "510100", "*"), ("roads", "510000", "transport")):
        bench.act("admin", f"account/{id}", "create", name="示例审计岗", unit="drc")
        bench.act("admin", f"account/{id}", "grant", role="auditor", region=region, domain=domain)
    give_passwords(bench, "cityaudit", "roads")
    for id in ("cityaudit", "roads"):
        assert desk.of(id).client.get("/office/ledger").status_code == 404
        assert "Ledger" not in said(desk, "/office", id)
    assert desk.of("auditor").client.get("/office/ledger").status_code == 200


def test_the_burden_speaks_of_the_units_one_may_see(desk: Desk) -> None:
    """Who reads one unit is told of no other, not even that nothing was asked of it."""
    assert "unit you may see" in said(desk, "/office/burden", "other")
    assert "unit you may see" in said(desk, "/office/burden?month=2001-01", "other")
    assert "unit you may see" not in said(desk, "/office/burden?month=2001-01", "auditor")


def test_what_came_too_late_is_named_with_its_act(desk: Desk) -> None:
    """The page of a stale act says which act it was, what was filled in, and that files are chosen again."""
    seat = desk.of("supervisor")
    form = {"csrf": seat.csrf, "expected": "1", **ORDER}
    answer = seat.client.post("/office/task/late/propose_order?lang=en", data=form, headers=seat.headers)
    assert answer.status_code == 409
    page = words(answer.text)
    for part in ("Propose an order", "示例办法", "files have to be chosen again"):
        assert part.lower() in page.lower()


def test_many_at_once_are_those_that_were_seen(desk: Desk) -> None:
    """Where somebody acted in between, or one more came, nothing is recorded and the list is looked at again."""
    bench, seat = desk.bench, desk.of("supervisor")
    more = {"template": "supervision_3", "supervisor": "drc", "unit": "transport", "reviewer": "review"}
    more |= {"due": "2026-06-30", "region": "510000", "domain": "transport"}
    for n in range(3):
        bench.act("supervisor", f"task/many{n}", "draft", title=f"示例批量{n}", **more)

    def form() -> dict[str, str]:
        page = seat.client.get("/office/task?q=示例批量").text
        start = page.index("/office/task/many/assign")
        return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page[start : page.index("</form>", start)]))

    def sent(fields: dict[str, str]) -> tuple[int, bool]:
        answer = seat.client.post("/office/task/many/assign", data=fields, headers=seat.headers)
        return answer.status_code, "many-changed" in answer.text

    seen = form()
    bench.act("supervisor", "task/many0", "assign")
    bench.act("supervisor", "task/many3", "draft", title="示例批量3", **more)
    head = desk.head
    assert sent(seen) == (400, True)
    assert sent({k: v for k, v in seen.items() if k != "expected"}) == (400, True)
    assert desk.head == head
    assert sent(form()) == (303, False)
    assert all(bench.office.state(f"task/many{n}").words for n in range(4))


def test_no_warning_is_said_in_words(desk: Desk) -> None:
    """Before any figure is known nothing stands."""
    assert "No warning stands" in said(desk, "/office/warnings?on=1990-01-01")


def test_a_file_keeps_its_chinese_name(desk: Desk) -> None:
    """Evidence is saved under the name it was brought with, in programs that can read it."""
    name = "现场 照片（一）\u202e.pdf"
    desk.bench.act("clerk", "task/late", "report", {"files": [Upload(name, b"%PDF")]}, shows="示例")
    client = desk.of("clerk").client
    found = re.search(r'href="(/office/task/late/files/[0-9a-f]{64})', client.get("/office/task/late").text)
    assert found is not None
    header = client.get(found[1]).headers["content-disposition"]
    assert header.startswith('attachment; filename="')
    assert header.endswith("; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87%EF%BC%88%E4%B8%80%EF%BC%89.pdf")
    assert header.isascii()
