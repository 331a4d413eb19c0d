"""A register judged on a page: brought, judged whole or refused with every reason, looked at, taken away, forgotten."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from zhishu.errors import Problem, ZhishuError
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.book import Book
from zhishu.study.judging import ready
from zhishu.surfaces.body import MOST_REGISTER
from zhishu.surfaces.home import home
from zhishu.surfaces.register.form import heads, register_form
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.attached import attached
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.pages.system import TONES
from zhishu.surfaces.web.rules.brought import (
    FILE,
    MOST_ROWS,
    Brought,
    judge_brought,
    placed_rows,
    specimen_register,
    specimens,
    specimens_set,
)
from zhishu.surfaces.web.rules.form import parameter_fields, typed
from zhishu.surfaces.web.rules.kept import Kept, drop, kept
from zhishu.surfaces.web.rules.own import expired, forgotten, inputs, most_files, read_sent, sent_by, texts_of
from zhishu.surfaces.web.rules.results import (
    ENDINGS,
    SHOWN,
    file_of,
    fired_of,
    lacks_of,
    remarks_of,
    rows_shown,
    verdicts_of,
    worst_of,
)
from zhishu.surfaces.web.rules.shelved import FIELD, shelve, shelved
from zhishu.surfaces.web.shelf import SECONDS
from zhishu.surfaces.web.site import Site
from zhishu.system.books.read import offers, proposals
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.terms import Text, counted

NAV = "rules"
SAID = 40
"""Problems that stand on the page."""
Settings = Mapping[str, str]


def routes(site: Site) -> APIRouter:
    """Return the routes of registers; verdicts wait where ``home`` is."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    def start(
        request: Request,
        visit: Visit,
        book: Book,
        settings: Settings,
        wrong: tuple[Wrong, ...] = (),
        own: Own = NOTHING,
        brought: str = "",
    ) -> HTMLResponse:
        title = Text(f"{book.name.zh}：判整册", f"{book.name.en}: a whole register")
        return site.page(
            replace(visit, path=request.url.path),
            "rules/batch.html",
            NAV,
            Text(f"出错：{title.zh}", f"Error: {title.en}") if wrong else title,
            422 if wrong else 200,
            heading=title,
            book=book,
            wrong=wrong,
            said=SAID,
            columns=heads(book),
            parameters=parameter_fields(book, visit.on, settings, wrong),
            rows=MOST_ROWS,
            megabytes=MOST_REGISTER // 1_000_000,
            hours=SECONDS // 3600,
            done=request.query_params.get("done") == "removed",
            specimens=len(specimens(book)),
            inputs=inputs(book, visit.on, own, settings, wrong),
            own=own,
            brought=brought,
            csrf=site.csrf(request),
        )

    @router.get("/rules/{name}/batch")
    async def ask(request: Request, name: str) -> HTMLResponse:
        visit, book, brought = site.visit(request), study.pack.book(name), request.query_params.get(FIELD, "")
        try:
            own = await site.aside(shelved, home(), study, book, brought, visit.on, time.time())
        except ZhishuError as error:
            return start(request, forgotten(visit), book, {}, expired(error.problems))
        return start(request, visit, book, {}, (), own, brought)

    @router.get("/rules/{name}/batch/template.csv")
    def form(request: Request, name: str) -> Response:
        book = study.pack.book(name)
        rows = specimens(book) if request.query_params.get("specimen") else ()
        return attached(register_form(book, rows), ENDINGS["csv"], f"{book.id}.csv")

    @router.post("/rules/{name}/batch")
    async def bring(request: Request, name: str) -> Response:
        visit, book = site.visit(request), study.pack.book(name)
        sent = await request.form(max_files=most_files(book) + 1)
        settings = typed({k: v for k, v in sent.items() if isinstance(v, str)}, SETTING)
        register = _brought(book, sent.get("file"), bool(sent.get("specimen")))
        if register is not None and register.specimen:
            settings = {**specimens_set(book), **settings}
        files, token, now = await sent_by(sent), str(sent.get(FIELD) or ""), time.time()
        try:
            held = await site.aside(shelved, home(), study, book, token, visit.on, now)
        except ZhishuError as error:
            return start(request, visit, book, settings, expired(error.problems))
        sent_own, wrong = await site.aside(read_sent, study, book, visit.on, files)
        own = sent_own.over(held)

        async def keep() -> str:
            # what is in order is kept, so that it need not be chosen again
            if not sent_own.used:
                return token
            return await site.aside(shelve, home(), now, book, sent_own, texts_of(sent_own, files), token)

        if wrong:
            return start(request, visit, book, settings, wrong, own, await keep())
        try:
            if register is None:
                what = Text("没有选择文件", "no file was chosen")
                repair = Text("选择填好的表", "choose the filled register")
                raise ZhishuError([Problem("register-file", FILE, what, repair)])
            id = await site.aside(judge_brought, study, book, visit.on, settings, register, home(), now, own)
        except ZhishuError as error:
            return start(request, visit, book, settings, placed_rows(book, error.problems), own, await keep())
        return RedirectResponse(f"/rules/{book.id}/batch/{id}?{urlencode(_carried(visit))}", 303)

    @router.get("/rules/{name}/batch/{id}")
    async def look(request: Request, name: str, id: str) -> HTMLResponse:
        visit, book = site.visit(request), study.pack.book(name)
        waiting = kept(home(), book.id, id, time.time())
        asked = request.query_params.get("show", "")
        verdict = asked if asked in waiting.tally.verdicts else None

        def work() -> dict[str, Any]:
            tally, letters = waiting.tally, 1.25 if visit.elder else 1.0
            rules = _as_judged(book, waiting)
            return {
                "settings": rules.settings.told,
                "proposals": proposals(rules),
                "offers": offers(rules),
                "verdicts": verdicts_of(book, tally, visit.lang, letters),
                "worst": worst_of(book, tally),
                "lacks": lacks_of(rules, waiting, visit.lang, letters),
                "fired": fired_of(book, tally, visit.lang, letters),
                "rows": rows_shown(rules, waiting, verdict),
            }

        n = waiting.tally.rows
        answer = site.page(
            visit,
            "rules/judged.html",
            NAV,
            Text(f"{waiting.name}：判了 {n:,} 件", f"{waiting.name}: {counted(n, 'case')} judged"),
            book=book,
            kept=waiting,
            lede=_lede(book, waiting),
            remarks=remarks_of(waiting.tally),
            supplied=waiting.supplied,
            states={o.id: TONES[o.tone] for o in book.outcomes.values()},
            verdict=verdict,
            shown=SHOWN,
            hours=SECONDS // 3600,
            csrf=site.csrf(request),
            **await site.aside(work),
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @router.get("/rules/{name}/batch/{id}/verdicts.{ending}")
    async def take(request: Request, name: str, id: str, ending: str) -> Response:
        visit, book = site.visit(request), study.pack.book(name)
        if ending not in ENDINGS:
            what = Text(f"没有 .{ending[:20]} 格式的结果", f"verdicts are not given as .{ending[:20]}")
            repair = Text("用 csv、parquet 或 ndjson", "take csv, parquet or ndjson")
            raise ZhishuError([Problem("verdicts-kind-unknown", "verdicts", what, repair)])
        waiting = kept(home(), book.id, id, time.time())

        def work() -> bytes:
            return file_of(_as_judged(book, waiting), waiting, ending, visit.lang)

        content = await site.aside(work)
        answer = attached(content, ENDINGS[ending], f"{book.id}-verdicts.{ending}")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @router.post("/rules/{name}/batch/{id}/remove")
    async def remove(request: Request, name: str, id: str) -> Response:
        visit, book = site.visit(request), study.pack.book(name)
        await site.aside(drop, home(), book.id, id, time.time())
        return RedirectResponse(f"/rules/{book.id}/batch?{urlencode(_carried(visit) | {'done': 'removed'})}", 303)

    return router


def _brought(book: Book, file: object, specimen: bool) -> Brought | None:
    """Return the register of a form, or the book's own examples; None for neither."""
    if specimen:
        return specimen_register(book)
    if isinstance(file, UploadFile) and file.filename:
        return Brought(file.file, file.filename, False)
    return None


def _as_judged(book: Book, waiting: Kept) -> RuleSet:
    """Return the rules for telling verdicts; of lists that were the user's own it counts only that they stood there."""
    brought = {s.id: book.lists[s.id] for s in waiting.supplied if s.kind == "list" and s.id in book.lists}
    return ready(book, waiting.on, waiting.settings, brought)


def _lede(book: Book, waiting: Kept) -> Text:
    tally = waiting.tally
    said = [(book.outcomes[o].name, tally.verdicts[o]) for o in (*book.order(), book.unknown) if tally.verdicts.get(o)]
    zh = "，".join(f"{name.zh} {n:,}" for name, n in said)
    en = ", ".join(f"{name.en} {n:,}" for name, n in said)
    return Text(f"{zh}。截至 {waiting.on}。", f"{en[:1].upper()}{en[1:]}. As of {waiting.on}.")


def _carried(visit: Visit) -> dict[str, str]:
    return {"lang": visit.lang, "on": visit.on.isoformat(), **({"elder": "1"} if visit.elder else {})}
