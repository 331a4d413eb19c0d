"""The month: its figures with the entries behind each, and its release."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhishu.coordinate.bodies import Body
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.releases import Release
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.ledger.checkpoint import Checkpoint, checkpoint, office_key
from zhishu.office import KINDS, Wish
from zhishu.office.closing import closing
from zhishu.office.explained import explain
from zhishu.office.month import month_of
from zhishu.office.service import hidden
from zhishu.surfaces.home import key_file
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.surfaces.web.office.published import explaining, served
from zhishu.surfaces.web.office.stale import show_stale
from zhishu.surfaces.word import Checkpoint as Printed
from zhishu.surfaces.word import write
from zhishu.surfaces.word.monthly import briefing, workbook
from zhishu.terms import Text

SHOWN = 200
MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the form of a closing asks: month, organ and titles."""

    month: str
    organ: Text
    title: Text


def routes(front: Front, key: Path | None = None) -> APIRouter:
    """Return the routes of months and releases; they stand before those of the kinds."""
    router = APIRouter(include_in_schema=False)
    office = front.office

    @router.get("/office/month/{month}")
    def figures(request: Request, month: str) -> HTMLResponse:
        entered = _whole(front.entered(request))
        _month(month)
        return entered.page(
            "month.html", Text(f"{month} 月报", f"The month {month}"), month=month_of(entered.moment, month)
        )

    @router.get("/office/month/{month}/{name}")
    def behind(request: Request, month: str, name: str) -> Response:
        public = explaining(front, month, name)
        if public is not None and (front.guest(request) is None or not front.entered(request).reads_whole):
            # numbers of a published briefing lead here: who may not see what is counted reads what was published
            return public
        entered = _whole(front.entered(request))
        _month(month)
        figure = month_of(entered.moment, month).figure(name)
        if figure is None:
            raise ZhishuError([hidden(name)])
        entries = office.ledger.entries(figure.seqs) if len(figure.seqs) <= SHOWN else ()
        shown = [e for e in entries if _seen(entered, e.fact.stream)]
        lines = [_counted(entered, stream) for stream in figure.streams if _seen(entered, stream)]
        return entered.page(
            "figure.html",
            figure.name,
            month=month,
            figure=figure,
            lines=lines,
            entries=shown,
            seqs=figure.seqs if len(figure.seqs) > SHOWN else (),
            titles={e.fact.stream: entered.moment.title(e.fact.stream) for e in shown},
            more=len(figure.streams) - len(lines) + len(entries) - len(shown),
        )

    @router.get("/office/release/close")
    def ask(request: Request) -> HTMLResponse:
        entered = _drafter(front.entered(request))
        month = request.query_params.get("month", f"{entered.moment.day:%Y-%m}")
        _month(month)
        return show(entered, month, {}, ())

    def show(entered: Entered, month: str, given: Mapping[str, str], problems: tuple[Problem, ...]) -> HTMLResponse:
        found = month_of(entered.moment, month)
        state = entered.moment.state(f"release/{month}")
        title = Text(f"{month} 办结成通报", f"Close {month} into a briefing")
        return entered.page(
            "close.html",
            Text(f"出错：{title.zh}", f"Error: {title.en}") if problems else title,
            422 if problems else 200,
            heading=title,
            month=found,
            state=state,
            given=given,
            problems=problems,
        )

    @router.post("/office/release/close")
    async def close(request: Request) -> Response:
        entered = _drafter(front.entered(request))
        form = await request.form()
        front.check(request, form)
        given = {k: str(form.get(k, "")).strip() for k in ("month", "organ", "organ_en", "title", "title_en", "reason")}
        _month(given["month"])
        missing = [name for name in ("organ", "organ_en", "title", "title_en") if not given[name]]
        if missing:
            problems = tuple(
                refuse("form-missing", name, "没有填写", "not given", "补上", "give it") for name in missing
            )
            return show(entered, given["month"], given, problems)
        asked = _Asked(given["month"], Text(given["organ"], given["organ_en"]), Text(given["title"], given["title_en"]))
        stream = f"release/{asked.month}"
        base = str(request.base_url).rstrip("/")
        try:
            await front.site.aside(_draft, entered, asked, given["reason"], base, key or key_file())
        except Stale as stale:
            return show_stale(
                entered, KINDS["release"], asked.month, "draft", {k: [v] for k, v in given.items() if v}, stale
            )
        except ZhishuError as error:
            if any(p.code == "office-hidden" for p in error.problems):
                raise
            return show(entered, given["month"], given, error.problems)
        return RedirectResponse(entered.link(f"/office/{stream}", done="draft"), 303)

    @router.get("/office/release/{id}/{number}.{ending}")
    def edition(request: Request, id: str, number: int, ending: str) -> Response:
        entered = front.entered(request)
        state: Any = entered.state(f"release/{id}")
        found = next((e for e in state.editions if e.number == number), None)
        return served(front, found, ending, f"{id}-{number}")

    return router


def _draft(entered: Entered, asked: _Asked, reason: str, base: str, key: Path) -> None:
    """Write the month from a signed checkpoint and record the draft, or the next edition of what is there."""
    office = entered.front.office
    stream = f"release/{asked.month}"
    signed = checkpoint(office.ledger, office_key(key), office.now())
    office.refresh()
    found = closing(office, asked.month, signed.seq, entered.today)
    paper = briefing(found.month, found.moment, asked.organ, asked.title, _printed(signed), found.changed, "zh")
    state = office.state(stream)
    current = state.current if isinstance(state, Release) else None
    act = "draft" if current is None else "amend" if current.released_at is None else "correct"
    number = 1 if current is None else current.number + (act == "correct")
    made: dict[str, bytes | str] = {
        # every number leads to the page that explains it as this edition published it
        "content": write(paper, f"{base}/releases/{asked.month}/{number}/figures/"),
        "annex": workbook(found.month, found.moment, found.changed),
        "figures": explain(found.month, found.moment, found.rests),
        "checkpoint": str(signed.seq),
        "checkpoint_hash": signed.seal,
        "basis_day": found.month.day.isoformat(),
    }
    given = {"title": [asked.title.zh], "title_en": [asked.title.en]}
    given |= {"period": [asked.month]} if act == "draft" else {"reason": [reason]} if act == "correct" else {}
    office.act(
        entered.account.id,
        Wish(stream, act, office.projection.versions.get(stream, 0), given, made=made),
        entered.guest.only,
    )


def _printed(signed: Checkpoint) -> Printed:
    return Printed(signed.seq, signed.seal, signed.signature, "zhishu ledger verify --checkpoint")


def _seen(entered: Entered, stream: str) -> bool:
    """Return whether the account may see what a figure counts; what nobody has handed in lies where its unit does."""
    of = stream.partition("#")[0]
    kind = KINDS.get(of.partition("/")[0])
    if kind is None:
        return False
    state = entered.moment.state(of) or kind.start(of.partition("/")[2])
    return entered.sight.sees(kind.id, kind.scope(state))


def _counted(entered: Entered, stream: str) -> dict[str, object]:
    """Return what a figure counts: a subject, an action of a body, or a report that nobody has handed in."""
    moment = entered.moment
    of, _, number = stream.partition("#")
    if of not in moment.known.states:
        period = f"/office/period/{of.partition('/')[2].rpartition('.')[0]}"
        return {"title": moment.title(of), "href": period, "standing": None}
    line = moment.line(of)
    title, state = line.title, moment.state(of)
    action = state.action(number) if number and isinstance(state, Body) else None
    if action is None:
        return {"title": title, "href": f"/office/{of}", "standing": line.standing}
    named = Text(f"{title.zh}：{number} {action.what}", f"{title.en}: {number} {action.what}")
    return {"title": named, "href": f"/office/{of}#a{number}", "standing": None}


def _drafter(entered: Entered) -> Entered:
    if not entered.moment.present or not entered.sight.holds("release.draft"):
        raise ZhishuError([hidden("release")])
    return entered


def _whole(entered: Entered) -> Entered:
    """Return the visit of somebody who reads the whole: the month's figures are those of its release.

    Raises ZhishuError ``office-hidden`` for anybody else, so that no embargo is read around.
    """
    if not entered.reads_whole:
        raise ZhishuError([hidden("month")])
    return entered


def _month(month: str) -> None:
    if MONTH.fullmatch(month) is None:
        raise ZhishuError(
            [
                refuse(
                    "month-unreadable",
                    "month",
                    f"不是月份：{month[:20]}",
                    f"not a month: {month[:20]}",
                    "写作 2026-11",
                    "write 2026-11",
                )
            ]
        )
