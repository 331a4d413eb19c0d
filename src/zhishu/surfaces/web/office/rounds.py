"""Rounds of an assessment on pages: a version calculated from a filled form, and every version as it was kept."""

from decimal import ROUND_HALF_UP, Decimal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from zhishu.coordinate.rounds import Round, Version
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.office import KINDS, Wish
from zhishu.office.assessing import calculated, changed, read_result
from zhishu.office.service import hidden
from zhishu.office.wish import MOST_BYTES
from zhishu.pack.assessment import Assessment
from zhishu.study.assessing import form_of
from zhishu.study.assessing.told import told
from zhishu.surfaces.excel.inputs import case_from_bytes
from zhishu.surfaces.excel.standing import result_book
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.surfaces.web.office.saved import attachment
from zhishu.surfaces.web.office.stale import show_stale
from zhishu.surfaces.web.standing import prize, shown_classes
from zhishu.terms import Text


def routes(front: Front) -> APIRouter:
    """Return the routes of calculating and of kept versions."""
    router = APIRouter(include_in_schema=False, prefix="/office/round")

    @router.get("/{id}/calculate")
    def ask(request: Request, id: str) -> HTMLResponse:
        entered = front.entered(request)
        return _show(entered, _calculating(entered, id), "", ())

    @router.post("/{id}/calculate")
    async def calculate(request: Request, id: str) -> Response:
        entered = front.entered(request)
        form = await request.form()
        front.check(request, form)
        state = _calculating(entered, id)
        reasons = str(form.get("reasons", "")).strip()
        expected = str(form.get("expected", ""))
        file = form.get("file")
        content = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
        if not content or not expected.isdecimal():
            what = Text("没有选文件", "no file was chosen")
            problem = Problem("round-file", "file", what, Text("选填好的表样", "choose the filled form"))
            return _show(entered, state, reasons, (problem,))
        try:
            await front.site.aside(_record, entered, state, content, name, reasons, int(expected))
        except Stale as stale:
            return show_stale(entered, KINDS["round"], id, "calculate", {"reasons": [reasons]}, stale)
        except ZhishuError as error:
            if any(p.code == "office-hidden" for p in error.problems):
                raise
            return _show(entered, state, reasons, error.problems)
        return RedirectResponse(entered.link(f"/office/round/{id}", done="calculate"), 303)

    @router.get("/{id}/versions/{number}")
    def version(request: Request, id: str, number: int) -> HTMLResponse:
        entered = front.entered(request)
        state, kept = _version(entered, id, number)
        ledger = front.office.ledger
        kept_json = read_result(ledger.blob(kept.result))
        if not kept_json:
            raise ZhishuError([hidden(id)])
        before = next((v for v in state.versions if v.number == number - 1), None)
        declared = _declared(entered, state)
        result = told(kept_json)
        visit = entered.visit
        title = KINDS["round"].called(state, entered.moment.world)
        return entered.page(
            "version.html",
            Text(f"{title.zh}：第 {number} 版", f"{title.en}: version {number}"),
            heading=Text(f"{title.zh}：第 {number} 版", f"{title.en}: version {number}"),
            points=_points,
            round_title=title,
            state=state,
            kept=kept,
            result=result,
            prize=prize,
            declared=declared,
            classes=shown_classes(result, declared, visit.lang, 1.25 if visit.elder else 1.0),
            before=before,
            moved=changed(read_result(ledger.blob(before.result)), kept_json) if before else (),
        )

    @router.get("/{id}/versions/{number}/form.xlsx")
    def kept_form(request: Request, id: str, number: int) -> Response:
        entered = front.entered(request)
        _, kept = _version(entered, id, number)
        content = front.office.ledger.blob(kept.form)
        if content is None:
            raise ZhishuError([hidden(id)])
        return attachment(content, f"{id}-{number}.xlsx")

    @router.get("/{id}/versions/{number}/result.xlsx")
    async def kept_book(request: Request, id: str, number: int) -> Response:
        entered = front.entered(request)
        state, kept = _version(entered, id, number)
        result = read_result(front.office.ledger.blob(kept.result))
        if not result:
            raise ZhishuError([hidden(id)])
        content = await front.site.aside(result_book, told(result), _declared(entered, state))
        return attachment(content, f"{id}-{number}-result.xlsx")

    @router.get("/{id}/versions/{number}/result.json")
    def kept_result(request: Request, id: str, number: int) -> Response:
        entered = front.entered(request)
        _, kept = _version(entered, id, number)
        content = front.office.ledger.blob(kept.result)
        if content is None:
            raise ZhishuError([hidden(id)])
        return attachment(content, f"{id}-{number}.json")

    return router


def _record(entered: Entered, state: Round, content: bytes, name: str, reasons: str, expected: int) -> None:
    """Calculate a version and record it; a winner that drops out without a reason is refused by its name."""
    office = entered.front.office
    study = entered.front.site.study
    declared = _declared(entered, state)
    made = calculated(study, state, case_from_bytes(content, name, form_of(declared)), entered.today)
    wish = Wish(
        f"round/{state.id}",
        "calculate",
        expected,
        {"reasons": [reasons]} if reasons else {},
        made={"form": content, "result": made.result, "winners": made.lines(), "open": str(made.open)},
    )
    office.act(entered.account.id, wish, entered.guest.only)


def _calculating(entered: Entered, id: str) -> Round:
    """Return a round on which the account can calculate now. Raises ZhishuError ``office-hidden`` for any other."""
    stream = f"round/{id}"
    state = entered.state(stream)
    if not isinstance(state, Round) or not entered.offers("calculate", stream):
        raise ZhishuError([hidden(stream)])
    return state


def _version(entered: Entered, id: str, number: int) -> tuple[Round, Version]:
    state = entered.state(f"round/{id}")
    found = next((v for v in state.versions if v.number == number), None) if isinstance(state, Round) else None
    if found is None or not isinstance(state, Round):
        raise ZhishuError([hidden(id)])
    return state, found


def _declared(entered: Entered, state: Round) -> Assessment:
    found = entered.moment.world.assessments.get(state.assessment)
    if found is None:
        raise ZhishuError([hidden(state.id)])
    return found


def _points(value: object) -> str:
    """Return a kept number of points at two decimals; one that was not known is a dash."""
    if not isinstance(value, str):
        return "–"
    return str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _show(entered: Entered, state: Round, reasons: str, problems: tuple[Problem, ...]) -> HTMLResponse:
    title = KINDS["round"].called(state, entered.moment.world)
    asked = Text(f"{title.zh}：测算", f"{title.en}: calculate")
    return entered.page(
        "calculate.html",
        Text(f"出错：{asked.zh}", f"Error: {asked.en}") if problems else asked,
        422 if problems else 200,
        heading=asked,
        round_title=title,
        state=state,
        declared=_declared(entered, state),
        reasons=reasons,
        version=entered.moment.known.versions[f"round/{state.id}"],
        problems=problems,
    )
