"""What people do: without scripts, by keyboard, with files; the answers are those of the command line."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GATE = "/systems/land-supply-rate-gate"
RING = (
    """(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)(getComputedStyle(document.activeElement))"""
)
LAND = [(2018, 300, 150), (2019, 50, 35), (2020, 50, 35), (2021, 50, 35), (2022, 50, 35)]


@pytest.fixture(scope="module")
def plain(browser: "Browser") -> "Iterator[Page]":
    """One page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def test_the_core_journey_without_scripts(site: str, plain: "Page") -> None:
    """Overview to target to the source row to its sentence; then the target as it stood on another date."""
    plain.goto(site)
    plain.get_by_role("link", name="服务业增加值占地区生产总值比重", exact=True).first.click()
    assert "52.21%" in plain.content()
    assert plain.locator(".verdict .chip-missed").count() == 1
    plain.locator("details summary").first.click()
    with plain.expect_navigation():
        plain.locator("main table a[href*='/why/']").first.click()
    assert "为什么是" in plain.title()
    plain.goto(f"{site}/why/services_share_exact/510000/2022")
    assert "29,628.4" in plain.content()
    with plain.expect_navigation():
        plain.locator("a.cite").first.click()
    assert "第 10 条第 2 句" in plain.title()
    plain.goto(f"{site}/targets/service-share-55")
    plain.fill("#on-date", "2020-12-31")
    plain.locator("form.date button").click()
    assert "on=2020-12-31" in plain.url
    assert plain.locator(".verdict .chip-behind").inner_text() == "滞后"
    plain.get_by_role("link", name="EN", exact=True).click()
    assert "on=2020-12-31" in plain.url
    assert plain.locator(".verdict .chip-behind").inner_text() == "behind"


def test_the_land_gate_answers_what_is_typed(site: str, plain: "Page") -> None:
    """The last five years typed into the form: open until a formula is adopted, then 58 %, suspension proposed, not in force;
    another formula passes."""
    plain.goto(f"{site}{GATE}?on=2023-06-30")
    for i, (year, approved, supplied) in enumerate(LAND):
        for name, value in (("county", "示例县"), ("year", year), ("approved", approved), ("supplied", supplied)):
            plain.fill(f"input[name='years.{i}.{name}']", str(value))
    plain.get_by_role("button", name="运行").click()
    assert "无法判定" in plain.locator(".verdict .chip").first.inner_text()
    plain.select_option("select[name='set.method']", label="采用提议")
    plain.get_by_role("button", name="运行").click()
    answer = plain.locator(".verdict").first
    assert "建议暂停" in answer.inner_text()
    assert "58%" in answer.inner_text()
    assert "无依据" in answer.inner_text()
    assert plain.locator("input[name='years.0.approved']").input_value() == "300"
    plain.select_option("select[name='set.method']", "mean")
    plain.get_by_role("button", name="运行").click()
    assert "通过" in plain.locator(".verdict .chip").first.inner_text()


def filled(template: bytes) -> bytes:
    """Return the form as a person saves it: the cells below its three heading rows written, all else kept."""
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>示例县</t></is></c>'
        f'<c r="B{r}"><v>{year}</v></c><c r="C{r}"><v>{approved}</v></c><c r="D{r}"><v>{supplied}</v></c></row>'
        for r, (year, approved, supplied) in enumerate(LAND, start=4)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/worksheets/sheet2.xml":
                content = content.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
                content = content.replace(b'"A1:E3"', b'"A1:E8"')
            new.writestr(item, content)
    return buffer.getvalue()


def test_the_form_downloaded_and_filled_is_answered(site: str, plain: "Page", tmp_path: Path) -> None:
    """The Excel form of the page, filled and uploaded, gives what typing gives."""
    plain.goto(f"{site}{GATE}?on=2023-06-30")
    link = plain.get_by_role("link", name="下载 Excel 表样").get_attribute("href")
    form = tmp_path / "filled.xlsx"
    form.write_bytes(filled(plain.request.get(f"{site}{link}").body()))
    plain.set_input_files("#file", str(form))
    plain.get_by_role("button", name="运行").click()
    answer = plain.locator(".verdict").first.inner_text()
    assert "建议暂停" in answer
    assert "58%" in answer


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("form.xlsx", b"no workbook", "xlsx-not-a-workbook"),
        ("register.csv", "市县,年份,批准面积,供应面积\n示例县,2018,三百,150\n".encode("gb18030"), "case-not-a-number"),
        ("register.csv", "市县,年度\n示例县,2018\n".encode(), "case-unknown-column"),
        ("form.doc", b"x", "input-kind"),
    ],
)
def test_a_wrong_file_is_named(site: str, plain: "Page", tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """Status 422, the summary of errors first, its code, and the form still there."""
    wrong = tmp_path / name
    wrong.write_bytes(content)
    plain.goto(f"{site}{GATE}")
    plain.set_input_files("#file", str(wrong))
    with plain.expect_response(lambda r: r.request.method == "POST") as answered:
        plain.get_by_role("button", name="运行").click()
    assert answered.value.status == 422
    summary = plain.get_by_role("alert")
    assert code in summary.inner_text()
    assert "改法" in summary.inner_text()
    assert plain.title().startswith("出错")
    assert plain.locator("#file").count() == 1


def test_a_register_in_gb18030_is_answered(site: str, plain: "Page", tmp_path: Path) -> None:
    """A CSV register as a Chinese spreadsheet saves it is read."""
    register = tmp_path / "register.csv"
    rows = "".join(f"示例县,{year},100,60\n" for year, _, _ in LAND)
    register.write_text(f"市县,年份,批准面积,供应面积\n{rows}", encoding="gb18030")
    plain.goto(f"{site}{GATE}")
    plain.set_input_files("#file", str(register))
    plain.get_by_role("button", name="运行").click()
    assert "通过" in plain.locator(".verdict").first.inner_text()


def test_the_keyboard_reaches_the_content_first(site: str, browser: "Browser") -> None:
    """The first stop is the link to the content; every stop shows its focus; the way to a target needs no mouse."""
    page = browser.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    for _ in range(14):
        page.keyboard.press("Tab")
        # the browser itself rings the calendar button inside the date field
        assert page.evaluate("document.activeElement.matches('#on-date') || " + RING)
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('table') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/targets/**")
    page.close()
