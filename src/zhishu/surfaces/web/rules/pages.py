"""The rule books: the list of them, one book, one rule."""

from collections.abc import Mapping
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.book import Book, Fact
from zhishu.surfaces.web.pages.system import TONES
from zhishu.surfaces.web.rules.form import query_of
from zhishu.surfaces.web.rules.view import list_view, parameter_view
from zhishu.surfaces.web.site import Site
from zhishu.system.books.aloud import aloud, read_fact, read_rule
from zhishu.system.books.history import history
from zhishu.system.books.rows import HITS, heads, shown_rows
from zhishu.system.books.say import named
from zhishu.system.books.tried import Tried, tried
from zhishu.terms import Text, counted

NAV = "rules"


def routes(site: Site) -> APIRouter:
    """Return the routes of the books."""
    router = APIRouter(include_in_schema=False)
    pack = site.study.pack

    @cache
    def tries(name: str) -> tuple[Tried, ...]:
        return tried(pack.book(name), site.study.data.regions)

    @router.get("/rules")
    def rules(request: Request) -> HTMLResponse:
        books = list(pack.books.values())
        n = sum(len(b.rules) for b in books)
        title = Text(f"{len(books)} 册规则，共 {n} 条", f"{counted(len(books), 'rule book')}, {counted(n, 'rule')}")
        return site.page(site.visit(request), "rules/books.html", NAV, title, books=books)

    @router.get("/rules/{name}")
    async def book(request: Request, name: str) -> HTMLResponse:
        visit, found = site.visit(request), pack.book(name)
        return site.page(
            visit,
            "rules/book.html",
            NAV,
            found.name,
            book=found,
            states=_states(found),
            order=[found.outcomes[o] for o in found.order()],
            readings=[(r, read_rule(found, r, visit.on)) for r in found.rules],
            facts=[(f, read_fact(found, f, visit.on)) for f in _worked_out(found)],
            checks=[(a, aloud(found, a.node, visit.on)) for a in found.checks],
            parameters=[parameter_view(found, p, visit.on) for p in found.parameters.values()],
            lists=[list_view(found, d, visit.on) for d in found.lists.values() if not d.of],
            tables=[
                (k, d, HITS[d.table.policy], heads(found, d), shown_rows(found, d)) for k, d in found.tables.items()
            ],
            examples=[(t, fill(t)) for t in await site.aside(tries, name)],
            events=history(found),
            named=lambda other: named(found, other),
        )

    @router.get("/rules/{name}/{rule}")
    async def one(request: Request, name: str, rule: str) -> HTMLResponse:
        visit, found = site.visit(request), pack.book(name)
        declared = found.rule(rule)
        if declared is None:
            raise _missing("book-unknown-name", "规则", "rule", rule, {r.id: None for r in found.rules})
        all_ = await site.aside(tries, name)
        return site.page(
            visit,
            "rules/rule.html",
            NAV,
            declared.name,
            book=found,
            rule=declared,
            reading=read_rule(found, declared, visit.on),
            states=_states(found),
            above=[r for r in found.rules if declared.id in r.overrides],
            below=[r for n in declared.overrides if (r := found.rule(n)) is not None],
            fired=[(t, fill(t)) for t in all_ if declared.id in t.fired],
            open=[(t, fill(t)) for t in all_ if declared.id in t.open],
        )

    return router


def fill(one: Tried) -> str:
    """Return the query that fills the form with an example; its day stands in the link beside it."""
    return query_of(one.example)


def _states(book: Book) -> Mapping[str, str]:
    return {o.id: TONES[o.tone] for o in book.outcomes.values()}


def _worked_out(book: Book) -> list[Fact]:
    """Return the derived facts that have a name, those of decision tables apart: they stand in their tables."""
    outputs = {o for d in book.tables.values() for o in d.outputs}
    return [f for f in book.facts.values() if f.name is not None and f.id not in outputs]


def _missing(code: str, zh: str, en: str, word: str, known: Mapping[str, object]) -> ZhishuError:
    what = Text(f"没有{zh} {word[:40]}", f"there is no {en} {word[:40]}")
    return ZhishuError([Problem(code, word[:40], what, did_you_mean(word[:40], known))])
