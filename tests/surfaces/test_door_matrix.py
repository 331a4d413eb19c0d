"""t30: every route says who may use it; a route that nobody has thought about fails here before it is open to all."""

from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient
from tests.office.conftest import ACCOUNTS, Bench, Clock, furnish
from tests.surfaces.door_samples import HOST, another, csrf, give_passwords, serve, sign_in

from zhishu.coordinate.rights import Scope
from zhishu.ledger import open_ledger
from zhishu.office import open_office
from zhishu.study import Study

PUBLIC, LINK, OWN, READ, LEDGER, ACT, SIGNED = "public", "link", "own", "read", "ledger.read", "act", "signed in"
# public: anybody · link: whoever holds a one-time secret · own: a person about their own account · signed in: any
# account · read: what the subject's scope lets an account see · act: the right of the act over the subject's scope
NEEDED = {
    "GET /login": PUBLIC, "POST /login": PUBLIC, "POST /logout": OWN,
    "GET /setup/{secret}": LINK, "POST /setup/{secret}": LINK,
    "GET /invite/{secret}": LINK, "POST /invite/{secret}": LINK,
    "GET /me": OWN, "POST /me/password": OWN, "POST /me/sessions": OWN, "POST /me/tokens": OWN,
    "POST /me/tokens/revoke": OWN,
    "POST /office/account/{id}/invite": ACT,
    "GET /office": SIGNED, "GET /office/ledger": LEDGER, "POST /office/ledger/verify": LEDGER,
    "GET /office/burden": SIGNED, "GET /office/calendar": SIGNED,
    "GET /office/{kind}": READ, "GET /office/{kind}/{id}": READ, "GET /office/{kind}/{id}/files/{hash}": READ,
    "GET /office/{kind}/new": ACT, "POST /office/{kind}/new": ACT, "POST /office/{kind}/{id}/{act}": ACT,
    "GET /office/submission/{id}/hand-in": ACT, "POST /office/submission/{id}/hand-in": ACT,
    "GET /office/submission/{id}/form.xlsx": ACT, "POST /office/submission/{id}/confirm": ACT,
    "GET /office/orders": SIGNED, "GET /office/review": SIGNED, "GET /office/warnings": SIGNED, "GET /api/v1/warnings": PUBLIC, "GET /office/month/{month}": READ, "GET /office/month/{month}/{name}": READ,
    "GET /office/release/close": ACT, "POST /office/release/close": ACT,
    "GET /office/release/{id}/{number}.{ending}": READ,
    "GET /office/task/plan": ACT, "POST /office/task/plan": ACT, "GET /office/task/plan.xlsx": ACT,
    "POST /office/{kind}/many/{act}": ACT,
    "GET /office/round/{id}/calculate": ACT, "POST /office/round/{id}/calculate": ACT,
    "GET /office/round/{id}/versions/{number}": READ, "GET /office/round/{id}/versions/{number}/form.xlsx": READ,
    "GET /office/round/{id}/versions/{number}/result.json": READ,
    "GET /office/round/{id}/versions/{number}/result.xlsx": READ, "GET /assessments/{name}/rounds/{year}": PUBLIC,
    "GET /releases": PUBLIC, "GET /releases/{id}": PUBLIC, "GET /releases/{id}/{number}.{ending}": PUBLIC,
    "GET /releases/{id}/{number}/figures/{month}/{key}": PUBLIC,
    "GET /api/v1/office/{kind}": READ, "GET /api/v1/office/{kind}/{id}": READ,
    "GET /api/v1/office/{kind}/{id}/files/{hash}": READ, "POST /api/v1/office/{kind}/{id}/{act}": ACT,
    "POST /data/own": SIGNED, "POST /data/own/add": SIGNED, "POST /data/own/remove": SIGNED, "POST /source": SIGNED,
    "POST /index": SIGNED, "POST /index/{table}/remove": SIGNED,
    "POST /systems/{name}": PUBLIC, "POST /assessments/{name}": PUBLIC, "POST /api/v1/systems/{system}/run": PUBLIC, "POST /api/v1/index": PUBLIC,
    "POST /api/v1/rules/{book}/judge": PUBLIC, "POST /api/v1/rules/{book}/judge-many": PUBLIC,
    "POST /rules/{name}/batch": SIGNED, "POST /rules/{name}/batch/{id}/remove": SIGNED,
    "POST /rules/{name}/lists": SIGNED, "POST /rules/{name}/lists/{id}/remove": SIGNED,
    **{f"POST /api/v1/assessments/{{assessment}}/{act}": PUBLIC for act in ("score", "compare", "audit", "sensitivity", "reach")},
}  # fmt: skip
# pages of the strategy itself: anybody reads them
PUBLIC_PARTS = (
    "articles", "assessments", "cities", "data", "index", "indicators", "methods", "rules", "schemes", "series", "source", "static", "strategy", "systems",
    "targets", "why",
)  # fmt: skip
PUBLIC_API = (
    "assessments", "coverage", "indicators", "openapi.json", "promises", "regions", "rules", "schemes", "systems", "targets", "why",
)  # fmt: skip
FILLED = {
    "{kind}": "unit", "{id}": "zigong", "{act}": "rename", "{hash}": "0" * 64, "{secret}": "guessed",
    "{month}": "2026-03", "{name}": "all.overdue", "{number}": "1", "{ending}": "docx",
}  # fmt: skip


def routes_of(app: FastAPI) -> set[str]:
    """Return method and path of every route that the application answers."""
    found = set()
    for context in iter_route_contexts(app.routes):
        for method in getattr(context, "methods", None) or ():
            if method != "HEAD":
                found.add(f"{method} {context.path}")
    return found


def needed(route: str) -> str | None:
    """Return who may use a route, None for one that nobody has thought about."""
    method, path = route.split(" ", 1)
    if route in NEEDED:
        return NEEDED[route]
    parts = path.split("/")
    open_to_all = parts[3] in PUBLIC_API if path.startswith("/api/v1/") else parts[1] in ("", *PUBLIC_PARTS)
    return PUBLIC if method == "GET" and open_to_all else None


@pytest.fixture(scope="module")
def bench(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a furnished office whose people have passwords."""
    clock = Clock()
    made = furnish(Bench(open_office(study, open_ledger(tmp_path_factory.mktemp("m") / "o.db"), clock), clock))
    made.act("admin", "account/second", "grant", role="administrator", region="510100", domain="*")
    give_passwords(made, "admin", *ACCOUNTS)
    return made


@pytest.fixture(scope="module")
def nobody(study: Study, bench: Bench) -> TestClient:
    """Return a browser nobody has signed in with."""
    return serve(study, bench)


def test_t30_every_route_says_who_may_use_it(nobody: TestClient) -> None:
    app = nobody.app
    assert isinstance(app, FastAPI)
    found = routes_of(app)
    assert len(found) > 60
    assert sorted(r for r in found if needed(r) is None) == []
    assert sorted(NEEDED.keys() - found) == []


def test_t30_a_route_that_says_nothing_is_found() -> None:
    app = FastAPI()
    app.add_api_route("/open/to/all", lambda: None)
    app.add_api_route("/targets/{id}", lambda: None, methods=["POST"])
    assert {r for r in routes_of(app) if needed(r) is None} >= {"GET /open/to/all", "POST /targets/{id}"}


@pytest.mark.parametrize("route", sorted(r for r, need in NEEDED.items() if need not in (PUBLIC, LINK)))
def test_t30_nobody_gets_past_the_door(nobody: TestClient, bench: Bench, route: str) -> None:
    method, path = _filled(route)
    head = bench.office.ledger.head()
    answer = nobody.request(method, path, headers=HOST)
    if route == "POST /logout":
        assert answer.status_code == 400
    elif path.startswith("/api/"):
        assert answer.status_code == 401
    else:
        assert (answer.status_code, urlsplit(answer.headers["location"]).path) == (303, "/login")
    assert bench.office.ledger.head() == head


@pytest.mark.parametrize("account", ["admin", *ACCOUNTS])
def test_t30_every_route_for_every_role_inside_and_outside_its_region(
    nobody: TestClient, bench: Bench, account: str
) -> None:
    """What is there but not for an account looks like what is not there; what is its own answers."""
    client = another(nobody)
    assert sign_in(client, account) == 303
    token, found = csrf(client), bench.office.account(account)
    assert found is not None
    sight = bench.office.sight(found)
    head = bench.office.ledger.head()
    for route in sorted(r for r, need in NEEDED.items() if need in (READ, ACT, LEDGER)):
        method, path = _filled(route)
        sent = {"csrf": token, "expected": "1", "name": ""} if method == "POST" else None
        headers = {**HOST, "X-CSRF-Token": token, "If-Match": '"1"'}
        if path.startswith("/api/"):
            answer = client.request(method, path, json=sent and {"name": ""}, headers=headers)
        else:
            answer = client.request(method, path, data=sent, headers=headers)
        # an empty name is refused by the form, so that whoever may act changes nothing
        allowed = answer.status_code != 404
        match route:
            case "GET /office/ledger" | "POST /office/ledger/verify":
                assert allowed == sight.may("ledger.read", Scope("", "*")), route
            case "GET /office/{kind}" | "GET /api/v1/office/{kind}":
                assert ("示例自贡市" in answer.text) == _sees(bench, account, "unit/zigong"), route
            case "GET /office/{kind}/{id}" | "GET /api/v1/office/{kind}/{id}":
                assert allowed == _sees(bench, account, "unit/zigong"), route
            case "POST /office/{kind}/{id}/{act}" | "POST /api/v1/office/{kind}/{id}/{act}":
                assert allowed == (account == "admin"), route
            case "GET /office/{kind}/new" | "POST /office/{kind}/new":
                assert allowed == sight.holds("unit.create"), route
            case "GET /office/release/close" | "POST /office/release/close":
                assert allowed == sight.holds("release.draft"), route
            case "GET /office/task/plan" | "POST /office/task/plan" | "GET /office/task/plan.xlsx":
                assert allowed == sight.holds("task.draft"), route
            case "GET /office/month/{month}" | "GET /office/month/{month}/{name}":
                # what a release will say is read before it by those alone who read the whole
                assert allowed == _reads_whole(bench, account), route
            case "POST /office/{kind}/many/{act}":
                # nothing of a unit can be renamed without a name: no line is chosen for anybody
                assert answer.status_code == 400, route
            case "POST /office/account/{id}/invite":
                # there is no account of that name: nobody learns more than that
                assert answer.status_code in (404, 409), route
            case _:
                assert not allowed, route
    assert bench.office.ledger.head() == head
    hidden, missing = client.get("/office/unit/zigong"), client.get("/office/unit/nosuch1")
    if hidden.status_code == 404:
        assert hidden.text.replace("zigong", "…") == missing.text.replace("nosuch1", "…")


def _reads_whole(bench: Bench, account: str) -> bool:
    _, role, region = ACCOUNTS.get(account, ("", "administrator", "510000"))
    return "office.read" in bench.office.rules.roles[role].rights and region == "510000"


def _sees(bench: Bench, account: str, stream: str) -> bool:
    """Return whether an account's roles reach a subject, from the roles themselves."""
    if account in ("admin",):
        return True
    _, role, region = ACCOUNTS[account]
    reads = "office.read" in bench.office.rules.roles[role].rights
    return account == "other" or (reads and region == "510000")


def _filled(route: str) -> tuple[str, str]:
    method, path = route.split(" ", 1)
    for place, value in FILLED.items():
        path = path.replace(place, value)
    return method, path
