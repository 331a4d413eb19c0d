"""Lists and layers of one's own for the visit: brought once, carried by the address to cases and registers, forgotten."""

import time
from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.book import Book
from zhishu.surfaces.body import MOST_REGISTER
from zhishu.surfaces.home import home
from zhishu.surfaces.register.list_form import layer_form, list_csv, list_xlsx
from zhishu.surfaces.register.supply import MOST_ENTRIES, layers_of
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.attached import attached
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.rules.example import START
from zhishu.surfaces.web.rules.form import FACT, typed
from zhishu.surfaces.web.rules.own import (
    carrying,
    expired,
    forgotten,
    inputs,
    most_files,
    read_sent,
    sent_by,
    takes,
    texts_of,
)
from zhishu.surfaces.web.rules.shelved import FIELD, drop, shelve, shelved
from zhishu.surfaces.web.shelf import SECONDS
from zhishu.surfaces.web.site import Site
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.terms import Text

NAV = "rules"
_KINDS = {
    "csv": ("text/csv; charset=utf-8", list_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", list_xlsx),
}


def routes(site: Site) -> APIRouter:
    """Return the routes of lists; what is brought waits where ``home`` is."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    def shown(
        request: Request, visit: Visit, book: Book, own: Own, brought: str, wrong: Sequence[Wrong] = ()
    ) -> HTMLResponse:
        title = Text(f"{book.name.zh}：自带名录和图层", f"{book.name.en}: lists and layers of your own")
        case = [(k, v) for k, v in request.query_params.multi_items() if k.startswith((FACT, SETTING))]
        answer = site.page(
            visit,
            "rules/lists.html",
            NAV,
            Text(f"出错：{title.zh}", f"Error: {title.en}") if wrong else title,
            422 if wrong else 200,
            heading=title,
            book=book,
            takes=takes(book),
            inputs=inputs(book, visit.on, own, typed(request.query_params, SETTING), wrong),
            own=own,
            brought=brought,
            specimen=brought.startswith(START),
            case=urlencode(case),
            wrong=wrong,
            done=request.query_params.get("done", "") if not wrong else "",
            entries=MOST_ENTRIES,
            megabytes=MOST_REGISTER // 1_000_000,
            hours=SECONDS // 3600,
            csrf=site.csrf(request),
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @router.get("/rules/{name}/lists")
    async def look(request: Request, name: str) -> HTMLResponse:
        visit, book = site.visit(request), study.pack.book(name)
        brought = request.query_params.get(FIELD, "")
        try:
            own = await site.aside(shelved, home(), study, book, brought, visit.on, time.time())
        except ZhishuError as error:
            return shown(request, forgotten(visit), book, NOTHING, "", expired(error.problems))
        return shown(request, visit, book, own, brought)

    @router.post("/rules/{name}/lists")
    async def bring(request: Request, name: str) -> Response:
        visit, book = site.visit(request), study.pack.book(name)
        form = await request.form(max_files=most_files(book) + 1)
        sent, before, now = await sent_by(form), str(form.get(FIELD) or ""), time.time()
        try:
            held = await site.aside(shelved, home(), study, book, before, visit.on, now)
        except ZhishuError as error:
            return shown(request, forgotten(visit), book, NOTHING, "", expired(error.problems))
        own, wrong = await site.aside(read_sent, study, book, visit.on, sent)
        if not sent:
            what = Text("没有选择文件", "no file was chosen")
            missing = Problem("list-file", FIELD, what, Text("选择填好的名录或图层", "choose a filled list or a layer"))
            wrong = (Wrong(missing, FIELD, Text("自带名录", "your own lists")),)
        if wrong and not own.used:
            return shown(request, carrying(visit, before), book, held, before, wrong)
        id = await site.aside(shelve, home(), now, book, own, texts_of(own, sent), before)
        if wrong:
            # what is in order is kept, so that it need not be chosen again
            return shown(request, carrying(visit, id), book, own.over(held), id, wrong)
        query = {**dict(request.query_params), FIELD: id, "done": "kept"}
        return RedirectResponse(f"/rules/{book.id}/lists?{urlencode(query)}", 303)

    @router.post("/rules/{name}/lists/{id}/remove")
    async def remove(request: Request, name: str, id: str) -> Response:
        book = study.pack.book(name)
        await site.aside(drop, home(), book, id, time.time())
        query = {k: v for k, v in request.query_params.items() if k != FIELD} | {"done": "removed"}
        return RedirectResponse(f"/rules/{book.id}/lists?{urlencode(query)}", 303)

    @router.get("/rules/{name}/lists/{listed}/template.{ending}")
    def template(name: str, listed: str, ending: str) -> Response:
        return _table(study.pack.book(name), listed, ending, filled=False)

    @router.get("/rules/{name}/lists/{listed}.{ending}")
    def entries(name: str, listed: str, ending: str) -> Response:
        return _table(study.pack.book(name), listed, ending, filled=True)

    @router.get("/rules/{name}/layers/{layer}/template.geojson")
    def layer(name: str, layer: str) -> Response:
        book = study.pack.book(name)
        known = layers_of(book)
        if layer not in known:
            what = Text(f"没有图层 {layer[:40]}", f"there is no layer {layer[:40]}")
            raise ZhishuError([Problem("book-unknown-name", layer[:40], what, did_you_mean(layer[:40], known))])
        return attached(layer_form(book, layer), "application/geo+json", f"{layer}.geojson")

    return router


def _table(book: Book, listed: str, ending: str, filled: bool) -> Response:
    if listed not in book.lists:
        what = Text(f"没有名录 {listed[:40]}", f"there is no list {listed[:40]}")
        raise ZhishuError([Problem("book-unknown-name", listed[:40], what, did_you_mean(listed[:40], book.lists))])
    if ending not in _KINDS:
        what = Text(f"名录没有 .{ending[:20]} 格式", f"lists are not given as .{ending[:20]}")
        raise ZhishuError([Problem("list-kind-unknown", listed, what, Text("用 csv 或 xlsx", "take csv or xlsx"))])
    kind, made = _KINDS[ending]
    return attached(made(book, book.lists[listed], filled), kind, f"{listed}.{ending}")
