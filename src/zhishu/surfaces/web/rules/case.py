"""One case of a rule book: the whole form at once, or fact by fact; all of it stands in the address."""

import time
from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import ZhishuError
from zhishu.pack.book import Book
from zhishu.study.looking import Looked, look
from zhishu.surfaces.home import home
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.rules.example import START
from zhishu.surfaces.web.rules.form import (
    FACT,
    at_fields,
    fact_field,
    fact_fields,
    parameter_fields,
    placed,
    places,
    query_of,
    typed,
)
from zhishu.surfaces.web.rules.own import expired, forgotten, inputs
from zhishu.surfaces.web.rules.shelved import FIELD, shelved
from zhishu.surfaces.web.rules.shown import Shown, asked, shown
from zhishu.surfaces.web.site import Site
from zhishu.system.books.say import named, told
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.terms import Text

NAV = "rules"


def routes(site: Site) -> APIRouter:
    """Return the routes of a case."""
    router = APIRouter(include_in_schema=False)

    async def looked_at(
        book: Book, visit: Visit, cells: Mapping[str, str], settings: Mapping[str, str], brought: str
    ) -> tuple[Looked, Shown | None, Own, tuple[Wrong, ...]]:
        def work() -> tuple[Looked, Shown | None, Own, tuple[Wrong, ...]]:
            own = NOTHING
            gone: tuple[Wrong, ...] = ()
            try:
                own = shelved(home(), site.study, book, brought, visit.on, time.time())
            except ZhishuError as error:
                gone = expired(error.problems)
            found = look(site.study, book, visit.on, cells, settings, own)
            # by lists that are gone nothing is judged: without them it would be another verdict
            return found, None if gone else shown(found), own, (*gone, *placed(book, found.problems, own))

        return await site.aside(work)

    @router.get("/rules/{name}/case")
    async def case(request: Request, name: str) -> HTMLResponse:
        visit, book = site.visit(request), site.study.pack.book(name)
        query = dict(request.query_params)
        cells, settings = typed(query, FACT), typed(query, SETTING)
        brought = query.get(FIELD, "")
        looked, told_, own, wrong = await looked_at(book, visit, cells, settings, brought)
        if not own.used:
            visit, brought = forgotten(visit), ""
        title = Text(f"{book.name.zh}：判一件", f"{book.name.en}: one case")
        return site.page(
            visit,
            "rules/case.html",
            NAV,
            Text(f"出错：{title.zh}", f"Error: {title.en}") if wrong else title,
            422 if wrong else 200,
            heading=title,
            book=book,
            given=bool(cells),
            stated=[(named(book, k), _said(looked, k, cells[k])) for k in book.fields if k in cells],
            fields=fact_fields(book, cells, wrong),
            parameters=parameter_fields(book, visit.on, settings, wrong),
            places=places(book, site.study.data.regions, visit.on),
            wrong=wrong,
            subject=looked.case.subject,
            shown=told_,
            specimen=brought.startswith(START),
            examples=[(n, e, query_of(e)) for n, e in enumerate(book.examples, 1) if not e.problems],
            inputs=inputs(book, visit.on, own, looked.rules.settings.lists),
            own=own,
            brought=brought,
            filled=_filled(cells, settings),
        )

    @router.get("/rules/{name}/ask")
    async def ask(request: Request, name: str) -> HTMLResponse:
        visit, book = site.visit(request), site.study.pack.book(name)
        query = dict(request.query_params)
        cells, settings = typed(query, FACT), typed(query, SETTING)
        skipped = tuple(f for f in query.get("skip", "").split(",") if f in book.fields)
        brought = query.get(FIELD, "")
        looked, told_, own, wrong = await looked_at(book, visit, cells, settings, brought)
        if not own.used:
            visit, brought = forgotten(visit), ""
        fact = _next(book, looked, skipped, [w.field.removeprefix(FACT) for w in wrong])
        title = Text(f"{book.name.zh}：逐项问", f"{book.name.en}: fact by fact")
        bad = at_fields(wrong)
        kept = {k: v for k, v in cells.items() if k != fact}
        return site.page(
            visit,
            "rules/ask.html",
            NAV,
            Text(f"出错：{title.zh}", f"Error: {title.en}") if wrong else title,
            422 if wrong else 200,
            heading=title,
            book=book,
            field=None
            if fact is None
            else fact_field(book, book.fields[fact], cells.get(fact, ""), bad.get(FACT + fact)),
            fact=fact,
            question=None if fact is None or looked.opinion is None else asked(looked.rules, looked.opinion, fact),
            kept=kept,
            settings=settings,
            answered=[(named(book, k), _said(looked, k, kept[k]), FACT + k) for k in book.fields if k in kept],
            skipped=skipped,
            skipping=",".join((*skipped, fact or "")),
            skipped_names=[named(book, f) for f in skipped],
            places=places(book, site.study.data.regions, visit.on)
            if fact and book.fields[fact].type == "region"
            else (),
            wrong=wrong,
            subject=looked.case.subject,
            shown=told_,
            whole=_filled(cells, settings, brought),
            inputs=inputs(book, visit.on, own, looked.rules.settings.lists),
            own=own,
            brought=brought,
            filled=_filled(cells, settings),
        )

    return router


def _filled(cells: Mapping[str, str], settings: Mapping[str, str], brought: str = "") -> str:
    """Return what is filled in as a query, with the lists that are carried if asked."""
    pairs = [*((FACT + k, v) for k, v in cells.items()), *((SETTING + k, v) for k, v in settings.items())]
    return urlencode([*pairs, *([(FIELD, brought)] if brought else [])])


def _next(book: Book, looked: Looked, skipped: tuple[str, ...], wrong: list[str]) -> str | None:
    """Return the fact to ask now: one that could not be read, else the most useful of those not passed over."""
    again = next((f for f in wrong if f in book.fields), None)
    if again is not None or looked.opinion is None:
        return again
    return next((q.fact for q in looked.opinion.ask if q.fact in book.fields and q.fact not in skipped), None)


def _said(looked: Looked, name: str, typed_: str) -> Text:
    return told(looked.rules.book, name, looked.case.values[name]) if looked.opinion else Text(typed_, typed_)
