"""t37: what lets somebody in stands in no address, log, page, export, entry or backup; t36: and nothing is kept plainly."""

import io
import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient
from tests.surfaces.door_samples import HOST, PASSWORD, another, csrf
from tests.surfaces.office_door import Desk, close, draft, open_desk
from tests.surfaces.reading import crawl, hard, links

from zhishu.access.links import SETUP, new_link
from zhishu.ledger.checkpoint import office_key
from zhishu.study import Study
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.office.door import COOKIE, MARK

TYPED = "typed-by-mistake-9931"
NEXT = "another sentence 梅花三弄"


class Kept:
    """Everything that was answered and logged, and every secret that was handed out meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.answers: list[Response] = []
        self.secrets: dict[str, str] = {"password": PASSWORD, "typed": TYPED, "next": NEXT}
        self.log = ""

    def ask(self, client: TestClient, method: str, path: str, form: dict[str, object] | None = None) -> Response:
        """Ask, and keep the answer."""
        answer = client.request(method, path, data=form, headers=HOST)
        self.answers.append(answer)
        return answer


@pytest.fixture(scope="module")
def kept(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Return what was kept of a morning in which every kind of secret was handed out and used."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            made = Kept(open_desk(study, tmp_path_factory.mktemp("secrets")))
            morning(made)
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
        # the test's own browser is no part of the product
        made.log = "\n".join(line for line in written.getvalue().splitlines() if "HTTP Request:" not in line)
        yield made


def morning(kept: Kept) -> None:
    """Sign in, wrongly and rightly; give links and tokens; change a password; close a month."""
    desk, nobody = kept.desk, another(kept.desk.door)
    draft(desk.bench, "late")
    close(desk.bench, draft(desk.bench, "done", due="2026-06-30"))
    for account in ("clerk", "nosuch"):
        kept.ask(nobody, "POST", "/login", {"account": account, "password": TYPED, "next": "/office"})
    admin, second = desk.of("admin"), desk.of("second")
    page = kept.ask(admin.client, "POST", "/office/account/clerk/invite", {"csrf": admin.csrf, "expected": "2"})
    found = re.search(r"/invite/([\w-]{20,})", page.text)
    assert found is not None
    kept.secrets["link"] = found[1]
    kept.answers.remove(page)
    guest = another(desk.door)
    entered = kept.ask(guest, "POST", f"/invite/{found[1]}", {"password": NEXT, "again": NEXT})
    assert entered.status_code == 303
    for name, client in (("guest", guest), ("admin", admin.client), ("second", second.client)):
        for cookie in (COOKIE, MARK):
            kept.secrets[f"{name} {cookie}"] = str(client.cookies.get(cookie, domain="testserver.local"))
    form = {"csrf": second.csrf, "name": "示例程序", "days": "9", "rights": ["release.release"]}
    shown = second.client.post("/me/tokens", data=form, headers=HOST)
    token = re.search(r'<pre class="code">([^<]+)</pre>', shown.text)
    assert token is not None
    kept.secrets["token"] = token[1]
    kept.secrets["set-up"] = new_link(desk.bench.office.ledger.engine, "", SETUP, desk.bench.office.now())
    program = {"Authorization": f"Bearer {token[1]}"}
    for path in ("/api/v1/office/task", "/api/v1/office/nosuch", "/office/task", "/me"):
        kept.answers.append(another(desk.door).get(path, headers=program))
    kept.answers.append(another(desk.door).get("/api/v1/office/task", headers={"Authorization": f"Bearer {TYPED}"}))
    for old in (TYPED, PASSWORD):
        sent = {"csrf": csrf(second.client), "old": old, "password": NEXT, "again": NEXT if old == PASSWORD else TYPED}
        kept.ask(second.client, "POST", "/me/password", sent)
    kept.secrets["after"] = str(second.client.cookies.get(COOKIE, domain="testserver.local"))
    secretary = desk.of("secretary")
    closing = {
        "month": "2026-03",
        "organ": "示例",
        "organ_en": "x",
        "title": "示例",
        "title_en": "x",
        "csrf": secretary.csrf,
    }
    assert kept.ask(secretary.client, "POST", "/office/release/close", closing).status_code == 303
    desk.bench.act("decider", "release/2026-03", "release")
    kept.ask(guest, "GET", "/nosuch")
    for account in ("admin", "second", "secretary", "supervisor"):
        kept.answers += crawl(
            desk.of(account), ["/office", "/releases", "/me", "/office/ledger", "/office/account/clerk"], 60
        ).values()


def unpacked(content: bytes) -> bytes:
    """Return an answer's bytes, those inside an Office file too."""
    if content[:4] != b"PK\x03\x04":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return content + b"".join(parts.read(name) for name in parts.namelist())


def found_in(kept: Kept, content: bytes) -> list[str]:
    """Return the names of the secrets that stand in some bytes, as they are or as an address writes them."""
    from urllib.parse import quote

    return [
        name
        for name, secret in kept.secrets.items()
        if (secret.encode() in content or quote(secret).encode() in content)
    ]


def test_t37_no_secret_is_on_a_page_or_in_an_export(kept: Kept) -> None:
    kinds = {a.headers.get("content-type", "").split(";")[0] for a in kept.answers}
    assert {"text/html", "application/json"} <= kinds
    assert any(a.content[:4] == b"PK\x03\x04" for a in kept.answers)
    assert len(kept.answers) > 120
    assert {str(a.url): found for a in kept.answers if (found := found_in(kept, unpacked(a.content)))} == {}


def test_t37_no_secret_is_in_an_address(kept: Kept) -> None:
    """Neither where a page leads nor where an answer sends on; a one-time link alone is an address."""
    for answer in kept.answers:
        led = [answer.headers.get("location", "")]
        if answer.headers.get("content-type", "").startswith("text/html"):
            led += links(answer.text) + re.findall(r'action="([^"]*)"', answer.text)
        assert found_in(kept, "\n".join(led).encode()) == [], answer.url
        assert answer.headers.get("referrer-policy") == "same-origin" or answer.status_code == 303
    asked = "\n".join(str(a.url) for a in kept.answers if "/invite/" not in str(a.url))
    assert found_in(kept, asked.encode()) == []


def test_t37_pages_with_a_secret_are_kept_by_nobody(kept: Kept) -> None:
    """What is said once or belongs to one person stays in no cache, and a used link says nothing."""
    client = another(kept.desk.door)
    for path in (f"/setup/{kept.secrets['set-up']}", f"/invite/{kept.secrets['link']}", "/login", "/me", "/office"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
    assert client.get(f"/invite/{kept.secrets['link']}").status_code == 404


def test_t37_no_secret_is_logged(kept: Kept) -> None:
    assert found_in(kept, kept.log.encode()) == []


def test_t37_no_secret_is_in_the_ledger_or_its_database(kept: Kept) -> None:
    ledger = kept.desk.bench.office.ledger
    entries = "\n".join(str(e) for e in ledger.read())
    assert found_in(kept, entries.encode()) == []
    file = Path(str(ledger.engine.url.database))
    stored = b"".join(f.read_bytes() for f in file.parent.iterdir() if f.name.startswith(file.name))
    assert len(stored) > 100_000
    assert found_in(kept, stored) == []


def test_t37_a_backup_holds_no_secret_and_no_way_in(kept: Kept, tmp_path: Path) -> None:
    where, target = str(kept.desk.bench.office.ledger.engine.url.database), tmp_path / "backup.db"
    result = CliRunner().invoke(cli, ["ledger", "backup", str(target), "--ledger", where])
    assert result.exit_code == 0, result.output
    assert found_in(kept, target.read_bytes()) == []
    assert found_in(kept, result.output.encode()) == []
    with closing(sqlite3.connect(target)) as copy:
        for table in ("session", "link", "token", "throttle"):
            assert copy.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        hashes = [row[0] for row in copy.execute("SELECT secret FROM credential")]
    assert hashes
    assert all(h.startswith("$argon2id$") for h in hashes)


def test_t37_the_key_of_the_office_is_its_own_file(kept: Kept) -> None:
    """The signing key is in no release, page or backup; only its public half is printed."""
    from zhishu.surfaces.home import key_file

    file = key_file()
    assert file.stat().st_mode & 0o077 == 0
    assert office_key(file)
    # 32 bytes as they are: one of them may well be the sign of a line's end
    body = file.read_bytes()
    assert len(body) == 32
    assert not any(body in unpacked(a.content) for a in kept.answers)


@pytest.mark.parametrize("path", ["/office/task/boom", "/api/v1/boom"])
def test_t37_a_fault_of_the_site_tells_nothing_of_its_inside(kept: Kept, path: str) -> None:
    app = kept.desk.door.app
    assert isinstance(app, FastAPI)

    def boom() -> None:
        raise ValueError(f"inside {PASSWORD}")

    app.router.routes.insert(0, _route(path, boom))
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get(path)
    assert answer.status_code == 500
    assert PASSWORD not in answer.text
    assert not any(word in answer.text for word in ("Traceback", "ValueError", "boom()", ".py"))
    assert "server-fault" in answer.text
    assert hard(answer) == []
    assert answer.headers["cache-control"] == "no-store"


def _route(path: str, endpoint: object) -> object:
    from fastapi.routing import APIRoute

    return APIRoute(path, endpoint, methods=["GET"])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["长" * 61, "a\nb", "a\u202eb", "a\x1bb"])
def test_t43_a_token_has_a_name_of_one_line(kept: Kept, name: str) -> None:
    seat = kept.desk.of("supervisor")
    form = {"csrf": seat.csrf, "name": name, "days": "9", "rights": ["task.assign"]}
    answer = seat.client.post("/me/tokens", data=form, headers=HOST)
    assert answer.status_code == 422
    assert "token-name" in answer.text
