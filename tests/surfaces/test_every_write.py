"""t33: every route that writes asks for the token of the session, and takes nothing that another site sends."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.office.conftest import Bench, Clock
from tests.surfaces.door_samples import HOST, another
from tests.surfaces.office_door import Desk, close, draft, make_release, open_desk
from tests.surfaces.test_door_matrix import routes_of

from zhishu.ledger import open_ledger
from zhishu.office import open_office
from zhishu.study import Study
from zhishu.surfaces.home import home
from zhishu.surfaces.web.app import create_app

# what has no session yet, with what stands in for its token: a password, a secret in the address; and what writes nothing
WITHOUT = {
    "/login": "a password", "/setup/{secret}": "a one-time secret", "/invite/{secret}": "a one-time secret",
    "/systems/{name}": "writes nothing", "/api/v1/systems/{system}/run": "writes nothing",
    "/api/v1/index": "writes nothing", "/api/v1/rules/{book}/judge": "writes nothing",
    "/api/v1/rules/{book}/judge-many": "writes nothing", "/assessments/{name}": "writes nothing",
    **{f"/api/v1/assessments/{{assessment}}/{a}": "writes nothing" for a in ("score", "compare", "audit", "sensitivity")},
    "/api/v1/assessments/{assessment}/reach": "notes that it was asked, and nothing else",
}  # fmt: skip
ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:81"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
TABLE = "series,region,period,value,unit,published,title\n".encode("utf-8-sig")


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a subject of every kind, and an account that may do everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        made = open_desk(study, tmp_path_factory.mktemp("writes"))
        bench = made.bench
        close(bench, draft(bench, "late", due="2026-06-30"))
        make_release(bench, "2026-02", b"PK", b"PK", ("示例", "x"))
        bench.act("admin", "unit/below", "create", name="示例", region="510000", since="2018-01-01", above="drc")
        bench.act("admin", "account/second", "move", unit="below")
        for role in bench.office.rules.roles:
            bench.act("admin", "account/second", "grant", role=role, region="510000", domain="*")
        bench.act("second", "period/prefecture-year.2025", "open", due="2026-03-20", units=["below"])
        yield made  # type: ignore[misc]


def posts(desk: Desk) -> list[str]:
    """Return the path of every route that takes a form."""
    app = desk.door.app
    assert isinstance(app, FastAPI)
    routes = [r.split(" ", 1) for r in routes_of(app)]
    assert {method for method, _ in routes} == {"GET", "POST"}
    return sorted(path for method, path in routes if method == "POST")


def filled(path: str) -> str:
    """Return an address of a route at which an account with every right could write."""
    places = {
        "/office/submission/{id}": "/office/submission/prefecture-year.2025.below", "/account/{id}/invite": "/account/clerk/invite",
        "{kind}/{id}/{act}": "unit/zigong/rename", "{kind}/many/{act}": "unit/many/rename", "{kind}": "unit",
    }  # fmt: skip
    for place, value in places.items():
        path = path.replace(place, value)
    return re.sub(r"\{[^}]*\}", "guessed", path)


FORM = {
    "name": "示例", "expected": "1", "month": "2026-03", "organ": "a", "organ_en": "a", "title": "a", "title_en": "a", "days": "9",
    "old": "x", "password": "another sentence 1", "again": "another sentence 1", "rights": "task.report", "table": "0" * 16,
    "region": "510000", "since": "2018-01-01", "id": "x1",
}  # fmt: skip


def state(desk: Desk) -> tuple[object, ...]:
    """Return all that a write could change: the record, the sessions and tokens, the files beside them."""
    engine = desk.bench.office.ledger.engine
    with engine.connect() as connection:
        counted = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar()
            for t in ("session", "token", "link", "credential")
        ]
    files = sorted(str(p.relative_to(home())) for p in Path(home()).rglob("*") if p.is_file())
    return desk.head, counted, files


def test_t33_no_route_writes_without_the_token_of_its_session(desk: Desk) -> None:
    seat, before, asked = desk.of("second"), state(desk), []
    for path in posts(desk):
        if path in WITHOUT:
            continue
        for sent in ({}, {"csrf": ""}, {"csrf": "guessed"}, {"csrf": desk.of("clerk").csrf}):
            before = state(desk)
            file = {"file": ("a.csv", TABLE, "text/csv")}
            if path.startswith("/api/"):
                answer = seat.client.post(
                    filled(path),
                    json={"name": "x"},
                    headers={**HOST, "If-Match": '"1"', "X-CSRF-Token": sent.get("csrf", "")},
                )
            else:
                answer = seat.client.post(filled(path), data={**FORM, **sent}, files=file, headers=HOST)
            assert answer.status_code == 400, (path, sent, answer.status_code)
            assert "csrf" in answer.text, path
            assert "来自别的网站" not in answer.text
            assert state(desk) == before, path
        asked.append(path)
    assert len(asked) > 15
    assert {"/data/own", "/data/own/add", "/data/own/remove", "/source", "/index"} <= set(asked)


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_t33_no_route_takes_what_another_site_sends(desk: Desk, headers: dict[str, str]) -> None:
    """Not even with the right token."""
    seat, before = desk.of("second"), state(desk)
    for path in posts(desk):
        sent = {**headers, "X-CSRF-Token": seat.csrf, "If-Match": '"1"'}
        answer = seat.client.post(filled(path), data={**FORM, "csrf": seat.csrf}, headers=sent)
        assert (answer.status_code, "request-cross-site" in answer.text) == (403, True), path
    assert state(desk) == before


def test_t33_nothing_is_written_by_reading(desk: Desk) -> None:
    """No form is sent by GET, and a route that writes answers no GET of the same name."""
    seat, before = desk.of("second"), state(desk)
    for path in posts(desk):
        answer = seat.client.get(filled(path), params={**FORM, "csrf": seat.csrf})
        assert answer.status_code in (200, 400, 404, 405)
        assert state(desk) == before, path


@pytest.mark.parametrize("path", ["/data/own", "/source", "/index"])
def test_t33_the_forms_of_figures_and_text_carry_the_token(desk: Desk, path: str) -> None:
    seat = desk.of("second")
    page = seat.client.get(path)
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page.text, re.DOTALL)
    assert forms
    assert all(f'name="csrf" value="{seat.csrf}"' in form for form in forms)
    assert page.headers["cache-control"] == "no-store"
    sent = {"csrf": seat.csrf}
    done = seat.client.post(path, data=sent, files={"file": ("a.csv", TABLE, "text/csv")}, headers=HOST)
    assert "csrf" not in re.sub(r'name="csrf"', "", done.text)
    assert done.status_code in (200, 422)
    # whoever is not signed in gets no token and no way to write
    assert 'name="csrf"' not in another(desk.door).get(path).text


@pytest.mark.parametrize(
    "path", ["/data/own", "/data/own/add", "/data/own/remove", "/source", "/index", "/index/x/remove"]
)
def test_t38_a_program_changes_nothing_that_all_see(desk: Desk, path: str) -> None:
    program, before = desk.program("second", "task.report"), state(desk)
    answer = program.client.post(path, data={"table": "0" * 16}, headers=program.headers)
    assert answer.status_code == 404
    assert state(desk) == before


def test_on_somebodys_own_machine_there_is_nobody_to_sign_in_as(study: Study, tmp_path: Path) -> None:
    """An office nobody has set up asks for no token, and still takes nothing from another site."""
    clock = Clock()
    empty = Bench(open_office(study, open_ledger(tmp_path / "o.db"), clock), clock)
    client = TestClient(create_app(study, empty.office.today, office=empty.office), follow_redirects=False)
    assert client.post("/data/own", files={"file": ("a.csv", TABLE)}, headers=HOST).status_code in (200, 422)
    assert client.post("/data/own", files={"file": ("a.csv", TABLE)}, headers=ELSEWHERE[0]).status_code == 403
