"""An office with pages, and people who sign in to it."""

import re
from datetime import date

from starlette.testclient import TestClient
from tests.office.conftest import Bench

from zhishu.access.passwords import set_password
from zhishu.study import Study
from zhishu.surfaces.web.app import create_app

PASSWORD = "四川盆地-春雨-河灯-石桥"
HOST = {"Origin": "http://testserver"}


def serve(study: Study, bench: Bench) -> TestClient:
    """Return a browser at the office's door; it follows no redirect by itself."""
    app = create_app(study, lambda: date(2026, 3, 2), office=bench.office)
    return TestClient(app, follow_redirects=False)


def another(client: TestClient) -> TestClient:
    """Return another browser at the same door."""
    return TestClient(client.app, follow_redirects=False)


def give_passwords(bench: Bench, *accounts: str) -> None:
    """Give accounts a password."""
    for account in accounts:
        set_password(bench.office.ledger.engine, account, PASSWORD, bench.office.now())


def sign_in(client: TestClient, account: str, password: str = PASSWORD) -> int:
    """Sign in and return the status: 303 in, 422 not."""
    form = {"account": account, "password": password, "next": "/me"}
    return client.post("/login", data=form, headers=HOST).status_code


def csrf(client: TestClient, path: str = "/me") -> str:
    """Return the token that the forms of a page carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def make_token(client: TestClient, *rights: str) -> str:
    """Return the secret of a new token of whoever is signed in."""
    form = {"csrf": csrf(client), "name": "示例程序", "days": "9", "rights": list(rights)}
    found = re.search(r'<pre class="code">([^<]+)</pre>', client.post("/me/tokens", data=form, headers=HOST).text)
    assert found is not None
    return found[1]
