"""The articles: one article with its promises and their states, its systems, and the sentences without a promise."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.promise import KINDS, WITHOUT
from zhishu.study.levels import levels
from zhishu.surfaces.web.site import Site
from zhishu.terms import PROMISE_STATES, Text


def routes(site: Site) -> APIRouter:
    """Return the route of the articles."""
    router = APIRouter(include_in_schema=False)
    study = site.study
    found = levels(study)

    @router.get("/articles/{number}")
    def article(request: Request, number: str) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        numbers = {s.split(".")[0] for s in study.pack.index.ids()}
        if number not in numbers:
            what = Text(f"没有第 {number} 条", f"there is no article {number}")
            raise ZhishuError([Problem("article-unknown", number, what, Text("1 到 26", "1 to 26"))])
        item = study.pack.articles.get(int(number))
        systems = [e for e in study.pack.catalogue.values() if e.article == int(number)]
        name = item.title if item else Text("尚未细读", "not yet read")
        title = Text(f"第 {number} 条　{name.zh}", f"Article {number}: {name.en}")
        states = Counter(known.states[p.id] for p in item.promises) if item else Counter[str]()
        return site.page(
            visit,
            "article.html",
            "strategy",
            title,
            number=int(number),
            item=item,
            states=known.states,
            counted=[(s, states[s]) for s in PROMISE_STATES if states[s]],
            kinds=KINDS,
            without=[(at, WITHOUT[r]) for at, r in item.without.items()] if item else [],
            systems=systems,
            levels=found,
            targets=[(t, j) for t, j in known.targets.values() if t.cite.at.split(".")[0] == number],
            regions=study.data.regions,
        )

    return router
