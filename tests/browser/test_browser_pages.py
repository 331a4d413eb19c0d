"""Every page in a real Chromium: accessible, quiet, fitting phones and paper, talking to nobody else."""

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATHS = [
    "/", "/strategy", "/targets", "/targets/service-share-55", "/targets/permit-time-halved", "/systems",
    "/systems/land-supply-rate-gate", "/systems/ftz-159-reform-tasks", "/systems/visa-144h", "/articles/24", "/source",
    "/source/20.10", "/source/26.3",
    "/why/services_share_exact/510000/2022", "/indicators/urbanisation", "/cities", "/cities/510700",
    "/schemes/five_supports", "/methods", "/methods/correlation", "/methods/vary", "/methods/bonus", "/data", "/data/own", "/nope", "/index", "/index/example",
    "/assessments", "/assessments/county_economy_2019",
    "/rules", "/rules/siting", "/rules/siting/law_tailings_main", "/rules/siting/case", "/rules/siting/ask", "/rules/siting/batch", "/rules/siting/lists",
    *(f"/index/example/{page}" for page in ("ranking", "unit", "weights", "sensitivity", "pairs", "compare", "leaving", "audit", "reach")),
]  # fmt: skip
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Most of the work are the colours. They do not know the language: a test measures them in one, its long twin in both.
LANGUAGES = [("zh", True), ("en", False), pytest.param("en", True, marks=pytest.mark.long)]
AXE = """async ([standards, colours]) => (await axe.run(document, {
    runOnly: standards, rules: {'color-contrast': {enabled: colours}}, resultTypes: ['violations'], elementRef: false
})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' | '))"""
WIDTH = "document.documentElement.scrollWidth"
# the smallest part of a drawing's letters on the screen, in CSS pixels
LETTERS = """() => Math.min(99, ...[...document.querySelectorAll('main svg text')]
    .filter(t => t.getBoundingClientRect().width > 0)
    .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""


@pytest.fixture(scope="module")
def desk(browser: "Browser") -> "Iterator[Page]":
    """One page 1,400 pixels wide; it lets a script in, so that axe can be given to it."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    yield page
    context.close()


@pytest.fixture(scope="module")
def phone(browser: "Browser") -> "Iterator[Page]":
    """One page as wide as a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 740})
    yield page
    page.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_t51_no_accessibility_violation(site: str, desk: "Page", path: str, lang: str, colours: bool) -> None:
    """axe finds nothing against WCAG 2.2 A and AA; status, one h1, language; a quiet console; no other host."""
    errors: list[str] = []
    hosts: set[str] = set()
    note = {
        "console": lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None,
        "pageerror": lambda e: errors.append(str(e)),
        "request": lambda r: hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None,
    }
    for event, listener in note.items():
        desk.on(event, listener)
    try:
        answered = desk.goto(f"{site}{path}?lang={lang}")
        assert answered is not None
        assert answered.status == (404 if path == "/nope" else 200)
        assert desk.evaluate(AXE, [STANDARDS, colours]) == []
        assert desk.locator("h1").count() == 1
        assert (desk.locator("html").get_attribute("lang") or "").startswith(lang)
        assert errors == []
        assert hosts == {site.removeprefix("http://")}
    finally:
        for event, listener in note.items():
            desk.remove_listener(event, listener)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_has_a_title_of_its_own(site: str, desk: "Page", lang: str) -> None:
    """No two pages share a title, and each names the site."""
    titles = {}
    for path in PATHS:
        text = desk.request.get(f"{site}{path}?lang={lang}").text()
        titles[path] = text.split("<title>")[1].split("</title>")[0].strip()
    assert len(set(titles.values())) == len(PATHS), titles
    assert all(" · " in title for title in titles.values())


@pytest.mark.parametrize("path", PATHS)
def test_phones_do_not_scroll_sideways(site: str, phone: "Page", path: str) -> None:
    """At 390 and at 360 pixels the page is as wide as the screen, in both languages, and charts stay legible."""
    for lang in ("zh", "en"):
        phone.set_viewport_size({"width": 390, "height": 740})
        phone.goto(f"{site}{path}?lang={lang}")
        assert phone.evaluate(WIDTH) <= 390
        phone.set_viewport_size({"width": 360, "height": 740})
        assert phone.evaluate(WIDTH) <= 360
        assert phone.evaluate(LETTERS) >= 8.5


def test_wide_tables_scroll_inside_a_region_the_keyboard_reaches(site: str, phone: "Page") -> None:
    """The form of the land gate is wider than a phone: its region scrolls, has a name and takes the focus."""
    phone.goto(f"{site}/systems/land-supply-rate-gate")
    region = phone.locator("form [role=region]").first
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    assert "逐年供地" in (region.get_attribute("aria-label") or "")
    region.focus()
    phone.keyboard.press("ArrowRight")
    assert phone.evaluate("document.activeElement.getAttribute('role')") == "region"
    header = phone.locator("form th").first.inner_text()
    assert header.startswith("市县")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/targets/service-share-55",
        "/cities/510700",
        "/schemes/five_supports",
        "/methods/vary",
        "/rules/siting",
        "/rules/siting/case?f.in_red_line=1&f.permitted_activity=0",
    ],
)
def test_print_has_no_navigation(site: str, browser: "Browser", path: str) -> None:
    """On a sheet of paper the controls are gone, the answer stays whole, and nothing is cut at the edge."""
    page = browser.new_page(viewport={"width": 680, "height": 960})
    page.emulate_media(media="print")
    for lang in ("zh", "en"):
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert not page.locator("nav.nav").is_visible()
        assert not page.locator("form.date").is_visible()
        assert page.locator("h1").is_visible()
        assert page.locator("footer code").is_visible()
        assert page.evaluate(WIDTH) <= 680
    page.close()


def test_the_elder_mode_enlarges_everything(site: str, browser: "Browser") -> None:
    """A quarter larger, still without sideways scrolling, and every link keeps it."""
    page = browser.new_page(viewport={"width": 390, "height": 740})
    page.goto(f"{site}/targets?elder=1")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.evaluate(WIDTH) <= 390
    assert "elder=1" in (page.locator("main td a").first.get_attribute("href") or "")
    page.close()
