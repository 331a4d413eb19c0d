"""A draft is withdrawn on the page and over REST: lists no longer count it as open, and its entries stay."""

from pathlib import Path

import pytest
from tests.surfaces.office_door import Desk, draft, make_release, open_desk, words

from zhishu.office.month import month_of
from zhishu.study import Study


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a task given out, two that are not, and a briefing not released."""
    made = open_desk(study, Path(tmp_path_factory.mktemp("withdrawn")))
    draft(made.bench, "out", due="2026-06-30")
    for id in ("page", "rest"):
        made.bench.act(
            "supervisor", f"task/{id}", "draft", title=f"示例草稿{id}", template="supervision_3", supervisor="drc",
            unit="transport", reviewer="review", due="2026-06-30", region="510000", domain="transport",
        )  # fmt: skip
    make_release(made.bench, "2026-02", b"word", b"", ("示例通报", "A briefing"))
    return made


def _running(desk: Desk) -> int:
    moment = desk.bench.office.moment()
    figure = month_of(moment, "2026-03").figure("all.running")
    assert figure is not None
    return figure.value


def test_the_author_withdraws_a_task_on_its_page(desk: Desk) -> None:
    seat = desk.of("supervisor")
    assert _running(desk) == 3
    assert "撤销草稿" in seat.client.get("/office/task/page").text
    assert "撤销草稿" not in seat.client.get("/office/task/out").text
    sent = {"reason": "重复立项", "csrf": seat.csrf, "expected": "1"}
    assert seat.client.post("/office/task/page/cancel", data=sent, headers=seat.headers).status_code == 303
    page = words(seat.client.get("/office/task/page?lang=zh").text)
    assert "草稿已撤销" in page
    assert "重复立项" in page
    assert "withdrawn on 2026-03-02" in seat.client.get("/office/task/page?lang=en").text
    assert _running(desk) == 2
    assert "示例草稿page" not in seat.client.get("/office").text
    assert "示例草稿page" in seat.client.get("/office/task?light=cancelled").text
    assert [e.fact.act for e in desk.bench.office.trace("task/page")] == ["draft", "cancel"]


def test_over_rest(desk: Desk) -> None:
    program = desk.program("supervisor", "office.read", "task.cancel")
    path, match = "/api/v1/office/task/rest/cancel", {"If-Match": '"1"'}
    barred = desk.program("clerk", "office.read", "task.report")
    assert barred.client.post(path, json={"reason": "x"}, headers={**barred.headers, **match}).status_code == 404
    missing = program.client.post(path, json={}, headers={**program.headers, **match})
    assert [p["code"] for p in missing.json()["problems"]] == ["form-missing"]
    assert program.client.post(path, json={"reason": "误建"}, headers={**program.headers, **match}).status_code == 201
    found = program.client.get("/api/v1/office/task/rest", headers=program.headers).json()
    assert (found["standing"]["light"], found["state"]["cancelled"]["text"], found["acts"]) == ("cancelled", "误建", [])


def test_a_briefing(desk: Desk) -> None:
    seat = desk.of("secretary")
    sent = {"reason": "数据有误", "csrf": seat.csrf, "expected": "1"}
    assert seat.client.post("/office/release/2026-02/cancel", data=sent, headers=seat.headers).status_code == 303
    for lang, said in (("zh", "撤销的草稿"), ("en", "Drafts withdrawn")):
        page = seat.client.get(f"/office/release/2026-02?lang={lang}")
        assert (page.status_code, said in page.text) == (200, True)
    assert "示例通报" in seat.client.get("/office/release").text
    assert seat.client.get("/office/release/2026-02/1.docx").status_code == 404
    assert seat.client.get("/office/release/close?month=2026-02").status_code == 200
