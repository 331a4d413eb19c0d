"""The office over HTTP: lists, items with the acts that stand open for who asks, and acts on the version they saw."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from zhishu.coordinate.act import Act
from zhishu.coordinate.consequence import Consequence
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.subject import Subject
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Entry, Stale
from zhishu.office import KINDS, Wish
from zhishu.office.line import Line
from zhishu.office.listing import Filter, found
from zhishu.office.service import hidden
from zhishu.surfaces.rest.brought import DESCRIBED, brought
from zhishu.surfaces.rest.query import known_query
from zhishu.surfaces.web.office.front import Front
from zhishu.surfaces.web.office.saved import kept_file
from zhishu.terms import Text

MOST = 200
# read by every visit to the office
VISIT = ("on", "lang", "elder")


def rest_office(front: Front) -> APIRouter:
    """Return the router of ``/api/v1/office``."""
    router = APIRouter(tags=["office"], prefix="/office", dependencies=[Depends(known_query(*VISIT))])

    @router.get("/{kind}")
    def get_list(
        request: Request,
        kind: str,
        q: str = "",
        light: str = "",
        unit: str = "",
        domain: str = "",
        first: Annotated[int, Query(ge=0, description="how many to pass over")] = 0,
        most: Annotated[int, Query(ge=1, le=MOST)] = 50,
    ) -> JSONResponse:
        """Subjects of a kind, the most urgent first."""
        entered = front.entered(request)
        declared = _kind(kind)
        asked = Filter(q[:80], light, unit, domain)
        lines = found(entered.moment, declared.id, entered.sight, asked)
        shown = [_line(line) for line in lines[first : first + most]]
        return JSONResponse({"schema": 1, "on": entered.moment.day.isoformat(), "total": len(lines), "items": shown})

    @router.get("/{kind}/{id}")
    def get_item(request: Request, kind: str, id: str) -> JSONResponse:
        """One subject: state, standing, open acts, and every entry on it. The ETag is its version."""
        entered = front.entered(request)
        declared = _kind(kind)
        stream = f"{declared.id}/{id}"
        state: Any = entered.state(stream)
        version = entered.moment.known.versions[stream]
        entries = [e for e in front.office.trace(stream) if e.fact.on <= entered.moment.day]
        scope = declared.scope(state)
        acts = declared.acts(state, entered.moment.world) if entered.moment.present else ()
        body = {
            "schema": 1,
            **_line(entered.moment.line(stream)),
            "version": version,
            "state": declared.record(state, entered.moment.world),
            "acts": [
                _act(a, declared.consequence(state, a.id, entered.moment.world))
                for a in acts
                if entered.sight.may(a.right, scope)
            ],
            "trace": [_entry(e) for e in entries],
        }
        return JSONResponse(body, headers={"ETag": f'"{version}"'})

    @router.get(
        "/{kind}/{id}/files/{hash}",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}, "description": "the file as it was brought"}},
    )
    def get_file(request: Request, kind: str, id: str, hash: str) -> Response:
        """A file that an act on the subject brought, by its SHA-256: for whoever may see the subject."""
        return kept_file(front.entered(request), f"{_kind(kind).id}/{id}", hash)

    @router.post("/{kind}/{id}/{act}", status_code=201, openapi_extra=DESCRIBED)
    async def post_act(request: Request, kind: str, id: str, act: str) -> JSONResponse:
        """Record an act, with its files if it brings any. ``If-Match`` carries the version it rests on (0: none yet);
        409 with the entries since."""
        entered = front.entered(request)
        front.check(request, {"csrf": request.headers.get("x-csrf-token", "")})
        declared = _kind(kind)
        stream = f"{declared.id}/{id}"
        expected = _expected(request)
        given, files = await brought(request)
        wish = Wish(stream, act, expected, given, files)
        try:
            # the pen may have to wait for another process: never in the event loop
            entry = await run_in_threadpool(front.office.act, entered.account.id, wish, entered.guest.only)
        except Stale as stale:
            what = Text("其间有别的记录，您的内容没有登记", "somebody acted in between; nothing of yours is recorded")
            repair = Text("看 since，在新的版本上再办", "see since, then act on the newer version")
            problem = Problem("act-stale", stream, what, repair)
            since = [_entry(e) for e in stale.since]
            return JSONResponse({"schema": 1, "problems": [problem.to_json()], "since": since}, 409)
        except ZhishuError as error:
            if any(p.code == "office-hidden" for p in error.problems):
                raise
            # the subject is there: what is unknown is a word of the body
            return JSONResponse({"schema": 1, "problems": [p.to_json() for p in error.problems]}, 400)
        front.recorded(declared.id, act)
        return JSONResponse({"schema": 1, "entry": _entry(entry)}, 201, {"ETag": f'"{entry.fact.version}"'})

    return router


def _kind(name: str) -> Subject[Any]:
    if name not in KINDS:
        raise ZhishuError([hidden(name)])
    return KINDS[name]


def _expected(request: Request) -> int:
    text = request.headers.get("if-match", "").strip().strip('"')
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    what = Text("没有写明依据哪一版", "the version it rests on is missing")
    repair = Text("在 If-Match 里写版本号，新建写 0", "give the version in If-Match, 0 for a new subject")
    raise ZhishuError([Problem("act-version", "If-Match", what, repair)])


def _line(line: Line) -> dict[str, object]:
    return {
        "stream": line.stream,
        "title": line.title.to_json(),
        "units": sorted(line.units),
        "region": line.scope.region,
        "domain": line.scope.domain,
        "standing": _standing(line.standing),
        "last": line.last.isoformat(),
        "waits": {act: sorted(units) for act, units in sorted(line.waits.items())},
    }


def _standing(standing: Standing | None) -> dict[str, object] | None:
    if standing is None:
        return None
    due: date | None = standing.due
    return {
        "light": standing.light,
        "colour": standing.colour,
        "words": standing.words.to_json(),
        "reason": standing.reason.to_json(),
        "due": due.isoformat() if due else None,
    }


def _act(act: Act, consequence: Consequence | None) -> dict[str, object]:
    fields = [
        {
            "id": f.id,
            "name": f.name.to_json(),
            "type": f.type,
            "required": f.required,
            "choices": [{"id": id, "name": name.to_json()} for id, name in f.choices],
        }
        for f in act.fields
    ]
    brings = consequence and {name.en: said.to_json() for name, said in consequence.said()}
    return {
        "id": act.id,
        "name": act.name.to_json(),
        "adverse": act.adverse,
        "consequence": brings,
        "fields": fields,
    }


def _entry(entry: Entry) -> dict[str, object]:
    fact = entry.fact
    return {
        "seq": entry.seq,
        "version": fact.version,
        "act": fact.act,
        "by": fact.by,
        "unit": fact.unit,
        "at": fact.at.isoformat(),
        "on": fact.on.isoformat(),
        "body": dict(fact.body),
        "seal": entry.seal,
    }
