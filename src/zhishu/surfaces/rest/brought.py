"""What a request brings to an act: a JSON object of texts, or a form of several parts where files come with it."""

import json
from collections.abc import Mapping

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from zhishu.errors import Problem, ZhishuError
from zhishu.office import Upload
from zhishu.office.wish import MOST_BYTES, MOST_FILES
from zhishu.surfaces.body import MOST_BODY
from zhishu.terms import Text

MOST_PARTS = 200
_FORM = "multipart/form-data"
Texts = Mapping[str, list[str]]
Files = Mapping[str, list[Upload]]

DESCRIBED: dict[str, object] = {
    "requestBody": {
        "description": (
            "The fields of the act's form, as `acts` of the subject lists them. Fields of type `files` take files, so "
            f"an act with evidence is sent as {_FORM}: a part for each text and each file under the field's id, "
            f"at most {MOST_FILES} files of {MOST_BYTES // 1024 // 1024} MB, none of them empty. The answer names each "
            "file's SHA-256 in `entry.body`."
        ),
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "additionalProperties": {
                        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
                    },
                }
            },
            _FORM: {
                "schema": {
                    "type": "object",
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                    "additionalProperties": {"type": "string"},
                }
            },
        },
    },
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "the version the act rests on, 0 for a new subject",
            "schema": {"type": "string", "examples": ['"3"']},
        }
    ],
}
"""The request of an act for the OpenAPI document."""


async def brought(request: Request) -> tuple[Texts, Files]:
    """Return texts and files of a request, by field. Raises ZhishuError ``act-body`` for what is neither kind of body.

    What a file may be is ruled on with the act, as for a page: nothing is kept of one that is refused.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
        return await _parts(request)
    return _texts(await request.body()), {}


async def _parts(request: Request) -> tuple[Texts, Files]:
    # one more than is taken, so that the act says how many are
    most = MOST_FILES + 1
    try:
        form = await request.form(max_files=most, max_fields=MOST_PARTS, max_part_size=MOST_BODY)
    except HTTPException:
        raise ZhishuError([_wrong()]) from None
    texts: dict[str, list[str]] = {}
    files: dict[str, list[Upload]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(Upload(value.filename or "", await value.read(MOST_BYTES + 1)))
        else:
            texts.setdefault(name, []).append(value)
    return texts, files


def _texts(body: bytes) -> Texts:
    try:
        data = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise ZhishuError([_wrong()]) from None
    if not isinstance(data, dict):
        raise ZhishuError([_wrong()])
    given: dict[str, list[str]] = {}
    for name, value in data.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(v, str) for v in values):
            raise ZhishuError([_wrong()])
        given[name] = list(values)
    return given


def _wrong() -> Problem:
    what = Text(
        f"正文应为 JSON 对象，值为文字或文字的列表；带文件的用 {_FORM}，至多 {MOST_FILES} 个文件",
        f"the body is a JSON object of texts or lists of texts, or {_FORM} with at most {MOST_FILES} files",
    )
    return Problem("act-body", "body", what, Text('例如 {"text": "…"}', 'such as {"text": "…"}'))
