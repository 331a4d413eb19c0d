"""The data catalogue: what is held, from when to when, how sure; what is missing and who may hold it."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.surfaces.web.site import Site
from zhishu.terms import Text


def routes(site: Site) -> APIRouter:
    """Return the route of the catalogue."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/data")
    def data(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        found = site.held(visit.on)
        held = [{"series": study.data.series[h.series], "holding": h} for h in found]
        grades = sum((h.grades for h in found), Counter[str]())
        missing = [s for s in study.data.series.values() if s.id not in {h.series for h in found}]
        title = Text(f"有 {len(held)} 个数列，缺 {len(missing)} 个", f"{len(held)} series held, {len(missing)} missing")
        return site.page(
            visit,
            "data.html",
            "data",
            title,
            held=held,
            missing=missing,
            formulas={i.id: site.formula(i.written) for i in study.pack.indicators.values()},
            targets=study.pack.targets,
            indicators=list(study.pack.indicators.values()),
            rows=grades.total(),
            grades=grades,
        )

    return router
