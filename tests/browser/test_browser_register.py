"""A whole register judged in a real Chromium: brought and taken away without scripts, accessible, fitting phones and paper."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.browser.test_browser_pages import AXE, LANGUAGES, LETTERS, STANDARDS, WIDTH
from tests.surfaces.test_register import GOOD, HEAD

from zhishu.study import Study
from zhishu.surfaces.web.rules.brought import specimens

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGE = "/rules/siting/batch"
BAD = f"{HEAD}\n{GOOD[0]}\n示例9,2022-13-01,厂房,新建,非化工,3011,名录内支流,五公里,0.1,否,1,1\n"


def fits(page: "Page") -> None:
    """Check that nothing lies beside the screen and that every letter of a drawing can be read."""
    for width in (1400, 800, 390, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) <= width
        assert page.evaluate(LETTERS) >= 8.5
    page.set_viewport_size({"width": 1400, "height": 900})


@pytest.mark.parametrize(("lang", "colours"), LANGUAGES)
def test_every_state_is_accessible_and_fits(site: str, browser: "Browser", lang: str, colours: bool) -> None:
    """The empty page, a refused file, verdicts, the larger text: axe finds nothing and nothing scrolls sideways."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    page.goto(f"{site}{PAGE}?lang={lang}")
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    fits(page)
    page.set_input_files("#file", {"name": "示例.csv", "mimeType": "text/csv", "buffer": BAD.encode()})
    page.locator("form .button-primary").click()
    assert page.locator(".errors li").count() == 3
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    fits(page)
    page.locator("button[name=specimen]").click()
    assert page.locator("h1").count() == 1
    assert page.locator("svg.chart-bars:visible").count() == 3
    assert page.evaluate(AXE, [STANDARDS, colours]) == []
    fits(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{page.url}&elder=1")
    assert page.evaluate(WIDTH) <= 360
    context.close()


def test_a_register_is_judged_and_taken_away_without_scripts(
    site: str, browser: "Browser", study: Study, tmp_path: Path
) -> None:
    """The template is taken, comes back filled, is judged, looked at by verdict, taken away and deleted."""
    count = len(specimens(study.pack.book("siting")))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/rules/siting?lang=en")
    page.get_by_role("link", name="A whole register").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Template filled with specimens").click()
    form = tmp_path / "form.csv"
    taken.value.save_as(form)
    page.set_input_files("#file", form)
    page.get_by_role("button", name="Judge the register").click()
    assert f"{count} cases judged" in page.locator("h1").inner_text()
    page.locator("nav.tabs").get_by_role("link", name="Undetermined").click()
    chips = page.locator("#rows tbody .c-verdict").all_inner_texts()
    assert 0 < len(chips) < count
    assert {c.strip() for c in chips} == {"undetermined"}
    for name, read in (("Download CSV", pl.read_csv), ("Parquet", pl.read_parquet), ("NDJSON", pl.read_ndjson)):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name, exact=True).click()
        taken.value.save_as(tmp_path / "verdicts")
        assert len(read(tmp_path / "verdicts")) == count
    address = page.url
    page.get_by_role("button", name="Delete them now").click()
    assert "deleted" in page.locator("[role=status]").inner_text()
    assert page.goto(address).status == 404  # type: ignore[union-attr]
    context.close()


def test_printed_verdicts_carry_no_controls(site: str, browser: "Browser") -> None:
    """On paper the drawings, the tables and the rows stay, buttons and tabs are gone, nothing is cut."""
    page = browser.new_page(viewport={"width": 680, "height": 960})
    page.goto(f"{site}{PAGE}")
    page.locator("button[name=specimen]").click()
    page.emulate_media(media="print")
    assert page.evaluate(WIDTH) <= 680
    assert page.locator("svg.chart-bars:visible").count() == 3
    assert page.locator("#rows tbody tr").last.is_visible()
    for gone in ("nav.tabs", "main .button", ".index-remove"):
        assert not any(x.is_visible() for x in page.locator(gone).all())
    page.close()
