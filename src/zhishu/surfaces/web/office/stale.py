"""The page for an act that came too late: what happened in between, and what was to be recorded."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.responses import HTMLResponse

from zhishu.coordinate.fact import Fact, Json
from zhishu.coordinate.subject import Subject
from zhishu.ledger import Stale
from zhishu.surfaces.web.office.front import Entered
from zhishu.surfaces.web.office.told import brought, told
from zhishu.terms import Text


def show_stale(
    entered: Entered, kind: Subject[Any], id: str, act: str, given: Mapping[str, Sequence[str]], stale: Stale
) -> HTMLResponse:
    """Return the page for an act that came too late (409): what happened in between, and what was to be recorded."""
    stream = f"{kind.id}/{id}"
    entered.front.office.refresh()
    world = entered.moment.world
    before = entered.front.office.trace(stream)
    trace = told(kind, id, before, world, entered.moment.unit_name)
    since = trace[stale.expected :]
    state = entered.moment.known.states.get(stream)
    form = next((a for a in kind.forms(state or kind.start(id), world) if a.id == act), None)
    body: dict[str, Json] = {name: list(values) for name, values in given.items() if any(values)}
    at, account = entered.front.office.now(), entered.account
    tried = Fact(stream, stale.expected + 1, act, account.id, account.unit, at, entered.today, body)
    return entered.page(
        "stale.html",
        Text(
            "这一项刚被别人改过，您的内容还没有记录", "Somebody else has just changed this; yours is not recorded yet"
        ),
        409,
        kind=kind,
        id=id,
        heading=kind.called(state, world) if state is not None else Text(id, id),
        since=since,
        act=form.name if form else Text(act, act),
        given=brought(form, tried, world, entered.moment.unit_name),
    )
