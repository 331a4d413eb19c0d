"""The registers beside the subjects: the ledger itself, orders, the burden on each unit, the calendar."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import ZhishuError
from zhishu.ledger.verify import verify
from zhishu.office.burden import burden
from zhishu.office.desk import running
from zhishu.office.ordering import orders
from zhishu.office.service import hidden
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.terms import Text

PAGE = 100
_FIRST = date(1900, 1, 1)
_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


def routes(front: Front) -> APIRouter:
    """Return the routes of ledger, burden and calendar; they stand before those of the kinds."""
    router = APIRouter(include_in_schema=False, prefix="/office")

    @router.get("/ledger")
    def ledger(request: Request) -> HTMLResponse:
        entered = _reader(front.entered(request))
        head = front.office.ledger.head()
        text = request.query_params.get("seq", "")
        seq = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None
        # around the entry asked for, else the newest; beyond the end there is nothing to show
        first = max(0, min(seq, head.seq) - PAGE // 2 if seq else head.seq - PAGE)
        entries = list(islice(front.office.ledger.read(first), PAGE))
        return entered.page(
            "ledger.html",
            Text("登记簿", "Ledger"),
            entries=list(reversed(entries)),
            head=head,
            asked=seq,
            first=first,
            step=PAGE,
            verified=None,
        )

    @router.post("/ledger/verify")
    async def check(request: Request) -> HTMLResponse:
        entered = _reader(front.entered(request))
        front.check(request, await request.form())
        return entered.page(
            "ledger.html",
            Text("登记簿", "Ledger"),
            entries=[],
            head=front.office.ledger.head(),
            asked=None,
            first=0,
            step=PAGE,
            verified=await front.site.aside(verify, front.office.ledger),
        )

    @router.get("/orders")
    def ordered(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        found = orders(entered.moment, entered.sight)
        title = Text(
            f"督办：在效 {len(found.in_force)}，待签发 {len(found.waiting)}，建议 {len(found.proposed)}",
            f"Orders: {len(found.in_force)} in force, {len(found.waiting)} to be signed, {len(found.proposed)} proposed",
        )
        return entered.page("orders.html", title, found=found, shown=PAGE)

    @router.get("/burden")
    def asked(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        month = _month(request, entered)
        found = [a for a in burden(entered.moment, month) if entered.reads_burden(a.unit)]
        limit = entered.moment.world.rules.number("burden_limit")
        return entered.page(
            "burden.html",
            Text(f"{month} 各单位要件", f"Asked of each unit, {month}"),
            found=found,
            month=month,
            limit=limit,
            over=[a for a in found if a.over(limit)],
            most=max([limit, *(a.count for a in found)]),
            number=entered.moment.world.rules.numbers["burden_limit"],
        )

    @router.get("/calendar")
    def days(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        month = _month(request, entered)
        first = date.fromisoformat(f"{month}-01")
        due: dict[date, list[object]] = {}
        for line in running(entered.moment, entered.account.unit).order:
            if line.standing and line.standing.due:
                due.setdefault(line.standing.due, []).append(line)
        return entered.page(
            "calendar.html",
            Text(f"{month} 工作日历", f"Calendar of {month}"),
            month=month,
            before=f"{first - timedelta(1):%Y-%m}",
            after=f"{first + timedelta(31):%Y-%m}",
            weeks=list(_weeks(first, entered)),
            due=due,
            known=first.year in entered.moment.world.calendar.years,
        )

    return router


def _weeks(first: date, entered: Entered) -> Iterator[list[dict[str, object] | None]]:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    day = first - timedelta(first.weekday())
    while day <= last:
        week = [day + timedelta(n) for n in range(7)]
        yield [
            {"day": d, "works": entered.moment.world.calendar.works(d)} if d.month == first.month else None
            for d in week
        ]
        day += timedelta(7)


def _month(request: Request, entered: Entered) -> str:
    asked = request.query_params.get("month", "")
    return asked if _MONTH.fullmatch(asked) else max(entered.moment.day, _FIRST).isoformat()[:7]


def _reader(entered: Entered) -> Entered:
    """Return the visit of somebody who may read the ledger. Raises ZhishuError ``office-hidden`` otherwise."""
    if not entered.reads_ledger:
        raise ZhishuError([hidden("ledger")])
    return entered
