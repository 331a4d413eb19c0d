"""Periods and submissions are found by what they are called: form, period and unit, in Chinese and in English."""

from pathlib import Path
from urllib.parse import quote

import pytest
from tests.surfaces.office_door import Desk, open_desk, words

from zhishu.office import Upload, Wish
from zhishu.study import Study

FORM = "fiscal-month"


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with two periods of one form and a submission, of units with English names."""
    made = open_desk(study, Path(tmp_path_factory.mktemp("found")))
    bench = made.bench
    bench.act("admin", "unit/chengdu", "rename", name="示例成都市", name_en="Sample Chengdu")
    bench.act("admin", "account/stat", "create", name="统计（示例）", unit="drc")
    bench.act("admin", "account/stat", "grant", role="statistician", region="510000", domain="*")
    for period, units in (("2026-01", ["chengdu", "zigong"]), ("2026-02", ["zigong"])):
        bench.act("stat", f"period/{FORM}.{period}", "open", due="2026-03-20", units=units)
    stream = f"submission/{FORM}.2026-01.chengdu"
    files = {"files": [Upload("a.csv", b"1")]}
    bench.office.act("city", Wish(stream, "upload", 0, {"rows": ["1"]}, files, made={"content": b"1"}))
    return made


def _found(desk: Desk, kind: str, sought: str) -> list[str]:
    program = desk.program("supervisor", "office.read")
    answer = program.client.get(f"/api/v1/office/{kind}?q={quote(sought)}", headers=program.headers)
    return sorted(i["stream"].partition(f"{FORM}.")[2] for i in answer.json()["items"])


@pytest.mark.parametrize(
    ("kind", "sought", "found"),
    [
        ("period", "财政收支月报", ["2026-01", "2026-02"]),
        ("period", "monthly REVENUE", ["2026-01", "2026-02"]),
        ("period", "财政收支月报 2026-01", ["2026-01"]),
        ("period", "示例自贡市", ["2026-01", "2026-02"]),
        ("period", "sample chengdu", ["2026-01"]),
        ("period", FORM, ["2026-01", "2026-02"]),
        ("submission", "示例成都市", ["2026-01.chengdu"]),
        ("submission", "Sample Chengdu 2026-01", ["2026-01.chengdu"]),
        ("submission", "财政收支", ["2026-01.chengdu"]),
        ("submission", "月报 示例成都市", ["2026-01.chengdu"]),
        ("submission", "示例自贡市", []),
        ("submission", "示例成都市\0", []),
    ],
)
def test_by_name_form_period_and_unit(desk: Desk, kind: str, sought: str, found: list[str]) -> None:
    assert _found(desk, kind, sought) == found


def test_lists_and_rest_call_it_alike(desk: Desk) -> None:
    page = words(desk.of("supervisor").client.get("/office/submission?lang=zh&q=成都").text)
    assert "示例成都市：市州财政收支月报 2026-01" in page
    program = desk.program("supervisor", "office.read")
    item = program.client.get("/api/v1/office/submission", headers=program.headers).json()["items"][0]
    assert item["title"]["en"] == "Sample Chengdu: Prefectures, monthly revenue and spending, 2026-01"


def test_a_new_name_of_a_unit_is_found_at_once(desk: Desk) -> None:
    desk.bench.act("admin", "unit/chengdu", "rename", name="示例蓉城", name_en="Sample Rongcheng")
    assert _found(desk, "submission", "示例蓉城") == ["2026-01.chengdu"]
    assert _found(desk, "period", "Rongcheng") == ["2026-01"]
    assert _found(desk, "submission", "示例成都市") == []


def test_refusals_say_what_a_unit_is_called(desk: Desk) -> None:
    """By its name; the id stands beside it only where one has to type another."""
    seat = desk.of("city")
    path = f"/api/v1/office/submission/{FORM}.2026-01.chengdu/submit"
    city = desk.program("city", "office.read", "submission.submit")
    answer = city.client.post(path, json={}, headers={**city.headers, "If-Match": '"1"'}).json()
    assert [p["what"]["zh"] for p in answer["problems"]] == ["示例蓉城没有上级单位，无人审核"]
    desk.bench.act("admin", "unit/review", "end", until="2026-03-01")
    draft = {
        "title": "示例", "template": "supervision_3", "supervisor": "drc", "unit": "nobody", "reviewer": "review",
        "region": "510000", "domain": "transport", "csrf": desk.of("supervisor").csrf, "id": "x",
    }  # fmt: skip
    page = words(desk.of("supervisor").client.post("/office/task/new?lang=zh", data=draft, headers=seat.headers).text)
    assert "没有单位 nobody" in page
    assert "示例评估中心（review）2026-03-02 不存在" in page
