"""One indicator: its map, its series with breaks, its table, its formula and its sources."""

from fractions import Fraction

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.logic import Unknown
from zhishu.measure import Reading, measure
from zhishu.surfaces.web.breaks import breaks_of, revised
from zhishu.surfaces.web.charts import choropleth, drawings
from zhishu.surfaces.web.charts import model as draw
from zhishu.surfaces.web.maps import linked, newest, theme
from zhishu.surfaces.web.pages.series import series_page
from zhishu.surfaces.web.site import Site
from zhishu.system.show import own_unit, spoken
from zhishu.terms import Language, Text
from zhishu.units.words import unit_words


def routes(site: Site) -> APIRouter:
    """Return the route of the indicators."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/indicators/{name}")
    def indicator(request: Request, name: str) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        if name not in study.pack.indicators:
            if name in study.data.series:
                return series_page(site, visit, name)
            what = Text(f"没有指标 {name}", f"there is no indicator {name}")
            raise ZhishuError([Problem("indicator-unknown", name, what, did_you_mean(name, study.pack.indicators))])
        item = study.pack.indicators[name]
        scale = 1.25 if visit.elder else 1.0
        header = study.pack.header
        drawing, drawing_narrow, chosen = None, None, None
        rows: list[dict[str, object]] = []
        notes: list[tuple[Text, ...]] = []
        if "prefecture" in item.levels:
            chosen = theme(study, name, visit.on, known.grid)
            title = Text(f"{item.name.zh}，{chosen.year} 年", f"{item.name.en}, {chosen.year}")
            regions = linked(chosen.regions, visit.lang, visit.on)
            table_only = request.query_params.get("view") == "table"
            if not table_only:
                drawing, drawing_narrow = (
                    choropleth(site.boundaries, regions, chosen.classes, visit.lang, size.at(scale), title, title)
                    for size in (draw.HALF, draw.PHONE)
                )
            rows, notes = _numbered([_row(site, r, item.unit, item.digits, visit.lang) for r in chosen.readings])
        counties: tuple[int, tuple[Reading, ...]] | None = None
        if "county" in item.levels:
            counties = newest(study, name, "county", visit.on, known.grid)
        county_rows, county_notes = _numbered(
            [_row(site, r, item.unit, item.digits, visit.lang) for r in counties[1]] if counties else []
        )
        series: tuple[Reading, ...] = ()
        if "province" in item.levels:
            series = measure(known.grid, name, [header.home], range(header.first_year, header.last_year + 1))
            series = tuple(r for r in series if r.inputs)
        series_rows, series_notes = _numbered([_row(site, r, item.unit, item.digits, visit.lang) for r in series])
        picture = picture_of(site, item.name, series, item.unit, item.digits)
        return site.page(
            visit,
            "indicator.html",
            "data",
            item.name,
            item=item,
            formula=site.formula(item.written),
            chosen=chosen,
            map=drawing,
            map_narrow=drawing_narrow,
            unit=unit_words(item.unit),
            rows=rows,
            notes=notes,
            counties=county_rows,
            county_notes=county_notes,
            counties_year=counties[0] if counties else None,
            **drawings(picture, visit.lang, scale),
            series=series_rows,
            series_notes=series_notes,
        )

    return router


def _numbered(rows: list[dict[str, object]]) -> tuple[list[dict[str, object]], list[tuple[Text, ...]]]:
    """Return the rows with the number of their sources, and the sources by number: most rows share theirs."""
    found: dict[tuple[Text, ...], int] = {}
    for row in rows:
        sources = row["sources"]
        assert isinstance(sources, list)
        row["source"] = found.setdefault(tuple(sources), len(found) + 1) if sources else None
    return rows, list(found)


def _row(site: Site, r: Reading, unit: str, digits: int, lang: Language) -> dict[str, object]:
    return {
        "region": site.study.data.regions.name(r.region),
        "code": r.region,
        "period": r.period,
        "value": r.value.bare().say(lang) if isinstance(r.value, Unknown) else spoken(r.value, unit, digits, {}, lang),
        "known": r.known,
        "run": Text("；".join(site.run(x).zh for x in r.runs), "; ".join(site.run(x).en for x in r.runs)),
        "confidence": r.confidence,
        "vintage": max((o.known_on for o in r.inputs), default=None),
        "assumed": any(o.assumed for o in r.inputs),
        "sources": list(dict.fromkeys(site.study.data.source_words(o.source) for o in r.inputs)),
        "ref": f"{r.indicator}/{r.region}/{r.period}",
    }


def picture_of(site: Site, name: Text, series: tuple[Reading, ...], unit: str, digits: int) -> draw.Series | None:
    """Return the drawing of one region's readings, stopped at every change of comparable run."""
    points = [
        draw.Point(int(r.period), float(own_unit(r.value, unit)), run, r.confidence, revised(run, int(r.period)))
        for r in series
        if isinstance(r.value, Fraction)
        for run in (" + ".join(r.runs),)
    ]
    if len(points) < 2:
        return None
    runs = dict.fromkeys(p.run for p in points)
    said = Text(
        f"{points[0].x:.0f}—{points[-1].x:.0f} 年，{len(runs)} 段口径",
        f"{points[0].x:.0f}–{points[-1].x:.0f}, {len(runs)} bases",
    )
    names = {run: site.run(run) for run in runs} if len(runs) <= 3 else {}
    return draw.Series(name, said, tuple(points), runs=names, breaks=breaks_of(points), unit=unit, decimals=digits)
