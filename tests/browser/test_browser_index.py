"""An index from one table in a real Chromium: from the upload to the ranking, and weights that re-score while one drags."""

import random
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_browser_pages import AXE, LANGUAGES, LETTERS, STANDARDS, WIDTH
from tests.surfaces.index_site import NAMES

from zhishu.surfaces.web.index.example import example_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UNITS = 30
MOVE = """(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true}));
    input.dispatchEvent(new Event('change', {bubbles: true})); }"""
ROWS = """() => [...document.querySelectorAll('tr[data-unit]')].map(r => [r.querySelector('.c-main').textContent,
    r.querySelector('[data-place]').textContent.trim(), r.querySelector('[data-score]').textContent.trim()])"""


def gapped() -> bytes:
    """Return a table with ties, gaps and a heading's worth of figures that are small."""
    draw = random.Random(7)
    lines = ["u,a,b,c,d,e"]
    for n in range(UNITS):
        cells = [f"{draw.choice((draw.gauss(5, 2), 4, 5)):.3f}" for _ in range(5)]
        if n % 7 == 3:
            cells[draw.randrange(5)] = ""
        lines.append(f"示例{n},{','.join(cells)}")
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def desk(browser: "Browser") -> "Iterator[Page]":
    """One page 1,400 pixels wide, under the policy of the site as it is."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    yield page
    page.close()


@pytest.fixture(scope="module")
def table(site: str, desk: "Page") -> str:
    """Upload a table through the form and return the address of its choices."""
    desk.goto(f"{site}/index")
    upload = {"name": "示例.csv", "mimeType": "text/csv", "buffer": gapped()}
    desk.set_input_files("#file", upload)  # type: ignore[arg-type]
    with desk.expect_navigation():
        desk.click("main form button")
    return desk.url.partition("?")[0]


def test_from_the_upload_to_the_ranking(site: str, desk: "Page", table: str) -> None:
    """Tick, name headings, press: the ranking comes with its drawing, and another language keeps the choices."""
    desk.goto(table)
    desk.check("#l2")
    desk.fill("#g1", "甲组")
    desk.fill("#g2", "甲组")
    desk.fill("#w3", "2")
    desk.select_option("#mean", "geometric")
    with desk.expect_navigation():
        desk.click("main form button.button-primary")
    assert desk.locator("svg.chart-ranked").first.is_visible()
    assert desk.locator("table.rows tbody tr").count() == UNITS
    said = desk.locator(".index-said").inner_text()
    assert "几何平均" in said
    assert "越小越好：b" in said
    with desk.expect_navigation():
        desk.click(".switch a[hreflang=en]")
    assert "better when less: b" in desk.locator(".index-said").inner_text()
    assert desk.locator("table.rows tbody tr").count() == UNITS
    with desk.expect_navigation():
        desk.click(".index-tabs >> text=Weights")
    assert desk.locator("#w3").input_value() == "2"


def test_what_is_wrong_is_said_and_leads_to_its_field(desk: "Page", table: str) -> None:
    desk.goto(f"{table}/ranking?w2=viel&runs=0")
    assert desk.locator(".errors a").count() == 2
    desk.locator(".errors a").first.click()
    assert desk.evaluate("document.querySelector(':target').id") == "w2"
    assert desk.locator("#w2").get_attribute("aria-invalid") == "true"


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic", "copeland"])
@pytest.mark.parametrize("scale", ["minmax", "zscore"])
def test_dragged_weights_give_the_figures_of_the_server(desk: "Page", table: str, mean: str, scale: str) -> None:
    """To the last shown digit, for every unit, with gaps and headings; rows stand in the order of their ranks."""
    draw = random.Random(f"{mean}{scale}")
    errors: list[str] = []
    desk.on("pageerror", lambda e: errors.append(str(e)))
    desk.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    chosen = f"mean={mean}&scale={scale}&least=60&g1=G&g2=G&g3=H&g4=H&l3=1&winsorise=3"
    for _ in range(4):
        desk.goto(f"{table}/weights?{chosen}")
        for slider in desk.locator("input[type=range]").all():
            slider.evaluate(MOVE, str(draw.randrange(0, 51) / 10))
        dragged = desk.evaluate(ROWS)
        heading = desk.locator("h1").inner_text()
        assert desk.locator("#moved").inner_text()
        with desk.expect_navigation():
            desk.click("main form button.button-primary")
        told = desk.evaluate(ROWS)
        assert len(told) == UNITS
        assert dragged == told
        assert desk.locator("h1").inner_text() == heading
    assert errors == []


def test_weights_of_the_example_agree_and_nothing_moves_before_anybody_drags(site: str, desk: "Page") -> None:
    desk.goto(f"{site}{example_path('zh', 'weights')}")
    before = desk.evaluate(ROWS)
    desk.locator("#w1").evaluate(MOVE, desk.locator("#w1").input_value())
    assert desk.evaluate(ROWS) == before
    ranked = desk.request.get(f"{site}{example_path('zh')}").text()
    for _, _, score in before:
        assert score in ranked
    desk.locator("#w1").focus()
    desk.keyboard.press("End")
    assert desk.locator("#w1-value").inner_text() == "5"
    assert desk.evaluate(ROWS) != before
    assert "▲" in desk.locator("main table").inner_text()


def test_without_scripts_the_sliders_are_a_form(site: str, browser: "Browser") -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{example_path('en', 'weights')}&lang=en")
    page.focus("#w1")
    page.keyboard.press("End")
    with page.expect_navigation():
        page.click("main form button.button-primary")
    assert "w1=5" in page.url
    assert "Output per head (yuan) 5" in page.locator(".index-said").inner_text()
    context.close()


@pytest.mark.parametrize("name", ["", *NAMES])
@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_pages_with_choices_are_accessible_and_fit(
    site: str, browser: "Browser", name: str, lang: str, colours: bool
) -> None:
    """Three headings, both languages: axe, phones, the elder mode and paper; drawings stay legible."""
    path = example_path("en" if lang == "en" else "zh", name).replace("/?", "?")
    url = f"{site}{path}&lang={lang}" + ("&i1=1&i7=1&rank=1&unit=4" if name == "reach" else "")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    for width in (390, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) <= width
        assert page.evaluate(LETTERS) >= 8.5
    page.goto(f"{url}&elder=1")
    assert page.evaluate(WIDTH) <= 360
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    page.goto(url)
    assert page.evaluate(WIDTH) <= 680
    assert not page.locator("nav.index-tabs").is_visible()
    assert re.search(r"\w", page.locator("h1").inner_text())
    context.close()
