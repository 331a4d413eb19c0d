"""Many cases in one request: one a line, each answered in its own line; a wrong line says what is wrong with it."""

import io
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import islice

from fastapi import Request

from zhishu.errors import Problem, ZhishuError
from zhishu.judge.ruleset import RuleSet
from zhishu.study.judging import judge_one, told
from zhishu.study.open import Study
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.rest.facts import json_of, nested
from zhishu.terms import Text

GROUP = 32
"""Lines judged in one go, so that other long work has its turn between them and an answer begins to come at once."""
NDJSON = "application/x-ndjson"
KINDS = (NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines")
KEYS = ("id", "facts")
_MARK = b"\xef\xbb\xbf"
_SCALAR = {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}, {"type": "null"}]}
DESCRIBED: dict[str, object] = {
    "requestBody": {
        "required": True,
        "description": (
            "cases as lines of JSON, one object a line, blank lines passed over. `facts` as of a single case; `id` is "
            "yours and comes back, and stands for the key of the book where `facts` does not give it. Day and parameters "
            "hold for all lines and stand in the address"
        ),
        "content": {
            NDJSON: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "id": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
                        "facts": {"type": "object", "additionalProperties": _SCALAR},
                    },
                    "required": ["facts"],
                    "additionalProperties": False,
                }
            }
        },
    },
    "responses": {
        "200": {
            "description": (
                "one line for each case, in the order of the cases: `line` (its number in the request, from 1), `id`, and "
                "the opinion of a single case, or else `problems`"
            ),
            "content": {
                NDJSON: {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "line": {"type": "integer"},
                            "id": {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
                            "schema": {"type": "integer"},
                            "problems": {"type": "array", "items": {"type": "object"}},
                        },
                        "required": ["line", "id", "schema"],
                        "additionalProperties": True,
                    }
                }
            },
        }
    },
}
"""The request and its answer for the OpenAPI document."""


async def lines_in(request: Request) -> bytes:
    """Return the lines of a request. Raises ZhishuError ``lines-kind`` for a body that says it is something else.

    The whole body is read before anything is answered: a client that sends all before it reads would wait for ever.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in KINDS:
        what = Text(f"请求体写明是 {kind[:60]}", f"the body says it is {kind[:60]}")
        repair = Text(
            f"每行一个 JSON 对象，写明 Content-Type: {NDJSON}", f"send one JSON object a line as Content-Type: {NDJSON}"
        )
        raise ZhishuError([Problem("lines-kind", "Content-Type", what, repair)])
    return (await request.body()).removeprefix(_MARK)


def settings_in(given: Sequence[str]) -> Mapping[str, str]:
    """Return parameters written ``name=value``. Raises ZhishuError ``query-set`` with every one that is not.

    >>> settings_in(["supply_floor=80"])
    {'supply_floor': '80'}
    """
    pairs = [(one, *one.partition("=")) for one in given]
    names = [name.strip() for _, name, _, _ in pairs]
    wrong = []
    for n, (one, _, sign, _) in enumerate(pairs):
        if not sign or not names[n] or names[n] in names[:n]:
            what = Text(f"参数写法不对或重复：{one[:60]}", f"not a parameter, or one given twice: {one[:60]}")
            repair = Text("写作 set=名称=值，每个参数一次", "write set=name=value, each parameter once")
            wrong.append(Problem("query-set", "set", what, repair))
    if wrong:
        raise ZhishuError(wrong)
    return {name: value.strip() for name, (_, _, _, value) in zip(names, pairs, strict=True)}


async def answered(study: Study, rules: RuleSet, body: bytes, aside: Aside) -> AsyncIterator[bytes]:
    """Yield the answers to the lines of a body, some lines at a time, judged beside the pages."""
    lines = _numbered(body)
    while group := list(islice(lines, GROUP)):
        yield await aside(lambda group: b"".join(answer(study, rules, n, line) for n, line in group), group)


def answer(study: Study, rules: RuleSet, number: int, line: bytes) -> bytes:
    """Return the answer to one line: the opinion a single case gets, or the problems of the line."""
    place = f"body:{number}"
    id: str | int | None = None
    try:
        data = json_of(line, place)
        id = _id(data)
        case, opinion = judge_one(study, rules, _facts(data, id, rules, place), f"{place}.facts")
        found = told(rules, case, opinion)
    except ZhishuError as error:
        found = {"schema": 1, "problems": [p.to_json() for p in error.problems]}
    whole = {"line": number, "id": id, **found}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _numbered(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers."""
    return ((n, line) for n, line in enumerate(io.BytesIO(body), 1) if line.strip())


def _id(data: object) -> str | int | None:
    """Return the id a line gives itself, None where it gives none that could come back."""
    id = data.get("id") if isinstance(data, dict) else None
    return id if isinstance(id, str | int) and not isinstance(id, bool) else None


def _facts(data: object, id: str | int | None, rules: RuleSet, place: str) -> Mapping[str, object]:
    if not isinstance(data, dict) or set(data) - set(KEYS) or not isinstance(data.get("facts"), dict):
        raise ZhishuError([_shape(place)])
    facts = data["facts"]
    wrong = nested(facts, f"{place}.facts")
    if data.get("id") != id:
        wrong.insert(0, f"{place}.id")
    if wrong:
        raise ZhishuError([_shape(where) for where in wrong])
    return facts if id is None else {rules.book.key: id, **facts}


def _shape(where: str) -> Problem:
    what = Text(
        '应为 {"id": "…", "facts": {…}}，值为文字、数、是否或 null',
        'it should be {"id": "…", "facts": {…}}, the values texts, numbers, true, false or null',
    )
    repair = Text(
        "每行一件；日期和参数写在网址里：?on=…&set=名称=值",
        "one case a line; day and parameters stand in the address: ?on=…&set=name=value",
    )
    return Problem("input-shape", where[:80], what, repair)
