"""Handing in: the empty form, a look at every guess, total and difference, then the act itself."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from zhishu.coordinate.periods import Period
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.submissions import Submission, read_submission
from zhishu.coordinate.world import World
from zhishu.data.submission.reading import GUESSES
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.office import KINDS, Upload
from zhishu.office.handing import Handed, look
from zhishu.office.service import hidden
from zhishu.office.wish import MOST_BYTES
from zhishu.surfaces.excel.form import form as excel_form
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.surfaces.web.office.stale import show_stale
from zhishu.terms import Text

WAITING = 64
SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that was looked at and waits to be confirmed by whoever brought it."""

    account: str
    id: str
    expected: int
    handed: Handed


def routes(front: Front) -> APIRouter:
    """Return the routes of handing in; they stand before those of the kinds."""
    router = APIRouter(include_in_schema=False, prefix="/office/submission")
    office, study = front.office, front.site.study
    waiting: OrderedDict[str, _Waiting] = OrderedDict()

    def enter(request: Request, id: str) -> tuple[Entered, Submission, Any]:
        entered = front.entered(request)
        kind = KINDS["submission"]
        stream = f"submission/{id}"
        state = entered.moment.state(stream) or read_submission(id)
        if (
            not entered.moment.present
            or not state.unit
            or not entered.sight.may("submission.upload", kind.scope(state))
        ):
            raise ZhishuError([hidden(stream)])
        act = next((a for a in kind.acts(state, entered.moment.world) if a.id == "upload"), None)
        if act is None:
            raise ZhishuError([_not_taken(state, entered.moment.world)])
        return entered, state, act

    def show(
        entered: Entered,
        state: Submission,
        act: Any,
        handed: Handed | None,
        token: str,
        form: dict[str, str],
        problems: tuple[Problem, ...] = (),
    ) -> HTMLResponse:
        profile = study.pack.profile(state.profile)
        errors = problems or (handed.errors if handed else ())
        title = Text(f"报送：{profile.name.zh} {state.period}", f"Hand in: {profile.name.en} {state.period}")
        return entered.page(
            "handing.html",
            Text(f"出错：{title.zh}", f"Error: {title.en}") if errors else title,
            422 if errors else 200,
            heading=title,
            submission=state,
            profile=profile,
            again=any(f.id == "reason" for f in act.fields),
            handed=handed,
            errors=errors,
            token=token,
            given=form,
            shown=SHOWN,
            series=study.data.series,
            region_name=study.data.regions.name,
            guesses=GUESSES,
        )

    @router.get("/{id}/hand-in")
    def ask(request: Request, id: str) -> HTMLResponse:
        entered, state, act = enter(request, id)
        return show(entered, state, act, None, "", {})

    @router.get("/{id}/form.xlsx")
    async def empty(request: Request, id: str) -> Response:
        _, state, _ = enter(request, id)
        profile = study.pack.profile(state.profile)
        content = await front.site.aside(
            excel_form,
            profile,
            study.data.regions,
            study.data.series,
            state.period,
            study.data.panel,
            study.pack.header.id,
        )
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Response(content, media_type=kind, headers={"Content-Disposition": 'attachment; filename="form.xlsx"'})

    @router.post("/{id}/hand-in")
    async def preview(request: Request, id: str) -> HTMLResponse:
        entered, state, act = enter(request, id)
        form = await request.form()
        front.check(request, form)
        file = form.get("file")
        given = _given(form)
        if not isinstance(file, UploadFile) or not file.filename:
            missing = refuse(
                "submission-file",
                "file",
                "没有选择文件",
                "no file was chosen",
                "选择填好的 Excel 或 CSV",
                "choose the filled-in Excel or CSV file",
            )
            return show(entered, state, act, None, "", given, (missing,))
        upload = Upload(file.filename, await file.read(MOST_BYTES + 1))
        if len(upload.content) > MOST_BYTES:
            large = refuse(
                "file-large", "file", "文件超过 20 MB", "the file is larger than 20 MB", "拆分后报送", "split it"
            )
            return show(entered, state, act, None, "", given, (large,))
        handed = await front.site.aside(look, office, study, state, upload, entered.today)
        token = ""
        if handed.takes:
            token = secrets.token_urlsafe(16)
            expected = entered.moment.known.versions.get(f"submission/{id}", 0)
            while len(waiting) >= WAITING:
                waiting.popitem(last=False)
            waiting[token] = _Waiting(entered.account.id, id, expected, handed)
        return show(entered, state, act, handed, token, given)

    @router.post("/{id}/confirm")
    async def confirm(request: Request, id: str) -> Response:
        entered, state, act = enter(request, id)
        form = await request.form()
        front.check(request, form)
        given = _given(form)
        found = waiting.get(str(form.get("token", "")))
        if found is None or found.account != entered.account.id or found.id != id:
            gone = refuse(
                "submission-looked-at",
                "file",
                "没有待确认的文件，或已过期",
                "no file waits to be confirmed, or it was too long ago",
                "重新上传",
                "upload it again",
            )
            return show(entered, state, act, None, "", given, (gone,))
        wish = found.handed.wish(f"submission/{id}", found.expected, given["note"], given["published"], given["reason"])
        try:
            await run_in_threadpool(office.act, entered.account.id, wish, entered.guest.only)
        except Stale as stale:
            return show_stale(
                entered, KINDS["submission"], id, "upload", {k: [v] for k, v in given.items() if v}, stale
            )
        except ZhishuError as error:
            return show(entered, state, act, found.handed, str(form.get("token", "")), given, error.problems)
        waiting.pop(str(form.get("token", "")), None)
        return RedirectResponse(entered.link(f"/office/submission/{id}", done="upload"), 303)

    return router


def _not_taken(state: Submission, world: World) -> Problem:
    """Return why a unit cannot hand in now: the period is closed, or a version is with those who approve."""
    where = f"submission/{state.id}"
    period = world.of(f"period/{state.profile}.{state.period}")
    if not isinstance(period, Period) or not period.open:
        said = (
            "这一期不收报送",
            "the period takes no submissions",
            "请统计单位开放期次",
            "ask the statistics unit to open it",
        )
        return refuse("submission-period-closed", where, *said)
    if state.stage == "locked":
        return refuse(
            "submission-locked", where, "已锁定", "it is locked", "请上级先解锁", "ask the top unit to unlock it"
        )
    said = (
        "已报送，待审核",
        "handed in and not yet approved",
        "要改数请审核单位退回",
        "to change it, ask for its return",
    )
    return refuse("submission-waits", where, *said)


def _given(form: FormData) -> dict[str, str]:
    return {
        name: value.strip() if isinstance(value := form.get(name, ""), str) else ""
        for name in ("note", "published", "reason")
    }
