"""A case of a rule book in a real Chromium: judged, asked fact by fact without scripts, accessible, fitting phones."""

from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from tests.browser.test_browser_pages import AXE, LANGUAGES, STANDARDS, WIDTH
from tests.surfaces.test_rule_pages import BOOK, OPEN, PARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CASES = {
    "adverse": f"{BOOK}/case?{urlencode(PARK)}",
    "open": f"{BOOK}/case?{urlencode(OPEN)}",
    "wrong": f"{BOOK}/case?f.kind=x&f.distance=y&f.nosuch=1",
    "asked": f"{BOOK}/ask?f.action=new&f.kind=park&skip=industry",
    "settled": f"{BOOK}/ask?{urlencode(PARK)}",
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_a_case_is_accessible_and_fits(site: str, browser: "Browser", case: str, lang: str, colours: bool) -> None:
    """axe finds nothing; one h1; no sideways scrolling at 1400, 390, 360 and in larger text."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    page.goto(f"{site}{CASES[case]}&lang={lang}")
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    assert page.locator("h1").count() == 1
    for width in (1400, 390, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) <= width
    page.goto(f"{site}{CASES[case]}&lang={lang}&elder=1")
    assert page.evaluate(WIDTH) <= 360
    context.close()


def test_the_interview_works_without_scripts(site: str, browser: "Browser") -> None:
    """Choose, type, pass over and answer again by hand; the verdict comes when nothing more can change it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 740})
    page = context.new_page()
    page.goto(f"{site}{BOOK}/ask?lang=en")
    assert "Question 1" in page.locator("h2").first.inner_text()
    page.locator('select[name="f.action"]').select_option("extend")
    page.get_by_role("button", name="Next").click()
    assert "extension" in page.locator("dl").first.inner_text()
    page.get_by_role("button", name="Not known").click()
    assert "passed over" in page.locator("dl").first.inner_text()
    page.get_by_role("link", name="answer again").first.click()
    assert page.locator('select[name="f.action"]').is_visible()
    page.goto(f"{site}{BOOK}/ask?lang=en&f.in_red_line=yes&f.permitted_activity=no")
    assert page.locator(".opinion-verdict h2").inner_text() == "Forbidden (proposed)"
    page.get_by_role("link", name="See it in the whole form").click()
    assert page.locator('select[name="f.in_red_line"]').input_value() == "是"
    context.close()


def test_a_printed_opinion_carries_its_facts(site: str, browser: "Browser") -> None:
    """On paper the form is gone and the facts stand as words; on the screen they are not said twice."""
    page = browser.new_page(viewport={"width": 680, "height": 960})
    page.goto(f"{site}{CASES['adverse']}")
    assert not page.locator(".print-only").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".print-only").is_visible()
    assert not page.locator(".judge-form").is_visible()
    assert page.evaluate(WIDTH) <= 680
    page.close()
