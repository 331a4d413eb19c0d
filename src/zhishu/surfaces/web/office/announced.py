"""The page of a published round of an assessment: anybody reads the ranking, the awards, the basis and how to object."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.rounds import Round
from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.office.announced import announced
from zhishu.office.assessing import read_result
from zhishu.office.service import hidden
from zhishu.pack.assessment import Assessment
from zhishu.study.assessing.told import Told, told
from zhishu.surfaces.web.office.front import Front
from zhishu.surfaces.web.standing import prize, shown_classes
from zhishu.terms import Text


def routes(front: Front) -> APIRouter:
    """Return the route of published rounds; nobody need sign in."""
    router = APIRouter(include_in_schema=False)
    office = front.office

    @router.get("/assessments/{name}/rounds/{year}")
    def published(request: Request, name: str, year: str) -> HTMLResponse:
        office.refresh()
        visit = front.site.visit(request)
        found = next((r for r in announced(office, visit.on) if (r.assessment, str(r.year)) == (name, year)), None)
        declared = front.site.study.pack.assessments.get(name)
        last = found.current if found is not None else None
        content = read_result(office.ledger.blob(last.result)) if last is not None else {}
        # one that is not published looks like one that never was
        if found is None or declared is None or not content:
            raise ZhishuError([hidden(f"{name}/{year}")])
        result = _public(told(content))
        title = Text(f"{found.year} 年{declared.name.zh}", f"{declared.name.en}, {found.year}")
        return front.site.page(
            visit,
            "office/announced.html",
            "releases",
            title,
            state=found,
            declared=declared,
            result=result,
            prize=prize,
            classes=shown_classes(result, declared, visit.lang, 1.25 if visit.elder else 1.0, parts=False),
            until=_until(found, declared, office.world().calendar),
            objections=[m for m in found.matters if m.kind == "objection"],
            returned=[r for r in found.returned if r.on <= visit.on],
        )

    return router


def _public(result: Told) -> Told:
    """Return a result without what a person wrote of a unit in the round, such as the basis on which it left."""
    units = tuple(u.model_copy(update={"gets": None}) if u.dropped else u for u in result.units)
    return result.model_copy(update={"units": units})


def _until(state: Round, declared: Assessment, calendar: Calendar) -> str | None:
    ends = calendar.after(state.noticed, declared.objection_days) if state.noticed else None
    return None if ends is None or isinstance(ends, Unknown) else ends.isoformat()
