"""The REST routes: the contracts of the command line over HTTP."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.study.coverage import coverage
from zhishu.study.explain import why_json
from zhishu.study.places import regions_json
from zhishu.study.promises import promises_json
from zhishu.study.readings import readings_json
from zhishu.study.scores import scores_json
from zhishu.study.systems import systems_json
from zhishu.study.targets import targets_json
from zhishu.study.warnings import Raised, raised_json
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.excel.inputs import case_from_bytes
from zhishu.surfaces.excel.template import template
from zhishu.surfaces.rest.days import On, asked_day
from zhishu.surfaces.rest.query import known_query
from zhishu.surfaces.web.known import Known
from zhishu.system.answer import run_system
from zhishu.system.describe import describe_system

Several = Annotated[Sequence[str], Query(description="may be repeated")]
Level = Literal["province", "prefecture", "county"]
State = Literal["proven", "in_progress", "overdue", "missed", "no_report"]
# the ending of a body's name by its content type; JSON where none of these is said
KINDS = {
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
}


def rest(
    study: Study,
    known: Callable[[date], Known],
    warned: Callable[[date], Sequence[Raised]],
    today: Callable[[], date],
    aside: Aside,
) -> APIRouter:
    """Return the router of ``/api/v1``; ``known`` and ``warned`` give what was known and warned of on a day, ``aside``
    is where long work is done."""
    router = APIRouter(tags=["v1"], dependencies=[Depends(known_query())])

    def day(on: str | None) -> date:
        return asked_day(on, today)

    @router.get("/targets")
    def get_targets(on: On = None) -> JSONResponse:
        """Every target with its verdict as of a date."""
        return JSONResponse(targets_json(study, day(on)))

    @router.get("/warnings")
    def get_warnings(on: On = None) -> JSONResponse:
        """Every warning that the figures known on a date open, closed ones too."""
        asked = day(on)
        return JSONResponse(raised_json(asked, warned(asked)))

    @router.get("/coverage")
    def get_coverage(on: On = None) -> JSONResponse:
        """Sentences covered and systems by level."""
        return JSONResponse(coverage(study, day(on)))

    @router.get("/systems")
    def get_systems(level: Annotated[int | None, Query(ge=0, le=4)] = None, article: int | None = None) -> JSONResponse:
        """The catalogue with levels."""
        return JSONResponse(systems_json(study, level, article))

    @router.get("/systems/{system}")
    def get_system(system: str, on: On = None) -> JSONResponse:
        """The contract of a system as JSON Schema."""
        return JSONResponse(describe_system(study.pack.system(system), day(on)))

    @router.get("/systems/{system}/template.xlsx")
    async def get_template(system: str) -> Response:
        """The Excel form of a system."""
        content = await aside(template, study.pack.system(system), study.pack.catalogue[system].name)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = {"Content-Disposition": f'attachment; filename="{system}.xlsx"'}
        return Response(content, media_type=kind, headers=headers)

    @router.post("/systems/{system}/run")
    async def post_run(
        system: str, request: Request, on: On = None, seed: int = 0, name: str | None = None
    ) -> JSONResponse:
        """Run a system on a case (JSON, CSV, xlsx, Parquet); 200 answered (unknown too), 422 problems in the input."""
        declared = study.pack.system(system)
        body = await request.body()
        asked = day(on)

        def run() -> JSONResponse:
            raw = case_from_bytes(body, name or _named(request), declared)
            answer = run_system(declared, raw, asked, COLUMNS, seed, study.data.regions, study.small)
            return JSONResponse(answer.to_json(), 200 if answer.ok else 422)

        return await aside(run)

    @router.get("/why/{ref:path}")
    def get_why(ref: str, on: On = None) -> JSONResponse:
        """Why a number is what it is."""
        return JSONResponse(why_json(study, ref, day(on)))

    @router.get("/indicators/{indicator}")
    def get_indicator(
        indicator: str, on: On = None, region: Several = (), level: Level | None = None, period: Several = ()
    ) -> JSONResponse:
        """Values of an indicator or a series; ``region`` and ``period`` may be repeated."""
        return JSONResponse(readings_json(study, indicator, region, level, period, day(on)))

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


def _named(request: Request) -> str:
    """Return a name for a body that comes without one, by its content type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return f"body.{KINDS.get(kind, 'json')}"
