"""The prefectures: the list by zone, and one city measured against its own position."""

from fractions import Fraction
from statistics import median

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.measure import measure
from zhishu.study.positions import Named, named
from zhishu.surfaces.web.charts import drawings, locator, strip_plot
from zhishu.surfaces.web.charts import model as draw
from zhishu.surfaces.web.known import Known
from zhishu.surfaces.web.maps import theme
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.pages.indicator import picture_of
from zhishu.surfaces.web.site import Site
from zhishu.system.show import own_unit
from zhishu.terms import Text
from zhishu.units import parse_unit
from zhishu.units.said import figure_words


def routes(site: Site) -> APIRouter:
    """Return the routes of the cities."""
    router = APIRouter(include_in_schema=False)
    study = site.study
    regions = study.data.regions

    @router.get("/cities")
    def cities(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        zones = [
            (regions.zones[z][0], [regions.get(c) for c in regions.zone_members(z)])
            for z in regions.zones
            if not regions.zones[z][2]
        ]
        count = len(regions.level("prefecture", visit.on))
        title = Text(f"{count} 个市州，分区列出", f"{count} prefectures by zone")
        return site.page(visit, "cities.html", "cities", title, zones=zones)

    @router.get("/cities/{code}")
    def city(request: Request, code: str) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        codes = [r.code for r in regions.level("prefecture", visit.on)]
        if code not in codes:
            what = Text(f"没有市州 {code}", f"there is no prefecture {code}")
            raise ZhishuError([Problem("city-unknown", code, what, did_you_mean(code, codes))])
        zone = regions.zone_of(code)
        peers = frozenset(regions.zone_members(zone)) if zone else frozenset()
        scale = 1.25 if visit.elder else 1.0
        header = study.pack.header
        asked = named(study, code)
        drawn = dict.fromkeys([*(i for p in asked.positions for i in p.indicators), *header.profile])
        strips = {name: _strip(site, name, code, peers, visit, known, scale) for name in drawn}
        trend = study.pack.indicators[header.trend]
        series = measure(known.grid, trend.id, [code], range(header.first_year, header.last_year + 1))
        picture = picture_of(site, trend.name, series, trend.unit, trend.digits)
        place = regions.get(code)
        return site.page(
            visit,
            "city.html",
            "cities",
            place.name,
            place=place,
            zone=regions.zones[zone][0] if zone else None,
            locator=locator(site.boundaries, code, peers, visit.lang, draw.Size(260, 200, scale), place.name),
            alone=len(peers) <= 1,
            strips=strips,
            profile=_others(header.profile, asked),
            places=len(codes),
            trend=trend.name,
            asked=asked,
            measured=sum(bool(p.indicators) for p in asked.positions),
            zones=regions.zones,
            states=known.states,
            **drawings(picture, visit.lang, scale),
        )

    return router


def _others(profile: tuple[str, ...], asked: Named) -> list[str]:
    """Return the indicators of the profile that no position of the place has shown already."""
    shown = {i for p in asked.positions for i in p.indicators}
    return [name for name in profile if name not in shown]


def _strip(
    site: Site, name: str, code: str, peers: frozenset[str], visit: Visit, known: Known, scale: float
) -> dict[str, object]:
    """Return one indicator's line of the profile; without any figure there is no drawing."""
    found = theme(site.study, name, visit.on, known.grid)
    mine = next(r for r in found.readings if r.region == code)
    dots = tuple(
        draw.Dot(
            found.regions[r.region].name,
            float(own_unit(r.value, found.unit)),
            "unit" if r.region == code else "peer" if r.region in peers else "rest",
        )
        for r in found.readings
        if isinstance(r.value, Fraction)
    )
    said = Text(
        f"{found.name.zh}，{found.year} 年，{len(dots)} 个市州",
        f"{found.name.en}, {found.year}, {len(dots)} prefectures",
    )
    middle = median([d.value for d in dots]) if dots else None
    strip = draw.Strip(found.name, said, dots, middle, found.digits)
    return {
        "name": found.name,
        "year": found.year,
        "lower": site.study.pack.indicators[name].better == "lower",
        "wide": strip_plot(strip, visit.lang, draw.STRIP.at(scale)) if dots else None,
        "narrow": strip_plot(strip, visit.lang, draw.STRIP_PHONE.at(scale)) if dots else None,
        "value": figure_words(mine.value, found.unit, found.digits) if isinstance(mine.value, Fraction) else None,
        "middle": _middle(middle, found.unit, found.digits),
        "confidence": mine.confidence,
        "ref": f"{name}/{code}/{found.year}",
    }


def _middle(middle: float | None, unit: str, digits: int) -> Text | None:
    """Return the median in words."""
    if middle is None:
        return None
    value = Fraction(str(middle)) * parse_unit(unit).factor if unit else Fraction(str(middle))
    words = figure_words(value, unit, digits)
    return Text(f"中位数 {words.zh}", f"median {words.en}")
