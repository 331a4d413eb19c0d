"""Rule books over HTTP: the books, the contract of one, and the opinion on a case; nothing of the case is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.study.judging import judge_one, ready, told
from zhishu.study.open import Study
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.facts import json_of, nested
from zhishu.surfaces.register.supply import Asked, Sent, own_of
from zhishu.surfaces.rest import many, own
from zhishu.surfaces.rest.days import On, asked_day
from zhishu.surfaces.rest.query import known_query
from zhishu.system.books.contract import book_json, books_json
from zhishu.system.books.layers import fit_layers
from zhishu.terms import Text

KEYS = ("on", "facts", "parameters", *own.KEYS)
Settings = Annotated[
    Sequence[str],
    Query(alias="set", description="a parameter in place of that in force, name=value; may be repeated"),
]
_SCALAR = {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}, {"type": "null"}]}
DESCRIBED: dict[str, object] = {
    "requestBody": {
        "required": True,
        "description": (
            "a case: the facts known, by field (a number in the field's unit, or with a unit of its own such as "
            "`800 米`); null and what is left out are unknown. `on` is the day asked, today if left out; `parameters` "
            "stand in place of those in force, `lists` and `layers` in place of the book's; the answer names them in "
            "`supplied`. A request has at most 5 MB, a list 50,000 entries"
        ),
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "on": {"type": "string", "format": "date"},
                        "facts": {"type": "object", "additionalProperties": _SCALAR},
                        "parameters": {"type": "object", "additionalProperties": _SCALAR},
                        **own.SCHEMA,
                    },
                    "required": ["facts"],
                    "additionalProperties": False,
                }
            }
        },
    }
}
"""The request for the OpenAPI document."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A case as it came: the day as written or none, facts and parameters by name, lists and layers of its own."""

    on: str | None
    facts: Mapping[str, object]
    parameters: Mapping[str, object]
    own: Sequence[Sent] = ()


def rest_rules(study: Study, today: Callable[[], date], aside: Aside) -> APIRouter:
    """Return the router of ``/api/v1/rules``; ``aside`` is where cases are judged."""
    router = APIRouter(tags=["v1"], dependencies=[Depends(known_query())])

    @router.get("/rules")
    def get_rules() -> JSONResponse:
        """The rule books with what they judge."""
        return JSONResponse(books_json(study.pack.books.values()))

    @router.get("/rules/{book}")
    def get_book(book: str, on: On = None) -> JSONResponse:
        """The contract of a rule book: fields, parameters, lists, rules, outcomes."""
        return JSONResponse(book_json(study.pack.book(book), asked_day(on, today)))

    @router.post("/rules/{book}/judge", openapi_extra=DESCRIBED)
    async def post_judge(book: str, request: Request) -> JSONResponse:
        """The opinion on a case; 200 answered (undetermined too), 422 problems in the case."""
        declared = study.pack.book(book)
        brought = brought_by(await request.body())
        on = asked_day(brought.on, today)

        def judged() -> JSONResponse:
            try:
                held = own_of(Asked(declared, study.data.regions, on), brought.own)
                rules = ready(declared, on, brought.parameters, held.lists)
                fitted = fit_layers(rules, held.layers)
                case, opinion = judge_one(study, rules, brought.facts, "facts", fitted)
            except ZhishuError as error:
                # a name the case does not know is a fault of the case, not an address that is not there
                return JSONResponse({"schema": 1, "problems": [p.to_json() for p in error.problems]}, 422)
            return JSONResponse(told(rules, case, opinion, held.used))

        return await aside(judged)

    @router.post("/rules/{book}/judge-many", openapi_extra=many.DESCRIBED, response_class=Response)
    async def post_judge_many(book: str, request: Request, on: On = None, settings: Settings = ()) -> Response:
        """Opinions on many cases, one a line in and out; a wrong line is answered by its problems, the rest is judged."""
        declared, asked, given = study.pack.book(book), asked_day(on, today), many.settings_in(settings)
        body = await many.lines_in(request)

        def opened() -> many.Opened:
            line, sent = many.opening(body)
            held = own_of(Asked(declared, study.data.regions, asked), sent)
            rules = ready(declared, asked, given, held.lists)
            words = RegionWords(study.data.regions, asked)
            return many.Opened(rules, words, fit_layers(rules, held.layers), held.used, line)

        try:
            ready_ = await aside(opened)
        except ZhishuError as error:
            return JSONResponse({"schema": 1, "problems": [p.to_json() for p in error.problems]}, 422)
        return StreamingResponse(many.answered(study, ready_, body, aside), media_type=many.NDJSON)

    return router


def brought_by(content: bytes) -> Brought:
    """Return the case of a request's body. Raises ZhishuError ``input-json``, ``input-key-twice`` and ``input-shape``.

    >>> brought_by(b'{"facts": {"kind": "park", "distance": 0.8}}').facts
    {'kind': 'park', 'distance': 0.8}
    """
    data = json_of(content, "body")
    if not isinstance(data, dict) or set(data) - set(KEYS) or not isinstance(data.get("facts"), dict):
        raise ZhishuError([_shape("body")])
    on, facts, parameters = data.get("on"), data["facts"], data.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise ZhishuError([_shape("parameters")])
    sent, wrong = own.sent_in(data)
    wrong += [] if on is None or isinstance(on, str) else [_shape("on")]
    for place, given in (("facts", facts), ("parameters", parameters)):
        wrong += [_shape(where) for where in nested(given, place)]
    if wrong:
        raise ZhishuError(wrong)
    return Brought(on, facts, parameters, sent)


def _shape(where: str) -> Problem:
    shape = '{"on": "2022-12-31", "facts": {…}, "parameters": {…}, "lists": {…}, "layers": {…}}'
    what = Text(
        f"应为 {shape}，值为文字、数、是否或 null",
        f"it should be {shape}, the values texts, numbers, true, false or null",
    )
    return Problem("input-shape", where[:80], what, Text("见 /api/v1/rules", "see /api/v1/rules"))
