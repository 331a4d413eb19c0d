"""An office served for a browser: its own ledger, a clock that is moved by hand, and a person who signs in."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from zhishu.access.links import SETUP, new_link
from zhishu.access.passwords import set_password
from zhishu.ledger import open_ledger
from zhishu.office import Office, Wish, open_office
from zhishu.study import Study
from zhishu.surfaces.web.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "一曲清江抱村流-2026"


@dataclass
class Clock:
    """A clock that stands until it is moved on."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.at

    def forward(self, **by: float) -> None:
        """Move on."""
        self.at += timedelta(**by)


@dataclass(frozen=True)
class OfficeSite:
    """The address of a served office, the office itself, and its clock."""

    address: str
    office: Office
    clock: Clock
    ledger: Path

    def setup_link(self) -> str:
        """Return the one-time address for the first administrator."""
        return f"{self.address}/setup/{new_link(self.office.ledger.engine, '', SETUP, self.clock())}"

    def account(self, id: str, unit: str, role: str, region: str) -> None:
        """Set an account up by acts of the administrator, with a password of its own."""
        name = {"name": [f"{id}岗（示例）"], "unit": [unit]}
        grant = {"role": [role], "region": [region], "domain": ["*"]}
        self.office.act_all(
            "admin", [Wish(f"account/{id}", "create", 0, name), Wish(f"account/{id}", "grant", 1, grant)]
        )
        set_password(self.office.ledger.engine, id, PASSWORD, self.clock())


@contextmanager
def served(study: Study, folder: Path) -> Iterator[OfficeSite]:
    """Serve an empty office on a free loopback port."""
    clock = Clock()
    ledger = folder / "office.db"

    def enter(found: Study) -> Office:
        return open_office(found, open_ledger(ledger), clock)

    app = Served(lambda: study, lambda: clock().date(), enter)
    assert app.office is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    try:
        yield OfficeSite(f"http://127.0.0.1:{port}", app.office, clock, ledger)
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass(frozen=True)
class Person:
    """Somebody at a browser of their own."""

    site: OfficeSite
    page: "Page"

    def go(self, path: str) -> "Page":
        """Open a page and return it."""
        self.page.goto(self.site.address + path)
        return self.page

    def act(self, stream: str, act: str, files: dict[str, tuple[str, bytes]] | None = None, **fields: str) -> str:
        """Do an act through its form on the item's page and return what the page then says."""
        page = self.go(f"/office/{stream}")
        return self.fill(page.locator(f"main form[action*='/office/{stream}/{act}']"), files or {}, fields)

    def create(self, kind: str, id: str, **fields: str) -> str:
        """Set a subject up through its form."""
        page = self.go(f"/office/{kind}/new")
        return self.fill(page.locator("main form[method=post].form"), {}, {"id": id, **fields})

    def fill(self, form: Any, files: dict[str, tuple[str, bytes]], fields: dict[str, str]) -> str:
        """Fill a form in, submit it, and return the words of the page it leads to."""
        details = form.locator("xpath=ancestor::details")
        if details.count() and details.first.get_attribute("open") is None:
            details.first.locator("summary").click()
        for name, value in fields.items():
            control = form.locator(f"[name='{name}']")
            if control.evaluate("e => e.tagName") == "SELECT":
                control.select_option(value.split("|"))
            else:
                control.fill(value)
        for name, (label, content) in files.items():
            form.locator(f"[name='{name}']").set_input_files(
                {"name": label, "mimeType": "application/octet-stream", "buffer": content}
            )
        form.locator("button[type=submit]").click()
        return self.page.locator("body").inner_text()


def sign_in(site: OfficeSite, browser: "Browser", account: str, scripts: bool = False) -> Person:
    """Return a person who has signed in, in a browser of their own; without scripts unless asked."""
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{site.address}/login")
    page.fill("[name=account]", account)
    page.fill("[name=password]", PASSWORD)
    page.click("button.button-primary")
    assert "/office" in page.url, page.locator("body").inner_text()[:500]
    return Person(site, page)


def workbook(rows: list[list[object]]) -> bytes:
    """Return an Excel file of plain rows."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    book.close()
    return buffer.getvalue()
