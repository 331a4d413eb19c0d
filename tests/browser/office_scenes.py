"""Every page of an office, by name: who looks, at which address, and what is done there before it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.office_life import NOTICED, PERIOD, PUBLISHED, ROUND, SETTLED
from tests.browser.office_site import workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

Do = Callable[["Page"], None]
KINDS = ("unit", "account", "period", "submission", "release", "case", "body", "task", "round")


@dataclass(frozen=True)
class Scene:
    """A page: its address, who looks (``zh1`` holds every role, ``cb1`` and ``cd1`` are clerks, blank is nobody), its status.

    ``do`` submits something there, so that the page that answers is looked at.
    """

    path: str
    who: str = "zh1"
    status: int = 200
    do: Do | None = None


def submit(form: str, files: dict[str, list[list[object]]] | None = None, **fields: str) -> Do:
    """Return what fills a form in and submits it, whatever the browser itself would ask for first."""

    def do(page: "Page") -> None:
        found = page.locator(form).first
        for name, value in fields.items():
            found.locator(f"[name='{name}']").evaluate("(e, v) => { e.value = v; }", value)
        for name, rows in (files or {}).items():
            upload = {"name": "示例.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows)}
            found.locator(f"[name='{name}']").set_input_files(upload)
        with page.expect_navigation():
            found.evaluate("f => { f.noValidate = true; f.requestSubmit(); }")

    return do


SAID = "征地未完（示例）"
SHEET: list[list[object]] = [["2025年市州主要指标"], ["单位：亿元"], ["地区", "地区生产总值"]]
# what people wrote into the file
TYPED = {str(cell) for row in SHEET for cell in row} | {"亿元", "合计", "两万", "示例.xlsx", "表", SAID}
HAND_IN = f"/office/submission/{PERIOD}.cd/hand-in"
_FORM = "main form[action*='hand-in']"

SCENES: dict[str, Scene] = {
    "desk": Scene("/office"),
    "desk-filtered": Scene("/office?light=open", "cd1"),
    "desk-past": Scene("/office?on=2026-03-03"),
    **{f"list-{kind}": Scene(f"/office/{kind}") for kind in KINDS},
    "list-filtered": Scene("/office/task?q=示例&light=overdue&unit=jtt&domain=transport"),
    "list-empty": Scene("/office/task?q=nothing+of+the+kind"),
    "list-second": Scene("/office/task?from=50&done=42"),
    **{f"new-{kind}": Scene(f"/office/{kind}/new") for kind in ("unit", "account", "period", "case", "body", "task")},
    "new-refused": Scene("/office/case/new", status=422, do=submit("main form.form", due="2026-13-01")),
    **{f"task-{id}": Scene(f"/office/task/{id}") for id in [*(f"m{n:02d}" for n in range(12)), "p00"]},
    **{f"task-p{n:02d}": Scene(f"/office/task/p{n:02d}") for n in range(1, 9)},
    **{f"task-{id}": Scene(f"/office/task/{id}") for id in ("h00", "h01", "x00")},
    "task-done": Scene("/office/task/m08?done=ground"),
    "task-past": Scene("/office/task/m07?on=2026-03-03"),
    "task-clerk": Scene("/office/task/p02", "cb1"),
    "task-refused": Scene("/office/task/m07", status=422, do=submit("form[action*='/m07/report']", done="9")),
    # the version the page saw was an earlier one
    "task-stale": Scene(
        "/office/task/p08",
        status=409,
        do=submit("form[action*='/p08/propose_deadline']", expected="1", due="2026-08-31", reason=SAID),
    ),
    **{f"case-{n}": Scene(f"/office/case/a{n}") for n in range(7)},
    "body": Scene("/office/body/lxhy"),
    "body-above": Scene("/office/body/ldxz"),
    "period": Scene(f"/office/period/{PERIOD}"),
    "period-closed": Scene("/office/period/prefecture-year.2024"),
    **{f"submission-{u}": Scene(f"/office/submission/{PERIOD}.{u}") for u in ("zg", "pzh", "lz", "dy", "my")},
    "hand-in": Scene(HAND_IN),
    "hand-in-again": Scene(f"/office/submission/{PERIOD}.lz/hand-in"),
    "hand-in-read": Scene(HAND_IN, do=submit(_FORM, {"file": [*SHEET, ["成都市", "24,000"], ["合计", 24000]]})),
    "hand-in-wrong": Scene(HAND_IN, status=422, do=submit(_FORM, {"file": [*SHEET, ["成都市", "两万"]]})),
    **{f"release-{n}": Scene(f"/office/release/2026-{n:02d}") for n in (1, 2, 3)},
    "close": Scene("/office/release/close?month=2026-03"),
    "close-refused": Scene("/office/release/close", status=422, do=submit("main form.form", organ="")),
    "month": Scene("/office/month/2026-03"),
    **{
        f"figure-{key}": Scene(f"/office/month/2026-03/all.{key}")
        for key in ("overdue", "asked", "unreported", "actions", "closed")
    },
    "new-round": Scene("/office/round/new"),
    "round": Scene(f"/office/round/{ROUND}"),
    **{f"round-{id}": Scene(f"/office/round/{id}") for id in (PUBLISHED, NOTICED, SETTLED)},
    "round-calculate": Scene(f"/office/round/{ROUND}/calculate"),
    "round-refused": Scene(f"/office/round/{ROUND}/calculate", status=422, do=submit("main form.form")),
    "round-version": Scene(f"/office/round/{ROUND}/versions/2"),
    "unit": Scene("/office/unit/jtt"),
    "account": Scene("/office/account/cb1"),
    "account-disabled": Scene("/office/account/ty1"),
    "invite-made": Scene("/office/account/cb1", do=submit("form[action*='/account/cb1/invite']")),
    "plan": Scene("/office/task/plan"),
    "plan-refused": Scene("/office/task/plan", status=422, do=submit("main form.form", {"file": [["编号"], ["x"]]})),
    "review": Scene("/office/review"),
    "orders": Scene("/office/orders"),
    "warnings": Scene("/office/warnings"),
    "burden": Scene("/office/burden"),
    "burden-empty": Scene("/office/burden?month=2019-03"),
    "calendar": Scene("/office/calendar"),
    "calendar-holidays": Scene("/office/calendar?month=2026-02"),
    "calendar-unknown": Scene("/office/calendar?month=2031-05"),
    "ledger": Scene("/office/ledger"),
    "ledger-entry": Scene("/office/ledger?seq=40"),
    "ledger-verified": Scene("/office/ledger", do=submit("form[action*='verify']")),
    "me": Scene("/me"),
    "me-refused": Scene("/me", status=422, do=submit("form[action*='password']", old="x", password="y", again="z")),
    "releases": Scene("/releases", ""),
    "round-public": Scene("/assessments/county_economy_2019/rounds/2019", ""),
    "assessment-public": Scene("/assessments/county_economy_2019", ""),
    "release-public": Scene("/releases/2026-02", ""),
    "figure-public": Scene("/releases/2026-02/1/figures/2026-02/all.overdue", ""),
    "figure-draft": Scene("/releases/2026-03/1/figures/2026-03/all.asked"),
    "release-withdrawn": Scene("/releases/2026-01", ""),
    "login": Scene("/login", ""),
    "login-refused": Scene("/login", "", 422, submit("main form.form", account="cb1", password="x")),
    "setup": Scene("/setup/{setup}", ""),
    "setup-refused": Scene("/setup/{setup}", "", 422, submit("main form.form", unit="")),
    "invite": Scene("/invite/{invite}", ""),
    "invite-refused": Scene("/invite/{invite}", "", 422, submit("main form.form", password="x", again="y")),
    "not-there": Scene("/office/task/nosuch", status=404),
    "not-a-kind": Scene("/office/nosuch", status=404),
    "not-allowed": Scene("/office/ledger", "cb1", 404),
    "out-of-date": Scene("/setup/nosuch", "", 404),
    "no-month": Scene("/office/month/2026-13", status=400),
}
