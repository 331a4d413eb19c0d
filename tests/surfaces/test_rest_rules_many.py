"""Many cases over HTTP: a line in, a line out in the same order, each as a single case is answered; wrong lines say so."""

import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from zhishu.data.region_words import RegionWords
from zhishu.study import Study
from zhishu.study.judging import open_book
from zhishu.surfaces.aside import aside
from zhishu.surfaces.body import MOST_BODY
from zhishu.surfaces.rest import many
from zhishu.surfaces.rest.many import GROUP, NDJSON
from zhishu.surfaces.web.app import create_app

ONE, MANY = "/api/v1/rules/siting/judge", "/api/v1/rules/siting/judge-many"
KIND = {"Content-Type": NDJSON}
ON = "2022-12-31"


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application, today fixed."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def ask(client: TestClient, lines: Sequence[bytes | str], query: str = "") -> list[dict[str, Any]]:
    """Return the answers to lines; each stands on a line of its own."""
    body = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    answer = client.post(f"{MANY}{query}", content=body, headers=KIND)
    assert (answer.status_code, answer.headers["content-type"]) == (200, NDJSON), answer.text[:500]
    return [json.loads(line) for line in answer.text.split("\n")[:-1]]


def single(client: TestClient, facts: Mapping[str, object], **more: object) -> dict[str, Any]:
    """Return what a request for one case answers."""
    found: dict[str, Any] = client.post(ONE, json={"on": ON, "facts": facts, **more}).json()
    return found


FIELDS = {
    "county": st.sampled_from(["青神", "511425", "示例县", "青神村"]),
    "kind": st.sampled_from(["park", "项目", "尾矿库", "厂房"]),
    "action": st.sampled_from(["new", "扩建"]),
    "chemical": st.sampled_from(["heavy", "none"]),
    "river": st.sampled_from(["main_stem", "off_list"]),
    "distance": st.sampled_from([0.5, 2, "800 米", "很近"]),
    "in_red_line": st.sampled_from([True, "否"]),
}
CASES = st.lists(st.fixed_dictionaries({}, optional={k: v | st.none() for k, v in FIELDS.items()}), max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES)
def test_each_line_is_answered_as_a_single_case_is(client: TestClient, cases: list[dict[str, object]]) -> None:
    """Counts in are counts out, in the same order, every key the same; of a wrong case the same problems."""
    told = ask(client, [json.dumps({"facts": {"id": f"示例{n}", **c}}) for n, c in enumerate(cases)], f"?on={ON}")
    assert [t["line"] for t in told] == list(range(1, len(cases) + 1))
    for n, (case, line) in enumerate(zip(cases, told, strict=True)):
        alone = single(client, {"id": f"示例{n}", **case})
        line.pop("line")
        assert line.pop("id") is None
        for problem in line.get("problems", ()):
            problem["where"] = problem["where"].removeprefix(f"body:{n + 1}.")
        assert line == alone


def test_remarks_stand_in_their_line(client: TestClient) -> None:
    """A case that names no place is judged, and its line says what is wanting."""
    line = json.dumps({"id": "示例甲", "facts": {"in_red_line": "是", "permitted_activity": "否"}})
    (found,) = ask(client, [line])
    assert [(r["code"], r["fact"]) for r in found["remarks"]] == [("case-no-place", "county")]


def test_more_lines_than_are_judged_at_once_keep_their_order(client: TestClient) -> None:
    """Ids come back as they were given, and stand for the key of the book."""
    ids = [f"示例{n}" if n % 2 else n for n in range(GROUP * 2 + 5)]
    told = ask(client, [json.dumps({"id": id, "facts": {"kind": "park"}}) for id in ids])
    assert [t["id"] for t in told] == ids
    assert [t["subject"] for t in told] == [str(id) for id in ids]
    assert {t["on"] for t in told} == {"2026-11-23"}


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("{", "input-json", "body:2"),
        (b'{"id": "\xff"}', "input-json", "body:2"),
        ("[" * 50_000, "input-json", "body:2"),
        ('{"id": "\\ud800", "facts": {"kind": "park"}}', "input-json", "body:2"),
        ('{"facts": {"kind": "park", "kind": "project"}}', "input-key-twice", "body:2.kind"),
        ('{"id": "x", "facts": {}, "on": "2022-12-31"}', "input-shape", "body:2"),
        ('{"id": true, "facts": {}}', "input-shape", "body:2.id"),
        ('{"id": "x"}', "input-shape", "body:2"),
        ("7", "input-shape", "body:2"),
        ('{"id": "x", "facts": {"kind": ["park"]}}', "input-shape", "body:2.facts.kind"),
        ('{"facts": {"kind": "park"}}', "case-cell-missing", "body:2.facts.id"),
        ('{"id": "x", "facts": {"distance": "五公里"}}', "case-not-a-number", "body:2.facts.distance"),
        ('{"id": "x", "facts": {"distance": NaN}}', "case-not-finite", "body:2.facts.distance"),
        ('{"id": "x", "facts": {"kindd": "park"}}', "case-unknown-column", "body:2.facts.kindd"),
        ('{"id": "x", "facts": {"姓名": "示例"}}', "case-unknown-column", "body:2.facts.姓名"),
    ],
)
def test_a_wrong_line_says_so_in_its_place(client: TestClient, line: bytes | str, code: str, place: str) -> None:
    """What, where and how to repair, in both languages; the lines around it are judged."""
    good = '{"id": "示例", "facts": {"kind": "park"}}'
    told = ask(client, [good, line, good])
    assert [t["line"] for t in told] == [1, 2, 3]
    assert told[0] | {"line": 3} == told[2]
    problem = told[1]["problems"][0]
    assert (problem["code"], problem["where"]) == (code, place)
    assert all(problem[k][lang] for k in ("what", "repair") for lang in ("zh", "en"))
    assert "verdict" not in told[1]


def test_blank_lines_count_but_are_not_answered(client: TestClient) -> None:
    """A mark at the start, lines that end as on Windows, blank ones: numbers are those of the request."""
    told = ask(client, [b'\xef\xbb\xbf{"id": 1, "facts": {}}\r', "", "  ", '{"id": 2, "facts": {}}', ""])
    assert [(t["line"], t["id"]) for t in told] == [(1, 1), (4, 2)]
    assert ask(client, [""]) == []


def test_parameters_and_the_day_stand_in_the_address(client: TestClient) -> None:
    """They hold for every line, as they do for one case."""
    facts = {"id": "x", "kind": "项目", "action": "new", "land_approved": 100, "land_supplied": 70}
    told = ask(client, [json.dumps({"facts": facts})] * 2, f"?on={ON}&set=supply_floor=80%25&set=strip=2")
    alone = single(client, facts, parameters={"supply_floor": "80%", "strip": "2"})
    assert [t | {"line": 0} for t in told] == [{"line": 0, "id": None, **alone}] * 2
    assert [r["rule"] for r in alone["fired"]] == ["land_gate"]


def test_lines_are_judged_beside_the_pages_and_some_at_a_time(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered can be sent while the rest waits unjudged, and no line is judged where pages are answered."""
    judged: list[str] = []

    def noted(*given: object) -> bytes:
        judged.append(threading.current_thread().name)
        return b"x\n"

    monkeypatch.setattr(many, "answer", noted)

    async def first() -> bytes:
        rules = open_book(study, "siting", date(2022, 12, 31))
        opened = many.Opened(rules, RegionWords(study.data.regions, rules.on))
        lines = many.answered(study, opened, b"{}\n" * GROUP * 3, aside())
        return await anext(aiter(lines))

    # in a thread of its own: a browser that other tests drive leaves a loop running in this one
    with ThreadPoolExecutor(1, "pages") as pages:
        assert pages.submit(anyio.run, first).result(60) == b"x\n" * GROUP
    assert len(judged) == GROUP
    assert not any(name.startswith("pages") for name in judged)


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("?set=supply_floor", KIND, 400, "query-set"),
        ("?set=strip=1&set=strip=2", KIND, 400, "query-set"),
        ("?set=nosuch=1", KIND, 422, "case-unknown-parameter"),
        ("?on=gestern", KIND, 400, "date-unreadable"),
        ("?seed=1", KIND, 400, "query-key"),
        ("", {"Content-Type": "application/json"}, 400, "lines-kind"),
        ("", {"Content-Type": "multipart/form-data; boundary=x"}, 400, "lines-kind"),
    ],
)
def test_what_is_wrong_with_the_whole_request(
    client: TestClient, query: str, headers: dict[str, str], status: int, code: str
) -> None:
    """Refused before a line is judged."""
    answer = client.post(f"{MANY}{query}", content='{"facts": {"id": "x"}}', headers=headers)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (status, code)


def test_a_body_that_is_too_long_is_refused(client: TestClient) -> None:
    """Nothing of it is judged, and how much may come is said."""
    answer = client.post(MANY, content=b"\n" * (MOST_BODY + 1), headers=KIND)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (413, "input-too-large")
    assert client.post("/api/v1/rules/nosuch/judge-many", content="{}", headers=KIND).status_code == 404


def test_the_description_says_what_a_line_is(client: TestClient) -> None:
    """The OpenAPI document has the request and the answer as lines, the day and the parameters."""
    post = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/rules/{book}/judge-many"]["post"]
    assert set(post["requestBody"]["content"][NDJSON]["schema"]["properties"]) == {"id", "facts"}
    assert set(post["responses"]["200"]["content"]) == {NDJSON}
    assert {p["name"] for p in post["parameters"]} == {"book", "on", "set"}
