"""What a page of the office offers is open to whoever sees it: no link leads to nothing, for any post."""

from datetime import date

import pytest
from tests.office.conftest import ACCOUNTS
from tests.surfaces.office_door import Desk, close, draft, make_release, open_desk
from tests.surfaces.reading import links, plain

from zhishu.study import Study

MOST = 120
CASE = {
    "title": "示例案件", "region": "510000", "domain": "transport", "unit": "transport", "due": "2026-06-30",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with tasks, cases on a figure and on a paper, a period, a submission due and a release."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        made = open_desk(study, tmp_path_factory.mktemp("links"))
        bench = made.bench
        bench.act("admin", "unit/below", "create", name="示例", region="510100", since="2018-01-01", above="drc")
        draft(bench, "late")
        draft(bench, "city", unit="chengdu", due="2026-06-30")
        close(bench, draft(bench, "done", due="2026-06-30"))
        bench.act("supervisor", "case/figure", "open", **CASE, origin="warning", ref="gdp/510000/2022")
        bench.act("supervisor", "case/paper", "open", **CASE, origin="check", ref="示例核查单（2026）3号")
        bench.act("admin", "account/clerk", "grant", role="statistician", region="510000", domain="*")
        bench.act("clerk", "period/prefecture-year.2025", "open", due="2026-03-20", units=["below", "chengdu"])
        make_release(bench, "2026-02", b"PK", b"PK", ("示例", "specimen"))
        bench.clock.forward(days=9)
        yield made  # type: ignore[misc]


@pytest.mark.parametrize("account", ["admin", *ACCOUNTS])
@pytest.mark.parametrize("on", ["", "2026-03-03"])
def test_no_link_leads_to_nothing(desk: Desk, account: str, on: str) -> None:
    """Everything within reach of an account is opened, today and as of a day that is past."""
    client, seen, dead = desk.of(account).client, set[str](), list[tuple[str, str, int]]()
    day = f"on={date.fromisoformat(on)}" if on else ""
    waiting = [("", "/office"), ("", "/releases"), ("", "/me")]
    while waiting and len(seen) < MOST:
        page, path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(f"{path}{'&' if '?' in path else '?'}{day}")
        if answer.status_code >= 400:
            dead.append((page, path, answer.status_code))
        elif path.startswith(("/office", "/releases", "/me")) and answer.headers["content-type"].startswith(
            "text/html"
        ):
            found = {plain(link.partition("#")[0]) for link in links(answer.text) if link.startswith("/")}
            # of the ledger one page is enough
            waiting += [(path, p) for p in sorted(found) if not p.startswith(("/office/ledger?", "/login"))]
    assert dead == [], f"{account} {on}"
    assert len(seen) > 10
