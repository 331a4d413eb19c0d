"""The first page: what was promised, what is proven, late and unknown, and what the figures cannot say."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.pack.target import Target
from zhishu.study.missing import missing_figures
from zhishu.study.promises import promise_counts
from zhishu.surfaces.web.charts import bar, choropleth, dot_strip
from zhishu.surfaces.web.charts.model import MAIN, PHONE, SIDE, WIDE, Column
from zhishu.surfaces.web.maps import linked, theme
from zhishu.surfaces.web.site import Site
from zhishu.terms import PROMISE_STATES, Text
from zhishu.units.said import figure_words
from zhishu.watch import REASONS, Judgement

ORDER = ("met", "missed", "far_behind", "behind", "on_track", "undecided")


def routes(site: Site) -> APIRouter:
    """Return the route of the overview."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/")
    def overview(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        known = site.known(visit.on)
        counts = promise_counts(known.states)
        total = sum(counts.values())
        columns = [
            Column(
                str(n),
                dict(Counter(known.states[p.id] for p in study.pack.articles[n].promises)),
                f"/articles/{n}?lang={visit.lang}&on={visit.on}",
            )
            for n in sorted(study.pack.articles)
        ]
        title = Text("一点一项承诺，按条款排列", "One mark, one promise, by article")
        summary = Text(f"共 {total} 项。", f"{total} in all.")
        scale = 1.25 if visit.elder else 1.0
        dots, dots_paper, dots_narrow = (
            dot_strip(columns, visit.lang, size.at(scale), title, summary) for size in (WIDE, MAIN, PHONE)
        )
        judged = sorted(
            known.targets.values(), key=lambda tj: (ORDER.index(tj[1].verdict), tj[1].reason == "no_figures")
        )
        shown = [tj for tj in judged if tj[1].reason != "no_figures"]
        rest = [tj for tj in judged if tj[1].reason == "no_figures"]
        themes = study.pack.header.themes
        asked = request.query_params.get("theme", "")
        chosen = theme(study, asked if asked in themes else next(iter(themes)), visit.on, known.grid)
        map_title = Text(f"{chosen.name.zh}，{chosen.year} 年", f"{chosen.name.en}, {chosen.year}")
        unknown = sum(not r.known for r in chosen.readings)
        places = len(chosen.readings)
        map_said = Text(
            f"{places} 个市州中 {places - unknown} 个有数。" + ("" if not unknown else f"{unknown} 个无数，画斜线。"),
            f"{places - unknown} of {places} prefectures have a figure."
            + ("" if not unknown else f" {unknown} unknown, hatched."),
        )
        regions = linked(chosen.regions, visit.lang, visit.on)
        drawing, drawing_narrow = (
            choropleth(site.boundaries, regions, chosen.classes, visit.lang, size.at(scale), map_title, map_said)
            for size in (SIDE, PHONE)
        )
        numbers = {at.split(".")[0] for at in study.pack.index.ids()}
        reasons = Counter(j.reason for _, j in judged if j.verdict == "undecided")
        return site.page(
            visit,
            "overview.html",
            "overview",
            Text("总览", "Overview"),
            counts=counts,
            total=total,
            dots=dots,
            dots_narrow=dots_narrow,
            dots_paper=dots_paper,
            legend=[
                (f"dot_{s}", Text(f"{PROMISE_STATES[s].zh} {n}", f"{PROMISE_STATES[s].en} {n}"))
                for s, n in counts.items()
                if n
            ],
            known_due={t.key: _known_due(t, j) for t, j in shown},
            rest_cites=Counter(t.cite.at for t, _ in rest),
            judged=judged,
            shown=shown,
            rest=rest,
            verdicts=known.counts(),
            themes=[(words, {"theme": name}) for name, words in themes.items()],
            theme_index=list(themes).index(chosen.indicator),
            theme=chosen,
            map=drawing,
            map_narrow=drawing_narrow,
            map_title=map_title,
            map_said=map_said,
            reasons=[
                (REASONS[r], n, bar(n, reasons.most_common(1)[0][1], visit.lang, REASONS[r], unknown=True))
                for r, n in reasons.most_common()
            ],
            missing=[(t, j, missing_figures(study, t)) for t, j in judged],
            articles=len(numbers),
            sentences=len(study.pack.index.entries),
            uncovered=len(numbers) - len(study.pack.articles),
        )

    return router


def _known_due(target: Target, j: Judgement) -> Text:
    """Return what is known beside what is due: figures where there are figures, a dash where there is none."""
    if target.value is None:
        return Text("—", "—")
    # a halving declares the share that may be left, not an amount
    due = Text("减半", "halved") if target.path == "halving" else figure_words(target.value, target.unit)
    if j.value is None:
        return Text(f"— / {due.zh}", f"— / {due.en}")
    known = figure_words(j.value, target.unit)
    bound = "≥" if j.lower_bound else ""
    zh, en = (
        f"{bound}{k.removesuffix(d.lstrip('0123456789.,'))} / {d}" for k, d in ((known.zh, due.zh), (known.en, due.en))
    )
    return Text(zh, en)
