"""The ledger of tasks in a real Chromium: a task typed in, followed, refused with its reason, in both languages."""

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LEDGER = "/systems/ftz-159-reform-tasks"
AXE = "async () => (await axe.run(document)).violations.map(v => v.id)"
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def page(browser: "Browser") -> "Iterator[Page]":
    """One page that lets axe in."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1200, "height": 900})
    found = context.new_page()
    found.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    yield found
    context.close()


def test_the_specimen_runs_and_a_wrong_reviewer_is_refused(site: str, page: "Page") -> None:
    """The task shown is closed; reviewed by its own reporter it stays reported, waits for the other, and says why."""
    page.goto(f"{site}{LEDGER}?on=2019-03-01")
    assert "办理 责任单位" in " ".join(page.locator("table.rows", has_text="由谁").inner_text().split())
    page.fill("input[name='set.expected']", "1")
    page.get_by_role("button", name="运行").click()
    assert "全部办结" in page.locator(".verdict").first.inner_text()
    assert "提议" in page.locator("main").inner_text()
    page.fill("input[name='entries.5.actor']", "示例委")
    page.fill("input[name='tasks.0.reviewer']", "示例评估中心、示例委")
    page.get_by_role("button", name="运行").click()
    said = page.locator("main").inner_text()
    assert "t1 第 6 条不受理：反馈过本任务的单位不得复核或办结。改法：由另一单位办理" in said
    task = page.locator(".verdict").nth(1).inner_text()
    assert "“示例任务”在“反馈”环节；等办单位：示例评估中心；绿灯 · 办理中" in task
    assert page.evaluate(AXE) == []


def test_the_same_in_english_on_a_phone(site: str, page: "Page") -> None:
    """Words of refusals and lights are English; nothing scrolls sideways."""
    page.set_viewport_size({"width": 390, "height": 740})
    page.goto(f"{site}{LEDGER}?on=2019-03-01&lang=en")
    page.select_option("select[name='entries.6.act']", "return")
    page.get_by_role("button", name="Run", exact=True).click()
    said = page.locator("main").inner_text()
    assert "entry 7 of t1 is refused: the unit does not hold the role of the act. Repair: let a unit" in said
    assert "green · in progress" in said
    assert page.evaluate(WIDTH) <= 390
    assert page.evaluate(AXE) == []


def test_a_blank_row_is_always_left(site: str, page: "Page") -> None:
    """The specimen fills seven rows; the eighth takes another entry and is read."""
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(f"{site}{LEDGER}?on=2019-03-01")
    for name, value in (("task", "t1"), ("seq", "8"), ("actor", "示例督查室"), ("on", "2019-02-20")):
        page.fill(f"input[name='entries.7.{name}']", value)
    page.select_option("select[name='entries.7.act']", "close")
    page.get_by_role("button", name="运行").click()
    assert "t1 第 8 条不受理：当前环节不能办这个动作" in page.locator("main").inner_text()
