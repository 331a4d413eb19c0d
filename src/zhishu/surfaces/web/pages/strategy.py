"""The strategy map: four problems, the articles read as their answer, promises, what measures them."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.study.levels import levels
from zhishu.surfaces.web.site import Site
from zhishu.terms import PROMISE_STATES, Text


def routes(site: Site) -> APIRouter:
    """Return the route of the strategy map."""
    router = APIRouter(include_in_schema=False)
    study = site.study
    found = levels(study)

    @router.get("/strategy")
    def strategy(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        pack = study.pack
        nodes = []
        for problem in pack.header.problems:
            articles = [_article(site, n, known.states) for n in problem.articles]
            nodes.append(
                {
                    "problem": problem,
                    "articles": articles,
                    "promises": sum(int(str(a["promises"])) for a in articles),
                    "measured": sum(int(str(a["measured"])) for a in articles),
                }
            )
        rest = [_article(site, n, known.states) for n in (1, 26)]
        unmeasured = sum(1 for p in pack.promises() if p.measured_by is None)
        title = Text(
            f"{len(pack.promises())} 项承诺里，{unmeasured} 项没有东西量它",
            f"Of {len(pack.promises())} promises, nothing measures {unmeasured}",
        )
        return site.page(
            visit,
            "strategy.html",
            "strategy",
            title,
            nodes=nodes,
            rest=rest,
            note=pack.header.note,
            usable=sum(v.level >= 3 for v in found.values()),
        )

    return router


def _article(site: Site, number: int, states: dict[str, str]) -> dict[str, object]:
    """Return one article's counts."""
    pack = site.study.pack
    item = pack.articles.get(number)
    counted = Counter(states[p.id] for p in item.promises) if item else Counter[str]()
    return {
        "number": number,
        "title": item.title if item else Text("尚未细读", "not yet read"),
        "promises": len(item.promises) if item else 0,
        "measured": sum(p.measured_by is not None for p in item.promises) if item else 0,
        "states": [(s, counted[s]) for s in PROMISE_STATES if counted[s] and s != "no_report"],
        "systems": sum(e.article == number for e in pack.catalogue.values()),
        "indicators": sum(i.cite.at.split(".")[0] == str(number) for i in pack.indicators.values()),
    }
