"""My desk: what waits for me, what my unit owes, how much was asked of it, and the days ahead."""

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.office.desk import desk, due
from zhishu.office.listing import Filter
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.terms import Text

SHOWN = 60
WEEKS = 4


def routes(front: Front) -> APIRouter:
    """Return the route of the desk."""
    router = APIRouter(include_in_schema=False)

    @router.get("/office")
    def mine(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        moment = entered.moment
        found = desk(moment, entered.sight)
        asked = Filter(light=request.query_params.get("light", ""))
        unit = asked.of(found.unit)
        lights = found.unit.shown()
        month = f"{moment.day:%Y-%m}"
        asks = len(moment.known.asks.get((month, entered.account.unit), ()))
        return entered.page(
            "desk.html",
            _headline(len(found.waits)),
            running=len(found.unit.order),
            lights=lights,
            counts={s.light: n for s, n in lights},
            waits=[due(line, moment, entered.sight) for line in found.waits[:SHOWN]],
            unit=unit[:SHOWN],
            unit_total=len(unit),
            asked=asked,
            shown=SHOWN,
            whole=entered.reads_whole,
            asks=asks,
            limit=moment.world.rules.number("burden_limit"),
            weeks=weeks(entered, found.unit.due),
            kinds=[k for k in moment.known.kinds.values() if moment.known.streams.get(k.id) or entered.may_create(k)],
        )

    return router


def weeks(entered: Entered, due: Mapping[date, int]) -> list[list[dict[str, object]]]:
    """Return the days of this week and the next ones: worked or not, and how much of the unit is due."""
    day = entered.moment.day
    first = day - timedelta(day.weekday())
    return [[_day(first + timedelta(7 * week + n), entered, due) for n in range(7)] for week in range(WEEKS)]


def _day(day: date, entered: Entered, due: Mapping[date, int]) -> dict[str, object]:
    return {"day": day, "works": entered.moment.world.calendar.works(day), "due": due.get(day, 0)}


def _headline(waits: int) -> Text:
    if not waits:
        return Text("今天没有等您办的事", "Nothing waits for you today")
    return Text(f"今天先办这 {waits} 件", f"{waits} waiting for you today" if waits > 1 else "One waits for you today")
