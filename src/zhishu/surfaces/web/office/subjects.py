"""Lists of subjects, one subject with its whole trace, and the acts on it: the same pages for every kind."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from zhishu.coordinate.act import Act
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.task.choices import CONFIDENCE
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.office import KINDS, Upload, Wish
from zhishu.office.desk import due
from zhishu.office.line import Line
from zhishu.office.listing import Filter, found, ranking
from zhishu.office.rows import rows
from zhishu.office.service import hidden
from zhishu.office.wish import MOST_BYTES
from zhishu.surfaces.web.office.controls import controls
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.surfaces.web.office.many import MOST, mark, plain_acts
from zhishu.surfaces.web.office.saved import kept_file
from zhishu.surfaces.web.office.stale import show_stale
from zhishu.surfaces.web.office.told import told
from zhishu.terms import Text

PAGE = 50
# kinds whose subjects are made on a page of their own: the right, the words, the address
MAKERS = (
    ("task.draft", Text("导入台账", "Import a plan"), "/office/task/plan"),
    ("release.draft", Text("办结成通报", "Close the month"), "/office/release/close"),
)
RESERVED = ("csrf", "expected", "id", "lang", "on", "elder")


def routes(front: Front) -> APIRouter:
    """Return the routes of lists, items and acts."""
    router = APIRouter(include_in_schema=False, prefix="/office")

    @router.get("/{kind}")
    def listed(request: Request, kind: str) -> HTMLResponse:
        entered = front.entered(request)
        return show_list(entered, _kind(kind), request.query_params)

    @router.get("/{kind}/new")
    def new(request: Request, kind: str) -> HTMLResponse:
        entered = front.entered(request)
        return show_new(entered, _kind(kind), request.query_params, {}, ())

    @router.post("/{kind}/new")
    async def create(request: Request, kind: str) -> Response:
        entered = front.entered(request)
        form = await request.form()
        declared = _kind(kind)
        entered.front.check(request, form)
        act = _creating(entered, declared)
        id = str(form.get("id", "")).strip() or entered.front.office.free_id(kind)
        return await _do(entered, declared, id, act.id, form, 0)

    @router.get("/{kind}/{id}")
    def item(request: Request, kind: str, id: str) -> HTMLResponse:
        entered = front.entered(request)
        query = request.query_params
        return show_item(entered, _kind(kind), id, {}, (), "", query.get("done", ""), query.get("act", ""))

    @router.get("/{kind}/{id}/files/{hash}")
    def file(request: Request, kind: str, id: str, hash: str) -> Response:
        return kept_file(front.entered(request), f"{kind}/{id}", hash)

    @router.post("/{kind}/{id}/{act}")
    async def act(request: Request, kind: str, id: str, act: str) -> Response:
        entered = front.entered(request)
        form = await request.form()
        entered.front.check(request, form)
        expected = str(form.get("expected", ""))
        if not (expected.isascii() and expected.isdecimal() and len(expected) < 10):
            what = Text("没有写明依据哪一版", "the version it rests on is missing")
            found = Problem("act-version", "expected", what, Text("在事项页面上办理", "act from the item's page"))
            raise ZhishuError([found])
        return await _do(entered, _kind(kind), id, act, form, int(expected))

    return router


async def _do(entered: Entered, kind: Subject[Any], id: str, act: str, form: FormData, expected: int) -> Response:
    given, files = await read(form)
    stream = f"{kind.id}/{id}"
    try:
        # the pen may have to wait for another process: never in the event loop
        wish = Wish(stream, act, expected, given, files)
        await run_in_threadpool(entered.front.office.act, entered.account.id, wish, entered.guest.only)
        entered.front.recorded(kind.id, act)
    except Stale as stale:
        return show_stale(entered, kind, id, act, given, stale)
    except ZhishuError as error:
        if any(p.code == "office-hidden" for p in error.problems):
            raise
        if expected:
            return show_item(entered, kind, id, given, error.problems, act)
        return show_new(entered, kind, {"new": id}, given, error.problems)
    return RedirectResponse(entered.link(f"/office/{stream}", done=act), 303)


async def read(form: FormData) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
    """Return the fields and the files of a form; a file control left empty gives nothing."""
    given: dict[str, list[str]] = {}
    files: dict[str, list[Upload]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files.setdefault(name, []).append(Upload(value.filename, await value.read(MOST_BYTES + 1)))
        elif name not in RESERVED:
            given.setdefault(name, []).append(value)
    return given, files


def show_list(entered: Entered, kind: Subject[Any], query: Mapping[str, str]) -> HTMLResponse:
    """Return the list of a kind; its filters stand in the address and survive a link."""
    every = ranking(entered.moment, kind.id, entered.sight)
    asked = Filter(query.get("q", "")[:80], query.get("light", ""), query.get("unit", ""), query.get("domain", ""))
    lines = found(entered.moment, kind.id, entered.sight, asked)
    start = _start(query.get("from", ""), len(lines))
    return entered.page(
        "list.html",
        kind.name,
        kind=kind,
        rows=rows(entered.moment, lines[start : start + PAGE]),
        total=len(lines),
        every=len(every.order),
        start=start,
        step=PAGE,
        asked=asked,
        lights=every.shown(),
        units=sorted((u for u in every.units if u), key=lambda u: entered.moment.unit_name(u).zh),
        domains=entered.moment.world.rules.domains,
        may_create=entered.moment.present and bool(_creations(entered, kind)),
        named=_named(entered, kind),
        makers=[
            (words, href)
            for right, words, href in MAKERS
            if right.partition(".")[0] == kind.id and entered.sight.holds(right)
        ]
        if entered.moment.present
        else [],
        many=_many(entered, lines) if entered.moment.present and len(lines) <= MOST else [],
        done=query.get("done", "") if query.get("done", "").isdecimal() else "",
    )


def show_new(
    entered: Entered,
    kind: Subject[Any],
    query: Mapping[str, str],
    given: Mapping[str, Sequence[str]],
    problems: Sequence[Problem],
) -> HTMLResponse:
    """Return the form that sets a subject up; ``query`` may fill fields in beforehand."""
    act = _creating(entered, kind)
    values = dict(given) or {k: [v] for k, v in query.items() if k not in RESERVED}
    title = Text(f"{act.name.zh}：{kind.name.zh}", f"{act.name.en}: {kind.name.en}")
    if problems:
        title = Text(f"出错：{title.zh}", f"Error: {title.en}")
    return entered.page(
        "new.html",
        title,
        422 if problems else 200,
        kind=kind,
        act=act,
        fields=controls(act, entered.moment, values),
        id=query.get("new", "")[:120] or "".join(given.get("id", ())),
        problems=problems,
    )


def show_item(
    entered: Entered,
    kind: Subject[Any],
    id: str,
    given: Mapping[str, Sequence[str]],
    problems: Sequence[Problem],
    tried: str,
    done: str = "",
    chosen: str = "",
) -> HTMLResponse:
    """Return one subject: how it stands, what can be done, what is on record, and every entry on it."""
    stream = f"{kind.id}/{id}"
    state = entered.state(stream)
    world = entered.moment.world
    entries = [e for e in entered.front.office.trace(stream) if e.fact.on <= entered.moment.day]
    waits = kind.actors(state, world)
    open_acts = _open(entered, kind, state) if entered.moment.present else ()
    mine = {a.id for a in due(entered.moment.line(stream), entered.moment, entered.sight).acts}
    rulings = {id for id, bar in kind.deciders(state).items() if not bar.named}
    title = kind.called(state, world)
    return entered.page(
        "item.html",
        Text(f"出错：{title.zh}", f"Error: {title.en}") if problems else title,
        422 if problems else 200,
        kind=kind,
        id=id,
        heading=title,
        state=state,
        record=kind.record(state, world),
        standing=kind.standing(state, world),
        acts=[
            {
                "act": act,
                "mine": act.id in mine,
                "fields": controls(act, entered.moment, given if act.id == tried else {}),
                "open": act.id == tried,
                "chosen": act.id == chosen,
                "brings": brings.said() if (brings := kind.consequence(state, act.id, world)) else (),
            }
            for act in sorted(open_acts, key=lambda a: a.id not in mine)
        ],
        waits=[
            (act.name, [entered.moment.unit_name(u) for u in sorted(waits.get(act.id, ()))], act.id in rulings)
            for act in kind.acts(state, world)
            if waits.get(act.id) or act.id in rulings
        ],
        version=entered.moment.known.versions[stream],
        trace=told(kind, id, entries, world, entered.moment.unit_name),
        problems=problems,
        tried=tried,
        done=done,
        confidence=dict(CONFIDENCE),
    )


def _kind(name: str) -> Subject[Any]:
    if name not in KINDS:
        raise ZhishuError([hidden(name)])
    return KINDS[name]


def _open(entered: Entered, kind: Subject[Any], state: Any) -> tuple[Act, ...]:
    scope = kind.scope(state)
    acts = kind.acts(state, entered.moment.world)
    # what the program must make something for has a page of its own
    return tuple(a for a in acts if not a.made and entered.sight.may(a.right, scope))


def _creations(entered: Entered, kind: Subject[Any]) -> tuple[Act, ...]:
    """Return the acts that set up a subject of a kind and that the account may do somewhere."""
    acts = kind.acts(kind.start("new"), entered.moment.world)
    return tuple(a for a in acts if not a.made and entered.sight.holds(a.right))


def _creating(entered: Entered, kind: Subject[Any]) -> Act:
    found = _creations(entered, kind)
    if not found or not entered.moment.present:
        raise ZhishuError([hidden(kind.id)])
    return found[0]


def _many(entered: Entered, found: Sequence[Line]) -> list[tuple[Act, int, str]]:
    """Return the acts that can be done on several lines at once, on how many, and the mark of those lines."""
    open_for: dict[str, tuple[Act, list[Line]]] = {}
    for line in found:
        for id, act in plain_acts(entered, line).items():
            open_for.setdefault(id, (act, []))[1].append(line)
    versions = entered.moment.known.versions
    return [(act, len(of), mark(of, versions)) for act, of in open_for.values() if 1 < len(of) <= MOST]


def _named(entered: Entered, kind: Subject[Any]) -> list[tuple[Text, str]]:
    """Return the bodies the strategy names and nobody has set up yet, each with the address of its filled-in form."""
    if kind.id != "body" or not entered.moment.present or not entered.sight.holds("body.create"):
        return []
    found = []
    for body in entered.moment.world.rules.bodies.values():
        if entered.moment.state(f"body/{body.id}") is None:
            fields = {
                "name": body.name.zh,
                "name_en": body.name.en,
                "region": entered.front.office.home,
                "cite": body.cite.at,
            }
            fields |= {"zone": body.zone, "above": body.above, "domain": "region", "new": body.id}
            found.append((body.name, f"/office/body/new?{urlencode(fields)}"))
    return found


def _start(text: str, total: int) -> int:
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    return start if start < total else 0
