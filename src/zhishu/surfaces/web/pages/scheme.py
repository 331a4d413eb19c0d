"""A scheme: sub-scores of every unit, the composite where nothing is missing, ranks where a class allows."""

from fractions import Fraction

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhishu.study.scores import changes, scheme_of, score_scheme
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.system.show import own_unit, spoken
from zhishu.terms import Text
from zhishu.units import rounded
from zhishu.units.said import figure_words
from zhishu.watch.say import points_unit


def routes(site: Site) -> APIRouter:
    """Return the routes of the schemes."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/schemes")
    def schemes(request: Request) -> Response:
        first = sorted(study.pack.schemes)[0]
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/schemes/{first}{query}")

    @router.get("/schemes/{name}")
    def scheme(request: Request, name: str) -> HTMLResponse:
        visit = site.visit(request)
        declared = scheme_of(study, name)
        found, years = score_scheme(study, name, visit.on, known=site.known(visit.on).grid)
        regions = study.data.regions
        rows = [
            {
                "code": u.unit,
                "region": regions.name(u.unit),
                "zone": regions.zones[u.group][0] if u.group in regions.zones else Text("", ""),
                "scores": [
                    spoken(d.score, None, 1, {}, visit.lang) if isinstance(d.score, Fraction) else None
                    for d in u.dimensions
                ],
                "composite": spoken(u.composite, None, 1, {}, visit.lang)
                if isinstance(u.composite, Fraction)
                else None,
                "rank": u.rank.say() if u.rank else None,
                "why": u.why_no_rank,
            }
            for u in sorted(found.units, key=lambda u: (u.group, u.unit))
        ]
        spans = []
        for dimension in declared.dimensions:
            for part in dimension.parts:
                span, item = found.spans[part.indicator], study.pack.indicators[part.indicator]
                if span is not None:
                    low, high = (rounded(own_unit(v, item.unit), item.digits) for v in (span.low, span.high))
                    spans.append(
                        {
                            "dimension": dimension.name,
                            "indicator": item,
                            "weight": rounded(dimension.weight * part.weight * 100, 0),
                            "low": f"{low} {regions.name(span.low_unit).say(visit.lang)}",
                            "high": f"{high} {regions.name(span.high_unit).say(visit.lang)}",
                            "year": years[part.indicator],
                        }
                    )
        return site.page(
            visit,
            "scheme.html",
            "schemes",
            declared.name,
            scheme=declared,
            rows=rows,
            spans=spans,
            empty=[d for d in declared.dimensions if d.id in found.empty],
            varies=found.varies if any(u.rank for u in found.units) else (),
            moved=_moved(site, name, visit, years),
            parts=[
                (study.pack.indicators[p.indicator].name.say(visit.lang), "num")
                for d in declared.dimensions
                for p in d.parts
            ],
            complete=sum(isinstance(u.composite, Fraction) for u in found.units),
        )

    return router


def _moved(site: Site, name: str, visit: Visit, years: dict[str, int]) -> list[dict[str, object]]:
    """Return a row for each unit: every indicator's value, and how it moved inside its comparable run."""
    study = site.study
    names: dict[str, Text] = {}
    cells: dict[str, list[dict[str, object]]] = {}
    for c in changes(study, name, visit.on, years, site.known(visit.on).grid):
        item = study.pack.indicators[c.indicator]
        names[c.unit] = study.data.regions.name(c.unit)
        value = figure_words(c.value, item.unit, item.digits) if isinstance(c.value, Fraction) else None
        since = None
        if c.change is not None:
            by = figure_words(c.change, points_unit(item.unit), item.digits)
            sign = "+" if c.change > 0 else ""
            since = Text(f"{c.since}→{c.year} {sign}{by.zh}", f"{c.since}→{c.year} {sign}{by.en}")
        ref = f"{c.indicator}/{c.unit}/{c.year}"
        cells.setdefault(c.unit, []).append({"value": value, "since": since, "ref": ref})
    return [{"code": unit, "region": names[unit], "cells": cells[unit]} for unit in names]
