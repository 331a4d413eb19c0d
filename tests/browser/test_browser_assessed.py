"""The result of an assessment in a real Chromium: by the button with specimens, on wide screens, phones and paper."""

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_browser_pages import AXE, LANGUAGES, LETTERS, STANDARDS, WIDTH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATH = "/assessments/county_economy_2019"


def asked(page: "Page", site: str, lang: str) -> None:
    """Go to the assessment and press the button that scores specimens."""
    page.goto(f"{site}{PATH}?lang={lang}")
    page.locator("button[name=specimen]").click()
    page.wait_for_load_state()
    assert page.locator("details.parts").count() == 183


@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_the_result_is_accessible_and_its_parts_open(site: str, browser: "Browser", lang: str, colours: bool) -> None:
    """axe finds nothing with the parts of a unit open; a bar for each part, the last ending where the total is."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    asked(page, site, lang)
    first = page.locator("details.parts").first
    first.locator("summary").click()
    assert first.locator("svg").first.is_visible()
    last = first.locator("rect").last
    end = float((last.get_attribute("x") or "")[:-1]) + float((last.get_attribute("width") or "")[:-1])
    assert end == pytest.approx(float(first.locator("tr:last-child td:last-child").inner_text()), abs=0.6)
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate(WIDTH) <= 1400
    assert errors == []
    context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_result_fits_a_phone_and_paper(site: str, browser: "Browser", lang: str) -> None:
    """No sideways scrolling at 390, 360 and on a sheet; letters stay legible; paper prints the parts that were opened."""
    page = browser.new_page(viewport={"width": 390, "height": 740})
    asked(page, site, lang)
    page.locator("details.parts summary").first.click()
    for width in (390, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) <= width
        assert page.evaluate(LETTERS) >= 8.5
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    assert page.evaluate(WIDTH) <= 680
    assert page.locator("table.sums").first.is_visible()
    closed = page.locator("table.sums").nth(1).bounding_box()
    assert closed is None or closed["height"] == 0
    assert page.locator(".only-paper").first.is_visible()
    page.close()
