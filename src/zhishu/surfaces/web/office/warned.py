"""The warnings that stand on a day, and the way from each to its case: nothing is opened by itself."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.coordinate.cases import Case
from zhishu.study.warnings import LEVELS, open_case_form
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.terms import Text, counted


def routes(front: Front) -> APIRouter:
    """Return the route of the warnings; it stands before those of the kinds."""
    router = APIRouter(include_in_schema=False, prefix="/office")

    @router.get("/warnings")
    def listed(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        standing = [r for r in front.site.warned(entered.moment.day) if r.episode.closed is None]
        cases = open_cases(entered)
        form = {r.ref: {k: v[0] for k, v in open_case_form(r, front.office.rules).items()} for r in standing}
        may = entered.may_create(entered.moment.known.kinds["case"])
        count = Text(f"有 {len(standing)} 项预警", f"{counted(len(standing), 'warning stands', 'warnings stand')}")
        title = count if standing else Text("没有预警", "No warning stands")
        return entered.page("warnings.html", title, found=standing, cases=cases, form=form, levels=LEVELS, may=may)

    return router


def open_cases(entered: Entered) -> dict[str, str]:
    """Return the stream of the open case on each warning, by its figure, as far as the account sees cases."""
    known = entered.moment.known
    found: dict[str, str] = {}
    for stream in known.streams.get("case", ()):
        case = entered.moment.state(stream)
        if not isinstance(case, Case) or case.closed or case.origin != "warning":
            continue
        if entered.sight.sees("case", known.kinds["case"].scope(case)):
            found[case.ref] = stream
    return found
