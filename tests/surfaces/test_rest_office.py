"""The office over HTTP: lists and items by a token, acts on the version they rest on, and everything that is refused."""

import json

import pytest
from tests.surfaces.door_samples import another
from tests.surfaces.office_door import Desk, close, draft, open_desk, words

from zhishu.office import KINDS
from zhishu.study import Study
from zhishu.surfaces.web.office.front import Front

API = "/api/v1/office"


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with four tasks of different lights, and a case."""
    made = open_desk(study, tmp_path_factory.mktemp("rest"))
    draft(made.bench, "late")
    draft(made.bench, "running", due="2026-06-30")
    draft(made.bench, "city", unit="chengdu", due="2026-06-30", title="示例任务 Chengdu Task")
    close(made.bench, draft(made.bench, "done", due="2026-06-30"))
    made.bench.clock.forward(days=9)
    return made


def get(desk: Desk, path: str, account: str = "supervisor", status: int = 200) -> dict[str, object]:
    """Return what a program of an account is answered."""
    program = desk.program(account, *sorted(_rights(desk, account)))
    answer = program.client.get(f"{API}{path}", headers=program.headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert isinstance(found, dict)
    assert found["schema"] == 1
    return found


def post(desk: Desk, path: str, body: object, version: str | None, account: str, status: int) -> dict[str, object]:
    """Return what a program of an account is answered when it acts."""
    program = desk.program(account, *sorted(_rights(desk, account)))
    match: dict[str, bytes] = {} if version is None else {"If-Match": version.encode("latin-1")}
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = program.client.post(f"{API}{path}", content=sent, headers={**_bytes(program.headers), **match})
    assert answer.status_code == status, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def codes(answer: dict[str, object]) -> list[str]:
    """Return the codes of the problems of an answer."""
    problems = answer["problems"]
    assert isinstance(problems, list)
    for problem in problems:
        assert {"where", "what", "repair"} <= problem.keys()
        assert problem["what"]["zh"]
        assert problem["what"]["en"]
    return [p["code"] for p in problems]


def streams(answer: dict[str, object]) -> list[str]:
    """Return what a list lists."""
    items = answer["items"]
    assert isinstance(items, list)
    return [i["stream"] for i in items]


def test_a_program_comes_in_by_its_token_alone(desk: Desk) -> None:
    nobody = another(desk.door)
    assert nobody.get(f"{API}/task").json()["problems"][0]["code"] == "sign-in"
    for head in ("Bearer ", "Bearer guessed", "bearer x", "Basic YWRtaW46YWRtaW4="):
        assert nobody.get(f"{API}/task", headers={"Authorization": head}).status_code == 401
    assert get(desk, "/task")["total"] == 4


def test_lists_are_filtered_and_the_most_urgent_comes_first(desk: Desk) -> None:
    found = get(desk, "/task")
    assert streams(found)[0] == "task/late"
    assert found["on"] == "2026-03-11"
    assert streams(get(desk, "/task?light=overdue")) == ["task/late"] == streams(get(desk, "/task?light=red"))
    assert streams(get(desk, "/task?unit=chengdu")) == ["task/city"]
    assert streams(get(desk, "/task?q=CHENGDU+task")) == ["task/city"]
    assert len(streams(get(desk, "/task?domain=transport"))) == 4
    assert get(desk, "/task?light=overdue&unit=chengdu")["total"] == 0
    for nothing in ("light=nosuch", "unit=nosuch", "domain=nosuch", "q=%00", "q=%25", "q=_"):
        assert get(desk, f"/task?{nothing}")["items"] == []
    yesterday = get(desk, "/task?on=2026-03-02")
    assert (yesterday["on"], streams(get(desk, "/task?on=2026-03-02&light=overdue"))) == ("2026-03-02", [])


def test_everybody_is_listed_what_they_may_see(desk: Desk) -> None:
    assert streams(get(desk, "/task", "other")) == []
    assert streams(get(desk, "/task", "city")) == ["task/city"]
    gone, never = get(desk, "/task/late", "other", 404), get(desk, "/task/nosuch", "other", 404)
    assert json.dumps(gone).replace("late", "…") == json.dumps(never).replace("nosuch", "…")


def test_t44_pages_are_capped_and_add_up(desk: Desk) -> None:
    whole = streams(get(desk, "/task"))
    assert [s for n in range(4) for s in streams(get(desk, f"/task?first={n}&most=1"))] == whole
    assert get(desk, "/task?first=999999999")["items"] == []
    for query in ("most=201", "most=0", "first=-1", "most=x", "first=1e3", "most="):
        assert set(codes(get(desk, f"/task?{query}", status=422))) == {"query-unreadable"}
    assert get(desk, "/task?most=200")["total"] == 4


@pytest.mark.parametrize(
    "query", ["lihgt=red", "sort=title;drop", "from=50", "admin=1", "light[]=red", "light=a&light=b"]
)
def test_t44_a_filter_nobody_knows_is_refused_and_never_left_out(desk: Desk, query: str) -> None:
    found = get(desk, f"/task?{query}", status=400)
    assert set(codes(found)) <= {"query-key", "query-twice"}


def test_an_item_says_what_its_page_says(desk: Desk) -> None:
    seat = desk.of("supervisor")
    for stream in ("task/late", "task/done", "unit/transport", "task/city"):
        item = get(desk, f"/{stream}")
        page = seat.client.get(f"/office/{stream}?lang=en")
        said = words(page.text)
        assert item["stream"] == stream
        title = item["title"]
        assert isinstance(title, dict)
        assert title["zh"] in said or title["en"] in said
        assert f'name="expected" value="{item["version"]}"' in page.text or not item["acts"]
        acts = item["acts"]
        assert isinstance(acts, list)
        for act in acts:
            if any(f["type"] == "made" for f in act["fields"]):
                continue
            assert act["name"]["en"] in said
            for field in act["fields"]:
                assert field["name"]["en"] in said
                assert all(c["name"]["en"] in said for c in field["choices"])
        trace = item["trace"]
        assert isinstance(trace, list)
        for entry in trace:
            assert f'id="e{entry["seq"]}"' in page.text
        if isinstance(standing := item["standing"], dict):
            assert standing["words"]["en"] in said
            assert standing["reason"]["en"] in said
        record = KINDS[stream.split("/")[0]].record(desk.bench.office.state(stream), desk.bench.office.world())
        assert item["state"] == json.loads(json.dumps(record))


def test_an_act_is_recorded_on_the_version_it_rests_on(desk: Desk) -> None:
    desk.bench.act("admin", "account/second", "grant", role="administrator", region="510000", domain="*")
    given = {"name": "示例新单位", "region": "510000", "since": "2018-01-01"}
    made = post(desk, "/unit/new-one/create", given, '"0"', "second", 201)
    entry = made["entry"]
    assert isinstance(entry, dict)
    assert (entry["by"], entry["version"], entry["act"]) == ("second", 1, "create")


@pytest.mark.parametrize("version", [None, "", "*", '"x"', '"-1"', '"1.0"', '"²"', '"' + "9" * 400 + '"', 'W/"1"'])
def test_an_act_without_its_version_is_refused(desk: Desk, version: str | None) -> None:
    before = desk.head
    assert codes(post(desk, "/task/late/judge", {}, version, "supervisor", 400)) == ["act-version"]
    assert desk.head == before


def test_t21_a_stale_act_is_answered_with_the_difference(desk: Desk) -> None:
    said = {"level": "blue", "reason": "示例", "basis": "示例办法"}
    desk.bench.act("supervisor", "task/late", "propose_order", **said)
    before = desk.head
    answer = post(desk, "/task/late/propose_order", said, '"2"', "supervisor", 409)
    assert codes(answer) == ["act-stale"]
    since = answer["since"]
    assert isinstance(since, list)
    assert [(e["version"], e["act"], e["by"], e["body"]) for e in since] == [(3, "propose_order", "supervisor", said)]
    assert desk.head == before


BAD = {
    "act-body": [b"[]", b'"x"', b"{", b"\xff\xfe", b'{"progress": 1}', b'{"progress": null}', b'{"progress": {"a": "b"}}',
                 b'{"progress": [["a"]]}', b"[" * 100_000],
    "form-field-unknown": [b'{"progress": "a", "status": "closed"}', b'{"progress": "a", "": "b"}'],
    "form-control": [rb'{"progress": "a\u0000b"}', rb'{"progress": "a\u001bb"}', rb'{"progress": "a\ud800b"}', rb'{"progress": "a\udfff"}'],
    "form-file": [b'{"progress": "a", "files": "a.pdf"}', b'{"progress": "a", "files": ["' + b"0" * 64 + b'"]}'],
    "form-many": [b'{"progress": ["a", "b"]}'],
    "form-missing": [b"", b"{}", b'{"progress": ""}', b'{"progress": []}', b'{"progress": "  "}'],
    "form-long": [b'{"progress": "' + b"x" * n + b'"}' for n in (20_001, 1_000_001)],
}  # fmt: skip


@pytest.mark.parametrize(("code", "body"), [(code, body) for code, bodies in BAD.items() for body in bodies])
def test_a_body_that_is_no_form_is_refused_by_its_code(desk: Desk, code: str, body: bytes) -> None:
    before = desk.head
    version = desk.bench.office.projection.versions["task/late"]
    assert codes(post(desk, "/task/late/progress", body, f'"{version}"', "clerk", 400)) == [code]
    assert desk.head == before


SET = ("status", "stage", "closed", "light", "approved_by", "by", "unit", "at", "on", "version", "seq", "seal", "made",
       "content", "names", "csrf", "expected", "__class__", "decider", "drafters", "released_at")  # fmt: skip


def test_t31_no_act_of_any_kind_takes_what_its_form_does_not_ask(desk: Desk) -> None:
    """Every act that stands open to anybody is sent with every field that is not its own."""
    before, tried = desk.head, 0
    for account in ("supervisor", "clerk", "reviewer", "second", "secretary"):
        for stream in sorted(desk.bench.office.projection.states):
            program = desk.program(account, *sorted(_rights(desk, account)))
            item = program.client.get(f"{API}/{stream}", headers=program.headers)
            if item.status_code != 200:
                continue
            for act in item.json()["acts"]:
                own = {f["id"] for f in act["fields"] if f["type"] != "made"}
                extra = {name: "x" for name in SET if name not in own}
                answer = post(desk, f"/{stream}/{act['id']}", extra, item.headers["etag"], account, 400)
                assert codes(answer).count("form-field-unknown") == len(extra), (stream, act["id"])
                tried += 1
    assert tried > 40
    assert desk.head == before


def test_what_is_not_there_is_said_in_one_way(desk: Desk) -> None:
    for path in ("/nosuch", "/task/nosuch", "/task/%2e%2e", "/ledger", "/task/late%00", "/Task"):
        assert codes(get(desk, path, status=404)) in (["office-hidden"], ["page-unknown"])
    assert codes(post(desk, "/task/late/nosuch", {}, '"2"', "other", 404)) == ["office-hidden"]
    assert codes(post(desk, "/nosuch/late/urge", {}, '"2"', "supervisor", 404)) == ["office-hidden"]
    version = f'"{desk.bench.office.projection.versions["task/late"]}"'
    assert codes(post(desk, "/task/late/nosuch", {}, version, "supervisor", 400)) == ["act-not-open"]
    assert codes(get(desk, "/task?on=yesterday", status=400)) == ["date-unreadable"]


def test_a_browser_acts_only_with_the_token_of_its_session(desk: Desk) -> None:
    seat, before = desk.of("supervisor"), desk.head
    for header in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "guessed"}, {"X-CSRF-Token": desk.of("clerk").csrf}):
        answer = seat.client.post(f"{API}/task/late/judge", json={"reason": "x"}, headers={"If-Match": '"2"', **header})
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "csrf")
    assert desk.head == before


@pytest.mark.parametrize("act", ["approve", "unapprove", "lock", "unlock"])
def test_what_was_approved_is_shown_by_whatever_way_it_came(act: str) -> None:
    called: list[str] = []
    front = Front(None, None, lambda request: None, lambda: called.append("approved"))  # type: ignore[arg-type]
    front.recorded("submission", act)
    front.recorded("submission", "upload")
    front.recorded("task", act)
    assert called == ["approved"]


def _bytes(headers: dict[str, str]) -> dict[str, bytes]:
    return {name: value.encode() for name, value in headers.items()}


def _rights(desk: Desk, account: str) -> set[str]:
    found = desk.bench.office.account(account)
    assert found is not None
    roles = desk.bench.office.rules.roles
    return {r for g in found.grants for r in roles[g.role].rights}
