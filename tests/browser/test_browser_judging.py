"""Pages of judging as a clerk meets them in a real Chromium: the verdict first, what was right is kept, paper is not cut."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from tests.browser.test_browser_own_lists import COUNTIES, choose
from tests.browser.test_browser_pages import WIDTH
from tests.surfaces.test_rule_pages import BOOK, PARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAPER = 680


def top(page: "Page", selector: str) -> float:
    """Return how far down the page something begins."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"]


def test_the_good_list_stays_and_the_wrong_one_alone_is_chosen_again(site: str, browser: "Browser") -> None:
    """Without scripts: two files, one wrong; the summary names what is kept, the other is brought, the case is judged."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/rules/market_access/lists?lang=zh")
    choose(page, "list.zones", name="甲.csv")
    choose(page, "list.eco_lists", COUNTIES.replace(b"2017-01-01", "不详".encode()), "乙.csv")
    page.get_by_role("button", name="装入", exact=True).click()
    summary = page.locator(".errors").inner_text()
    assert "没有问题的已留着，不必再选" in summary
    assert "甲.csv" in summary
    assert "甲.csv" in page.locator(".card").first.inner_text()
    assert "乙.csv，" not in page.locator(".card").first.inner_text()
    # the other language shows the same, for its link carries what is kept
    page.get_by_role("link", name="EN", exact=True).click()
    assert "甲.csv, 1 entry" in page.locator(".card").first.inner_text()
    choose(page, "list.eco_lists", name="丙.csv")
    page.get_by_role("button", name="Load", exact=True).click()
    loaded = page.locator(".card").first.inner_text()
    assert "甲.csv" in loaded
    assert "丙.csv" in loaded
    context.close()


def test_an_example_with_lists_of_its_own_is_tried_by_one_click(site: str, browser: "Browser") -> None:
    """From the book into the form: the verdict of the example, its lists named, and a banner that they are specimens."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page.goto(f"{site}/rules/free_education?lang=en")
    row = page.locator("tr", has_text="fifteen years used: used up")
    row.get_by_role("link", name="fill in").click()
    assert page.locator(".opinion-verdict h2").inner_text().casefold() == "free years used up"
    assert "an example of the book, no real lists" in page.locator(".banner").inner_text()
    page.get_by_role("button", name="Judge").click()
    assert page.locator(".opinion-verdict h2").inner_text().casefold() == "free years used up"
    page.close()


def test_the_verdict_stands_first_when_the_interview_ends(site: str, browser: "Browser") -> None:
    """On a phone what is known so far follows the question; at the end the verdict comes before the answers and prints with them."""
    page = browser.new_page(viewport={"width": 390, "height": 740})
    page.goto(f"{site}{BOOK}/ask?lang=zh&f.action=new&f.kind=park")
    assert page.locator("main h2").all_inner_texts() == ["第 3 问", "目前", "已答"]
    page.goto(f"{site}{BOOK}/ask?lang=zh&{urlencode(PARK)}")
    assert top(page, ".opinion-verdict") < 700
    assert page.locator("main h2").all_inner_texts()[:2] == ["结论", "禁止（建议）"]
    page.set_viewport_size({"width": PAPER, "height": 960})
    page.emulate_media(media="print")
    assert page.evaluate(WIDTH) <= PAPER
    assert page.get_by_text("0.8 公里").first.is_visible()
    assert not page.get_by_text("重答").first.is_visible()
    page.close()


def test_the_bar_is_whole_on_a_common_screen(site: str, browser: "Browser") -> None:
    """At 1280 the name of the site keeps its distance from the edge, in both languages."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for lang in ("zh", "en"):
        page.goto(f"{site}/rules?lang={lang}")
        assert top(page, ".seal") >= 6
    page.close()


@pytest.mark.parametrize("system", ["county-to-city-eligibility", "equal-treatment-audit"])
def test_an_answer_is_short_and_prints_whole(site: str, browser: "Browser", system: str) -> None:
    """No tile says that a fact is unknown; paper carries the answer and the rows filled in, and nothing lies beside it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/systems/{system}?lang=zh")
    page.get_by_role("button", name="运行").click()
    tiles = page.locator(".fact-row .fact-value").all_inner_texts()
    assert tiles
    assert not any(t.startswith(("不明", "参数")) or t == "–" for t in tiles)
    assert (
        "：不明（" in page.locator(".verdict").first.inner_text()
        or "未设定" in page.locator(".fact-rest").first.inner_text()
    )
    # what an adverse verdict must carry is told once, and pointed to after that
    assert page.get_by_text("决定机关：").count() <= 1
    page.set_viewport_size({"width": PAPER, "height": 960})
    page.emulate_media(media="print")
    assert page.evaluate(WIDTH) <= PAPER
    assert not page.locator("pre").first.is_visible()
    rows = page.locator("table.grid tbody tr:visible")
    assert rows.count() < page.locator("table.grid tbody tr").count()
    page.close()
