"""A unit is dissolved: its task comes up on the supervising unit's desk and goes to another, by page and by REST."""

from pathlib import Path

import pytest
from tests.surfaces.office_door import Desk, draft, open_desk, words

from zhishu.office.desk import desk as desk_of
from zhishu.study import Study

GIVEN = {"leaving": "transport", "unit": "chengdu", "reason": "机构改革", "basis": "示例方案第三条"}


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with two tasks of the transport office, which has ended yesterday."""
    made = open_desk(study, Path(tmp_path_factory.mktemp("handing")))
    for id in ("page", "rest"):
        draft(made.bench, id, due="2026-06-30")
    assert "移交" not in made.of("supervisor").client.get("/office").text
    # a line that was drawn already is drawn anew when only its unit changed
    made.bench.act("admin", "unit/transport", "end", until="2026-03-01")
    return made


def test_it_waits_on_the_desk_of_the_supervising_unit(desk: Desk) -> None:
    office = desk.bench.office
    account = office.account("supervisor")
    assert account is not None
    found = {line.stream: line.waits.get("hand_over") for line in desk_of(office.moment(), office.sight(account)).waits}
    assert found["task/page"] == {"drc"}
    page = desk.of("supervisor").client.get("/office/task/page").text
    assert 'name="leaving"' in page
    assert '<option value="transport">示例交通厅</option>' in page


def test_by_page_and_what_is_on_record_stays(desk: Desk) -> None:
    seat, version = desk.of("supervisor"), desk.bench.office.projection.versions["task/page"]
    sent = {**GIVEN, "csrf": seat.csrf, "expected": str(version)}
    wrong = seat.client.post("/office/task/page/hand_over", data={**sent, "unit": "transport"}, headers=seat.headers)
    assert wrong.status_code == 422
    assert "示例交通厅（transport）2026-03-02 不存在" in wrong.text
    done = seat.client.post("/office/task/page/hand_over", data=sent, headers=seat.headers)
    assert done.status_code == 303
    for lang, said in (("zh", "示例交通厅 → 示例成都市 ：机构改革 依据：示例方案第三条"), ("en", "Handed over")):
        assert said in words(seat.client.get(f"/office/task/page?lang={lang}").text)
    assert desk.of("city").client.get("/office/task/page").status_code == 200


def test_by_rest(desk: Desk) -> None:
    program = desk.program("supervisor", "office.read", "task.hand_over")
    assert (
        program.client.get("/api/v1/office/task/rest", headers=program.headers).json()["state"]["unit"] == "transport"
    )
    path, match = "/api/v1/office/task/rest/hand_over", {"If-Match": '"2"'}
    barred = desk.program("city", "office.read")
    assert barred.client.post(path, json=GIVEN, headers={**barred.headers, **match}).status_code == 404
    answer = program.client.post(path, json={**GIVEN, "unit": "nobody"}, headers={**program.headers, **match})
    assert [p["code"] for p in answer.json()["problems"]] == ["unit-unknown"]
    assert program.client.post(path, json=GIVEN, headers={**program.headers, **match}).status_code == 201
    state = program.client.get("/api/v1/office/task/rest", headers=program.headers).json()["state"]
    assert (state["unit"], state["handed"][0]["leaving"]) == ("chengdu", "transport")
