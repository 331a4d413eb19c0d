"""Assessments over HTTP: the JSON of ``score``, ``compare``, ``sensitivity``, ``audit`` and ``reach``; no form is kept."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from zhishu.errors import Problem, ZhishuError
from zhishu.study.assessing import Round, assessment_of
from zhishu.study.assessing.around import audit_json, moved_json, reach_json
from zhishu.study.assessing.describe import assessment_json, assessments_json
from zhishu.study.assessing.tell import round_json
from zhishu.study.open import Study
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.assessed import (
    MOST_RUNS,
    Sureness,
    class_of,
    form_book,
    log_aim,
    reach_of,
    run_as,
    run_file,
    sures_of,
)
from zhishu.surfaces.rest.days import On, asked_day
from zhishu.surfaces.rest.query import known_query
from zhishu.terms import Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {XLSX: "form.xlsx", "application/json": "form.json"}
DESCRIBED: dict[str, object] = {
    "requestBody": {
        "required": True,
        "description": "the filled form of the assessment, as JSON or workbook",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _KINDS},
    }
}
"""The request for the OpenAPI document."""

Runs = Annotated[int, Query(ge=1, le=MOST_RUNS)]
Level = Annotated[float, Query(ge=0.01, le=0.99)]
Seed = Annotated[int, Query(ge=0)]
Class = Annotated[str, Query(alias="class")]


def rest_assess(study: Study, today: Callable[[], date], aside: Aside) -> APIRouter:
    """Return the router of ``/api/v1/assessments``; ``aside`` is where forms are computed."""
    router = APIRouter(tags=["v1"], dependencies=[Depends(known_query())])

    def day(on: str | None) -> date:
        return asked_day(on, today)

    @router.get("/assessments")
    def get_assessments() -> JSONResponse:
        """The assessments with their versions."""
        return JSONResponse(assessments_json(study))

    @router.get("/assessments/{assessment}")
    def get_assessment(assessment: str, on: On = None) -> JSONResponse:
        """The declaration of an assessment, and what is lacking of the real units."""
        return JSONResponse(assessment_json(study, assessment_of(study, assessment), day(on)))

    @router.get("/assessments/{assessment}/template.xlsx")
    async def get_form(assessment: str, specimen: bool = False, seed: Seed = 1) -> Response:
        """The Excel form, empty or filled with specimens (示例)."""
        content = await aside(form_book, study, assessment, seed if specimen else None)
        headers = {"Content-Disposition": f'attachment; filename="{assessment}.xlsx"'}
        return Response(content, media_type=XLSX, headers=headers)

    async def filled(request: Request, assessment: str, on: date, purpose: str | None) -> Round:
        content = await request.body()
        return await aside(run_file, study, assessment, content, _named(request), on, purpose)

    @router.post("/assessments/{assessment}/score", openapi_extra=DESCRIBED)
    async def post_score(
        assessment: str,
        request: Request,
        on: On = None,
        purpose: str | None = None,
        runs: Runs = 1000,
        level: Level = 0.9,
        seed: Seed = 0,
    ) -> JSONResponse:
        """Where every unit stands, with intervals, awards and money."""
        run = await filled(request, assessment, day(on), purpose)
        sures = await aside(sures_of, run, Sureness(runs, seed, level))
        return JSONResponse(round_json(run, sures))

    @router.post("/assessments/{assessment}/compare", openapi_extra=DESCRIBED)
    async def post_compare(
        assessment: str,
        request: Request,
        other: Annotated[str, Query(alias="with")],
        on: On = None,
        purpose: str | None = None,
    ) -> JSONResponse:
        """The same form by another version: who moved, and by which parts."""
        from zhishu.score.assess.compare import compare

        second = assessment_of(study, other)
        first = await filled(request, assessment, day(on), purpose)
        after = await aside(run_as, second, first)
        return JSONResponse(moved_json(first, after, compare(first.assessed, after.assessed)))

    @router.post("/assessments/{assessment}/audit", openapi_extra=DESCRIBED)
    async def post_audit(
        assessment: str, request: Request, on: On = None, purpose: str | None = None, leaving: bool = False
    ) -> JSONResponse:
        """What weakens the assessment, by its declaration and its figures; with ``leaving`` whose order changes."""
        run = await filled(request, assessment, day(on), purpose)
        return JSONResponse(await aside(audit_json, run, leaving))

    @router.post("/assessments/{assessment}/sensitivity", openapi_extra=DESCRIBED)
    async def post_sensitivity(
        assessment: str,
        request: Request,
        group: Class,
        on: On = None,
        purpose: str | None = None,
        pairs: bool = False,
        shares: bool = False,
        runs: Runs = 1000,
        level: Level = 0.9,
        seed: Seed = 1,
    ) -> JSONResponse:
        """Chances of ranks of one class, or of pairs, or what moves its ranks."""
        from zhishu.study.assessing.sureness import chances_json, pairs_json, shares_json

        run = await filled(request, assessment, day(on), purpose)

        def told() -> dict[str, object]:
            if shares:
                return shares_json(run, group, level, seed)
            sure = class_of(run, group, Sureness(runs, seed, level))
            return pairs_json(sure) if pairs else chances_json(sure)

        return JSONResponse({"schema": 1, "id": assessment, "class": group, **await aside(told)})

    @router.post("/assessments/{assessment}/reach", openapi_extra=DESCRIBED)
    async def post_reach(
        assessment: str,
        request: Request,
        unit: str,
        total: float | None = None,
        rank: Annotated[int | None, Query(ge=1)] = None,
        on: On = None,
        purpose: str | None = None,
    ) -> JSONResponse:
        """What a unit would need for a total or a rank; the use is logged."""
        from zhishu.score.assess.reach import Aim

        if (total is None) == (rank is None):
            what = Text("给出 total 或 rank 之一", "give one of total and rank")
            raise ZhishuError([Problem("assessment-option", "query", what, Text("只留一个", "keep one"))])
        asked = day(on)
        aim = Aim(None if total is None else Fraction(str(total)), rank)
        run = await filled(request, assessment, asked, purpose)
        found = await aside(reach_of, run, unit, aim)
        log_aim(assessment, unit, aim, asked)
        return JSONResponse(reach_json(run, found, aim))

    return router


def _named(request: Request) -> str:
    """Return how problems call the body: by its content type, JSON unless it says otherwise."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return _KINDS.get(kind, "form.json")
