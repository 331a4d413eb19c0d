"""Standing bodies as subjects: members meet, decide, ask one unit for each action, and see to it until it is done."""

from collections.abc import Mapping

from zhishu.coordinate.bodies import Action, Body, Meeting, Report
from zhishu.coordinate.body.derived import attendance, escalated_to, open_by_unit, overdue, rhythm
from zhishu.coordinate.body.forms import acts, forms
from zhishu.coordinate.body.refuse import refuse_body
from zhishu.coordinate.body.step import step
from zhishu.coordinate.due import COLOURS, clock_words, days_late, level, light
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


def asked(body: Body, fact: Fact) -> tuple[str, ...]:
    """Return whom a fact asks something of: the members of a meeting, the responsible unit of an action."""
    if fact.act == "meet":
        return body.members_on(fact.day("date") or fact.on)
    if fact.act in ("record_action", "reassign_action"):
        return (fact.text("unit"),)
    if fact.act == "return_action":
        action = body.action(fact.text("action"))
        return (action.unit,) if action else ()
    return ()


def actors(body: Body, world: World) -> Mapping[str, frozenset[str]]:
    """Return, for the acts that wait for a unit, which: reports for the responsible ones, the rest for the secretary."""
    secretary = frozenset({body.secretary})
    owed = frozenset(a.unit for a in body.actions if a.status == "open")
    waits = {
        a.id: secretary for a in acts(body, world) if a.id in ("attend", "accept_action", "return_action", "escalate")
    }
    return {**waits, "report_action": owed} if owed else waits


def _scope(body: Body) -> Scope:
    units = {m.unit for m in body.members} | {a.unit for a in body.actions} | {body.secretary}
    return Scope(body.region, body.domain, frozenset(units - {""}))


def _known(value: bool | int | Unknown) -> object:
    return {"unknown": value.reason} if isinstance(value, Unknown) else value


def _meeting(body: Body, meeting: Meeting, world: World) -> Mapping[str, object]:
    there = attendance(body, meeting, world)
    return {
        "number": meeting.number,
        "date": meeting.day.isoformat(),
        "held": meeting.due_by(world.today),
        "cancelled": meeting.cancelled or None,
        "agenda": list(meeting.agenda),
        "attendance": {
            "members": list(there.members),
            "present": None if meeting.present is None else list(there.present),
            "absent": list(there.absent),
            "gone": list(there.gone),
            "quorate": _known(there.quorate),
            "say": there.say.to_json(),
        },
        "decisions": [
            {"number": d.number, "text": d.text, "cite": d.cite or None, "on": d.on.isoformat()}
            for d in meeting.decisions
        ],
    }


def _report(report: Report) -> Mapping[str, object]:
    return {
        "text": report.text,
        "files": list(report.files),
        "by": report.by,
        "unit": report.unit,
        "on": report.on.isoformat(),
        "accepted": report.accepted,
        "reason": report.reason,
        "ruled_by": report.ruled_by or None,
        "ruled_on": report.ruled_on and report.ruled_on.isoformat(),
    }


def _action(action: Action, world: World) -> Mapping[str, object]:
    clock = action.clock()
    shown = light(clock, world)
    return {
        "number": action.number,
        "meeting": action.meeting,
        "decision": action.decision,
        "what": action.what,
        "unit": action.unit,
        "co_units": list(action.co_units),
        "due": action.due and action.due.isoformat(),
        "status": action.status,
        "light": {"id": shown, "colour": COLOURS[shown], **clock_words(world)[shown].to_json()},
        "level": level(clock, world),
        "days_late": _known(days_late(clock, world)),
        "reports": [_report(r) for r in action.reports],
        "escalations": [
            {"to": e.to, "reason": e.reason, "by": e.by, "on": e.on.isoformat()} for e in action.escalations
        ],
        "moves": [{"before": m.before, "reason": m.reason, "by": m.by, "on": m.on.isoformat()} for m in action.moves],
    }


def _record(body: Body, world: World) -> Mapping[str, object]:
    beat = rhythm(body, world)
    return {
        "id": body.id,
        "name": body.name.to_json(),
        "region": body.region,
        "zone": body.zone or None,
        "domain": body.domain,
        "secretary": body.secretary,
        "above": body.above or None,
        "cite": body.cite or None,
        "since": body.since and body.since.isoformat(),
        "until": body.until and body.until.isoformat(),
        "quorum": body.quorum,
        "members": [
            {"unit": m.unit, "from": m.since.isoformat(), "until": m.until and m.until.isoformat(), "reason": m.reason}
            for m in body.members
        ],
        "rhythm": {"unknown": beat.reason}
        if isinstance(beat, Unknown)
        else {
            "months": body.rhythm,
            "spans": beat.spans,
            "missed": [[a.isoformat(), b.isoformat()] for a, b in beat.missed],
            "unsure": [[a.isoformat(), b.isoformat()] for a, b in beat.unsure],
            "say": beat.say.to_json(),
        },
        "meetings": [_meeting(body, m, world) for m in body.meetings],
        "actions": [_action(a, world) for a in body.actions],
        "overdue": [
            {"action": found.action.number, "days": _known(found.days), "say": found.say.to_json()}
            for found in overdue(body, world)
        ],
        "open_by_unit": dict(open_by_unit(body)),
        "escalated_here": [{"body": other, "action": action.number} for other, action in escalated_to(body.id, world)],
    }


def _standing(body: Body, world: World) -> Standing | None:
    """Return how a body stands by its actions: late ones first, then those still owed; None before it exists."""
    if body.since is None:
        return None
    late = overdue(body, world)
    owed = [a for a in body.actions if a.status == "open"]
    due = min((a.due for a in owed if a.due is not None), default=None)
    units = tuple(sorted({a.unit for a in owed}))
    if body.until is not None and body.until < world.today:
        ended = Text("已撤销", "ended")
        return Standing("ended", "done", ended, Text(f"{body.until} 止", f"until {body.until}"))
    if late:
        what = Text(f"{len(late)} 项议定事项逾期", f"{counted(len(late), 'action')} overdue")
        return Standing("overdue", "red", Text("逾期", "overdue"), what, due, units)
    if owed:
        what = Text(f"{len(owed)} 项议定事项在办", f"{counted(len(owed), 'action')} under way")
        return Standing("open", "green", Text("办理中", "in progress"), what, due, units)
    return Standing(
        "idle", "none", Text("没有在办事项", "no action open"), Text("议定事项均已办结", "every action is closed")
    )


BODY = Subject(
    id="body",
    name=Text("议事机构", "standing body"),
    start=Body,
    step=step,
    acts=acts,
    refuse=refuse_body,
    scope=_scope,
    title=lambda s: s.name,
    asked=asked,
    record=_record,
    actors=actors,
    standing=_standing,
    forms=forms,
)
