"""What the public reads of a release: the list, its editions, their documents, and each number explained as published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhishu.coordinate.releases import Edition, Release, Shown, published_on, visible
from zhishu.errors import ZhishuError
from zhishu.office.explained import Explained, read_explained
from zhishu.office.service import hidden
from zhishu.surfaces.web.office.front import Front
from zhishu.surfaces.web.page import Visit
from zhishu.terms import Text

HASHES = 200
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Read:
    """An edition that a visitor may read, and since when it is public: not yet where the reader has the right before."""

    edition: Shown | Edition
    since: datetime | None


def routes(front: Front) -> APIRouter:
    """Return the routes of releases; nobody need sign in."""
    router = APIRouter(include_in_schema=False)
    office = front.office

    @lru_cache(maxsize=4)
    def explained(hash: str) -> Mapping[str, Explained]:
        content = office.ledger.blob(hash) if hash else None
        return read_explained(content) if content is not None else {}

    @router.get("/releases")
    def public(request: Request) -> HTMLResponse:
        office.refresh()
        visit = front.site.visit(request)
        found = [(id, shown[0]) for id, shown in published(front, visit.on).items()]
        found.sort(key=lambda pair: pair[1].period, reverse=True)
        names = front.site.study.pack.assessments
        return front.site.page(
            visit,
            "office/releases.html",
            "releases",
            Text("通报", "Releases"),
            found=found,
            zone=office.rules.timezone,
            rounds=[(r, names[r.assessment].name) for r in front.site.rounds(visit.on) if r.assessment in names],
        )

    @router.get("/releases/{id}")
    def one(request: Request, id: str) -> HTMLResponse:
        office.refresh()
        visit = front.site.visit(request)
        shown = published(front, visit.on).get(id)
        if not shown:
            raise ZhishuError([hidden(id)])
        return front.site.page(
            visit,
            "office/release.html",
            "releases",
            shown[0].title,
            id=id,
            shown=shown,
            figures=explained(shown[0].figures),
            zone=office.rules.timezone,
        )

    @router.get("/releases/{id}/{number}.{ending}")
    def document(id: str, number: int, ending: str) -> Response:
        office.refresh()
        found = next((s for s in published(front, office.today()).get(id, ()) if s.number == number), None)
        return served(front, found, ending, f"{id}-{number}")

    @router.get("/releases/{id}/{number}/figures/{month}/{key}")
    def figure(request: Request, id: str, number: int, month: str, key: str) -> Response:
        office.refresh()
        visit = front.site.visit(request)
        read = _read(request, visit, id, number)
        found = explained(read.edition.figures).get(key)
        if found is None or month != id:
            raise ZhishuError([hidden(key)])
        name = found.name if found.unit is None else _of(found.unit, found.name)
        return front.site.page(
            visit,
            "office/explained.html",
            "releases",
            Text(f"{name.zh}：{found.value}", f"{name.en}: {found.value}"),
            id=id,
            number=number,
            figure=found,
            edition=read.edition,
            since=read.since,
            superseded=read.edition.superseded if isinstance(read.edition, Shown) else None,
            # whoever reads the whole is led on to what is counted
            whole=front.guest(request) is not None and front.entered(request).reads_whole,
            shown=HASHES,
            zone=office.rules.timezone,
        )

    def _read(request: Request, visit: Visit, id: str, number: int) -> _Read:
        """Return an edition for whoever may read it. Raises ZhishuError ``office-hidden`` for anybody else."""
        shown = next((s for s in published(front, visit.on).get(id, ()) if s.number == number), None)
        if shown is not None:
            return _Read(shown, shown.since)
        if front.guest(request) is not None:
            state = front.entered(request).state(f"release/{id}")
            found = (
                next((e for e in state.editions if e.number == number), None) if isinstance(state, Release) else None
            )
            if found is not None:
                return _Read(found, None)
        raise ZhishuError([hidden(id)])

    return router


def explaining(front: Front, month: str, key: str) -> RedirectResponse | None:
    """Return the way to the page that explains a number of a month as published last, None where none is public."""
    for shown in published(front, front.office.today()).get(month, ()):
        if shown.figures:
            return RedirectResponse(f"/releases/{month}/{shown.number}/figures/{month}/{key}", 303)
    return None


def served(front: Front, edition: Shown | Edition | None, ending: str, name: str) -> Response:
    """Return a document of an edition. Raises ZhishuError ``office-hidden`` where there is none."""
    hash, kind = "", ""
    if edition is not None:
        kinds = {"docx": (edition.content, WORD), "xlsx": (edition.annex, EXCEL)}
        kinds["json"] = (edition.figures, "application/json")
        hash, kind = kinds.get(ending, ("", ""))
    found = front.office.ledger.blob(hash) if hash else None
    if found is None:
        raise ZhishuError([hidden(name)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(found, media_type=kind, headers=headers)


def published(front: Front, on: date) -> dict[str, tuple[Shown, ...]]:
    """Return what anybody may read, by release, as published by the end of a day; today, as published now.

    What is under embargo is not there at all, whatever day is asked for.
    """
    known, zone = front.office.projection, front.office.rules.timezone
    past = on < front.office.today()
    found: dict[str, tuple[Shown, ...]] = {}
    for stream in tuple(known.streams.get("release", ())):
        state = known.states[stream]
        shown: tuple[Shown, ...] = ()
        if isinstance(state, Release):
            shown = published_on(state, on, zone) if past else visible(state, front.office.now(), zone)
        if shown:
            found[state.id] = shown
    return found


def _of(unit: Text, name: Text) -> Text:
    return Text(f"{unit.zh}{name.zh}", f"{unit.en}, {name.en}")
