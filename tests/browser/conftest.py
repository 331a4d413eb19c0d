"""One server and one Chromium for all browser tests; skipped with the reason where either cannot be had."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
import uvicorn

from zhishu.study import Study
from zhishu.surfaces.web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = date(2026, 11, 23)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip


@pytest.fixture(scope="session")
def site(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped pack on a free loopback port, with a home of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    patch = pytest.MonkeyPatch()
    patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
    server = uvicorn.Server(
        uvicorn.Config(create_app(study, lambda: TODAY), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(100):
        if server.started:
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start one Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()
