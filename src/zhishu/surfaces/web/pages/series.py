"""The plain page of a series that no indicator names: one table a level, regions down, years across."""

from collections.abc import Iterable

from fastapi.responses import HTMLResponse

from zhishu.data import Observation
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.system.show import spoken
from zhishu.terms import Text, weakest
from zhishu.units.words import unit_words

LEVELS = {
    "nation": Text("全国", "Nation"),
    "province": Text("全省", "Province"),
    "zone": Text("分区", "Zones"),
    "bureau": Text("铁路局管内", "Railway bureau"),
    "prefecture": Text("市州", "Prefectures"),
    "county": Text("县市区", "Counties"),
}
# more regions than this are folded away by the prefecture they belong to
MOST_ROWS = 30


def series_page(site: Site, visit: Visit, name: str) -> HTMLResponse:
    """Return the page of a series: every newest figure by year and basis, and where the figures come from."""
    item = site.study.data.series[name]
    panel = site.known(visit.on).grid.panel
    latest = {code: (*panel.latest(name, code), *panel.latest(name, code, "planned")) for code in panel.regions(name)}
    blocks = []
    for level, words in LEVELS.items():
        codes = [c for c in latest if _level(site, c) == level]
        if codes:
            blocks.append({"level": level, "name": words, "count": len(codes), **_matrix(site, visit, latest, codes)})
    return site.page(
        visit,
        "series.html",
        "data",
        item.name,
        item=item,
        unit=unit_words(item.unit),
        blocks=blocks,
        sources=_sources(site, [o for found in latest.values() for o in found]),
    )


def _level(site: Site, code: str) -> str:
    kind, colon, _ = code.partition(":")
    if colon:
        return kind
    region = site.study.data.regions.by_code.get(code)
    return region.level if region else "nation"


def _name(site: Site, code: str) -> Text:
    """Return the name of a region or zone; what the pack does not name is called by its level."""
    named = site.study.data.regions.name(code)
    return LEVELS[_level(site, code)] if named.zh == code and ":" in code else named


def _matrix(
    site: Site, visit: Visit, latest: dict[str, tuple[Observation, ...]], codes: list[str]
) -> dict[str, object]:
    """Return the columns (year, basis) of a level and its rows, in groups by the region above."""
    regions = site.study.data.regions
    columns = sorted({(o.period, o.run, o.status) for c in codes for o in latest[c]})
    groups: dict[str, list[dict[str, object]]] = {}
    for code in codes:
        cells = []
        for column in columns:
            found = [o for o in latest[code] if (o.period, o.run, o.status) == column]
            said = " / ".join(spoken(o.value, None, 4, {}, visit.lang) for o in found)
            cells.append({"said": said, "low": any(o.confidence == "low" for o in found)} if found else None)
        region = regions.by_code.get(code)
        above = region.parent if region and len(codes) > MOST_ROWS else ""
        groups.setdefault(above, []).append({"code": code, "name": _name(site, code), "cells": cells})
    return {
        "columns": [
            {"period": period, "run": site.run(run), "planned": status == "planned"} for period, run, status in columns
        ],
        "runs": _runs(site, columns),
        "groups": [(regions.name(above) if above else None, rows) for above, rows in groups.items()],
    }


def _runs(site: Site, columns: Iterable[tuple[str, str, str]]) -> list[Text]:
    """Return each basis with the years it covers, in their order."""
    years: dict[str, list[str]] = {}
    for period, run, _ in columns:
        years.setdefault(run, []).append(period)
    found = []
    for run, held in years.items():
        span, name = held[0] if len(held) == 1 else f"{held[0]}–{held[-1]}", site.run(run)
        found.append(Text(f"{name.zh}：{span.replace('–', '—')}", f"{name.en}: {span}"))
    return found


def _sources(site: Site, found: Iterable[Observation]) -> list[dict[str, object]]:
    """Return each source with its years, the days it was known from, and its weakest grade."""
    by_source: dict[str, list[Observation]] = {}
    for o in found:
        by_source.setdefault(o.source, []).append(o)
    rows = []
    for source, items in by_source.items():
        years, days = sorted({o.period for o in items}), sorted({o.known_on for o in items})
        rows.append(
            {
                "source": site.study.data.source_words(source),
                "years": years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
                "days": str(days[0]) if len(days) == 1 else f"{days[0]}–{days[-1]}",
                "assumed": any(o.assumed for o in items),
                "confidence": weakest(tuple(o.confidence for o in items)),
                "figures": len(items),
                "order": (years[0], str(days[0]), source),
            }
        )
    return sorted(rows, key=lambda r: str(r["order"]))
