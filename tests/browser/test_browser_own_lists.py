"""Lists of one's own in a real Chromium: brought without scripts, a verdict settled by them, accessible, fitting phones."""

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_browser_pages import AXE, LANGUAGES, STANDARDS, WIDTH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BOOK = "/rules/free_education"
COUNTIES = "entry,county,valid_from,valid_to,basis\n示例一,示例甲县,2017-01-01,,示例名单文\n".encode()
CASE = {
    "f.case_key": "示例k1",
    "f.asked_on": "2020-09-01",
    "f.hukou_county": "示例甲县",
    "f.school_county": "示例甲县",
    "f.used_stage": "0",
    "f.used_all": "3",
}
WIDTHS = (1400, 800, 390, 360)


def fits(page: "Page", colours: bool) -> None:
    """Check that nothing lies beside the screen and that axe finds nothing."""
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) <= width
    page.set_viewport_size({"width": 1400, "height": 900})


def choose(page: "Page", field: str, content: bytes = COUNTIES, name: str = "示例名单.csv") -> None:
    """Choose a file for a list."""
    page.set_input_files(f'[id="{field}"]', {"name": name, "mimeType": "text/csv", "buffer": content})


@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_every_state_is_accessible_and_fits(site: str, browser: "Browser", lang: str, colours: bool) -> None:
    """The page of lists empty, refused and loaded; the case, the interview and the register that carry them; the larger text."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    page.goto(f"{site}{BOOK}/lists?lang={lang}")
    fits(page, colours)
    choose(page, "list.registered", COUNTIES.replace(b"2017-01-01", "不详".encode()))
    page.locator("form .button-primary").click()
    assert "list-bad-day" in page.locator(".errors").inner_text()
    page.locator(".errors a").first.click()
    assert page.evaluate("location.hash") == "#list.registered"
    fits(page, colours)
    choose(page, "list.registered")
    page.locator("form .button-primary").click()
    fits(page, colours)
    token = page.url.partition("brought=")[2][:32]
    for path in ("case", "ask", "batch"):
        page.goto(f"{site}{BOOK}/{path}?lang={lang}&brought={token}")
        fits(page, colours)
    page.goto(f"{site}{BOOK}/lists?lang={lang}&elder=1&brought={token}")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(WIDTH) <= 360
    context.close()


def test_a_case_is_settled_by_lists_brought_without_scripts(site: str, browser: "Browser") -> None:
    """Filled in it is undetermined; lists are brought on a phone, the facts come back, and the verdict stands."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 740})
    page = context.new_page()
    page.goto(f"{site}{BOOK}/case?lang=en")
    page.locator('select[name="f.stage"]').select_option("primary")
    for field, value in CASE.items():
        page.fill(f'[id="{field}"]', value)
    page.get_by_role("button", name="Judge").click()
    assert page.locator(".opinion-verdict h2").inner_text() == "Undetermined"
    page.get_by_role("link", name="Use lists or layers of your own").click()
    # one list serves both the county of registration and that of the school
    assert page.locator('[id="list.schooled"]').count() == 0
    choose(page, "list.registered")
    page.get_by_role("button", name="Load").click()
    page.get_by_role("link", name="Judge the case").click()
    assert page.locator(".opinion-verdict h2").inner_text() != "Undetermined"
    assert page.locator('[id="f.used_all"]').input_value() == "3"
    assert "示例名单.csv, 1 entry, SHA-256" in page.locator(".judge-answer").inner_text()
    # judged again from the form the lists are still there
    page.get_by_role("button", name="Judge").click()
    assert page.locator(".opinion-verdict h2").inner_text() != "Undetermined"
    address = page.url
    page.get_by_role("link", name="Change your own lists or layers").click()
    page.get_by_role("button", name="Delete them now").click()
    assert "deleted" in page.locator("[role=status]").inner_text()
    page.goto(address)
    assert "brought-unknown" in page.locator(".errors").inner_text()
    assert page.locator(".opinion-verdict").count() == 0
    assert page.locator('[id="f.used_all"]').input_value() == "3"
    context.close()
