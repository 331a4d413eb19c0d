"""The targets: the list, and one target with its trajectory, readings, vintages and replay by date."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.tree import names
from zhishu.pack.target import Target
from zhishu.study.figures import evidence
from zhishu.study.forecasts import scored, target_forecast
from zhishu.study.missing import missing_figures
from zhishu.study.targets import robustness
from zhishu.surfaces.web.breaks import breaks_of, revised
from zhishu.surfaces.web.charts import bands, drawings, series_chart
from zhishu.surfaces.web.charts import model as draw
from zhishu.surfaces.web.known import Known
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.pages.overview import ORDER
from zhishu.surfaces.web.site import Site
from zhishu.terms import VERDICTS, Text
from zhishu.units import parse_unit
from zhishu.units.said import figure_words, span_words
from zhishu.units.words import unit_words
from zhishu.watch import Judgement
from zhishu.watch.forecast import Forecast
from zhishu.watch.points import runs
from zhishu.watch.replay import Replayed
from zhishu.watch.say import points_unit
from zhishu.watch.sturdy import PROPOSAL as REVISION

REPLAY = (date(2018, 12, 31), date(2020, 12, 31))


def routes(site: Site) -> APIRouter:
    """Return the routes of the targets."""
    router = APIRouter(include_in_schema=False)

    @router.get("/targets")
    def targets(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        judged = sorted(
            known.targets.values(), key=lambda tj: (ORDER.index(tj[1].verdict), tj[1].reason == "no_figures")
        )
        title = Text(f"{len(judged)} 个目标的判定", f"Verdicts on {len(judged)} targets")
        return site.page(visit, "targets.html", "targets", title, judged=judged, verdicts=known.counts())

    @router.get("/targets/{key:path}")
    def target(request: Request, key: str) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        if key not in known.targets:
            what = Text(f"没有目标 {key}", f"there is no target {key}")
            raise ZhishuError([Problem("target-unknown", key, what, did_you_mean(key, known.targets))])
        item, j = known.targets[key]
        scale = 1.25 if visit.elder else 1.0
        picture = _series(site, item, j, known)
        robust = robustness(site.study, item, j, known.grid, visit.on)
        days = sorted({*REPLAY, visit.on})
        turned_out = scored([(d, site.known(d).targets[key][1]) for d in days if d < visit.on], j)
        replays = [_replay(site, item, day, visit, scale, turned_out.get(day)) for day in days]
        return site.page(
            visit,
            "target.html",
            "targets",
            item.name,
            target=item,
            j=j,
            **drawings(picture, visit.lang, scale),
            replays=replays,
            calibration=[c.say() for c in site.calibration(visit.on)] if item.path == "level" and item.by else [],
            bands=_bands(item, j, visit, draw.HALF.at(scale)),
            bands_narrow=_bands(item, j, visit, draw.PHONE.at(scale)),
            vintages=_vintages(site, item, known),
            series=site.study.data.series,
            indicators=site.study.pack.indicators,
            system_name=site.study.pack.catalogue[item.system].name,
            missing=missing_figures(site.study, item),
            shown=_shown(item, j),
            robust=robust.rows() if robust else (),
            revision=REVISION,
            sentence=None,
            promises=[p for p in site.study.pack.promises() if p.measured_by == ("target", key)],
        )

    return router


def _replay(
    site: Site, item: Target, day: date, visit: Visit, scale: float, outcome: Replayed | None
) -> dict[str, object]:
    """Return what a target looked like on a day: verdict, drawing, forecast, and how the verdict turned out."""
    then = site.known(day)
    judged = then.targets[item.key][1]
    drawn = _series(site, item, judged, then)
    made = target_forecast(site.study, item, site.known(day).grid, day)
    return {
        "day": day.isoformat(),
        "j": judged,
        "drawing": series_chart(drawn, visit.lang, draw.THIRD.at(scale)) if drawn else None,
        "forecast": made.say(item.unit) if isinstance(made, Forecast) else None,
        "outcome": outcome.say() if outcome is not None and outcome.score != "open" else None,
    }


def _shown(target: Target, j: Judgement) -> dict[str, Text | None]:
    unit = target.unit
    return {
        "value": figure_words(j.value, unit) if j.value is not None else None,
        "spread": _spread(j, unit),
        "goal": figure_words(target.value, unit) if target.value is not None else None,
        "gap": figure_words(abs(j.gap), points_unit(unit)) if j.gap is not None else None,
        "pace": figure_words(j.pace, points_unit(unit)) if j.pace is not None else None,
        "required": figure_words(j.required, points_unit(unit)) if j.required is not None else None,
        "switch": figure_words(j.band_switch, points_unit(unit)) if j.band_switch is not None else None,
        "within": figure_words(target.within, points_unit(unit)) if target.within is not None else None,
    }


def _spread(j: Judgement, unit: str) -> Text | None:
    """Return what sources that differ say of the year shown; the verdict counts the lowest."""
    shown = [p for p in j.points if str(p.year) == j.period]
    values = {p.value for p in shown if p.run == shown[0].run}
    if j.value is None or len(values) < 2 or min(values) != j.value:
        return None
    words = span_words(min(values), max(values), unit)
    return Text(f"来源不一致：{words.zh}，按低的计", f"sources differ, {words.en}; the lowest counts")


def _series(site: Site, target: Target, j: Judgement, known: Known) -> draw.Series | None:
    """Return the drawing of a target's own series, each comparable run for itself."""
    own = [*target.series, *([target.stock] if target.stock else []), *target.flows, *(t.series for t in target.parts)]
    factor = float(parse_unit(target.unit).factor)
    points: list[draw.Point] = []
    taken: set[tuple[float, str]] = set()
    found = evidence(site.study, target, known.grid)
    for name in dict.fromkeys(own):
        # of sources that differ the lowest is drawn, as the verdict counts it
        for p in (p for run in runs(found.points(name)).values() for p in run):
            if (p.year, p.run) not in taken:
                taken.add((p.year, p.run))
                points.append(draw.Point(p.year, float(p.value) / factor, p.run, p.confidence, revised(p.run, p.year)))
    if not points:
        return None
    points.sort(key=lambda p: (p.x, p.run))
    order = list(dict.fromkeys(p.run for p in points))
    goal = None
    if target.value is not None and target.by is not None and target.path in ("level", "parts"):
        low = float(j.low) / factor if j.low is not None and target.within else None
        words = figure_words(target.value, target.unit)
        goal = draw.Target(
            target.by.year,
            float(target.value) / factor,
            Text(f"目标 {words.zh}", f"target {words.en}"),
            low=low,
            high=float(target.value + target.within) / factor if target.within else None,
            since=target.since.year,
            verdict=j.verdict,
        )
    return draw.Series(
        target.name,
        j.say,
        tuple(points),
        runs={run: site.run(run) for run in order},
        breaks=breaks_of(points),
        target=goal,
        unit=target.unit,
        decimals=_decimals(points),
    )


def _decimals(points: list[draw.Point]) -> int:
    """Return the fewest decimals, two at most, that show every point as the sentence does."""
    return next((d for d in (0, 1) if all(abs(p.y - round(p.y, d)) < 0.005 for p in points)), 2)


def _bands(target: Target, j: Judgement, visit: Visit, size: draw.Size) -> str | None:
    if not j.band_verdicts or target.unit != "%":
        return None
    marks = tuple(
        draw.Mark(float(w) * 100, Text(f"±{float(w) * 100:g}", f"±{float(w) * 100:g}"), v, adopted=w == target.within)
        for w, v in j.band_verdicts
    )
    switch = float(j.band_switch) * 100 if j.band_switch is not None and j.verdict == "missed" else None
    label = Text(f"±{switch:.2f} 起变为达成", f"met from ±{switch:.2f}") if switch is not None else None
    title = Text("“左右”读多宽，判定变不变", "How wide 左右 is read, and whether the verdict changes")
    said = Text(
        "，".join(f"±{float(w) * 100:g} {VERDICTS[v].zh}" for w, v in j.band_verdicts),
        ", ".join(f"±{float(w) * 100:g} {VERDICTS[v].en}" for w, v in j.band_verdicts),
    )
    return bands(draw.Bands(title, said, marks, switch, label), visit.lang, size)


def _vintages(site: Site, target: Target, known: Known) -> list[dict[str, object]]:
    """Return every observation of the series a target reads, oldest first."""
    rows: list[dict[str, object]] = []
    data = site.study.data
    indicators = site.study.pack.indicators
    for name in target.names():
        for series in sorted(names(indicators[name].node)) if name in indicators else [name]:
            rows += [
                {
                    "o": o,
                    "name": data.series[series].name,
                    "value": figure_words(o.value, "", 4).zh,
                    "unit": unit_words(o.unit),
                    "run": site.run(o.run),
                    "source": data.source_words(o.source),
                    "note": data.note_words(o.note),
                }
                for o in known.grid.panel.points(series, target.region)
            ]
    return rows
