"""What a fact changes in a standing body."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from zhishu.coordinate.bodies import Action, Body, Decision, Escalation, Meeting, Member, Move, Report
from zhishu.coordinate.fact import Fact
from zhishu.terms import Text


def step(body: Body, fact: Fact) -> Body:
    """Return the body after a fact; it never refuses."""
    match fact.act:
        case "create":
            return _created(body, fact)
        case "add_member":
            member = Member(fact.text("unit"), fact.day("from") or fact.on, None, fact.text("reason"))
            return replace(body, members=(*body.members, member))
        case "remove_member":
            return replace(body, members=tuple(_left(m, fact) for m in body.members))
        case "change_secretary":
            return replace(body, secretary=fact.text("unit"))
        case "meet":
            return replace(body, meetings=(*body.meetings, _met(body, fact)))
        case "attend":
            return _meeting(body, fact, lambda m: replace(m, present=fact.texts("present")))
        case "cancel_meeting":
            return _meeting(body, fact, lambda m: replace(m, cancelled=fact.text("reason")))
        case "record_decision":
            return _meeting(body, fact, lambda m: _decided(m, fact))
        case "record_action":
            return replace(body, actions=(*body.actions, _asked(body, fact)))
        case "report_action":
            report = Report(fact.text("text"), fact.texts("files"), fact.by, fact.unit, fact.on)
            return _action(body, fact, lambda a: replace(a, reports=(*a.reports, report)))
        case "reassign_action":
            return _action(body, fact, lambda a: _moved(a, fact))
        case "accept_action" | "return_action":
            return _action(body, fact, lambda a: _ruled(a, fact))
        case "escalate":
            told = Escalation(fact.text("to") or body.above, fact.text("reason"), fact.by, fact.on)
            return _action(body, fact, lambda a: replace(a, escalations=(*a.escalations, told)))
        case "end":
            return replace(body, until=fact.day("until"), ended_for=fact.text("reason"))
        case _:
            return body


def agenda_of(text: str) -> tuple[str, ...]:
    """Return the items of an agenda, one a line.

    >>> agenda_of("川南一体化进展\\n\\n  高铁建设 ")
    ('川南一体化进展', '高铁建设')
    """
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _created(body: Body, fact: Fact) -> Body:
    since = fact.day("since") or fact.on
    return Body(
        body.id,
        Text(fact.text("name"), fact.text("name_en") or fact.text("name")),
        fact.text("region"),
        fact.text("zone"),
        fact.text("domain"),
        fact.text("secretary"),
        fact.text("above"),
        fact.text("cite"),
        _count(fact, "rhythm"),
        _count(fact, "quorum"),
        since,
        members=tuple(Member(unit, since) for unit in fact.texts("members")),
    )


def _count(fact: Fact, field: str) -> int | None:
    value = fact.body.get(field)
    return value if isinstance(value, int) else None


def _left(member: Member, fact: Fact) -> Member:
    last: date = fact.day("until") or fact.on
    if member.unit != fact.text("unit") or not member.on(last):
        return member
    return replace(member, until=last, reason=fact.text("reason"))


def _met(body: Body, fact: Fact) -> Meeting:
    present = fact.texts("present") or None
    return Meeting(len(body.meetings) + 1, fact.day("date") or fact.on, agenda_of(fact.text("agenda")), present)


def _decided(meeting: Meeting, fact: Fact) -> Meeting:
    made = Decision(len(meeting.decisions) + 1, fact.text("text"), fact.text("cite"), fact.on)
    return replace(meeting, decisions=(*meeting.decisions, made))


def _asked(body: Body, fact: Fact) -> Action:
    return Action(
        len(body.actions) + 1,
        _count(fact, "meeting") or 0,
        _count(fact, "decision") or 0,
        fact.text("what"),
        fact.text("unit"),
        fact.day("due"),
        fact.texts("co_units"),
        fact.on,
    )


def _moved(action: Action, fact: Fact) -> Action:
    move = Move(action.unit, fact.text("reason"), fact.by, fact.on)
    unit = fact.text("unit")
    return replace(
        action, unit=unit, co_units=tuple(u for u in action.co_units if u != unit), moves=(*action.moves, move)
    )


def _ruled(action: Action, fact: Fact) -> Action:
    if action.report is None:
        return action
    ruled = replace(
        action.report,
        accepted=fact.act == "accept_action",
        reason=fact.text("reason"),
        ruled_by=fact.by,
        ruled_on=fact.on,
    )
    return replace(action, reports=(*action.reports[:-1], ruled))


def _meeting(body: Body, fact: Fact, change: Callable[[Meeting], Meeting]) -> Body:
    number = fact.text("meeting")
    return replace(body, meetings=tuple(change(m) if str(m.number) == number else m for m in body.meetings))


def _action(body: Body, fact: Fact, change: Callable[[Action], Action]) -> Body:
    number = fact.text("action")
    changed = (replace(change(a), last=fact.on) if str(a.number) == number else a for a in body.actions)
    return replace(body, actions=tuple(changed))
