"""The door's pages: signing in and out, one-time links, tokens, and what no form of another site can do."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient
from tests.office.conftest import ACCOUNTS, Bench, Clock, furnish, make
from tests.surfaces.door_samples import HOST, PASSWORD, another, csrf, give_passwords, make_token, serve, sign_in

from zhishu.access.links import INVITE, new_link
from zhishu.ledger import Ledger, open_ledger
from zhishu.ledger.store import writing
from zhishu.ledger.tables import LINK, SESSION, THROTTLE, TOKEN
from zhishu.office import open_office
from zhishu.study import Study
from zhishu.surfaces.web.office.door import COOKIE, setup_address

__all__ = ["make"]
NEW = "another sentence, longer"
USED = ("admin", "clerk", "city", "second")


@pytest.fixture(scope="module")
def bench(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return the office that all tests here share; ``client`` puts it back as it was before each."""
    clock = Clock()
    office = open_office(study, open_ledger(tmp_path_factory.mktemp("door") / "office.db"), clock)
    return furnish(Bench(office, clock))


@pytest.fixture(scope="module")
def door(study: Study, bench: Bench) -> TestClient:
    """Return the one application over the office: building it takes seconds."""
    return serve(study, bench)


@pytest.fixture
def client(bench: Bench, door: TestClient) -> TestClient:
    """Return a browser nobody has signed in with, at an office where nobody has done anything yet."""
    for id in USED:
        restore(bench, id)
    with writing(bench.office.ledger.engine) as connection:
        for table in (SESSION, LINK, TOKEN, THROTTLE):
            connection.execute(delete(table))
    give_passwords(bench, *USED)
    return another(door)


def restore(bench: Bench, id: str) -> None:
    """Give an account back what it was set up with: enabled, with its one role."""
    found = bench.office.account(id)
    assert found is not None
    if found.disabled:
        bench.act("admin", f"account/{id}", "enable", reason="示例")
    _, role, region = ACCOUNTS.get(id, ("office", "administrator", "510000"))
    for grant in found.grants:
        if (grant.role, grant.region) != (role, region):
            given = {"role": grant.role, "region": grant.region, "domain": grant.domain}
            bench.act("admin", f"account/{id}", "revoke", **given)


def test_signing_in_leads_on_and_out_again(client: TestClient) -> None:
    assert client.get("/me").headers["location"].startswith("/login?next=%2Fme")
    assert sign_in(client, "clerk") == 303
    assert "clerk" in client.get("/me").text
    out = client.post("/logout", data={"csrf": csrf(client)}, headers=HOST)
    assert out.status_code == 303
    assert client.get("/me").status_code == 303


def test_wrong_password_and_unknown_account_look_alike(client: TestClient) -> None:
    said = []
    for account in ("clerk", "nosuch"):
        shown = client.post("/login", data={"account": account, "password": NEW}, headers=HOST)
        assert shown.status_code == 422
        said.append(shown.text.replace(account, "…"))
    assert said[0] == said[1]
    assert NEW not in said[0]


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "https://evil.example", "/\\evil.example", "/\t/a//evil.example/x", "\t//evil.example"]
)
def test_signing_in_never_leads_elsewhere(client: TestClient, path: str) -> None:
    form = {"account": "clerk", "password": PASSWORD, "next": path}
    went = client.post("/login", data=form, headers=HOST).headers["location"]
    assert went.startswith("/")
    assert not went.startswith("//")


def test_t34_the_session_is_new_at_every_sign_in(client: TestClient) -> None:
    client.cookies.set(COOKIE, "chosen-by-somebody-else")
    assert sign_in(client, "clerk") == 303
    first = client.cookies.get(COOKIE, domain="testserver.local")
    assert first not in (None, "chosen-by-somebody-else")
    assert sign_in(client, "clerk") == 303
    stale = another(client)
    stale.cookies.set(COOKIE, str(first))
    assert stale.get("/me").status_code == 303


def test_t34_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    done = client.post("/login", data={"account": "clerk", "password": PASSWORD}, headers=HOST)
    session, device = sorted(done.headers.get_list("set-cookie"), key=lambda c: "device" in c)
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "HttpOnly" in device
    assert "Domain" not in session + device
    assert "Secure" not in session
    safe = TestClient(client.app, base_url="https://testserver", follow_redirects=False)
    secure = safe.post("/login", data={"account": "clerk", "password": PASSWORD})
    assert all("Secure" in c for c in secure.headers.get_list("set-cookie"))


def test_t34_disabling_ends_the_session_for_good(client: TestClient, bench: Bench) -> None:
    """Enabled again, the account is entered by its password and not by a browser left open."""
    sign_in(client, "clerk")
    assert client.get("/me").status_code == 200
    bench.act("admin", "account/clerk", "disable", reason="示例")
    bench.act("admin", "account/clerk", "enable", reason="示例")
    assert client.get("/me").status_code == 303
    sign_in(client, "clerk")
    bench.act("admin", "account/clerk", "disable", reason="示例")
    assert client.get("/me").status_code == 303
    assert sign_in(client, "clerk") == 422


def test_t34_a_role_taken_away_is_gone_at_the_next_request(client: TestClient, bench: Bench) -> None:
    bench.act("admin", "account/clerk", "grant", role="auditor", region="510000", domain="*")
    sign_in(client, "clerk")
    assert client.get("/office/ledger").status_code == 200
    bench.act("admin", "account/clerk", "revoke", role="auditor", region="510000", domain="*")
    assert client.get("/office/ledger").status_code == 404


def test_t34_a_new_password_ends_the_other_sessions(client: TestClient) -> None:
    other = another(client)
    sign_in(client, "clerk")
    sign_in(other, "clerk")
    form = {"csrf": csrf(client), "old": PASSWORD, "password": NEW, "again": NEW}
    assert client.post("/me/password", data=form, headers=HOST).status_code == 303
    assert client.get("/me").status_code == 200
    assert other.get("/me").status_code == 303
    assert (sign_in(other, "clerk"), sign_in(other, "clerk", NEW)) == (422, 303)


def test_t35_guessing_is_slowed_and_the_owner_comes_in(client: TestClient, bench: Bench) -> None:
    assert sign_in(client, "clerk") == 303
    stranger = another(client)
    for _ in range(8):
        sign_in(stranger, "clerk", NEW)
    assert sign_in(stranger, "clerk") == 422
    assert sign_in(client, "clerk") == 303
    bench.clock.forward(minutes=16)
    assert sign_in(stranger, "clerk") == 303


def test_t35_an_open_session_is_no_place_to_guess_from(client: TestClient) -> None:
    sign_in(client, "clerk")
    form = {"csrf": csrf(client), "old": "wrong wrong wrong", "password": NEW, "again": NEW}
    codes = [client.post("/me/password", data=form, headers=HOST).text for _ in range(7)]
    assert "login-wait" in codes[-1] or "秒后再试" in codes[-1]
    assert client.post("/me/password", data={**form, "old": PASSWORD}, headers=HOST).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/logout", "/me/password", "/me/sessions", "/me/tokens", "/me/tokens/revoke", "/office/unit/new",
        "/office/unit/drc/rename", "/office/account/clerk/invite", "/office/ledger/verify",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sent", [{}, {"csrf": ""}, {"csrf": "guessed"}])
def test_t33_no_write_without_the_token_of_the_session(
    client: TestClient, bench: Bench, path: str, sent: dict[str, str]
) -> None:
    sign_in(client, "admin")
    if path == "/office/ledger/verify":
        bench.act("admin", "account/second", "grant", role="auditor", region="510000", domain="*")
        sign_in(client, "second")
    head = bench.office.ledger.head()
    form = {"name": "示例", "expected": "1", "old": PASSWORD, "password": NEW, "again": NEW, "days": "9", **sent}
    assert client.post(path, data=form, headers=HOST).status_code == 400
    assert bench.office.ledger.head() == head
    assert client.get("/me").status_code == 200
    assert client.post(path, data=form, headers={"Origin": "http://evil.example"}).status_code == 403


def test_t33_the_token_of_another_session_is_refused(client: TestClient) -> None:
    other = another(client)
    sign_in(client, "clerk")
    sign_in(other, "city")
    assert client.post("/logout", data={"csrf": csrf(other)}, headers=HOST).status_code == 400


@pytest.mark.parametrize("path", ["/data/own", "/data/own/add", "/data/own/remove", "/source"])
def test_t33_nobody_changes_what_all_see_without_signing_in(client: TestClient, path: str) -> None:
    done = client.post(path, data={"table": "0" * 16}, headers=HOST)
    assert (done.status_code, done.headers["location"].split("?")[0]) == (303, "/login")


def test_t36_the_first_administrator_is_set_up_by_a_link_that_works_once(
    study: Study, make: Callable[[Ledger], Bench], tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = make(open_ledger(tmp_path_factory.mktemp("empty") / "office.db"))
    client = serve(study, empty)
    assert client.get("/setup/guessed").status_code == 404
    address = setup_address(empty.office, "")
    assert address is not None
    form = {"unit": "office", "unit_name": "示例办公室", "account": "admin", "name": "系统管理员（示例）"}
    weak = client.post(address, data={**form, "password": "admin", "again": "admin"}, headers=HOST)
    assert weak.status_code == 422
    assert not empty.office.projection.states
    assert client.get(address).status_code == 200
    done = client.post(address, data={**form, "password": PASSWORD, "again": PASSWORD}, headers=HOST)
    assert done.status_code == 303
    assert client.get("/me").status_code == 200
    assert client.get(address).status_code == 404
    assert setup_address(empty.office, "") is None


def test_an_invitation_sets_a_password_once_and_ends_what_was_open(client: TestClient, bench: Bench) -> None:
    sign_in(client, "clerk")
    link = f"/invite/{new_link(bench.office.ledger.engine, 'clerk', INVITE, bench.office.now())}"
    other = another(client)
    assert other.post(link, data={"password": NEW, "again": PASSWORD}, headers=HOST).status_code == 422
    assert other.post(link, data={"password": NEW, "again": NEW}, headers=HOST).status_code == 303
    assert other.get("/me").status_code == 200
    assert client.get("/me").status_code == 303
    assert other.get(link).status_code == 404


def test_t37_secrets_are_in_no_cache_and_no_error_page(client: TestClient, bench: Bench) -> None:
    shown = client.post("/login", data={"account": "clerk", "password": NEW}, headers=HOST)
    assert NEW not in shown.text
    assert shown.headers["cache-control"] == "no-store"
    sign_in(client, "clerk")
    session = client.cookies.get(COOKIE, domain="testserver.local")
    for path in ("/me", "/office", "/nope", "/office/unit/nope"):
        page = client.get(path)
        assert str(session) not in page.text + str(page.url)
    assert client.get("/me").headers["cache-control"] == "no-store"
    token = make_token(client, "task.report")
    assert token not in client.get("/me").text
    record = "".join(str(e.fact.body) for e in bench.office.ledger.read())
    assert not any(s in record for s in (token, PASSWORD, str(session)))


def test_t38_a_token_reads_and_acts_no_further_than_it_carries(client: TestClient, bench: Bench) -> None:
    bench.act("admin", "account/second", "grant", role="auditor", region="510000", domain="*")
    bench.act("admin", "account/second", "grant", role="administrator", region="510000", domain="*")
    sign_in(client, "second")
    narrow = {"Authorization": f"Bearer {make_token(client, 'unit.*')}"}
    program = another(client)
    assert program.get("/api/v1/office/unit/drc", headers=narrow).status_code == 200
    renamed = program.post(
        "/api/v1/office/unit/drc/rename", headers={**narrow, "If-Match": '"1"'}, json={"name": "示例新名"}
    )
    assert renamed.status_code < 300
    before = bench.office.ledger.head()
    for stream, act, body in (("account/clerk", "disable", {"reason": "示例"}), ("account/x", "create", {})):
        answer = program.post(f"/api/v1/office/{stream}/{act}", headers={**narrow, "If-Match": '"2"'}, json=body)
        assert answer.status_code in (404, 409)
    assert bench.office.ledger.head() == before
    assert program.get("/office/ledger", headers=narrow).status_code == 404
    bench.act("admin", "account/second", "revoke", role="administrator", region="510000", domain="*")
    gone = program.post("/api/v1/office/unit/drc/rename", headers={**narrow, "If-Match": '"2"'}, json={"name": "示例"})
    assert gone.status_code == 404


@pytest.mark.parametrize("path", ["/me/password", "/me/sessions", "/me/tokens", "/me/tokens/revoke"])
def test_t38_a_token_never_becomes_a_session_or_another_token(client: TestClient, path: str) -> None:
    sign_in(client, "clerk")
    headers = {"Authorization": f"Bearer {make_token(client, 'task.report')}"}
    form = {"old": PASSWORD, "password": NEW, "again": NEW, "name": "示例", "days": "9", "rights": ["task.handle"]}
    answer = another(client).post(path, data=form, headers=headers)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert client.get("/me").text.count("示例程序") == client.get("/me").text.count('class="vh"> 示例程序') * 2


def test_t38_a_token_of_a_disabled_account_opens_nothing(client: TestClient, bench: Bench) -> None:
    sign_in(client, "clerk")
    headers = {"Authorization": f"Bearer {make_token(client, 'task.report')}"}
    program = another(client)
    assert program.get("/api/v1/office/task", headers=headers).status_code == 200
    bench.act("admin", "account/clerk", "disable", reason="示例")
    assert program.get("/api/v1/office/task", headers=headers).status_code == 401


def test_pages_work_without_scripts_and_say_both_languages(client: TestClient) -> None:
    for lang, words in (("zh", "登录"), ("en", "Sign in")):
        text = client.get(f"/login?lang={lang}").text
        assert words in text
        assert re.search(r"<script", text) is None
