"""REST: every route answers by the contract, with the numbers of the command line, and refuses in problem JSON."""

import io
import json
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from zhishu.study import Study
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.app import create_app
from zhishu.terms import VERDICTS

TODAY = "2026-11-23"
GATE = "/systems/land-supply-rate-gate"
YEARS = [
    {"county": "示例县", "year": year, "approved": approved, "supplied": supplied}
    for year, approved, supplied in [(2018, 300, 150), (2019, 50, 35), (2020, 50, 35), (2021, 50, 35), (2022, 50, 35)]
]
CASE = {"tables": {"years": YEARS}, "parameters": {"end_year": 2022, "end_year.source": "示例文", "method": "proposal"}}

# the keys of the contract; a later version may add, never take away
KEYS: dict[str, set[str]] = {
    "/targets": {"schema", "on", "targets"},
    "/coverage": {"schema", "sentences", "covered", "promises", "systems", "missing"},
    GATE: {"schema", "id", "at", "input", "output"},
    "/why/services_share_exact/510000/2022": {
        "schema",
        "ref",
        "value",
        "unit",
        "formula",
        "declared",
        "cite",
        "sources",
    },
    "/indicators/urbanisation?level=prefecture&period=2017": {"schema", "on", "indicator", "unit", "readings"},
    "/promises": {"schema", "on", "promises"},
    "/schemes/five_supports": {"schema", "id", "on", "seed", "years", "varies", "empty", "spans", "units"},
    "/regions": {"schema", "on", "regions", "lineage", "lineage_begins"},
}
TARGET_KEYS = {
    "id", "at", "verdict", "value", "target", "period", "band", "coverage", "basis", "reason", "method",
}  # fmt: skip
RUN_KEYS = {
    "id",
    "on",
    "seed",
    "results",
    "unknown",
    "reasons",
    "settings",
    "proposals_used",
    "proposals_offered",
    "problems",
}

# the same question on the command line
COMMANDS: dict[str, tuple[str, ...]] = {
    "/targets": ("targets", "--on", TODAY),
    "/targets?on=2020-12-31": ("targets", "--on", "2020-12-31"),
    "/coverage": ("coverage", "--on", TODAY),
    "/systems": ("systems",),
    f"{GATE}?on=2017-01-01": ("describe", "land-supply-rate-gate", "--on", "2017-01-01"),
    GATE: ("describe", "land-supply-rate-gate", "--on", TODAY),
    "/why/services_share_exact/510000/2022": ("why", "services_share_exact/510000/2022", "--on", TODAY),
    "/indicators/urbanisation?level=prefecture&period=2017": (
        "measure", "urbanisation", "--level", "prefecture", "--period", "2017", "--on", TODAY,
    ),
    "/indicators/gdp?region=510100&region=宜宾&period=2021": (
        "measure", "gdp", "--region", "510100", "--region", "宜宾", "--period", "2021", "--on", TODAY,
    ),
    "/systems?level=3&article=20": ("systems", "--level", "3", "--article", "20"),
    "/promises": ("promises", "--on", TODAY),
    "/promises?article=24&state=proven": ("promises", "--article", "24", "--state", "proven", "--on", TODAY),
    "/schemes/five_supports?seed=7": ("score", "five_supports", "--seed", "7", "--on", TODAY),
    "/schemes/five_supports?period=2021": ("score", "five_supports", "--period", "2021", "--on", TODAY),
    "/regions?level=prefecture": ("regions", "--level", "prefecture", "--on", TODAY),
    "/regions?name=简阳": ("regions", "简阳", "--on", TODAY),
}  # fmt: skip


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application, today fixed."""
    return TestClient(create_app(study, lambda: date.fromisoformat(TODAY)))


def get(client: TestClient, path: str) -> object:
    """Return the JSON of a route that must answer."""
    found = client.get(f"/api/v1{path}")
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/json"
    return found.json()


def said(*args: str) -> object:
    """Return the JSON of the same question on the command line."""
    done = CliRunner().invoke(cli, [*args, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(client: TestClient, path: str, status: int, body: str | None = None) -> dict[str, object]:
    """Return the one problem of a request that must fail, complete in both languages."""
    found = client.get(f"/api/v1{path}") if body is None else client.post(f"/api/v1{path}", content=body)
    assert found.status_code == status, found.text
    problems = found.json()["problems"]
    for problem in problems:
        assert {"code", "where", "what", "repair"} <= set(problem)
        assert problem["what"]["zh"]
        assert problem["what"]["en"]
        assert problem["repair"]["zh"]
        assert problem["repair"]["en"]
    assert "Traceback" not in found.text
    first = problems[0]
    assert isinstance(first, dict)
    return first


@pytest.mark.parametrize("path", KEYS)
def test_every_route_carries_the_keys_of_the_contract(client: TestClient, path: str) -> None:
    """Schema 1, and no key of the contract missing."""
    found = get(client, path)
    assert isinstance(found, dict)
    assert found["schema"] == 1
    assert KEYS[path] <= set(found)


def test_every_target_is_complete(client: TestClient) -> None:
    """Each target carries every key, a verdict of the list, and a reason in both languages."""
    found = get(client, "/targets")
    assert isinstance(found, dict)
    assert found["on"] == TODAY
    assert found["targets"]
    for row in found["targets"]:
        assert set(row) >= TARGET_KEYS, row["id"]
        assert row["verdict"] in VERDICTS
        assert isinstance(row["at"], str)
        assert row["reason"]["zh"]
        assert row["reason"]["en"]


def test_the_catalogue_is_complete(client: TestClient) -> None:
    """All systems of the catalogue, each with verb, archetype, level and needs."""
    found = get(client, "/systems")
    assert isinstance(found, list)
    counted = get(client, "/coverage")
    assert isinstance(counted, dict)
    assert len(found) == counted["systems"]["total"] == 395
    for row in found:
        assert set(row) >= {"id", "at", "verb", "archetype", "role", "priority", "level", "needs"}
        assert row["level"] in range(5)
    assert sum(counted["systems"]["levels"].values()) == 395


@pytest.mark.parametrize("path", COMMANDS)
def test_the_same_numbers_as_the_command_line(client: TestClient, path: str) -> None:
    """REST and the command line say the same JSON."""
    assert get(client, path) == said(*COMMANDS[path])


def test_a_date_changes_what_is_known(client: TestClient) -> None:
    """The services share is behind as of 2020-12-31 and missed today."""
    verdicts = []
    for on in ("2020-12-31", TODAY):
        found = get(client, f"/targets?on={on}")
        assert isinstance(found, dict)
        verdicts.append(next(t["verdict"] for t in found["targets"] if t["id"] == "service-share-55"))
    assert verdicts == ["behind", "missed"]


def test_a_case_is_answered(client: TestClient) -> None:
    """The land gate proposes suspension at 58 %; amounts are strings; the run carries every key."""
    found = client.post(f"/api/v1{GATE}/run", json=CASE)
    assert found.status_code == 200
    answer = found.json()
    assert set(answer) >= RUN_KEYS
    assert (answer["id"], answer["on"], answer["problems"]) == ("land-supply-rate-gate", TODAY, [])
    county = next(r for r in answer["results"] if r["table"] == "counties")
    assert (county["verdict"], county["values"]["used_rate"]) == ("suspended", "58")
    assert (answer["proposals_used"], answer["proposals_offered"]) == (["method"], [])
    assert [(s["id"], s["source"], s["adopted"]) for s in answer["settings"]] == [
        ("end_year", "示例文", False),
        ("method", None, True),
    ]
    assert client.post(f"/api/v1{GATE}/run", json=CASE).content == found.content


def test_a_body_of_any_kind_gives_one_answer(client: TestClient) -> None:
    """CSV and Parquet by content type or by name answer as JSON does; another kind is refused."""
    import polars as pl

    want = client.post(f"/api/v1{GATE}/run", json={"tables": {"years": YEARS}}).json()["results"]
    table, buffer = pl.DataFrame(YEARS), io.BytesIO()
    table.write_parquet(buffer)
    bodies = [
        ("", "text/csv; charset=utf-8", table.write_csv().encode()),
        ("?name=land.csv", "application/octet-stream", table.write_csv().encode()),
        ("", "application/vnd.apache.parquet", buffer.getvalue()),
        ("?name=land.parquet", "", buffer.getvalue()),
    ]
    for query, kind, content in bodies:
        found = client.post(f"/api/v1{GATE}/run{query}", content=content, headers={"content-type": kind})
        assert (found.status_code, found.json()["results"]) == (200, want)
    form = client.get(f"/api/v1{GATE}/template.xlsx")
    kind = form.headers["content-type"]
    empty = client.post(f"/api/v1{GATE}/run", content=form.content, headers={"content-type": kind})
    assert (empty.status_code, empty.json()["problems"][0]["code"]) == (422, "case-empty")
    for query, content, code in [("?name=x.doc", b"x", "input-kind"), ("?name=x.xlsx", b"x", "xlsx-not-a-workbook")]:
        found = client.post(f"/api/v1{GATE}/run{query}", content=content)
        assert (found.status_code, found.json()["problems"][0]["code"]) == (400, code)


def test_head_answers_like_get(client: TestClient) -> None:
    """The same status and headers, no body; a key with a slip is named."""
    for path in ("/api/v1/targets", "/api/v1/nope", "/api/v1/targets?regoin=1", "/targets"):
        asked, got = client.head(path), client.get(path)
        assert (asked.status_code, asked.content) == (got.status_code, b"")
        assert asked.headers["content-type"] == got.headers["content-type"]
    problem = refused(client, "/indicators/gdp?regoin=510100", 400)
    assert "region" in str(problem["repair"])


def test_an_unknown_is_an_answer(client: TestClient) -> None:
    """Without a method the gate stays undetermined, with status 200 and the unknown named."""
    found = client.post(f"/api/v1{GATE}/run", json={**CASE, "parameters": {"method": ""}})
    assert found.status_code == 200
    assert any(r["verdict"] == "undetermined" for r in found.json()["results"])
    assert found.json()["unknown"]


def test_problems_in_the_input_are_422(client: TestClient) -> None:
    """A word where a number stands is named by its place, and nothing is answered in its stead."""
    rows = [{**YEARS[0], "approved": "三百"}, *YEARS[1:]]
    problem = refused(client, f"{GATE}/run", 422, json.dumps({"tables": {"years": rows}}))
    assert problem["code"] == "case-not-a-number"
    assert "years[0]" in str(problem["where"])


def test_the_form_of_a_system_is_a_workbook(client: TestClient) -> None:
    """The template is an .xlsx file offered under the id of the system."""
    found = client.get(f"/api/v1{GATE}/template.xlsx")
    assert found.status_code == 200
    assert "land-supply-rate-gate.xlsx" in found.headers["content-disposition"]
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(found.content)).namelist()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nope", 404, "page-unknown"),
        ("/systems/nope", 404, "system-unknown"),
        ("/systems/trunk-radiation-index", 404, "system-undeclared"),
        ("/systems/nope/template.xlsx", 404, "system-unknown"),
        ("/indicators/nope", 404, "indicator-unknown"),
        ("/indicators/gdp?period=1990", 404, "period-outside"),
        ("/why/x", 404, "why-ref"),
        ("/targets?regoin=510100", 400, "query-key"),
        ("/indicators/gdp?regions=510100", 400, "query-key"),
        ("/indicators/gdp?region=999999", 404, "region-unknown"),
        ("/coverage?nope=1", 400, "query-key"),
        ("/targets?on=2020-12-31&on=2019-12-31", 400, "query-twice"),
        ("/schemes/five_supports?period=2017&period=2016", 400, "query-twice"),
        ("/systems?level=9", 422, "query-unreadable"),
        ("/why/gdp/999999/2020", 404, "region-unknown"),
        ("/why/gdp/510000/9999", 404, "period-outside"),
        ("/targets?on=yesterday", 400, "date-unreadable"),
        ("/promises?on=2020-13-01", 400, "date-unreadable"),
        (f"{GATE}/run", 405, "method-not-allowed"),
    ],
)
def test_a_wrong_address_is_a_problem(client: TestClient, path: str, status: int, code: str) -> None:
    """Status, code, and a repair in both languages."""
    assert refused(client, path, status)["code"] == code


@pytest.mark.parametrize(
    ("query", "body", "status", "code"),
    [
        ("", "{", 400, "input-json"),
        ("", "[]", 400, "input-shape"),
        ("", "{}", 400, "input-shape"),
        ("", '{"tables": {"years": {}}}', 400, "input-shape"),
        ("", '{"tables": {}, "nope": 1}', 400, "input-shape"),
        ("?seed=x", json.dumps(CASE), 422, "query-unreadable"),
        ("?on=x", json.dumps(CASE), 400, "date-unreadable"),
    ],
)
def test_a_wrong_body_is_a_problem(client: TestClient, query: str, body: str, status: int, code: str) -> None:
    """Broken JSON, another shape, an unreadable setting: never a trace, never a half answer."""
    assert refused(client, f"{GATE}/run{query}", status, body)["code"] == code


def test_the_description_names_every_route(client: TestClient) -> None:
    """The OpenAPI document lists the routes and no page."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) == {
        "/api/v1/targets", "/api/v1/coverage", "/api/v1/systems", "/api/v1/systems/{system}",
        "/api/v1/systems/{system}/template.xlsx", "/api/v1/systems/{system}/run", "/api/v1/why/{ref}",
        "/api/v1/indicators/{indicator}", "/api/v1/promises", "/api/v1/schemes/{scheme}", "/api/v1/regions", "/api/v1/warnings",
        "/api/v1/index", "/api/v1/rules", "/api/v1/rules/{book}", "/api/v1/rules/{book}/judge", "/api/v1/rules/{book}/judge-many", "/api/v1/assessments", "/api/v1/assessments/{assessment}",
        "/api/v1/assessments/{assessment}/template.xlsx",
        *(f"/api/v1/assessments/{{assessment}}/{a}" for a in ("score", "compare", "audit", "sensitivity", "reach")),
    }  # fmt: skip
