"""The routes of an index from one table: bring it, choose, look. All but the table stands in the address."""

import time
from functools import partial
from pathlib import PurePath
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.home import home
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.index import example
from zhishu.surfaces.web.index.asked import placed, read_choices
from zhishu.surfaces.web.index.chosen import MEANS, PLAIN, SCALES, Chosen, address
from zhishu.surfaces.web.index.kept import drop, keep, kept
from zhishu.surfaces.web.index.made import made
from zhishu.surfaces.web.index.pages import PAGES
from zhishu.surfaces.web.index.said import choices_said, command_said
from zhishu.surfaces.web.index.sheet import RUNS, Sheet, seconds, sheet_of
from zhishu.surfaces.web.index.view import View
from zhishu.surfaces.web.links import KEPT
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.render import WITH_MODULE
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text

NAV = "schemes"
TITLE = Text("由一张表算指数", "An index from one table")
SHOWN = 40


def routes(site: Site) -> APIRouter:
    """Return the routes of an index; tables are kept where ``home`` is."""
    router = APIRouter(include_in_schema=False)

    def start(request: Request, problems: tuple[Problem, ...] = ()) -> HTMLResponse:
        visit = site.visit(request)
        return site.page(
            visit,
            "index/start.html",
            NAV,
            Text(f"出错：{TITLE.zh}", f"Error: {TITLE.en}") if problems else TITLE,
            422 if problems else 200,
            errors=problems,
            shown=SHOWN,
            done=request.query_params.get("done") == "removed",
            example=example.example_path(visit.lang),
            example_choices=f"/index/{example.ID}?{urlencode(example.example_choices(visit.lang).query())}",
            csrf=site.csrf(request),
        )

    def choices(
        request: Request, visit: Visit, sheet: Sheet, chosen: Chosen, typed: dict[str, str], wrong: tuple[Wrong, ...]
    ) -> HTMLResponse:
        title = Text(
            f"{sheet.name}：{len(sheet.units)} 个单位，{len(sheet.columns)} 列",
            f"{sheet.name}: {len(sheet.units)} units, {len(sheet.columns)} columns",
        )
        return site.page(
            visit,
            "index/choices.html",
            NAV,
            Text(f"出错：{title.zh}", f"Error: {title.en}") if wrong else title,
            422 if wrong else 200,
            sheet=sheet,
            chosen=chosen,
            typed=typed,
            method=PLAIN | {"runs": str(sheet.runs)} | {k: typed[k] for k in PLAIN if k in typed},
            heading=title,
            wrong=wrong[:SHOWN],
            bad={w.field: w.problem.what for w in wrong},
            scales=list(SCALES.items()),
            means=list(MEANS.items()),
            pages=PAGES,
            here_page="",
            query=chosen.query(),
            at=partial(address, sheet, chosen),
            seconds=seconds(sheet, chosen.runs),
            csrf=site.csrf(request),
        )

    def sheet_at(id: str, visit: Visit) -> Sheet:
        if id == example.ID:
            return example.example(visit.lang)
        return kept(home(), id, time.time())

    @router.get("/index")
    def ask(request: Request) -> HTMLResponse:
        return start(request)

    @router.post("/index")
    async def bring(request: Request) -> Response:
        visit = site.visit(request)
        file = (await request.form()).get("file")
        if file is None or isinstance(file, str) or not file.filename:
            what, repair = Text("没有选择文件", "no file was chosen"), Text("选择一个文件", "choose a file")
            return start(request, (Problem("index-file-missing", "file", what, repair),))
        content = await file.read()
        name = PurePath(file.filename.replace("\\", "/")).name[-80:]
        try:
            sheet = await site.aside(sheet_of, content, name)
            id = await site.aside(keep, home(), sheet, time.time())
        except ZhishuError as error:
            return start(request, error.problems)
        query = _settings(visit)
        if sheet.runs != RUNS:
            query["runs"] = str(sheet.runs)
        return RedirectResponse(f"/index/{id}?{urlencode(query)}", 303)

    @router.post("/index/{table}/remove")
    async def remove(request: Request, table: str) -> Response:
        visit = site.visit(request)
        await site.aside(drop, home(), table, time.time())
        return RedirectResponse(f"/index?{urlencode(_settings(visit) | {'done': 'removed'})}", 303)

    @router.get("/index/{table}")
    async def choose(request: Request, table: str) -> HTMLResponse:
        visit = site.visit(request)
        sheet = await site.aside(sheet_at, table, visit)
        typed = _typed(request)
        chosen, wrong = read_choices(typed, sheet.columns)
        return choices(request, visit, sheet, chosen, typed, wrong)

    @router.get("/index/{table}/{page}")
    async def look(request: Request, table: str, page: str) -> HTMLResponse:
        visit = site.visit(request)
        if page not in PAGES:
            what = Text(f"没有页面“{page[:40]}”", f"there is no page {page[:40]}")
            repair = Text("从排名进入", "start from the ranking")
            raise ZhishuError([Problem("index-page-unknown", "page", what, repair)])
        sheet = await site.aside(sheet_at, table, visit)
        typed = _typed(request)
        chosen, wrong = read_choices(typed, sheet.columns)
        if wrong:
            return choices(request, visit, sheet, chosen, typed, wrong)

        def work() -> View:
            found = made(sheet, chosen, typed, visit.lang, 1.25 if visit.elder else 1.0)
            return PAGES[page].view(found)

        try:
            view = await site.aside(work)
        except ZhishuError as error:
            return choices(request, visit, sheet, chosen, typed, placed(error.problems, sheet.columns, chosen))
        answer = site.page(
            visit,
            f"index/{PAGES[page].template}",
            NAV,
            Text(f"出错：{view.title.zh}", f"Error: {view.title.en}") if view.wrong else view.title,
            422 if view.wrong else 200,
            heading=view.title,
            wrong=view.wrong,
            bad={w.field: w.problem.what for w in view.wrong},
            sheet=sheet,
            chosen=chosen,
            lede=view.lede,
            pages=PAGES,
            here_page=page,
            query=chosen.query(),
            at=partial(address, sheet, chosen),
            said=choices_said(chosen, sheet.columns),
            command=None if PAGES[page].command is None else command_said(chosen, sheet, PAGES[page].command or ""),
            asked=typed,
            **view.more,
        )
        if PAGES[page].script:
            answer.headers["Content-Security-Policy"] = WITH_MODULE
        return answer

    return router


def _typed(request: Request) -> dict[str, str]:
    return {k: v for k, v in request.query_params.items() if k not in KEPT}


def _settings(visit: Visit) -> dict[str, str]:
    return {"lang": visit.lang, "on": visit.on.isoformat(), **({"elder": "1"} if visit.elder else {})}
