"""OIDC: a token is taken only if it holds in every part, and an account is never made by signing in."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient
from tests.access.oidc_provider import ISSUER, KEY, NOW, OTHER, FakeProvider
from tests.office.conftest import Bench, bench, make

from zhishu.access.oidc import Provider, begin, finish, read_provider
from zhishu.errors import ZhishuError
from zhishu.study import Study
from zhishu.surfaces.fetch import MOST_BYTES, fetch
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.office.signon import SignOn

__all__ = ["bench", "make"]
PROVIDER = Provider(ISSUER, "zhishu", "秘密", "sub")
BACK = "https://office.example/login/oidc/back"


def signed_in(fake: FakeProvider, provider: Provider = PROVIDER, late: timedelta = timedelta(0)) -> str:
    """Go through a sign-in and return the account it names."""
    where, asked = begin(provider, fake.fetch, BACK, "/office", NOW)
    assert fake.visit(where) == asked.state
    return finish(provider, fake.fetch, asked, "code", BACK, NOW + late)


def test_a_sign_in_names_the_account() -> None:
    """The challenge, not the verifier, goes by the browser; the secret goes to the token endpoint only."""
    fake = FakeProvider()
    assert signed_in(fake) == "clerk"
    assert fake.asked["code_challenge_method"] == "S256"
    assert "秘密" not in str(fake.asked)
    assert fake.posted["client_secret"] == "秘密"
    assert signed_in(FakeProvider(claims={"post": "head"}), Provider(ISSUER, "zhishu", "", "post")) == "head"


PUBLIC = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())
SPOILT: dict[str, Callable[[], FakeProvider]] = {
    "another nonce": lambda: FakeProvider(claims={"nonce": "x"}),
    "no nonce": lambda: FakeProvider(claims={"nonce": None}),
    "another issuer": lambda: FakeProvider(claims={"iss": "https://evil.example"}),
    "another audience": lambda: FakeProvider(claims={"aud": "other"}),
    "audiences without the one it is for": lambda: FakeProvider(claims={"aud": ["zhishu", "other"]}),
    "out of date": lambda: FakeProvider(claims={"exp": int(NOW.timestamp()) - 61}),
    "not yet made": lambda: FakeProvider(claims={"iat": int(NOW.timestamp()) + 61}),
    "no end": lambda: FakeProvider(claims={"exp": None}),
    "no subject": lambda: FakeProvider(claims={"sub": None}),
    "a subject that is no text": lambda: FakeProvider(claims={"sub": ""}),
    "another key": lambda: FakeProvider(key=OTHER),
    "no signature": lambda: FakeProvider(key=None, algorithm="none"),
    "a shared secret": lambda: FakeProvider(key=PUBLIC.replace("-", "_") * 2, algorithm="HS256"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_token_that_does_not_hold_is_refused(how: str) -> None:
    """Each part alone is enough."""
    with pytest.raises(ZhishuError, match="oidc-token"):
        signed_in(SPOILT[how]())


def test_a_slow_sign_in_and_a_false_provider_are_refused() -> None:
    """Ten minutes; metadata of another issuer; addresses that are not https; no answer."""
    with pytest.raises(ZhishuError, match="oidc-token"):
        signed_in(FakeProvider(), late=timedelta(minutes=11))
    for metadata in ({"issuer": "https://evil.example"}, {"token_endpoint": "http://id.example/t"}, {"jwks_uri": 3}):
        with pytest.raises(ZhishuError, match="oidc-unreachable"):
            signed_in(FakeProvider(metadata=metadata))

    def silent(address: str, form: object) -> bytes:
        raise OSError("no route")

    with pytest.raises(ZhishuError, match="oidc-unreachable"):
        begin(PROVIDER, silent, BACK, "/office", NOW)


@pytest.mark.parametrize("issuer", ["", "http://id.example", "file:///etc", "id.example"])
def test_settings_that_are_not_safe_are_refused(issuer: str) -> None:
    with pytest.raises(ZhishuError, match="oidc-settings"):
        read_provider({"ZHISHU_OIDC_ISSUER": issuer, "ZHISHU_OIDC_CLIENT": "zhishu"})


def test_through_the_door(study: Study, bench: Bench) -> None:
    """Only the browser that set out comes in, once; an unknown and a disabled account stay outside; the session is new."""
    fake = FakeProvider(now=bench.office.now())
    signon = SignOn(PROVIDER, fake.fetch)
    client = TestClient(
        create_app(study, lambda: date(2026, 3, 2), office=bench.office, signon=signon),
        "https://testserver",
        follow_redirects=False,
    )

    def come_back() -> Any:
        state = fake.visit(client.get("/login/oidc?next=/office/task").headers["location"])
        return client.get(f"/login/oidc/back?code=c&state={state}")

    assert "/login/oidc" in client.get("/login").text
    assert fake.posted == {}
    client.cookies.set("zhishu_session", "brought-along", "testserver.local")
    answer = come_back()
    assert (answer.status_code, answer.headers["location"]) == (303, "/office/task")
    assert client.cookies["zhishu_session"] != "brought-along"  # one cookie, and a new one
    assert client.get("/me").status_code == 200
    again = client.get(f"/login/oidc/back?code=c&state={fake.asked['state']}")
    assert (again.status_code, "oidc-state" in again.text) == (422, True)
    client.cookies.clear()
    state = fake.visit(client.get("/login/oidc").headers["location"])
    client.cookies.clear()
    stolen = client.get(f"/login/oidc/back?code=c&state={state}")
    assert (stolen.status_code, "zhishu_session" in client.cookies) == (422, False)
    for subject in ("nobody", "head"):
        if subject == "head":
            bench.act("admin", "account/head", "disable", reason="调离")
        fake.subject = subject
        refused = come_back()
        assert (refused.status_code, "oidc-no-account" in refused.text) == (422, True)
        assert client.get("/me").status_code == 303
    evil = fake.visit(client.get("/login/oidc?next=https://evil.example").headers["location"])
    fake.subject = "clerk"
    assert client.get(f"/login/oidc/back?code=c&state={evil}").headers["location"].startswith("/")
    assert not any("秘密" in str(e.fact.body) for e in bench.office.ledger.read())


class _Answers(BaseHTTPRequestHandler):
    """A server of odd answers."""

    def do_GET(self) -> None:
        """Answer by the path."""
        status = {"/moved": 302, "/gone": 404}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Location", "/fine")
        self.end_headers()
        self.wfile.write(b"x" * (MOST_BYTES + 1) if self.path == "/long" else b"{}")

    def log_message(self, *given: object) -> None:
        """Say nothing."""


def test_the_way_out_follows_nothing_and_reads_no_more_than_it_must() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    assert fetch(f"{base}/fine", None) == b"{}"
    for path in ("/moved", "/gone", "/long"):
        with pytest.raises(OSError, match=r"302|404|too long"):
            fetch(base + path, None)
    server.shutdown()
