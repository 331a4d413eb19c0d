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
        panel = site.known(visit.on).grid.panel
        held = []
        grades: Counter[str] = Counter(o.confidence for o in panel.observations)
        by_series: dict[str, list[tuple[str, str, str]]] = {}
        for o in panel.observations:
            by_series.setdefault(o.series, []).append((o.period, o.region, o.confidence))
        for name, rows in sorted(by_series.items()):
            periods = sorted({p for p, _, _ in rows})
            counted = Counter(c for _, _, c in rows)
            held.append(
                {
                    "series": study.data.series[name],
                    "first": periods[0],
                    "last": periods[-1],
                    "regions": len({r for _, r, _ in rows}),
                    "rows": len(rows),
                    "confidence": counted.most_common(1)[0][0],
                }
            )
        missing = [s for s in study.data.series.values() if s.id not in by_series]
        title = Text(f"有 {len(held)} 个数列，缺 {len(missing)} 个", f"{len(held)} series held, {len(missing)} missing")
        return site.page(
            visit,
            "data.html",
            "data",
            title,
            held=held,
            missing=missing,
            indicators=list(study.pack.indicators.values()),
            rows=len(panel.observations),
            grades=grades,
        )

    return router
