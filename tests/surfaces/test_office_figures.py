"""The page of a month's figure lists what its reader may see, and says how many more it counts."""

from pathlib import Path

import pytest
from tests.surfaces.office_door import Desk, draft, open_desk, words

from zhishu.pack.office import RoleRights
from zhishu.study import Study
from zhishu.terms import Text


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with two tasks and a post that writes briefings over the whole and reads tasks of a city."""
    made = open_desk(study, Path(tmp_path_factory.mktemp("figures")))
    roles = made.bench.office.rules.roles
    assert isinstance(roles, dict)
    roles["writer"] = RoleRights("writer", Text("起草", "writer"), ("release.draft",))
    for role, region in (("writer", "510000"), ("auditor", "510100")):
        made.bench.act("admin", "account/other", "grant", role=role, region=region, domain="*")
    draft(made.bench, "far", title="示例任务远处")
    draft(made.bench, "near", unit="chengdu", title="示例任务近处")
    made.bench.clock.forward(days=9)
    return made


@pytest.mark.parametrize(("lang", "more"), [("zh", "另有 1 项，您无权查看"), ("en", "1 more that you may not open")])
@pytest.mark.parametrize("figure", ["all.overdue", "all.running", "all.asked"])
def test_only_what_the_reader_may_see_and_how_many_more(desk: Desk, figure: str, lang: str, more: str) -> None:
    page = words(desk.of("other").client.get(f"/office/month/2026-03/{figure}?lang={lang}").text)
    assert "示例任务近处" in page
    assert "示例任务远处" not in page
    assert "task/far" not in page
    assert more in page
    whole = words(desk.of("supervisor").client.get(f"/office/month/2026-03/{figure}?lang={lang}").text)
    assert "示例任务近处" in whole
    assert "示例任务远处" in whole
    assert more not in whole


def test_of_what_none_may_be_seen_only_the_number_is_said(desk: Desk) -> None:
    page = words(desk.of("other").client.get("/office/month/2026-03/unit.transport.overdue?lang=en").text)
    assert "1 more that you may not open" in page
    assert "None." not in page
    assert "None." in words(desk.of("other").client.get("/office/month/2026-03/all.stale?lang=en").text)


def test_reports_that_nobody_handed_in_are_asked_for_alike(desk: Desk) -> None:
    bench = desk.bench
    bench.act("admin", "account/second", "grant", role="statistician", region="510000", domain="*")
    bench.act("second", "period/fiscal-month.2026-02", "open", due="2026-03-12", units=["chengdu", "transport"])
    bench.clock.forward(days=5)
    desk.seats.clear()
    page = words(desk.of("other").client.get("/office/month/2026-03/all.unreported?lang=zh").text)
    assert "示例成都市：市州财政收支月报 2026-02" in page
    assert "示例交通厅" not in page
    assert "另有 1 项，您无权查看" in page
