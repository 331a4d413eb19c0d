"""Assessments: what one declares, what it lacks of the real units, and where everybody stands by a filled form."""

from collections.abc import Mapping
from fractions import Fraction

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.assessment import Assessment
from zhishu.score.assess.sure import ClassSure
from zhishu.score.audit_look import SEVERITIES
from zhishu.score.kinds import KINDS
from zhishu.study.assessing import Round, assessment_of
from zhishu.study.assessing.around import leaving_words, leavings
from zhishu.study.assessing.lacks import lacks, no_class
from zhishu.study.assessing.tell import round_json
from zhishu.study.assessing.told import told
from zhishu.surfaces.assessed import Sureness, form_book, run_file, sures_of
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.surfaces.web.standing import prize, shown_classes
from zhishu.terms import Language, Text
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
        specimen = bool(form.get("specimen"))
        try:
            if specimen:
                content, called = await site.aside(form_book, study, name, 1), f"{name}.xlsx"
            elif isinstance(file, UploadFile) and file.filename:
                content, called = await file.read(), file.filename
            else:
                what = Text("没有选文件", "no file was chosen")
                raise ZhishuError([Problem("round-file", "file", what, Text("选填好的表样", "choose the filled form"))])
            done = await site.aside(run_file, study, name, content, called, visit.on, purpose)
            sures = await site.aside(sures_of, done, Sureness())
            letters = 1.25 if visit.elder else 1.0
            page = await site.aside(_result, done, sures, bool(form.get("leaving")), visit.lang, letters)
        except ZhishuError as error:
            return _declared(site, visit, declared, error.problems, 422)
        title = Text(f"{declared.name.zh}：结果", f"{declared.name.en}: result")
        return site.page(visit, "assessed.html", "schemes", title, 200, declared=declared, specimen=specimen, **page)

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
        rounds=[r for r in site.rounds(visit.on) if r.assessment == declared.id],
        groups_head=[(g.name, "num") for g in declared.groups.values()],
        said=_said,
        by={a.id: a.name for a in declared.aspects} | {i.id: i.name for i in declared.indicators()},
        figure_words=figure_words,
    )


def _said(value: Fraction) -> str:
    return f"{float(value):g}"


def _result(
    run: Round, sures: Mapping[str, ClassSure], with_leaving: bool, lang: Language, letters: float
) -> dict[str, object]:
    """Return what the page of a result shows: classes with their rows, scales, money, findings, whose leaving matters."""
    from zhishu.score.assess.audit import CODES, audit

    declared = run.assessment
    result = told(round_json(run, sures))
    found = [
        (SEVERITIES[f.severity], CODES[f.code], f.says, f.severity)
        for f in audit(declared, run.facts, run.assessed)
        if f.code != "justified"
    ]
    return {
        "result": result,
        "prize": prize,
        "classes": shown_classes(result, declared, lang, letters),
        "warnings": [f for f in found if f[3] == "warning"],
        "others": [f for f in found if f[3] != "warning"],
        "leaving": [leaving_words(declared, x) for x in leavings(run)] if with_leaving else [],
        "count": len(result.units),
    }
