"""Many cases in one request: one a line, each answered in its own line; a wrong line says what is wrong with it."""

import io
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fastapi import Request

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.judge.ruleset import RuleSet
from zhishu.study.judging import judge_one, told
from zhishu.study.open import Study
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.facts import json_of, nested
from zhishu.surfaces.register.supply import Sent
from zhishu.surfaces.rest import own
from zhishu.system.books.layers import Fitted
from zhishu.system.books.supplied import Supplied
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
            "hold for all lines and stand in the address. Lists and layers of your own hold for all lines too: they stand in "
            'the first line, `{"lists": …, "layers": …}` without `facts`, which is answered by a line with `supplied`; '
            "with one thing wrong in them nothing is judged. A request has at most 5 MB"
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
                },
                "examples": {
                    "cases": {"value": '{"id": "示例1", "facts": {"kind": "park"}}\n'},
                    "lists first": {
                        "value": '{"lists": {"zones": [["entry", "county", "valid_from"], ["示例一", "示例县", "2019-01-01"]]}}'
                        '\n{"id": "示例1", "facts": {"county": "示例县"}}\n'
                    },
                },
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
                            "supplied": {"type": "array", "items": {"type": "object"}},
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


@dataclass(frozen=True, slots=True)
class Opened:
    """What holds for all lines: the rules, the names of regions on their day, layers fitted to them, what was brought, and
    in which line it stood, 0 for none."""

    rules: RuleSet
    words: RegionWords
    fitted: Mapping[str, Fitted] = field(default_factory=dict)
    used: Sequence[Supplied] = ()
    line: int = 0


def opening(body: bytes) -> tuple[int, list[Sent]]:
    """Return the number of the first line if it brings lists or layers, else 0, and what it brings.

    Raises ZhishuError ``input-shape`` where it brings something else beside or in another shape, and what ``json_of`` does.
    """
    number, line = next(_numbered(body), (0, b""))
    if not _OPENS.search(line):
        return 0, []
    try:
        data = json_of(line, f"body:{number}")
    except ZhishuError:
        if b'"facts"' in line:
            return 0, []
        raise
    if not isinstance(data, dict) or "facts" in data or not set(data) & set(own.KEYS):
        return 0, []
    if set(data) - set(own.KEYS):
        raise ZhishuError([_shape(f"body:{number}")])
    sent, wrong = own.sent_in(data)
    if wrong:
        raise ZhishuError(wrong)
    return number, sent


_OPENS = re.compile(rb'"(?:lists|layers)"')


async def answered(study: Study, opened: Opened, body: bytes, aside: Aside) -> AsyncIterator[bytes]:
    """Yield the answers to the lines of a body, some lines at a time, judged beside the pages."""
    lines = _numbered(body)
    if opened.line:
        next(lines)
        yield _line(opened.line, None, {"schema": 1, "supplied": [s.to_json() for s in opened.used]})
    while group := list(islice(lines, GROUP)):
        yield await aside(lambda group: b"".join(answer(study, opened, n, line) for n, line in group), group)


def answer(study: Study, opened: Opened, number: int, line: bytes) -> bytes:
    """Return the answer to one line: the opinion a single case gets, or the problems of the line."""
    place = f"body:{number}"
    id: str | int | None = None
    try:
        data = json_of(line, place)
        id = _id(data)
        facts = _facts(data, id, opened.rules, place)
        case, opinion = judge_one(study, opened.rules, facts, f"{place}.facts", opened.fitted, opened.words)
        found = told(opened.rules, case, opinion, opened.used)
    except ZhishuError as error:
        found = {"schema": 1, "problems": [p.to_json() for p in error.problems]}
    return _line(number, id, found)


def _line(number: int, id: str | int | None, found: Mapping[str, object]) -> bytes:
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
        '每行一件；日期和参数写在网址里：?on=…&set=名称=值；名录和图层写在第一行：{"lists": {…}, "layers": {…}}',
        "one case a line; day and parameters stand in the address: ?on=…&set=name=value; lists and layers in the first "
        'line: {"lists": {…}, "layers": {…}}',
    )
    return Problem("input-shape", where[:80], what, repair)
