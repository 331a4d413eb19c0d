"""Pages of a round: a kept version with its workbook, and what anybody reads once it is published."""

import io
import json

import openpyxl
import pytest
from starlette.testclient import TestClient
from tests.surfaces.door_samples import another
from tests.surfaces.office_door import Desk, open_desk

from zhishu.office import Wish
from zhishu.office.assessing import calculated
from zhishu.study import Study
from zhishu.study.assessing import assessment_of
from zhishu.study.assessing.specimen import specimen

NAME = "county_economy_2019"
STREAM = f"round/{NAME}.2018"
PUBLIC = f"/assessments/{NAME}/rounds/2018"
VERSION = f"/office/{STREAM}/versions/1"
WROTE = "就业人数有误（示例）七七三一"


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a round settled, and an objection that was rejected."""
    made = open_desk(study, tmp_path_factory.mktemp("round"))
    bench = made.bench
    bench.act("admin", "account/statistician", "create", name="统计（示例）", unit="drc")
    bench.act("admin", "account/statistician", "grant", role="statistician", region="510000", domain="*")
    bench.act("supervisor", STREAM, "open", units=["transport", "chengdu"])
    office = bench.office
    run = calculated(study, office.state(STREAM), specimen(assessment_of(study, NAME), 1), office.today())
    made_of: dict[str, bytes | str] = {"form": b"PK form", "result": run.result, "winners": run.lines(), "open": "0"}
    office.act("statistician", Wish(STREAM, "calculate", office.projection.versions[STREAM], {}, made=made_of))
    bench.act("supervisor", STREAM, "consult")
    bench.act("supervisor", STREAM, "notice")
    bench.act("clerk", STREAM, "object", place="示例城市主城区33", basis=WROTE)
    bench.clock.forward(days=10)
    bench.act("decider", STREAM, "decide", number="1", outcome="rejected", reason="核对无误（示例）")
    bench.act("decider", STREAM, "finalise")
    return made


def _nobody(desk: Desk) -> TestClient:
    return another(desk.door)


def test_a_kept_version_is_drawn_listed_and_handed_out_as_a_workbook(desk: Desk) -> None:
    """All 183 units with parts, a drawing for each class, the money; the same workbook twice, and as it was kept."""
    client = desk.of("supervisor").client
    page = client.get(VERSION).text
    assert page.count('<details class="parts">') == 183
    assert page.count("only-wide") == 4
    assert "141,000 万元" in page
    first, again = client.get(f"{VERSION}/result.xlsx"), client.get(f"{VERSION}/result.xlsx")
    assert first.content == again.content
    book = openpyxl.load_workbook(io.BytesIO(first.content))
    assert sum(sheet.max_row - 2 for sheet in book.worksheets[:4]) == 183
    kept = json.loads(client.get(f"{VERSION}/result.json").text)
    assert {r[1].value: r[0].value for s in book.worksheets[:4] for r in s.iter_rows(min_row=3)} == {
        u["unit"]: u["rank"] for u in kept["units"]
    }


def test_before_it_is_published_it_looks_like_nothing(desk: Desk) -> None:
    """Settled but not published, never held, and an assessment that does not exist: one page, nothing on the lists."""
    nobody = _nobody(desk)
    pages = {
        path: nobody.get(path)
        for path in (PUBLIC, f"/assessments/{NAME}/rounds/1999", "/assessments/nosuch/rounds/2018", f"{PUBLIC}x")
    }
    assert {p.status_code for p in pages.values()} == {404}
    said = {
        p.text.replace(path, "…").replace(path.removeprefix("/assessments/").replace("/rounds", ""), "…")
        for path, p in pages.items()
    }
    assert len(said) == 1
    assert "/rounds/" not in nobody.get("/releases").text + nobody.get(f"/assessments/{NAME}").text


def test_once_published_anybody_reads_it_without_the_people(desk: Desk) -> None:
    """Ranking, awards, money, basis and objections; no account and nothing that a person wrote; never before its day."""
    bench = desk.bench
    if bench.office.state(STREAM).stage == "final":
        bench.act("decider", STREAM, "publish")
    nobody = _nobody(desk)
    on = f"?on={bench.office.today()}"
    for lang, words in (
        ("zh", ("奖金合计 141,000 万元", "怎样提异议", "1 件，成立 0 件")),
        ("en", ("How to object", "0 upheld")),
    ):
        answer = nobody.get(f"{PUBLIC}{on}&lang={lang}")
        assert answer.status_code == 200
        assert all(w in answer.text for w in words)
        assert answer.text.count("示例城市主城区33</td>") == 1
        assert not any(account in answer.text for account in ("statistician", "decider", "clerk", WROTE, "核对无误"))
        assert all(PUBLIC in nobody.get(f"{p}{on}&lang={lang}").text for p in ("/releases", f"/assessments/{NAME}"))
    day_before = "2026-03-03"
    assert nobody.get(f"{PUBLIC}?on={day_before}").status_code == 404
    assert "/rounds/" not in nobody.get(f"/releases?on={day_before}").text
