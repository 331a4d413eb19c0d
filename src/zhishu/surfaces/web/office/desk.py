"""My desk: what waits for me, what my unit owes, how much was asked of it, and the days ahead."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.coordinate.act import Act
from zhishu.office.burden import Asked, burden
from zhishu.office.desk import desk, due
from zhishu.office.line import Line
from zhishu.office.listing import Filter
from zhishu.office.rows import Row, rows
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.terms import Text

SHOWN = 60
BURDENED = 5
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
        numbers = moment.world.rules
        units = [a for a in burden(moment, moment.day.isoformat()[:7]) if entered.reads_burden(a.unit)]
        limit = numbers.number("burden_limit")
        return entered.page(
            "desk.html",
            _headline(len(found.waits)),
            running=len(found.unit.order),
            lights=lights,
            counts={s.light: n for s, n in lights},
            waits=_waits(found.waits[:SHOWN], entered),
            waits_total=len(found.waits),
            unit=rows(moment, unit[:SHOWN]),
            unit_total=len(unit),
            asked=asked,
            near=numbers.number("near_days"),
            stale=numbers.number("stale_days"),
            burden=_burdened(units, entered.account.unit),
            limit=limit,
            most=max([limit, *(a.count for a in units)]),
            weeks=weeks(entered, found.unit.due),
            kinds=[k for k in moment.known.kinds.values() if moment.known.streams.get(k.id) or entered.may_create(k)],
        )

    return router


def _waits(lines: Sequence[Line], entered: Entered) -> list[tuple[Row, tuple[Act, ...]]]:
    """Return the rows of what waits for the account, each with the acts it can do."""
    acts = [due(line, entered.moment, entered.sight).acts for line in lines]
    return list(zip(rows(entered.moment, lines), acts, strict=True))


def _burdened(units: Sequence[Asked], own: str) -> list[Asked]:
    """Return the units asked most often this month, and the account's own among them."""
    return [a for n, a in enumerate(units) if n < BURDENED or a.unit == own]


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
