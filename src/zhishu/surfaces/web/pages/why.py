"""Why a number is what it is: value, formula, source rows, declaration, sentence, use."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from zhishu.logic import Unknown
from zhishu.study.explain import kind_of, why_json
from zhishu.surfaces.web.links import link
from zhishu.surfaces.web.site import Site
from zhishu.system.show import plain, spoken
from zhishu.terms import Text
from zhishu.trace import why
from zhishu.units import rounded


def routes(site: Site) -> APIRouter:
    """Return the route of the explanations."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/why/{ref:path}")
    def explain(request: Request, ref: str) -> Response:
        visit = site.visit(request)
        kind, name = kind_of(study, ref)
        if kind != "indicator":
            # the other references have a page each, where their reasons stand
            answer = why_json(study, ref, visit.on)
            return RedirectResponse(link(_page(kind, name, answer), dict(request.query_params)), 303)
        trace = why(study.pack, study.data, site.known(visit.on).grid, ref)
        said = (
            trace.value.bare().say(visit.lang)
            if isinstance(trace.value, Unknown)
            else spoken(trace.value, trace.unit, trace.digits, {}, visit.lang)
        )
        title = Text(f"为什么是{said if isinstance(trace.value, Unknown) else f' {said}'}", f"Why {said}")
        rows = [
            {
                "s": s,
                "run": site.run(s.observation.run),
                "value": rounded(s.observation.value, 4).rstrip("0").rstrip("."),
                "exact": plain(s.observation.value),
            }
            for s in trace.sources
        ]
        declaration = ""
        if trace.formula:
            file, _, line = trace.declared.partition(":")
            lines = (study.pack.folder / file).read_text(encoding="utf-8").splitlines()
            start = int(line) - 1
            end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith("    ")), len(lines))
            declaration = "\n".join(lines[start:end])
        judged = site.known(visit.on).targets
        return site.page(
            visit,
            "why.html",
            "data",
            title,
            trace=trace,
            formula=site.formula(trace.formula) if trace.formula else None,
            said=said,
            rows=rows,
            declaration=declaration,
            used=[judged[k] for k in trace.used_by],
        )

    return router


def _page(kind: str, name: str, answer: dict[str, object]) -> str:
    """Return the page on which a target, system, promise, score, sentence or figure is explained."""
    cite = answer["cite"]
    if kind == "promise" and isinstance(cite, dict):
        return f"/articles/{cite['at'].split('.')[0]}#{name}"
    if kind == "figure":
        # a planned figure is no value of its cell: it stands among the figures of its series
        cell = str(answer["cell"])
        return f"/why/{cell}" if answer["status"] == "actual" else f"/indicators/{cell.partition('/')[0]}"
    if kind == "score":
        return f"/schemes/{name.partition('/')[0]}"
    return {"sentence": "/source", "system": "/systems", "target": "/targets"}[kind] + f"/{name}"
