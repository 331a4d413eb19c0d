"""What stands against an adverse decision, an objection to it, and the ruling on the objection."""

from datetime import date

from zhishu.coordinate.cases import Case, Decision, least_objection
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.logic import Unknown
from zhishu.terms import counted


def refuse_decision(case: Case, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against ``decide``, ``object`` or ``decide_objection``."""
    if fact.act == "decide":
        return (*_blank(fact), *_days(fact, world), *_decider(case, fact))
    if case.decision is None:
        return ()
    if fact.act == "object":
        return _objector(case.decision, fact, world)
    return _ruler(case.decision, fact)


def _blank(fact: Fact) -> tuple[Problem, ...]:
    return tuple(
        refuse(
            "case-decision-incomplete",
            field,
            f"不利决定没有写{zh}",
            f"the decision gives no {en}",
            "补上；没有依据的不得作出",
            "give it; without a basis nothing is decided",
        )
        for field, zh, en in (
            ("basis", "依据", "basis"),
            ("outcome", "内容", "outcome"),
            ("notice", "告知日期", "day of notice"),
            ("objection_until", "申辩截止日", "end of the time to object"),
            ("expires", "失效日", "day it lapses"),
            ("repair", "修复途径", "way of repair"),
        )
        if not fact.text(field).strip()
    )


def _days(fact: Fact, world: World) -> tuple[Problem, ...]:
    notice, until, expires = (fact.day(f) for f in ("notice", "objection_until", "expires"))
    if notice is None or until is None or expires is None:
        return ()
    found: list[Problem] = []
    if notice < world.today:
        found.append(
            refuse(
                "case-notice",
                "notice",
                f"告知日期 {notice} 早于决定之日 {world.today}",
                f"told on {notice}, before the decision of {world.today}",
                "写决定之日或以后",
                "give the day of the decision or a later one",
            )
        )
    found += _time_to_object(notice, until, world)
    if expires <= until:
        found.append(
            refuse(
                "case-expiry",
                "expires",
                f"失效日 {expires} 不晚于申辩截止日 {until}",
                f"it lapses on {expires}, not after the time to object ends on {until}",
                "写申辩期满以后的日期",
                "give a later day",
            )
        )
    return tuple(found)


def _time_to_object(notice: date, until: date, world: World) -> list[Problem]:
    least = least_objection(notice, world)
    if isinstance(least, Unknown):
        return [
            refuse(
                "case-no-calendar",
                "objection_until",
                f"{least.detail} 年放假安排未录入，算不出申辩期",
                f"the holidays of {least.detail} are not in the table, so the time to object cannot be counted",
                "先录入该年的放假安排",
                "enter the holidays of that year first",
            )
        ]
    if until >= least:
        return []
    days = world.rules.number("objection_days")
    return [
        refuse(
            "case-objection-short",
            "objection_until",
            f"申辩期不足 {days} 个工作日，至少到 {least}",
            f"less than {counted(days, 'working day')} to object; they end on {least}",
            f"写 {least} 或以后",
            f"give {least} or later",
        )
    ]


def _decider(case: Case, fact: Fact) -> tuple[Problem, ...]:
    opener = case.opened.by if case.opened else ""
    _, answerers = case.answerers()
    if fact.unit != case.unit and fact.by != opener and fact.by not in answerers:
        return ()
    return (
        refuse(
            "case-own-decision",
            fact.stream,
            "立案人、答复人和责任单位不能作出决定",
            "who opened or answered the case, and the unit itself, do not decide on it",
            "由另一位签发人决定",
            "let another signing officer decide",
        ),
    )


def _objector(decision: Decision, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.unit == decision.unit:
        return ()
    name = world.unit_name(decision.unit)
    return (
        refuse(
            "case-not-concerned",
            fact.stream,
            f"由被决定的单位（{name.zh}）申辩",
            f"the unit decided on, {name.en}, objects",
            "由该单位提出",
            "let it object",
        ),
    )


def _ruler(decision: Decision, fact: Fact) -> tuple[Problem, ...]:
    objector = decision.objection.who.by if decision.objection else ""
    if fact.unit != decision.unit and fact.by not in (decision.who.by, objector):
        return ()
    return (
        refuse(
            "case-own-objection",
            fact.stream,
            "作出决定的人、申辩人和被决定的单位不能裁定申辩",
            "neither who decided nor who objected rules on the objection",
            "由另一位签发人裁定",
            "let another signing officer rule",
        ),
    )
