"""Lists and layers of one's own over REST: in the body of a case, in the first line of many; refused whole, never half used."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.surfaces.own_lists import layer, rows_of, with_lists

from zhishu.study import Study
from zhishu.surfaces.body import MOST_BODY
from zhishu.surfaces.rest.many import NDJSON
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.specimen import cell

API = "/api/v1/rules"
ON = "2022-12-31"
ZONES: list[list[Any]] = [["entry", "county", "valid_from"], ["示例一", "示例县", "2017-01-01"]]
SITE = {"applied_on": "2022-01-01", "kind": "park", "action": "new", "chemical": "heavy", "in_red_line": False,
        "lon": 104.2, "lat": 30.006, "crs": "CGCS2000", "site_error": 10}  # fmt: skip


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application, today fixed."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def one(client: TestClient, book: str, status: int = 200, **body: object) -> dict[str, Any]:
    """Return the answer to one case."""
    answer = client.post(f"{API}/{book}/judge", json={"on": ON, **body})
    assert answer.status_code == status, answer.text[:1000]
    found: dict[str, Any] = answer.json()
    return found


def many(client: TestClient, book: str, lines: Sequence[object], query: str = f"?on={ON}") -> list[dict[str, Any]]:
    """Return the answers to lines."""
    body = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    answer = client.post(f"{API}/{book}/judge-many{query}", content=body.encode(), headers={"Content-Type": NDJSON})
    assert answer.status_code == 200, answer.text[:1000]
    return [json.loads(line) for line in answer.text.splitlines()]


def test_every_example_is_judged_by_its_lists_alone_and_in_lines(client: TestClient, study: Study) -> None:
    """Every example of the books that brings lists: under the columns that its contract names, the verdict the book says, and the
    same answer key by key in a line."""
    contracts = {b: client.get(f"{API}/{b}").json() for b in study.pack.books}
    columns = {b: {d["id"]: d["columns"] for d in told["lists"]} for b, told in contracts.items()}
    for book in study.pack.books.values():
        for example in with_lists(book):
            lists = {k: rows_of(d) for k, d in example.lists.items()}
            assert all(rows[0] == columns[book.id][k] for k, rows in lists.items())
            facts = {k: cell(v) for k, v in example.given.items()}
            settings = {k: cell(v) for k, v in example.set.items()}
            told = one(client, book.id, on=str(example.on), facts=facts, parameters=settings, lists=lists)
            assert told["verdict"] == example.expect.get("verdict", told["verdict"]), example.id
            query = "".join([f"?on={example.on}", *(f"&set={k}={v}" for k, v in settings.items())])
            head, line = many(client, book.id, [{"lists": lists}, {"facts": facts}], query)
            assert line == {"line": 2, "id": None, **told}
            assert head == {"line": 1, "id": None, "schema": 1, "supplied": told["supplied"]}
            assert [(s["id"], s["entries"]) for s in told["supplied"]] == [
                (k, len(d.entries or ())) for k, d in example.lists.items()
            ]


def test_a_layer_is_measured_to(client: TestClient) -> None:
    """The distance of a case and of every line; the answer says from what it was measured."""
    facts = {"id": "示例", **SITE}
    assert one(client, "siting", facts=facts)["verdict"] == "undetermined"
    told = one(client, "siting", facts=facts, layers={"rivers": layer()})
    assert told["verdict"] == "forbidden"
    assert "示例江" in told["measured"][0]["zh"]
    assert [s["kind"] for s in told["supplied"]] == ["layer"]
    lines = many(client, "siting", [{"layers": {"rivers": layer()}}, {"facts": facts}, {"facts": facts}])
    assert [{k: v for k, v in line.items() if k not in ("line", "id")} for line in lines[1:]] == [told, told]


WRONG: list[tuple[str, dict[str, object], list[tuple[str, str]]]] = [
    ("market_access", {"lists": {"zone": ZONES}}, [("list-unknown", "lists.zone")]),
    ("market_access", {"lists": {"zones": [["entry", "county"], ["x", "y"]]}}, [("list-column-missing", "lists.zones:1")]),
    ("market_access", {"lists": {"zones": [ZONES[0], ["x", "示例县", None]]}}, [("list-bad-day", "lists.zones:2 valid_from")]),
    ("market_access", {"lists": {"zones": [ZONES[0], ["x", "青神村", "2019-01-01"]]}}, [("list-region-unknown", "lists.zones:2 county")]),
    ("market_access", {"lists": {"zones": [ZONES[0]]}}, [("list-empty", "lists.zones")]),
    ("market_access", {"lists": {"zones": [[*ZONES[0], "姓名"], ["x", "示例县", "2019-01-01", "示例"]]}}, [("column-banned", "lists.zones 姓名")]),
    ("market_access", {"lists": {"zones": [ZONES[0], ["x", {}, "2019-01-01"]]}}, [("input-shape", "lists.zones")]),
    ("market_access", {"lists": {"zones": [ZONES[0], ["x", 1.5, True]]}}, [("input-shape", "lists.zones")]),
    ("market_access", {"lists": {"zones": "x"}}, [("input-shape", "lists.zones")]),
    ("market_access", {"lists": [], "layers": 7}, [("input-shape", "lists"), ("input-shape", "layers")]),
    ("siting", {"layers": {"rivers": []}}, [("input-shape", "layers.rivers")]),
    ("siting", {"layers": {"river": layer()}}, [("layer-unknown", "layers.river")]),
    ("siting", {"layers": {"rivers": {k: v for k, v in layer().items() if k != "crs"}}}, [("space-no-crs", "layers.rivers")]),
    ("siting", {"lists": {"controlled": [["entry"]]}, "layers": {"rivers": {}}},
     [("list-column-missing", "lists.controlled:1"), ("list-column-missing", "lists.controlled:1"), ("layer-json", "layers.rivers")]),
]  # fmt: skip


@pytest.mark.parametrize(("book", "brought", "expected"), WRONG)
def test_what_is_wrong_is_all_named_and_nothing_is_judged(
    client: TestClient, book: str, brought: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Of one case and of many alike: every problem with place and repair in both languages, no verdict at all."""
    alone = client.post(f"{API}/{book}/judge", json={"facts": {"id": "示例"}, **brought})
    lines = f"{json.dumps(brought)}\n{json.dumps({'facts': {'id': '示例'}})}"
    several = client.post(f"{API}/{book}/judge-many", content=lines, headers={"Content-Type": NDJSON})
    for answer in (alone, several):
        assert answer.status_code in (400, 422)
        problems = answer.json()["problems"]
        assert [(p["code"], p["where"]) for p in problems] == expected
        assert all(p[k][lang] for p in problems for k in ("what", "repair") for lang in ("zh", "en"))
        assert "verdict" not in answer.text


def test_lists_stand_in_the_first_line_and_nowhere_else(client: TestClient) -> None:
    """Blank lines above are passed over; below or beside facts the line is refused in its place, the others judged."""
    case = {"facts": {"id": "示例", "county": "示例县", "asked_on": "2020-01-01"}}
    good = many(client, "market_access", [{"lists": {"zones": ZONES}}, case])
    late = many(client, "market_access", [case, {"lists": {"zones": ZONES}}, case])
    assert [line.get("problems", [{}])[0].get("code") for line in late] == [None, "input-shape", None]
    assert "first line" in late[1]["problems"][0]["repair"]["en"]
    assert late[0]["supplied"] == []
    assert good[1]["supplied"] == good[0]["supplied"] != []
    both = many(client, "market_access", [{"lists": {"zones": ZONES}, **case}, case])
    assert both[0]["problems"][0]["code"] == "input-shape"
    body = b"\n\n" + json.dumps({"lists": {"zones": ZONES}}).encode() + b"\n"
    answer = client.post(f"{API}/market_access/judge-many", content=body, headers={"Content-Type": NDJSON})
    assert [json.loads(line)["line"] for line in answer.text.splitlines()] == [3]
    beside = {"lists": {"zones": ZONES}, "on": "2020-01-01"}
    answer = client.post(
        f"{API}/market_access/judge-many", content=json.dumps(beside), headers={"Content-Type": NDJSON}
    )
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "input-shape")
    broken = client.post(f"{API}/market_access/judge-many", content=b'{"lists": {', headers={"Content-Type": NDJSON})
    assert (broken.status_code, broken.json()["problems"][0]["where"]) == (422, "body:1")


def test_a_body_too_long_is_refused(client: TestClient) -> None:
    """A list counts into the size of its request."""
    rows = [ZONES[0], *([f"示例{i}", "示例县", "2019-01-01"] for i in range(MOST_BODY // 30))]
    answer = client.post(f"{API}/market_access/judge", json={"facts": {}, "lists": {"zones": rows}})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (413, "input-too-large")


def test_the_description_says_how_lists_are_brought(client: TestClient) -> None:
    """Both members in the body of a case, the first line in the text of many, with an example that is answered."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert (
        "valid_from"
        in paths[f"{API}/{{book}}/judge"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"][
            "lists"
        ]["description"]
    )
    body = paths[f"{API}/{{book}}/judge-many"]["post"]["requestBody"]
    assert "first line" in body["description"]
    example = body["content"][NDJSON]["examples"]["lists first"]["value"]
    answer = client.post(f"{API}/market_access/judge-many", content=example.encode(), headers={"Content-Type": NDJSON})
    assert [("problems" in json.loads(line)) for line in answer.text.splitlines()] == [False, False]
