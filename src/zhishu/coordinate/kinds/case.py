"""Cases as subjects: a warning, complaint or check is put to a unit, answered, judged by others and closed."""

from collections.abc import Mapping

from zhishu.coordinate.case.brief import brief
from zhishu.coordinate.case.consequence import consequence
from zhishu.coordinate.case.forms import acts, forms
from zhishu.coordinate.case.refuse import actors, deciders, refuse_case
from zhishu.coordinate.case.step import step
from zhishu.coordinate.cases import ORIGINS, Answer, Case, Decision, Who, clock, effect
from zhishu.coordinate.due import COLOURS, clock_words, days_late, level, light
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


def case_light(case: Case, world: World) -> str:
    """Return the light of a case on the day of the world (ids as in ``clock_words``)."""
    return light(clock(case), world)


def case_level(case: Case, world: World) -> str:
    """Return how loudly the unit is reminded of a case: none, blue, orange, red."""
    return level(clock(case), world)


def asked(case: Case, fact: Fact) -> tuple[str, ...]:
    """Return the unit that a fact asks to answer; a returned answer and a case opened again ask anew."""
    if fact.act in ("open", "assign"):
        return tuple(u for u in (fact.text("unit"),) if u)
    if fact.act == "reopen" or (fact.act == "review" and fact.text("verdict") == "return"):
        return (case.unit,) if case.unit else ()
    return ()


def _scope(case: Case) -> Scope:
    return Scope(case.region, case.domain, frozenset({case.unit} if case.unit else ()))


def _who(who: Who | None) -> Mapping[str, object] | None:
    return None if who is None else {"by": who.by, "unit": who.unit, "on": who.on.isoformat()}


def _answer(answer: Answer) -> Mapping[str, object]:
    review = answer.review
    judged = review and {"accepted": review.accepted, "reason": review.reason, "who": _who(review.who)}
    return {"text": answer.text, "files": list(answer.files), "who": _who(answer.who), "review": judged}


def _decision(decision: Decision, world: World) -> Mapping[str, object]:
    held = decision.objection
    return {
        "basis": decision.basis,
        "outcome": decision.outcome,
        "decider": _who(decision.who),
        "unit": decision.unit,
        "notice": decision.notice.isoformat(),
        "objection_until": decision.objection_until.isoformat(),
        "expires": decision.expires.isoformat(),
        "repair": decision.repair,
        "effect": effect(decision, world.today),
        "objection": held
        and {
            "text": held.text,
            "files": list(held.files),
            "who": _who(held.who),
            "result": held.result or None,
            "reason": held.reason,
            "decided": _who(held.decided),
        },
    }


def _record(case: Case, world: World) -> Mapping[str, object]:
    shown, late = case_light(case, world), days_late(clock(case), world)
    return {
        "id": case.id,
        "title": case.title.to_json(),
        "origin": {"id": case.origin, **ORIGINS.get(case.origin, Text(case.origin, case.origin)).to_json()},
        "ref": case.ref,
        "region": case.region,
        "domain": case.domain,
        "unit": case.unit,
        "due": case.due and case.due.isoformat(),
        "opened": _who(case.opened),
        "closed": case.closed,
        "light": {"id": shown, "colour": COLOURS[shown], **clock_words(world)[shown].to_json()},
        "level": case_level(case, world),
        "days_late": {"unknown": late.reason} if isinstance(late, Unknown) else late,
        "answers": [_answer(a) for a in case.answers],
        "earlier": [_answer(a) for a in case.earlier],
        "endings": [{"how": e.how, "who": _who(e.who)} for e in case.endings],
        "reasons": [{"act": act, "reason": reason, "who": _who(who)} for act, reason, who in case.reasons],
        "decisions": [_decision(d, world) for d in case.decisions],
    }


def _standing(case: Case, world: World) -> Standing:
    """Return how a case stands: its light, and in words why."""
    shown, late = case_light(case, world), days_late(clock(case), world)
    due = case.due
    when = Text("没有时限", "no date is set") if due is None else Text(f"时限 {due}", f"due {due}")
    if shown == "overdue":
        by = late.say() if isinstance(late, Unknown) else Text(f"{late} 个工作日", counted(late, "working day"))
        answered = clock(case).answered is not None
        said = Text("答复迟了", "answered late") if answered else Text("还没有答复", "no answer yet")
        reason = Text(f"{when.zh}，{said.zh}，逾期 {by.zh}", f"{when.en}, {said.en}, late by {by.en}")
    elif shown == "answered":
        reason = Text(f"{when.zh}，已答复，等审核", f"{when.en}, answered, awaits review")
    elif shown in ("done", "done_late"):
        ending = case.endings[-1].how if case.endings else ""
        reason = Text(f"已结案：{ending}", f"closed: {ending}")
    else:
        reason = Text(f"{when.zh}，等答复", f"{when.en}, awaits an answer")
    units = (case.unit,) if case.unit and shown not in ("done", "done_late", "answered") else ()
    return Standing(shown, COLOURS[shown], clock_words(world)[shown], reason, due, units)


CASE = Subject(
    id="case",
    name=Text("案件", "case"),
    start=Case,
    step=step,
    acts=acts,
    refuse=refuse_case,
    scope=_scope,
    title=lambda s: s.title,
    asked=asked,
    record=_record,
    actors=actors,
    deciders=deciders,
    standing=_standing,
    forms=forms,
    brief=brief,
    consequence=consequence,
)
