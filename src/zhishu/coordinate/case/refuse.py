"""Why an act on a case is refused: every reason, each with its repair."""

from collections.abc import Mapping

from zhishu.coordinate.asked import no_place, no_unit, past_due
from zhishu.coordinate.case.decide import refuse_decision
from zhishu.coordinate.case.forms import acts
from zhishu.coordinate.cases import Case
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem


def actors(case: Case, world: World) -> Mapping[str, frozenset[str]]:
    """Return, for the acts that wait for a unit, which: the responsible unit answers, the opener sees to the rest.

    A review waits for the opener unless it ever answered; then for whoever holds the right.
    """
    found: dict[str, frozenset[str]] = {}
    opener = frozenset({case.opened.unit}) if case.opened else frozenset()
    answered, _ = case.answerers()
    for act in acts(case, world):
        if act.id == "answer":
            found[act.id] = frozenset({case.unit})
        elif act.id == "assign" and not case.unit:
            found[act.id] = opener
        elif act.id in ("review", "close"):
            found[act.id] = opener - answered - {case.unit}
        elif act.id == "object" and case.decision is not None:
            found[act.id] = frozenset({case.decision.unit})
        elif act.id == "decide_objection" and case.decision is not None:
            found[act.id] = frozenset({case.decision.who.unit})
    return found


def deciders(case: Case) -> Mapping[str, Barred]:
    """Return the rulings that wait: on an answer by nobody who ever gave one, on an objection by another person."""
    found: dict[str, Barred] = {}
    if case.waits_for_review and not case.closed:
        units, accounts = case.answerers()
        found["review"] = Barred(units | {case.unit}, accounts)
    decision = case.decision
    if decision is not None and decision.objection is not None and not decision.objection.result:
        found["decide_objection"] = Barred(
            frozenset({decision.unit}), frozenset({decision.who.by, decision.objection.who.by})
        )
    return found


def refuse_case(case: Case, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against an act on a case."""
    if fact.act not in {a.id for a in acts(case, world)}:
        return (not_open(fact.stream), *((_closed(fact),) if case.closed else ()))
    match fact.act:
        case "open":
            unit = fact.text("unit")
            return (
                *no_place(fact, world),
                *(no_unit("unit", unit, None, world) if unit else ()),
                *past_due(fact, world),
            )
        case "assign":
            return _assign(case, fact, world)
        case "answer":
            return _answerer(case, fact, world)
        case "review":
            return _review(case, fact)
        case "close":
            return _not_own(case, fact, "close")
        case "reopen":
            return past_due(fact, world)
        case _:
            return refuse_decision(case, fact, world)


def _closed(fact: Fact) -> Problem:
    return refuse(
        "case-closed",
        fact.stream,
        "已结案，不能再办",
        "the case is closed",
        "确有必要的，先重新开启并写明理由",
        "open it again first, with the reason",
    )


def _assign(case: Case, fact: Fact, world: World) -> tuple[Problem, ...]:
    unit = fact.text("unit")
    found, name = list(no_unit("unit", unit, None, world)), world.unit_name(unit)
    if unit == case.unit:
        found.append(
            refuse(
                "case-same-unit",
                "unit",
                f"{name.zh}已是责任单位",
                f"{name.en} is the responsible unit already",
                "换一个单位，或不必再交办",
                "name another, or leave it",
            )
        )
    return tuple(found)


def _answerer(case: Case, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.unit == case.unit:
        return ()
    owes, tries = world.unit_name(case.unit), world.unit_name(fact.unit)
    return (
        refuse(
            "case-not-responsible",
            fact.stream,
            f"由责任单位（{owes.zh}）答复，不由{tries.zh}答复",
            f"the responsible unit, {owes.en}, answers, not {tries.en}",
            "由责任单位答复，或先改交办",
            "let it answer, or assign the case anew",
        ),
    )


def _review(case: Case, fact: Fact) -> tuple[Problem, ...]:
    found = list(_not_own(case, fact, "review"))
    if fact.text("verdict") == "return" and not fact.text("reason").strip():
        found.append(
            refuse(
                "case-no-reason",
                "reason",
                "退回没有写理由",
                "it is returned without a reason",
                "写明缺什么",
                "say what is missing",
            )
        )
    return tuple(found)


def _not_own(case: Case, fact: Fact, act: str) -> tuple[Problem, ...]:
    """Who ever answered, and the unit asked, neither judges the answer nor closes the case."""
    units, accounts = case.answerers()
    if fact.unit not in {*units, case.unit} and fact.by not in accounts:
        return ()
    said = ("审核", "reviews") if act == "review" else ("结案", "closes")
    return (
        refuse(
            "case-self-review",
            fact.stream,
            f"答复的单位和本人不能{said[0]}",
            f"neither the unit nor the person that answered {said[1]} it",
            "由另一单位的另一人办理",
            "let another person of another unit act",
        ),
    )
