"""Assessments: what one declares, what it lacks of the real units, and where everybody stands by a filled form."""

from collections.abc import Mapping
from fractions import Fraction

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import Standing
from zhishu.score.assess.sure import ClassSure
from zhishu.score.audit_look import SEVERITIES
from zhishu.score.kinds import KINDS
from zhishu.study.assessing import Round, assessment_of
from zhishu.study.assessing.around import leaving_words, leavings
from zhishu.study.assessing.lacks import lacks, no_class
from zhishu.study.assessing.tell import award_words, money_json, notes_of, shown
from zhishu.surfaces.assessed import Sureness, form_book, run_file, sures_of
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text
from zhishu.units.said import figure_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(site: Site) -> APIRouter:
    """Return the routes of the assessments."""
    router = APIRouter(include_in_schema=False)
    study = site.study

    @router.get("/assessments")
    def assessments(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        every = list(study.pack.assessments.values())
        title = Text(f"{len(every)} 个考核方案", f"{len(every)} assessments")
        return site.page(visit, "assessments.html", "schemes", title, every=every)

    @router.get("/assessments/{name}")
    def assessment(request: Request, name: str) -> HTMLResponse:
        return _declared(site, site.visit(request), assessment_of(study, name), ())

    @router.get("/assessments/{name}/template.xlsx")
    async def form(request: Request, name: str) -> Response:
        seed = 1 if request.query_params.get("specimen") else None
        content = await site.aside(form_book, study, name, seed)
        headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
        return Response(content, media_type=XLSX, headers=headers)

    @router.post("/assessments/{name}")
    async def run(request: Request, name: str) -> HTMLResponse:
        visit = site.visit(request)
        declared = assessment_of(study, name)
        form = await request.form(max_files=1, max_fields=20)
        file = form.get("file")
        purpose = str(form.get("purpose", "")) or None
        try:
            if form.get("specimen"):
                content, called = await site.aside(form_book, study, name, 1), f"{name}.xlsx"
            elif isinstance(file, UploadFile) and file.filename:
                content, called = await file.read(), file.filename
            else:
                what = Text("没有选文件", "no file was chosen")
                raise ZhishuError([Problem("round-file", "file", what, Text("选填好的表样", "choose the filled form"))])
            done = await site.aside(run_file, study, name, content, called, visit.on, purpose)
            sures = await site.aside(sures_of, done, Sureness())
            page = await site.aside(_result, done, sures, bool(form.get("leaving")))
        except ZhishuError as error:
            return _declared(site, visit, declared, error.problems, 422)
        title = Text(f"{declared.name.zh}：结果", f"{declared.name.en}: result")
        return site.page(visit, "assessed.html", "schemes", title, 200, declared=declared, **page)

    return router


def _declared(
    site: Site, visit: Visit, declared: Assessment, problems: tuple[Problem, ...], status: int = 200
) -> HTMLResponse:
    title = declared.name
    return site.page(
        visit,
        "assessment.html",
        "schemes",
        Text(f"出错：{title.zh}", f"Error: {title.en}") if problems else title,
        status,
        declared=declared,
        heading=title,
        problems=problems,
        kinds={k: v.title for k, v in KINDS.items()},
        weights=[
            {
                "aspect": aspect,
                "sums": [aspect.weight(g) for g in declared.groups],
                "indicators": [(i, [i.at(g) for g in declared.groups]) for i in aspect.indicators],
            }
            for aspect in declared.aspects
        ],
        lacks=lacks(site.study, declared, visit.on),
        no_class=no_class(declared),
        groups_head=[(g.name, "num") for g in declared.groups.values()],
        said=_said,
    )


def _said(value: Fraction) -> str:
    return f"{float(value):g}"


def _result(run: Round, sures: Mapping[str, ClassSure], with_leaving: bool) -> dict[str, object]:
    """Return what the page of a result shows: classes with their rows, scales, money, findings, whose leaving matters."""
    from zhishu.score.assess.audit import CODES, audit

    declared = run.assessment
    units = {i.id: i for i in declared.indicators()}
    found = audit(declared, run.facts, run.assessed)
    return {
        "classes": [
            {
                "group": declared.groups.get(group or ""),
                "state": run.assessed.classes.get(group or ""),
                "rows": [_row(run, s, sures.get(group or "")) for s in _ordered(run, group)],
                "varies": sures[group].says if group is not None and group in sures else None,
                "spans": [
                    {
                        "name": units[name].name,
                        "low": figure_words(span.low, units[name].unit),
                        "low_unit": span.low_unit,
                        "high": figure_words(span.high, units[name].unit),
                        "high_unit": span.high_unit,
                    }
                    for name, span in run.assessed.spans.get(group or "", {}).items()
                    if span is not None
                ],
            }
            for group in [*declared.groups, None]
            if _ordered(run, group)
        ],
        "aspects": [a.name for a in declared.aspects],
        "names": {i.id: i.name for i in declared.indicators()},
        "money": money_json(run.assessed.purses),
        "purses": [(award, [p for p in run.assessed.purses if p.award == award.id]) for award in declared.awards],
        "findings": [
            (SEVERITIES[f.severity], CODES[f.code], f.says, f.severity) for f in found if f.code != "justified"
        ],
        "warned": sum(f.severity == "warning" for f in found),
        "leaving": [leaving_words(declared, x) for x in leavings(run)] if with_leaving else [],
        "count": len(run.assessed.standings),
        "on_day": run.on,
    }


def _ordered(run: Round, group: str | None) -> list[Standing]:
    groups = run.assessment.groups
    inside = [s for s in run.assessed.standings if (s.entry.group if s.entry.group in groups else None) == group]
    return sorted(inside, key=lambda s: (s.rank is None, s.rank or 0, s.unit))


def _row(run: Round, s: Standing, sure: ClassSure | None) -> dict[str, object]:
    declared = run.assessment
    ranks = sure.ranks() if sure is not None else {}
    span = ranks.get(s.unit)
    if s.rank is None and s.place is not None:
        span = (s.place.best, s.place.worst)
    grade = s.grade.name if s.grade is not None and not isinstance(s.grade, Unknown) else None
    aspects = {a.aspect: a for a in s.points.aspects} if s.points else {}
    return {
        "unit": s.unit,
        "rank": s.rank,
        "ranks": None if span is None else f"{span[0]}–{span[1]}" if span[0] != span[1] else f"{span[0]}",
        "total": shown(s.total) if s.whole and s.whole.total.known else None,
        "bounds": None
        if s.whole is None or s.whole.total.known
        else f"{float(s.whole.total.low):.2f}–{float(s.whole.total.high):.2f}",
        "grade": grade,
        "award": award_words(declared, s),
        "won": s.given.award is not None,
        "open": bool(s.given.open),
        "notes": notes_of(declared, s),
        "aspects": [shown(aspects[a.id].contribution) if a.id in aspects else None for a in declared.aspects],
        "parts": [
            {
                "id": p.indicator,
                "points": shown(p.points.value),
                "weight": _said(p.weight),
                "brings": shown(p.contribution),
            }
            for p in (s.points.parts if s.points else ())
        ],
        "beside": [
            (words, shown(v.value))
            for words, v in (
                (Text("加分", "bonus"), s.whole.bonus),
                (Text("扣分", "deducted"), s.whole.deducted),
                (Text("容错退回", "given back"), s.whole.restored),
            )
            if v.high
        ]
        if s.whole
        else [],
    }
