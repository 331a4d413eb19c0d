"""Pages in a real Chromium: accessible, working without scripts, by keyboard, on phones, talking to nobody else."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn

from zhishu.study import open_study
from zhishu.surfaces.web.app import create_app

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
    pytest.mark.xdist_group("browser"),
]

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip
PATHS = [
    "/", "/strategy", "/targets", "/targets/service-share-55", "/targets/permit-time-halved", "/systems",
    "/systems/land-supply-rate-gate", "/systems/visa-144h", "/articles/24", "/source", "/source/20.10",
    "/why/services_share_exact/510000/2022", "/indicators/urbanisation", "/cities", "/cities/510700", "/schemes/five_supports", "/data", "/nope",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped pack on a free loopback port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    patch = pytest.MonkeyPatch()
    patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
    app = create_app(open_study(), lambda: date(2026, 11, 23))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
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


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Start one Chromium for all tests."""
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_t51_no_accessibility_violation(site: str, browser, path: str, lang: str) -> None:  # type: ignore[no-untyped-def]
    """axe finds nothing against WCAG 2.2 A and AA; one h1; a title; no error in the console; no other host."""
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None)
    page.on("request", lambda r: hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None)
    page.goto(f"{site}{path}?lang={lang}")
    page.evaluate(axe)
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']}))"
        ".violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' | '))"
    )
    assert found == []
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert errors == []
    assert hosts == {site.removeprefix("http://")}
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_phones_do_not_scroll_sideways(site: str, browser, path: str) -> None:  # type: ignore[no-untyped-def]
    """At 360 pixels the page is as wide as the screen."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{site}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_the_core_journey_without_scripts(site: str, browser) -> None:  # type: ignore[no-untyped-def]
    """Overview to target to a source row to its sentence; another date; the land gate: all without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="服务业增加值占地区生产总值比重", exact=True).first.click()
    assert "52.21%" in page.content()
    page.locator("details summary").first.click()
    page.locator("main table a[href*='/why/']").first.click()
    assert "为什么是" in page.title()
    page.goto(f"{site}/why/services_share_exact/510000/2022")
    page.locator("a.cite").first.click()
    assert "第 10 条第 2 句" in page.title()
    page.goto(f"{site}/targets/service-share-55")
    page.fill("#on-date", "2020-12-31")
    page.locator("form.date button").click()
    assert "on=2020-12-31" in page.url
    assert page.locator(".verdict .chip-behind").count() == 1
    page.goto(f"{site}/systems/land-supply-rate-gate")
    page.get_by_role("button", name="运行").click()
    assert page.locator(".verdict").first.inner_text().count("建议暂停") >= 1
    assert "58%" in page.content()
    context.close()


def test_a_wrong_file_is_named_and_a_right_one_answers(site: str, browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A text called .xlsx is refused with its code; a CSV register is answered."""
    page = browser.new_page()
    wrong = tmp_path / "form.xlsx"
    wrong.write_text("no workbook", encoding="utf-8")
    page.goto(f"{site}/systems/land-supply-rate-gate")
    page.set_input_files("#file", str(wrong))
    page.get_by_role("button", name="运行").click()
    assert "xlsx-not-a-workbook" in page.content()
    assert page.title().startswith("出错")
    right = tmp_path / "register.csv"
    rows = "".join(f"示例县,{y},100,60\n" for y in range(2018, 2023))
    right.write_text(f"市县,年份,批准面积,供应面积\n{rows}", encoding="gb18030")
    page.set_input_files("#file", str(right))
    page.get_by_role("button", name="运行").click()
    assert "通过" in page.locator(".verdict").first.inner_text()
    page.close()


def test_the_keyboard_reaches_the_content_first(site: str, browser) -> None:  # type: ignore[no-untyped-def]
    """The first stop is the link to the content, and it shows."""
    page = browser.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.close()


def test_print_has_no_navigation(site: str, browser) -> None:  # type: ignore[no-untyped-def]
    """On paper the controls are gone and the answer stays."""
    page = browser.new_page()
    page.goto(f"{site}/targets/service-share-55")
    page.emulate_media(media="print")
    assert not page.locator("nav.nav").is_visible()
    assert page.locator("h1").is_visible()
    page.close()
