"""An index from one table over HTTP: the JSON of ``zhishu index FILE --json``; nothing of the table is kept."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.indexed import (
    LEAST,
    LEVEL,
    MOST_RUNS,
    MOST_WINSORISED,
    SHIFT,
    Asked,
    sensitivity_json,
    standings_json,
)
from zhishu.surfaces.rest.query import known_query
from zhishu.terms import Text

_FORM = "multipart/form-data"
# how problems call a table that comes without a name
NAMES = {
    "text/csv": "table.csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "table.xlsx",
}
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
                    "properties": {"file": {"type": "string", "format": "binary"}},
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
    ) -> JSONResponse:
        """An index from one table: ranks with intervals, or with ``sensitivity`` which choice moves ranks."""
        written = tuple(less), tuple(group), tuple(weight)
        asked = Asked(*written, scale, mean, winsorise, least, shift, level, runs, seed, weights_by)
        content, name = await _table(request)

        def answer() -> JSONResponse:
            index = asked.index(content, name)
            return JSONResponse(sensitivity_json(index, asked) if sensitivity else standings_json(index, asked))

        return await aside(answer)

    return router


async def _table(request: Request) -> tuple[bytes, str]:
    """Return the table of a request and its name. Raises ZhishuError ``index-body`` for what brings none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in NAMES:
        return await request.body(), NAMES[kind]
    if kind != _FORM:
        raise ZhishuError([_wrong()])
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if len(form) != 1 or not isinstance(file, UploadFile):
                raise ZhishuError([_wrong()])
            return await file.read(), (file.filename or NAMES["text/csv"])[-80:]
    except HTTPException:
        raise ZhishuError([_wrong()]) from None


def _wrong() -> Problem:
    what = Text(
        f"正文应为一张表：CSV、xlsx，或 {_FORM} 里一个名为 file 的文件",
        f"the body is one table: CSV, xlsx, or {_FORM} with one file named file",
    )
    repair = Text(f"Content-Type 写 {' 或 '.join(NAMES)}", f"set Content-Type to {' or '.join(NAMES)}")
    return Problem("index-body", "body", what, repair)
