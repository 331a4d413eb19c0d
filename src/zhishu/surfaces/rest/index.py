"""An index from one table over HTTP: the JSON of ``zhishu index FILE --json``; nothing of the table is kept."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.index_asked import SCREEN, File, Further, View, answer, made
from zhishu.surfaces.indexed import LEAST, LEVEL, MOST_RUNS, MOST_WINSORISED, SHIFT, Asked
from zhishu.surfaces.rest.query import known_query
from zhishu.terms import Text

_FORM = "multipart/form-data"
# how problems call a table that comes without a name
NAMES = {
    "text/csv": "table.csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "table.xlsx",
}
PARTS = ("file", "confidence", "vintage")
"""The files of a form: the table, and tables of the same layout with the confidence or the other vintage of its cells."""
_BYTES = {"schema": {"type": "string", "format": "binary"}}
DESCRIBED: dict[str, object] = {
    "requestBody": {
        "required": True,
        "description": "a CSV or workbook: the first column names the units, every other is an indicator",
        "content": {
            **dict.fromkeys(NAMES, _BYTES),
            _FORM: {
                "schema": {
                    "type": "object",
                    "properties": {name: {"type": "string", "format": "binary"} for name in PARTS},
                    "required": ["file"],
                }
            },
        },
    }
}
"""The request for the OpenAPI document."""

Several = Annotated[Sequence[str], Query(description="may be repeated")]


def rest_index(aside: Aside) -> APIRouter:
    """Return the router of ``/api/v1/index``; ``aside`` is where it is computed."""
    router = APIRouter(tags=["v1"], dependencies=[Depends(known_query())])

    @router.post("/index", openapi_extra=DESCRIBED)
    async def post_index(
        request: Request,
        less: Several = (),
        group: Annotated[Sequence[str], Query(description="NAME=A,B; may be repeated")] = (),
        weight: Annotated[Sequence[str], Query(description="NAME=2; may be repeated")] = (),
        scale: str = "minmax",
        mean: str = "arithmetic",
        winsorise: Annotated[int | None, Query(ge=1, le=MOST_WINSORISED)] = None,
        least: Annotated[float, Query(ge=LEAST[0], le=LEAST[1])] = 1.0,
        shift: Annotated[float, Query(ge=SHIFT[0], le=SHIFT[1])] = 0.25,
        level: Annotated[float, Query(ge=LEVEL[0], le=LEVEL[1])] = 0.9,
        runs: Annotated[int, Query(ge=1, le=MOST_RUNS)] = 1000,
        seed: Annotated[int, Query(ge=0)] = 1,
        sensitivity: bool = False,
        weights_by: Annotated[str, Query(description="declared, importance, equal, entropy, critic, pca")] = "declared",
        year: Annotated[str, Query(description="the column of years: a row for each unit and year")] = "",
        fill: Annotated[str, Query(description="latest, linear, constant or linear_constant")] = "",
        screen: Annotated[float, Query(ge=SCREEN[0], le=SCREEN[1])] = 0.0,
        by: Annotated[str, Query(description="the column of groups of units")] = "",
        error: Annotated[Sequence[str], Query(description="COLUMN=3%, 0.5 or a class; may be repeated")] = (),
        classes: Annotated[Sequence[str], Query(alias="class", description="low=10%; may be repeated")] = (),
        of: Annotated[Sequence[str], Query(description="a unit whose sensitivity is told; may be repeated")] = (),
        vary: Annotated[Sequence[str], Query(description="treatment, scale, mean; may be repeated")] = (),
        leaving: bool = False,
        pairs: bool = False,
        chances: bool = False,
    ) -> JSONResponse:
        """An index from one table: ranks with intervals, or one of ``sensitivity`` (which choice moves ranks),
        ``leaving`` (whose leaving turns the order of others), ``pairs`` and ``chances`` (how likely pairs and ranks are)."""
        written = tuple(less), tuple(group), tuple(weight)
        asked = Asked(*written, scale, mean, winsorise, least, shift, level, runs, seed, weights_by)
        view = _view({"sensitivity": sensitivity, "leaving": leaving, "pairs": pairs, "chances": chances})
        files = await _tables(request)
        name, content = files["file"]
        others = {"confidence": files.get("confidence"), "vintage": files.get("vintage")}
        further = Further(
            view, year, fill, screen, by, tuple(error), tuple(classes), **others, units=tuple(of), vary=tuple(vary)
        )

        def answered() -> JSONResponse:
            return JSONResponse(answer(made(content, name, asked, further)))

        return await aside(answered)

    return router


def _view(asked: dict[View, bool]) -> View:
    """Return what is asked for. Raises ZhishuError ``index-option`` for more than one."""
    chosen = [view for view, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        what = Text(f"{'、'.join(chosen)} 只能要一个", f"{', '.join(chosen)}: ask for one of them")
        raise ZhishuError([Problem("index-option", chosen[1], what, Text("分开请求", "ask in two requests"))])
    return chosen[0] if chosen else "standings"


async def _tables(request: Request) -> dict[str, File]:
    """Return the tables of a request with their names. Raises ZhishuError ``index-body`` for what brings none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in NAMES:
        return {"file": (NAMES[kind], await request.body())}
    if kind != _FORM:
        raise ZhishuError([_wrong()])
    try:
        async with request.form(max_files=len(PARTS), max_fields=1) as form:
            parts = form.multi_items()
            found: dict[str, File] = {}
            for name, file in parts:
                if name not in PARTS or name in found or not isinstance(file, UploadFile):
                    raise ZhishuError([_wrong()])
                found[name] = (file.filename or NAMES["text/csv"])[-80:], await file.read()
            if "file" not in found:
                raise ZhishuError([_wrong()])
            return found
    except HTTPException:
        raise ZhishuError([_wrong()]) from None


def _wrong() -> Problem:
    what = Text(
        f"正文应为一张表：CSV、xlsx，或 {_FORM} 里名为 file 的文件（可加 confidence、vintage）",
        f"the body is one table: CSV, xlsx, or {_FORM} with a file named file (and confidence, vintage)",
    )
    repair = Text(f"Content-Type 写 {' 或 '.join(NAMES)}", f"set Content-Type to {' or '.join(NAMES)}")
    return Problem("index-body", "body", what, repair)
