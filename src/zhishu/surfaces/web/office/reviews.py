"""The page of what waits for a ruling: each item with what was brought last, and the acts that rule on it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.coordinate.fact import SYSTEM
from zhishu.office.desk import Due
from zhishu.office.reviewing import reviews, rulings
from zhishu.office.rows import rows
from zhishu.surfaces.web.office.front import Entered, Front
from zhishu.surfaces.web.office.told import Told, told
from zhishu.terms import Text

SHOWN = 20
BROUGHT = 2


def routes(front: Front) -> APIRouter:
    """Return the route of the page; it stands before those of the kinds."""
    router = APIRouter(include_in_schema=False, prefix="/office")

    @router.get("/review")
    def review(request: Request) -> HTMLResponse:
        entered = front.entered(request)
        found = reviews(entered.moment, entered.sight)
        shown = rulings(found[:SHOWN], entered.moment, entered.sight)
        items = zip(rows(entered.moment, (d.line for d in shown)), shown, strict=True)
        return entered.page(
            "review.html",
            _headline(len(found)),
            items=[(row, waiting.acts, _brought(entered, waiting)) for row, waiting in items],
            total=len(found),
        )

    return router


def _brought(entered: Entered, waiting: Due) -> tuple[Told, ...]:
    """Return the last entries on record that day in which people brought something."""
    kind, _, id = waiting.line.stream.partition("/")
    entries = [e for e in entered.front.office.trace(waiting.line.stream) if e.fact.on <= entered.moment.day]
    words = told(entered.moment.known.kinds[kind], id, entries, entered.moment.world, entered.moment.unit_name)
    return tuple([t for t in words if t.brought and t.entry.fact.by != SYSTEM][: -BROUGHT - 1 : -1])


def _headline(count: int) -> Text:
    if not count:
        return Text("没有等您审核、决定的事", "Nothing waits for your ruling")
    return Text(
        f"等您审核、决定的 {count} 件", "One waits for your ruling" if count == 1 else f"{count} wait for your ruling"
    )
