"""A task as the API shows it: what was recorded, and what follows from it on the day."""

from collections.abc import Mapping

from zhishu.coordinate.task.clock import agreed
from zhishu.coordinate.task.confidence import spread
from zhishu.coordinate.task.light import light
from zhishu.coordinate.task.milestones import reached
from zhishu.coordinate.task.orders import current, expires, objection_ends, proposed
from zhishu.coordinate.task.walk import flow_of, path_of
from zhishu.coordinate.tasks import Item, Order, Said, Verdict
from zhishu.coordinate.world import World


def record(item: Item, world: World) -> Mapping[str, object]:
    """Return a task with node, light, deadline versions, orders and what else is on record."""
    now, flow, proposal = light(item, world), flow_of(item, world), proposed(item, world)
    done = reached(item)
    in_force = current(item, world)
    return {
        "id": item.id,
        "title": item.title.to_json(),
        "promise": item.promise,
        "at": item.at,
        "template": item.template,
        "node": path_of(item, flow).node if flow else None,
        "supervisor": item.supervisor,
        "unit": item.responsible,
        "with": list(item.others),
        "reviewer": item.reviewer,
        "region": item.region,
        "domain": item.domain,
        "measure": item.measure,
        "important": item.important,
        "light": now.light if now else None,
        "reason": now.reason.to_json() if now else None,
        "due": now.due.isoformat() if now and now.due else None,
        "due_drafted": item.due.isoformat() if item.due else None,
        "due_agreed": change.due.isoformat() if (change := agreed(item)) else None,
        "milestones": [
            {"on": m.on.isoformat(), "title": m.title, "done": done[n].said.on.isoformat() if n in done else None}
            for n, m in enumerate(item.milestones, 1)
        ],
        "words": [
            {"act": w.act, **_said(w.said), "reason": w.reason, "progress": w.progress, "done": list(w.milestones)}
            for w in item.words
        ],
        "pauses": [
            {"ground": p.ground, **_said(p.began), "ended": p.ended.on.isoformat() if p.ended else None}
            for p in item.pauses
        ],
        "deadlines": [{"due": c.due.isoformat(), **_said(c.said), **_verdict(c.verdict)} for c in item.changes],
        "grounds": [
            {"kind": g.kind, "until": g.until.isoformat(), **_said(g.said), **_verdict(g.verdict)} for g in item.grounds
        ],
        "orders": [{**_order(o, world), "in_force": o is in_force} for o in item.orders],
        "order_proposed": proposal
        and {"level": proposal.level, "why": proposal.why.to_json(), "basis": proposal.basis.to_json()},
        "tolerances": [
            {"ground": t.ground, **_said(t.said), **_verdict(t.verdict), "effect": t.effect} for t in item.tolerances
        ],
        "handed": [{"leaving": h.leaving, "to": h.to, "basis": h.basis, **_said(h.said)} for h in item.handed],
        "cancelled": item.cancelled and item.cancelled.shown(),
        "judgements": [{"colour": j.colour, **_said(j.said)} for j in item.judgements],
        "confidence": _confidence(item),
    }


def _confidence(item: Item) -> list[dict[str, object]]:
    """Return, for every month somebody judged in, how many did and from which to which colour they reach."""
    months = sorted({f"{j.said.on:%Y-%m}" for j in item.judgements}, reverse=True)
    return [
        {"month": s.month, "count": len(s.judgements), "best": s.best, "worst": s.worst, "width": s.width}
        for s in (spread(item, month) for month in months)
    ]


def _said(said: Said) -> dict[str, object]:
    return {
        "by": said.by,
        "for": said.unit,
        "on": said.on.isoformat(),
        "text": said.text,
        "files": list(said.files),
    }


def _verdict(verdict: Verdict | None) -> dict[str, object]:
    return {"decided": verdict and {"yes": verdict.yes, **_said(verdict.said)}}


def _order(order: Order, world: World) -> dict[str, object]:
    issued = order.issued
    found: dict[str, object] = {
        "level": order.level,
        "basis": order.basis,
        **_said(order.said),
        "decider": issued.by if issued else None,
        "notice": issued.on.isoformat() if issued else None,
        "objection_until": None,
        "expires": None,
        "repair": order.repair,
        "answers": [_said(a) for a in order.answers],
        "objection": order.objection and {**_said(order.objection.said), **_verdict(order.objection.verdict)},
        "taken_back": order.dropped and _said(order.dropped),
    }
    if issued:
        found["objection_until"] = objection_ends(order, world)[0].isoformat()
        found["expires"] = expires(order, world).isoformat()
    return found
