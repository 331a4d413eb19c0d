"""Rule books over HTTP: the contract, and opinions that are those of the study; wrong cases are problems, all at once."""

import json
from datetime import date

import pytest
from starlette.testclient import TestClient

from zhishu.study import Study
from zhishu.study.judging import judge_one, open_book, told
from zhishu.surfaces.web.app import create_app

JUDGE = "/api/v1/rules/siting/judge"


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application, today fixed."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def test_the_list_and_the_contract(client: TestClient, study: Study) -> None:
    """Every book with its rules; fields with types, units and choices, as a case must hand them in."""
    found = client.get("/api/v1/rules").json()
    assert [(b["id"], b["rules"]) for b in found["books"]] == [(k, len(b.rules)) for k, b in study.pack.books.items()]
    one = client.get("/api/v1/rules/siting?on=2017-01-01").json()
    fields = {f["id"]: f for f in one["fields"]}
    assert (fields["distance"]["type"], fields["distance"]["unit"], fields["distance"]["min"]) == (
        "number",
        "公里",
        "0",
    )
    assert set(fields["kind"]["choices"]) == {"park", "project", "tailings"}
    assert fields["land_approved"]["fixed"]
    floor = next(p for p in one["parameters"] if p["id"] == "supply_floor")
    assert floor["in_force"]["unknown"] == "not_set"
    assert floor["values"] == [{"from": "2018-06-30", "value": "60"}]
    assert (one["lists"][0]["entries"], one["lists"][0]["in_force"]) == (12, 0)
    rule = next(r for r in one["rules"] if r["id"] == "red_line")
    assert (rule["when"], rule["unless"], rule["basis"]) == ("in_red_line", "permitted_activity", None)
    assert rule["reading"]["zh"].startswith("若在生态保护红线内")
    assert one["effect"]["outcomes"] == ["forbidden", "no_quota"]


def test_every_example_of_every_book(client: TestClient, study: Study) -> None:
    """The answer is the study's own, key by key, and the verdict the example asks for."""
    for book in study.pack.books.values():
        for example in book.examples:
            body = {"on": example.on.isoformat(), "facts": dict(example.given), "parameters": dict(example.set)}
            answer = client.post(f"/api/v1/rules/{book.id}/judge", content=json.dumps(body, default=str))
            if example.problems:
                assert answer.status_code == 422
                assert sorted(p["code"] for p in answer.json()["problems"]) == sorted(example.problems)
                continue
            rules = open_book(study, book.id, example.on, example.set)
            assert answer.json() == json.loads(json.dumps(told(rules, *judge_one(study, rules, example.given))))
            # an example that brings its own lists is another case without them
            if not example.lists:
                assert answer.json()["verdict"] == example.expect.get("verdict", answer.json()["verdict"])


def test_an_empty_case_is_answered(client: TestClient) -> None:
    """Unknown facts are no problem: the best, the worst, and what to ask; today where no day is given."""
    answer = client.post(JUDGE, json={"facts": {"id": "示例甲", "kind": None}})
    found = answer.json()
    assert (answer.status_code, found["verdict"], found["best"], found["worst"]) == (
        200,
        "undetermined",
        "free",
        "forbidden",
    )
    assert (found["on"], found["ask"][0]["fact"]) == ("2026-11-23", "action")


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        ("{", 400, ["input-json"]),
        ("[" * 100_000, 400, ["input-json"]),
        ("[]", 400, ["input-shape"]),
        ('{"fact": {}}', 400, ["input-shape"]),
        ('{"facts": {"kind": ["park"]}, "on": 2022}', 400, ["input-shape", "input-shape"]),
        ('{"facts": {}, "parameters": []}', 422, ["case-cell-missing"]),
        ('{"facts": {}, "parameters": [1]}', 400, ["input-shape"]),
        ('{"facts": {"id": "x"}, "on": "gestern"}', 400, ["date-unreadable"]),
        ('{"facts": {"id": "x", "kind": "厂房", "nosuch": 1, "distance": NaN}}', 422, ["case-not-a-choice", "case-not-finite", "case-unknown-column"]),
        ('{"facts": {"id": "x"}, "parameters": {"nosuch": 1}}', 422, ["case-unknown-parameter"]),
    ],
)  # fmt: skip
def test_a_wrong_case_is_a_problem(client: TestClient, body: str, status: int, codes: list[str]) -> None:
    """Every problem of the case at once, in both languages; never half an answer, never a trace."""
    answer = client.post(JUDGE, content=body)
    assert answer.status_code == status, answer.text
    problems = answer.json()["problems"]
    assert sorted(p["code"] for p in problems) == codes
    assert all(p["what"]["zh"] and p["what"]["en"] and p["repair"]["zh"] for p in problems)


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/rules/nosuch"), ("POST", "/api/v1/rules/nosuch/judge")])
def test_a_book_that_is_not_there(client: TestClient, method: str, path: str) -> None:
    """404, and the books there are."""
    answer = client.request(method, path, content='{"facts": {}}' if method == "POST" else None)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (404, "book-unknown")


def test_a_key_that_is_not_applied_is_refused(client: TestClient) -> None:
    """The day stands in the body, so a day in the address would be passed over."""
    answer = client.post(f"{JUDGE}?on=2022-01-01", json={"facts": {"id": "示例甲"}})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "query-key")


def test_the_description_says_what_a_case_is(client: TestClient) -> None:
    """The OpenAPI document has the three routes and the shape of a case."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    body = paths["/api/v1/rules/{book}/judge"]["post"]["requestBody"]
    assert set(body["content"]["application/json"]["schema"]["properties"]) == {
        "on",
        "facts",
        "parameters",
        "lists",
        "layers",
    }
    assert {"/api/v1/rules", "/api/v1/rules/{book}"} <= set(paths)
