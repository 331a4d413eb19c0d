"""Many at once: a plan of tasks from a table, and one act on every line of a list, all recorded or none."""

import hashlib
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from zhishu.coordinate.act import Act
from zhishu.coordinate.refusal import refuse
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.office import KINDS, Wish
from zhishu.office.line import Line
from zhishu.office.listing import Filter, found
from zhishu.office.plan import draft_act, placed, read_plan
from zhishu.office.service import hidden
from zhishu.office.wish import MOST_BYTES
from zhishu.surfaces.excel.plan import plan_form
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.terms import Text

MOST = 2000
SHOWN = 100


def routes(front: Front) -> APIRouter:
    """Return the routes; they stand before those of the kinds."""
    router = APIRouter(include_in_schema=False, prefix="/office")
    office = front.office

    def planner(request: Request) -> Entered:
        entered = front.entered(request)
        if not entered.moment.present or not entered.sight.holds("task.draft"):
            raise ZhishuError([hidden("task")])
        return entered

    def show(entered: Entered, problems: tuple[Problem, ...], done: int = 0) -> HTMLResponse:
        title = Text("导入任务台账", "Import a plan of tasks")
        return entered.page(
            "plan.html",
            Text(f"出错：{title.zh}", f"Error: {title.en}") if problems else title,
            422 if problems else 200,
            heading=title,
            problems=problems,
            fields=draft_act(entered.moment).fields,
            done=done,
            shown=SHOWN,
        )

    @router.get("/task/plan")
    def plan(request: Request) -> HTMLResponse:
        return show(planner(request), ())

    @router.get("/task/plan.xlsx")
    async def empty(request: Request) -> Response:
        entered = planner(request)
        content = await front.site.aside(plan_form, front.site.study.pack, entered.moment)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Response(content, media_type=kind, headers={"Content-Disposition": 'attachment; filename="plan.xlsx"'})

    @router.post("/task/plan")
    async def take(request: Request) -> HTMLResponse:
        entered = planner(request)
        form = await request.form()
        front.check(request, form)
        file = form.get("file")
        content = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) and file.filename else b""
        if not content or len(content) > MOST_BYTES or not isinstance(file, UploadFile):
            missing = refuse(
                "plan-file",
                "file",
                "没有选择文件，或超过 20 MB",
                "no file was chosen, or it is over 20 MB",
                "选择填好的表",
                "choose the filled-in table",
            )
            return show(entered, (missing,))
        found = await front.site.aside(read_plan, content, file.filename or "", entered.moment)
        if found.problems:
            return show(entered, found.problems)
        try:
            done = await run_in_threadpool(office.act_all, entered.account.id, found.wishes, entered.guest.only)
        except Stale as stale:
            twice = refuse(
                "plan-taken",
                stale.stream,
                "编号已有任务",
                "a task of this id is there already",
                "改编号，或删去该行",
                "change the id or remove the row",
            )
            return show(entered, placed((twice,), found))
        except ZhishuError as error:
            return show(entered, placed(error.problems, found))
        return show(front.entered(request), (), len(done))

    @router.post("/{kind}/many/{act}")
    async def many(request: Request, kind: str, act: str) -> Response:
        entered = front.entered(request)
        form = await request.form()
        front.check(request, form)
        if kind not in KINDS or not entered.moment.present:
            raise ZhishuError([hidden(kind)])
        asked = Filter(*(str(form.get(name, "")) for name in ("q", "light", "unit", "domain")))
        chosen = [n for n in found(entered.moment, kind, entered.sight, asked) if act in plain_acts(entered, n)]
        if not chosen or len(chosen) > MOST:
            what = Text(
                f"可批量办理的有 {len(chosen)} 项，须在 1 至 {MOST} 之间",
                f"{len(chosen)} could be done at once; 1 to {MOST} are taken",
            )
            raise ZhishuError([Problem("many-count", kind, what, Text("改筛选条件", "change the filter"))])
        versions = entered.moment.known.versions
        wishes = [Wish(n.stream, act, versions[n.stream]) for n in chosen]
        try:
            if str(form.get("expected", "")) != mark(chosen, versions):
                raise _changed(kind)
            await run_in_threadpool(office.act_all, entered.account.id, wishes, entered.guest.only)
        except Stale:
            raise _changed(kind) from None
        front.recorded(kind, act)
        changes = {name: str(form.get(name, "")) or None for name in ("q", "light", "unit", "domain")}
        return RedirectResponse(entered.link(f"/office/{kind}", done=str(len(wishes)), **changes), 303)

    return router


def mark(lines: Sequence[Line], versions: Mapping[str, int]) -> str:
    """Return a mark of subjects as they stand, in their order: nobody acts at once on what they have not seen."""
    seen = " ".join(f"{n.stream}@{versions[n.stream]}" for n in lines)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _changed(kind: str) -> ZhishuError:
    what = Text("清单已经变了，什么也没有登记", "the list has changed, and nothing is recorded")
    return ZhishuError(
        [Problem("many-changed", kind, what, Text("回到清单，看过再办", "go back to the list and look again"))]
    )


def plain_acts(entered: Entered, line: Line) -> dict[str, Act]:
    """Return the acts that wait for the account's unit on a subject, that it may do, and that ask nothing."""
    if not line.waits_for(entered.account.unit):
        return {}
    return {
        a.id: a
        for a in entered.moment.waiting(line.stream, entered.account.unit)
        if not a.adverse and not any(f.required for f in a.fields) and entered.sight.may(a.right, line.scope)
    }
