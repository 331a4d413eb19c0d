"""A request that is too long is refused in one way wherever it is sent, and read no further than it takes to see that."""

import asyncio
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI
from starlette.types import Message
from tests.surfaces.door_samples import HOST
from tests.surfaces.office_door import Desk, draft, open_desk
from tests.surfaces.test_every_write import posts

from zhishu.study import Study
from zhishu.surfaces.body import MOST_BODY, MOST_FILES

PART = 1_000_000
FORM = {"content-type": "application/x-www-form-urlencoded"}
FILE = {"content-type": "multipart/form-data; boundary=b"}
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'


@dataclass
class Line:
    """What comes over a line, part by part, and what goes back; it knows how much was taken."""

    first: bytes
    most: int
    taken: int = 0
    status: int = 0
    answer: bytes = field(default=b"")

    async def receive(self) -> Message:
        """Give the next part: blanks without end as far as the limit of this test goes."""
        part = self.first if not self.taken else b" " * PART
        self.taken += len(part)
        return {"type": "http.request", "body": part, "more_body": self.taken < self.most}

    async def send(self, message: Message) -> None:
        """Keep what is answered."""
        self.status = message.get("status", self.status)
        self.answer += message.get("body", b"")


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with one task."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        made = open_desk(study, tmp_path_factory.mktemp("long"))
        draft(made.bench, "late")
        yield made  # type: ignore[misc]


def send(
    desk: Desk, path: str, headers: Mapping[str, str], first: bytes = b"a=", account: str = "clerk", most: int = 0
) -> Line:
    """Send a request that goes on and on, as somebody signed in."""
    seat = desk.of(account)
    cookies = "; ".join(f"{k}={v}" for k, v in seat.client.cookies.items())
    sent = {"host": "testserver", "cookie": cookies, **seat.headers, **HOST, **headers}
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": path, "root_path": "",
        "raw_path": path.encode(), "query_string": b"", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
        "headers": [(k.lower().encode(), v.encode()) for k, v in sent.items()],
    }  # fmt: skip
    line = Line(first, most or MOST_FILES + 20 * PART)
    app = desk.door.app
    assert isinstance(app, FastAPI)

    async def call() -> None:
        await app(scope, line.receive, line.send)

    # a browser that other tests of this process drive keeps an event loop in this thread
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, call()).result()
    return line


def test_no_address_takes_more_than_its_limit(desk: Desk) -> None:
    """Every route that takes a form, whoever sends it and whatever stands in its path."""
    tried = posts(desk)
    assert len(tried) > 20
    for path in tried:
        filled = re.sub(r"{[^}]*}", "x", path)
        most = MOST_FILES if filled.startswith(("/office/", "/source", "/data/own")) else MOST_BODY
        line = send(desk, filled, FORM)
        assert line.taken <= most + PART, path
        assert line.status in (303, 400, 404, 413, 422), (path, line.status)


PLACES = {
    "/systems/land-supply-rate-gate": (FILE, HEAD, MOST_BODY),
    "/api/v1/systems/land-supply-rate-gate/run": ({"content-type": "application/json"}, b'{"tables":', MOST_BODY),
    "/api/v1/office/task/late/progress": ({"content-type": "application/json", "if-match": "2"}, b"{", MOST_BODY),
    "/login": (FILE, HEAD, MOST_BODY),
    "/office/task/late/progress": (FILE, HEAD, MOST_FILES),
    "/data/own": (FILE, HEAD, MOST_FILES),
    "/source": (FILE, HEAD, MOST_FILES),
}


@pytest.mark.parametrize("path", PLACES)
def test_the_refusal_is_the_same_everywhere(desk: Desk, path: str) -> None:
    """413 and one code, on a page or as JSON, and nothing of it is recorded."""
    headers, first, most = PLACES[path]
    before = desk.head
    line = send(desk, path, headers, first)
    assert line.status == 413
    assert most < line.taken <= most + PART + len(first)
    assert b"input-too-large" in line.answer
    assert f"{most // 1_000_000} MB".encode() in line.answer
    assert desk.head == before


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("length", ["{}", "9" * 30])
def test_a_stated_length_is_enough(desk: Desk, path: str, length: str) -> None:
    """Of a request that says it is too long, nothing is read at all."""
    headers, first, most = PLACES[path]
    line = send(desk, path, {**headers, "content-length": length.format(most + 1)}, first)
    assert (line.status, line.taken) == (413, 0)
    assert b"input-too-large" in line.answer


def test_a_request_within_the_limit_is_read_as_ever(desk: Desk) -> None:
    """A case of just under the limit is refused for what stands in it, not for its length."""
    path = "/api/v1/systems/land-supply-rate-gate/run"
    line = send(desk, path, {"content-type": "application/json"}, b"{", most=MOST_BODY - PART)
    assert MOST_BODY - PART <= line.taken <= MOST_BODY
    assert line.status in (400, 422)
    assert b"input-json" in line.answer
