"""What a fact changes in a case."""

from dataclasses import replace

from zhishu.coordinate.cases import Answer, Case, Decision, Ending, Objection, Review, Who
from zhishu.coordinate.fact import Fact
from zhishu.terms import Text


def step(case: Case, fact: Fact) -> Case:
    """Return the case after a fact; it never refuses."""
    return replace(_after(case, fact), last=fact.on)


def _after(case: Case, fact: Fact) -> Case:
    who = Who(fact.by, fact.unit, fact.on)
    match fact.act:
        case "open":
            title = Text(fact.text("title"), fact.text("title_en") or fact.text("title"))
            return Case(
                case.id,
                title,
                fact.text("origin"),
                fact.text("ref"),
                fact.text("region"),
                fact.text("domain"),
                fact.text("unit"),
                fact.day("due"),
                who,
            )
        case "assign":
            reason = ("assign", fact.text("reason"), who)
            return replace(case, unit=fact.text("unit"), reasons=(*case.reasons, reason))
        case "answer":
            return replace(case, answers=(*case.answers, Answer(fact.text("text"), fact.texts("files"), who)))
        case "review" if case.answer is not None:
            review = Review(fact.text("verdict") == "accept", fact.text("reason"), who)
            return replace(case, answers=(*case.answers[:-1], replace(case.answer, review=review)))
        case "close":
            return replace(case, closed=True, endings=(*case.endings, Ending(fact.text("how"), who)))
        case "reopen":
            return replace(
                case,
                closed=False,
                due=fact.day("due"),
                answers=(),
                earlier=(*case.earlier, *case.answers),
                reasons=(*case.reasons, ("reopen", fact.text("reason"), who)),
            )
        case "decide":
            return replace(case, decisions=(*case.decisions, _decision(case, fact, who)))
        case "object" if case.decision is not None:
            objection = Objection(fact.text("text"), fact.texts("files"), who)
            return _with(case, replace(case.decision, objection=objection))
        case "decide_objection" if case.decision is not None and case.decision.objection is not None:
            ruled = replace(
                case.decision.objection, result=fact.text("result"), reason=fact.text("reason"), decided=who
            )
            return _with(case, replace(case.decision, objection=ruled))
        case _:
            return case


def _decision(case: Case, fact: Fact, who: Who) -> Decision:
    return Decision(
        fact.text("basis"),
        fact.text("outcome"),
        fact.day("notice") or fact.on,
        fact.day("objection_until") or fact.on,
        fact.day("expires") or fact.on,
        fact.text("repair"),
        case.unit,
        who,
    )


def _with(case: Case, decision: Decision) -> Case:
    return replace(case, decisions=(*case.decisions[:-1], decision))
