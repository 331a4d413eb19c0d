"""T26: exports and verifications that take long do not starve the pages, however many are asked for at once."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from types import ModuleType
from typing import Any

import httpx2
import pytest
import uvicorn
from tests.office.conftest import Bench, bench, make
from tests.surfaces.door_samples import PASSWORD, give_passwords

from zhishu.study import Study
from zhishu.surfaces.rest import index as rest_index
from zhishu.surfaces.rest import routes as rest_routes
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.office import months, registers

__all__ = ["bench", "make"]
MANY = 45
"""More than the threads that answer pages."""


@contextmanager
def listening(study: Study, bench: Bench) -> Iterator[str]:
    """Serve the office on a free loopback port, as it is served in earnest."""
    app = create_app(study, lambda: date(2026, 3, 2), office=bench.office)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


class Held:
    """Long work in the place of a function: it goes on until it is let go."""

    def __init__(self, module: ModuleType, name: str, patch: pytest.MonkeyPatch) -> None:
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        self.work: Any = getattr(module, name)
        patch.setattr(module, name, self)

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Wait, then do the work."""
        self.begun.release()
        assert self.go.wait(60)
        return self.work(*given, **named)


def entered(address: str, account: str) -> httpx2.Client:
    """Return a browser that signed in."""
    client = httpx2.Client(base_url=address, headers={"Origin": address}, timeout=60)
    form = {"account": account, "password": PASSWORD, "next": "/me"}
    assert client.post("/login", data=form).status_code == 303
    return client


def token(client: httpx2.Client) -> str:
    """Return the token that forms of this browser carry."""
    return client.get("/me").text.split('name="csrf" value="')[1].split('"')[0]


def test_t26_a_long_export_does_not_starve_pages(study: Study, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """While more exports run than there are threads, pages are read and acts recorded; then every export ends."""
    give_passwords(bench, "auditor", "secretary", "supervisor")
    closing = {"month": "2026-03", "organ": "示例", "organ_en": "Specimen", "title": "通报", "title_en": "Briefing"}
    with listening(study, bench) as address, ThreadPoolExecutor(MANY) as crowd:
        auditor, secretary, reader = (entered(address, a) for a in ("auditor", "secretary", "supervisor"))
        asks = {
            "verify": (registers, auditor, "POST", "/office/ledger/verify", {"csrf": token(auditor)}),
            "write": (months, secretary, "POST", "/office/release/close", {"csrf": token(secretary), **closing}),
            "template": (rest_routes, reader, "GET", "/api/v1/systems/land-supply-rate-gate/template.xlsx", None),
        }
        for name, (module, client, method, path, form) in asks.items():
            held = Held(module, name, monkeypatch)
            count = 1 if name == "write" else MANY
            running = [crowd.submit(client.request, method, path, data=form) for _ in range(count)]
            assert held.begun.acquire(timeout=60)
            for page in ("/office", "/targets", "/office/task", "/api/v1/office/task"):
                assert reader.get(page, timeout=30).status_code == 200, (name, page)
            given = {"csrf": token(reader), "expected": "0", "id": f"during-{name}", "title": "示例", "origin": "check"}
            given |= {"region": "510000", "domain": "transport", "unit": "transport", "due": "2026-04-01"}
            assert reader.post("/office/case/new", data=given, timeout=30).status_code == 303
            assert not any(f.done() for f in running)
            held.go.set()
            assert {f.result(120).status_code for f in running} <= {200, 303}, name
    assert bench.office.state("case/during-write") is not None


def test_t26_indices_do_not_starve_pages(study: Study, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """While more tables are computed than there are threads, pages are read; then every table is answered."""
    held = Held(rest_index, "answer", monkeypatch)
    table = "地区,产出\n示例甲,1\n示例乙,2\n".encode()
    with listening(study, bench) as address, ThreadPoolExecutor(MANY) as crowd:
        client = httpx2.Client(base_url=address, timeout=60)
        kind = {"Content-Type": "text/csv"}
        running = [crowd.submit(client.post, "/api/v1/index", content=table, headers=kind) for _ in range(MANY)]
        assert held.begun.acquire(timeout=60)
        assert client.get("/targets", timeout=30).status_code == 200
        assert not any(f.done() for f in running)
        held.go.set()
        assert {f.result(120).status_code for f in running} == {200}
