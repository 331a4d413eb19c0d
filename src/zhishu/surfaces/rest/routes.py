"""The REST routes: the contracts of the command line over HTTP."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from zhishu.errors import Problem, ZhishuError
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.study.coverage import coverage
from zhishu.study.explain import explain
from zhishu.study.places import regions_json
from zhishu.study.promises import promises_json
from zhishu.study.readings import readings_json
from zhishu.study.scores import scores_json
from zhishu.study.systems import systems_json
from zhishu.study.targets import targets_json
from zhishu.surfaces.excel.inputs import case_from_json
from zhishu.surfaces.excel.template import template
from zhishu.surfaces.web.known import Known
from zhishu.system.answer import run_system
from zhishu.system.describe import describe_system
from zhishu.terms import Text

On = Annotated[str | None, Query(description="as of this date, 2020-12-31")]
Level = Literal["province", "prefecture", "county"]
State = Literal["proven", "in_progress", "overdue", "missed", "no_report"]
MOST_BODY = 5_000_000


def rest(study: Study, known: Callable[[date], Known], today: Callable[[], date]) -> APIRouter:
    """Return the router of ``/api/v1``."""
    router = APIRouter(tags=["v1"])

    def day(on: str | None) -> date:
        if on is None:
            return today()
        try:
            return date.fromisoformat(on)
        except ValueError:
            what = Text(f"日期读不出：{on[:40]}", f"not a date: {on[:40]}")
            repair = Text("写作 2020-12-31", "write 2020-12-31")
            raise ZhishuError([Problem("date-unreadable", "on", what, repair)]) from None

    @router.get("/targets")
    def get_targets(on: On = None) -> JSONResponse:
        """Every target with its verdict as of a date."""
        return JSONResponse(targets_json(study, day(on)))

    @router.get("/coverage")
    def get_coverage() -> JSONResponse:
        """Sentences covered and systems by level."""
        return JSONResponse(coverage(study))

    @router.get("/systems")
    def get_systems() -> JSONResponse:
        """The catalogue with levels."""
        return JSONResponse(systems_json(study))

    @router.get("/systems/{system}")
    def get_system(system: str) -> JSONResponse:
        """The contract of a system as JSON Schema."""
        return JSONResponse(describe_system(study.pack.system(system)))

    @router.get("/systems/{system}/template.xlsx")
    def get_template(system: str) -> Response:
        """The Excel form of a system."""
        content = template(study.pack.system(system), study.pack.catalogue[system])
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = {"Content-Disposition": f'attachment; filename="{system}.xlsx"'}
        return Response(content, media_type=kind, headers=headers)

    @router.post("/systems/{system}/run")
    async def post_run(system: str, request: Request, on: On = None, seed: int = 0) -> JSONResponse:
        """Run a system on a JSON case; 200 answered (unknown too), 422 problems in the input."""
        declared = study.pack.system(system)
        body = await request.body()
        if len(body) > MOST_BODY:
            what = Text("请求超过 5 MB", "the request is over 5 MB")
            raise ZhishuError([Problem("input-too-large", "body", what, Text("分批提交", "send it in parts"))])
        answer = run_system(declared, case_from_json(body, "body"), day(on), COLUMNS, seed, study.data.regions)
        return JSONResponse(answer.to_json(), 200 if answer.ok else 422)

    @router.get("/why/{ref:path}")
    def get_why(ref: str, on: On = None) -> JSONResponse:
        """Why a number is what it is."""
        asked = day(on)
        return JSONResponse({**explain(study, ref, asked).to_json(), "on": asked.isoformat()})

    @router.get("/indicators/{indicator}")
    def get_indicator(
        indicator: str, on: On = None, level: Level | None = None, period: str | None = None
    ) -> JSONResponse:
        """Values of an indicator or a series."""
        return JSONResponse(readings_json(study, indicator, [], level, [period] if period else [], day(on)))

    @router.get("/promises")
    def get_promises(on: On = None, article: int | None = None, state: State | None = None) -> JSONResponse:
        """Every promise with its state."""
        asked = day(on)
        return JSONResponse(promises_json(study, asked, known(asked).states, article, state))

    @router.get("/schemes/{scheme}")
    def get_scheme(scheme: str, on: On = None, period: int | None = None, seed: int = 0) -> JSONResponse:
        """Scores of a scheme, with rank intervals drawn from a seed."""
        return JSONResponse(scores_json(study, scheme, day(on), period, seed))

    @router.get("/regions")
    def get_regions(on: On = None, name: str | None = None, level: Level | None = None) -> JSONResponse:
        """The regions in force on a date, and the lineage of their codes."""
        return JSONResponse(regions_json(study, name, level, day(on)))

    return router
