"""A whole month at an office, in real Chromium without scripts: 40 units, 819 promises, two late units, a wrong
Excel, a contested order, a revision, an embargo; it ends in a briefing whose figures an independent script finds."""

import io
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from tests.browser.office_site import PASSWORD, OfficeSite, Person, served, sign_in, workbook

from zhishu.ledger.verify import verify_file
from zhishu.office import Wish
from zhishu.study import Study

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
UNITS = 40
PROMISES = 819


@pytest.fixture(scope="module")
def site(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeSite]:
    """Serve an empty office."""
    folder = tmp_path_factory.mktemp("month")
    patch = pytest.MonkeyPatch()
    patch.setenv("ZHISHU_HOME", str(folder))
    with served(study, folder) as found:
        yield found
    patch.undo()


def set_up(site: OfficeSite, browser: "Browser") -> None:
    """The first administrator comes by the one-time link; units and accounts follow by acts."""
    page = browser.new_context(java_script_enabled=False).new_page()
    link = site.setup_link()
    page.goto(link)
    for name, value in {
        "unit": "office",
        "unit_name": "示例办公室",
        "account": "admin",
        "name": "管理员岗（示例）",
    }.items():
        page.fill(f"[name={name}]", value)
    for name in ("password", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    page.click("button.button-primary")
    assert "/office" in page.url
    # the link works once
    assert page.goto(link).status == 404  # type: ignore[union-attr]  # an address over HTTP is always answered
    cities = site.office.regions.level("prefecture", date(2026, 3, 2))
    wishes = [
        Wish("unit/drc", "create", 0, {"name": ["示例发展改革委"], "region": ["510000"], "since": ["2018-01-01"]})
    ]
    wishes += [
        Wish("unit/review", "create", 0, {"name": ["示例评估中心"], "region": ["510000"], "since": ["2018-01-01"]})
    ]
    for n in range(UNITS - 2):
        region = cities[n].code if n < len(cities) else "510000"
        name = f"示例{site.office.regions.name(region).zh}专班" if n < len(cities) else f"示例省直{n:02d}局"
        wishes.append(
            Wish(
                f"unit/u{n:02d}",
                "create",
                0,
                {"name": [name], "region": [region], "since": ["2018-01-01"], "above": ["drc"]},
            )
        )
    site.office.act_all("admin", wishes)
    for id, unit, role in (
        ("sup", "drc", "supervisor"),
        ("dec", "drc", "decider"),
        ("dec2", "drc", "decider"),
        ("sec", "drc", "secretary"),
        ("stat", "drc", "statistician"),
        ("rev", "review", "reviewer"),
    ):
        site.account(id, unit, role, "510000")
    for n in (0, 1, 2):
        site.account(f"clerk{n}", f"u{n:02d}", "unit_clerk", cities[n].code)


def plan(site: OfficeSite, sup: Person) -> None:
    """819 promises become tasks by the office's own form: lead and reviewing unit filled in, nothing else changed."""
    content = sup.page.context.request.get(f"{site.address}/office/task/plan.xlsx").body()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["任务"]
    heads = {str(c.value).rstrip(" *"): c.column for c in sheet[1]}
    sheet.delete_rows(PROMISES + 2, sheet.max_row)
    for row in range(2, PROMISES + 2):
        n = (row - 2) % (UNITS - 2)
        late = n in (0, 1) and row < 2 + 2 * (UNITS - 2)
        for head, value in {
            "流程模板": "简易交办（三节点，示意流程）",
            "督办单位": "示例发展改革委",
            "牵头责任单位": f"u{n:02d}",
            "复核单位": "示例评估中心",
            "时限": "2026-03-09" if late else "2026-06-30",
        }.items():
            sheet.cell(row, heads[head], value)
    assert sheet.max_row == PROMISES + 1
    wrong = io.BytesIO()
    sheet.cell(5, heads["牵头责任单位"], "没有的单位")
    book.save(wrong)
    page = sup.go("/office/task/plan")
    page.set_input_files("[name=file]", {"name": "台账.xlsx", "mimeType": "x", "buffer": wrong.getvalue()})
    page.click("main button[type=submit]")
    assert "没有的单位" in page.locator(".errors").inner_text()
    assert "task" not in site.office.projection.streams
    sheet.cell(5, heads["牵头责任单位"], "u03")
    right = io.BytesIO()
    book.save(right)
    page.set_input_files("[name=file]", {"name": "台账.xlsx", "mimeType": "x", "buffer": right.getvalue()})
    page.click("main button[type=submit]")
    assert f"已登记 {PROMISES} 项任务" in page.locator("body").inner_text()
    page = sup.go("/office/task")
    page.click("form[action*='/office/task/many/assign'] button")
    assert f"已批量登记 {PROMISES} 项" in page.locator("body").inner_text()


def first_of(site: OfficeSite, unit: str, late: bool) -> str:
    """Return the first running task of a unit."""
    due = date(2026, 3, 9) if late else date(2026, 6, 30)
    states = site.office.projection.states
    return next(s for s, t in states.items() if s.startswith("task/") and t.responsible == unit and t.due == due)


def figures_handed_in(site: OfficeSite, browser: "Browser", stat: Person, clerk: Person) -> None:
    """A wrong Excel is refused with its cell, the right one approved, a revision kept as a vintage of its own."""
    said = stat.create("period", "prefecture-year.2025", due="2026-03-20", units="u00|u01|u02")
    assert "应报 3" in said
    sheet: list[list[object]] = [["2025年市州主要指标"], ["单位：亿元"], ["地区", "地区生产总值"], ["成都市", "两万"]]
    page = clerk.go("/office/submission/prefecture-year.2025.u00/hand-in")
    form = page.locator("main form[action*='hand-in']")
    said = clerk.fill(form, {"file": ("错.xlsx", workbook(sheet))}, {})
    assert "B4" in said
    assert "submission" not in site.office.projection.streams
    outside = [*sheet[:3], ["自贡市", 1800]]
    said = clerk.fill(page.locator("main form[action*='hand-in']"), {"file": ("别市.xlsx", workbook(outside))}, {})
    assert "不归本单位报送" in said
    right = [*sheet[:3], ["成都市", 24000]]
    said = clerk.fill(page.locator("main form[action*='hand-in']"), {"file": ("对.xlsx", workbook(right))}, {})
    assert "可以报送" in said
    clerk.fill(page.locator("main form[action*='confirm']"), {}, {"note": "示例"})
    clerk.act("submission/prefecture-year.2025.u00", "submit")
    assert "审核通过" in stat.act("submission/prefecture-year.2025.u00", "approve")
    page = clerk.go("/office/submission/prefecture-year.2025.u00/hand-in")
    same = clerk.fill(page.locator("main form[action*='hand-in']"), {"file": ("同.xlsx", workbook(right))}, {})
    assert "没有新内容" in same, same[100:700]
    site.clock.forward(days=1)
    # a day later everybody has to sign in again
    stat, clerk = sign_in(site, browser, "stat"), sign_in(site, browser, "clerk0")
    revised = [*sheet[:3], ["成都市", 24100]]
    page = clerk.go("/office/submission/prefecture-year.2025.u00/hand-in")
    said = clerk.fill(page.locator("main form[action*='hand-in']"), {"file": ("改.xlsx", workbook(revised))}, {})
    assert "修订 1" in said
    published = site.office.today().isoformat()
    clerk.fill(
        page.locator("main form[action*='confirm']"), {}, {"published": published, "reason": "核实后修订（示例）"}
    )
    clerk.act("submission/prefecture-year.2025.u00", "submit")
    stat.act("submission/prefecture-year.2025.u00", "approve")
    # the pages learn of it a moment later
    for _ in range(120):
        words = stat.go("/why/gdp/510100/2025").locator("body").inner_text()
        if "24,100" in words:
            break
        time.sleep(0.5)
    assert "24,100" in words
    day = (site.office.today() - timedelta(1)).isoformat()
    before = stat.go(f"/why/gdp/510100/2025?on={day}").locator("body").inner_text()
    assert "24,000" in before


def month_goes(site: OfficeSite, browser: "Browser") -> None:
    """Work is done, two units are late, orders follow, one is contested and taken back."""
    rev, clerk2 = (sign_in(site, browser, a) for a in ("rev", "clerk2"))
    task = first_of(site, "u02", late=False)
    nothing = {"files": ("空.pdf", b"")}
    assert "空文件" in clerk2.act(task, "report", nothing, progress="已办完（示例）", shows="见附件（示例）")
    clerk2.act(task, "report", {"files": ("佐证.pdf", b"%PDF-1.4 specimen")}, progress="已办完（示例）", shows="见附件")
    # who reported cannot close
    assert clerk2.go(f"/office/{task}").locator("main form[action$='/close'], form[action*='/close?']").count() == 0
    assert "已登记" in rev.act(task, "close", shows="核对无误（示例）")
    assert rev.go(f"/office/{task}").locator("form[action*='/close']").count() == 0
    site.clock.forward(days=9)
    sup, dec, dec2, clerk0, clerk1 = (sign_in(site, browser, a) for a in ("sup", "dec", "dec2", "clerk0", "clerk1"))
    late0, late1 = first_of(site, "u00", late=True), first_of(site, "u01", late=True)
    for late, clerk in ((late0, clerk0), (late1, clerk1)):
        assert "逾期" in clerk.go(f"/office/{late}").locator(".lamp").first.inner_text()
        assert "已登记" in sup.act(
            late, "propose_order", level="blue", reason="期限已过（示例）", basis="督查办法第三条（示例）"
        )
        assert "已登记" in dec.act(
            late, "issue_order", basis="督查办法第三条（示例）", repair="报送办结佐证即解除（示例）"
        )
    assert "已登记" in clerk1.act(late1, "object", text="上级文件未到（示例）")
    said = dec2.act(late1, "decide_objection", decision="withdraw", reason="申辩成立，撤回（示例）")
    assert "已登记" in said
    assert "已登记" in clerk0.act(late0, "answer_order", text="正在补办（示例）")


def close_month(site: OfficeSite, browser: "Browser") -> tuple[bytes, bytes]:
    """The secretary drafts, the decider releases under an embargo, and nobody outside sees anything before it ends."""
    sec, dec = sign_in(site, browser, "sec"), sign_in(site, browser, "dec")
    page = sec.go("/office/release/close?month=2026-03")
    sec.fill(
        page.locator("main form[action*='/release/close']"),
        {},
        {"organ": "示例督查办公室", "organ_en": "Specimen office"},
    )
    assert "检查点" in page.locator("body").inner_text()
    assert sec.go("/office/release/2026-03").locator("form[action*='/release/2026-03/release']").count() == 0
    embargo = (site.clock() + timedelta(hours=8 + 24)).strftime("%Y-%m-%dT%H:%M")
    assert "已登记" in dec.act("release/2026-03", "release", embargo_until=embargo)
    outside = browser.new_context(java_script_enabled=False)
    public = outside.new_page()
    assert "还没有公布过" in (public.goto(f"{site.address}/releases") and public.locator("body").inner_text())
    for path in ("/releases/2026-03", "/releases/2026-03/1.docx", "/releases/2026-03/1.xlsx"):
        assert outside.request.get(site.address + path).status == 404
    site.clock.forward(hours=25)
    public.goto(f"{site.address}/releases/2026-03")
    assert "现行" in public.locator("body").inner_text()
    word = outside.request.get(f"{site.address}/releases/2026-03/1.docx")
    excel = outside.request.get(f"{site.address}/releases/2026-03/1.xlsx")
    assert word.status == excel.status == 200
    return word.body(), excel.body()


def rederived(path: Path, until: int, day: str) -> dict[str, int]:
    """Count the month from the raw rows of the database, with nothing of the product's own code."""
    rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(
        "SELECT stream, act, day, body FROM entry WHERE seq <= ? ORDER BY seq", (until,)
    )
    tasks: dict[str, dict[str, str]] = {}
    closed: dict[str, str] = {}
    ordered: set[str] = set()
    for stream, act, on, body in rows:
        if not stream.startswith("task/"):
            continue
        if act == "draft":
            tasks[stream] = json.loads(body)
        elif act == "close":
            closed[stream] = on
        elif act == "issue_order" and on.startswith("2026-03"):
            ordered.add(stream)
    running = [s for s in tasks if s not in closed]
    return {
        "all.running": len(running),
        "all.closed": sum(on.startswith("2026-03") for on in closed.values()),
        "all.overdue": sum(tasks[s]["due"] < day for s in running),
        "all.orders": len(ordered),
        "unit.u00.overdue": sum(tasks[s]["due"] < day and tasks[s]["unit"] == "u00" for s in running),
    }


def test_a_month_at_the_office(site: OfficeSite, browser: "Browser") -> None:
    """From the set-up link to the briefing, every step by the pages that people use."""
    set_up(site, browser)
    plan(site, sign_in(site, browser, "sup"))
    figures_handed_in(site, browser, sign_in(site, browser, "stat"), sign_in(site, browser, "clerk0"))
    month_goes(site, browser)
    word, excel = close_month(site, browser)

    edition = site.office.state("release/2026-03").released[0]
    found = rederived(site.ledger, edition.checkpoint, edition.basis_day.isoformat())
    assert found["all.overdue"] == 4
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(word)).paragraphs)
    for number in (found["all.running"], found["all.closed"], found["all.overdue"]):
        assert str(number) in text
    sheet = openpyxl.load_workbook(io.BytesIO(excel))["总数"]
    stated = {str(row[0].value): row[1].value for row in sheet.iter_rows(min_row=3)}
    assert stated["在办"] == found["all.running"]
    assert stated["本月办结"] == found["all.closed"]
    assert stated["逾期"] == found["all.overdue"]
    assert stated["本月督办"] == found["all.orders"] == 2
    assert verify_file(site.ledger).problems == ()
