"""What stands against an action of a meeting, its report, its acceptance and its escalation."""

from zhishu.coordinate.asked import no_unit, past_due
from zhishu.coordinate.bodies import Action, Body
from zhishu.coordinate.body.meetings import called_off, no_meeting, not_held
from zhishu.coordinate.due import days_late
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem

_STATUS = {"open": ("在办", "open"), "reported": ("待确认", "awaits acceptance"), "accepted": ("已落实", "accepted")}
_NEEDS = {
    "report_action": "open",
    "accept_action": "reported",
    "return_action": "reported",
    "escalate": "open",
    "reassign_action": "open",
}


def refuse_action(body: Body, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against an act on an action, or against a new one."""
    if fact.act == "record_action":
        return _record(body, fact, world)
    number = fact.text("action")
    action = body.action(number)
    if action is None:
        return (
            refuse(
                "body-no-action",
                "action",
                f"没有第 {number} 项任务",
                f"there is no action {number}",
                "看任务清单",
                "see the list of actions",
            ),
        )
    found: list[Problem] = []
    if action.status != _NEEDS[fact.act]:
        zh, en = _STATUS[action.status]
        found.append(
            refuse(
                "body-action-state",
                "action",
                f"第 {number} 项{zh}，不能办这个动作",
                f"action {number} is not open to this: it is {en}",
                "看任务清单",
                "see the list of actions",
            )
        )
    match fact.act:
        case "report_action":
            found += _report(action, fact, world)
        case "reassign_action":
            found += _reassign(body, action, fact, world)
        case "escalate":
            found += _escalate(body, action, fact, world)
        case _:
            found += _rule(body, action, fact, world)
    return tuple(found)


def _record(body: Body, fact: Fact, world: World) -> tuple[Problem, ...]:
    found: list[Problem] = []
    meeting = body.meeting(fact.text("meeting"))
    if meeting is None:
        found.append(no_meeting(fact))
    else:
        found += [called_off(meeting)] if meeting.cancelled else not_held(meeting, world)
        if fact.text("decision") not in {str(d.number) for d in meeting.decisions}:
            found.append(
                refuse(
                    "body-no-decision",
                    "decision",
                    f"第 {meeting.number} 次会议没有这一项议定事项",
                    f"meeting {meeting.number} has no such decision",
                    "先登记议定事项",
                    "record the decision first",
                )
            )
    unit = fact.text("unit")
    if not unit or isinstance(fact.body.get("unit"), list):
        found.append(
            refuse(
                "body-no-responsible",
                "unit",
                "任务要有一个责任单位，只能一个",
                "an action has one responsible unit, no more and no fewer",
                "写一个单位，其余列为配合单位",
                "name one; list others as units that help",
            )
        )
    else:
        found += _responsible(body, unit, world)
    for other in fact.texts("co_units"):
        found += no_unit("co_units", other, None, world)
        if other == unit:
            found.append(
                refuse("body-unit-twice", "co_units", "责任单位不再列为配合单位", "named twice", "删去", "remove it")
            )
    return (*found, *past_due(fact, world))


def _responsible(body: Body, unit: str, world: World) -> list[Problem]:
    """Who is responsible exists, and is not the unit that accepts the report."""
    found = list(no_unit("unit", unit, None, world))
    if unit == body.secretary:
        found.append(
            refuse(
                "body-own-action",
                "unit",
                "秘书单位确认落实，不能同时是责任单位",
                "the secretary unit accepts reports, so it cannot be the responsible one",
                "另定责任单位，或先更换秘书单位",
                "name another, or change the secretary unit first",
            )
        )
    return found


def _reassign(body: Body, action: Action, fact: Fact, world: World) -> list[Problem]:
    unit = fact.text("unit")
    found = _responsible(body, unit, world)
    if unit == action.unit:
        found.append(
            refuse(
                "body-same-unit", "unit", "已是责任单位", "it is responsible already", "换一个单位", "name another unit"
            )
        )
    if fact.unit == action.unit:
        found.append(
            refuse(
                "body-self-move",
                fact.stream,
                "责任单位不能自行推给别的单位",
                "the responsible unit does not hand its action on",
                "由秘书单位办理",
                "let the secretary unit do it",
            )
        )
    return found


def _report(action: Action, fact: Fact, world: World) -> list[Problem]:
    found: list[Problem] = []
    if fact.unit != action.unit:
        owes, tries = world.unit_name(action.unit), world.unit_name(fact.unit)
        found.append(
            refuse(
                "body-not-responsible",
                fact.stream,
                f"由责任单位（{owes.zh}）反馈，不由{tries.zh}反馈",
                f"the responsible unit, {owes.en}, reports, not {tries.en}",
                "由责任单位办理",
                "let it report",
            )
        )
    if not fact.texts("files"):
        found.append(
            refuse("body-no-evidence", "files", "没有佐证材料", "no evidence", "上传佐证材料", "upload the evidence")
        )
    return found


def _rule(body: Body, action: Action, fact: Fact, world: World) -> list[Problem]:
    found: list[Problem] = []
    name = world.unit_name(body.secretary)
    if fact.unit != body.secretary:
        found.append(
            refuse(
                "body-not-secretary",
                fact.stream,
                f"由秘书单位（{name.zh}）确认或退回",
                f"the secretary unit, {name.en}, accepts or returns",
                "由秘书单位办理",
                "let it act",
            )
        )
    reporters = {r.unit for r in action.reports} | {action.unit}
    if fact.unit in reporters or fact.by in {r.by for r in action.reports}:
        found.append(
            refuse(
                "body-self-review",
                fact.stream,
                "反馈的单位和本人不能确认或退回",
                "neither the unit nor the person that reported rules on it",
                "由另一单位的另一人办理",
                "let another person of another unit act",
            )
        )
    return found


def _escalate(body: Body, action: Action, fact: Fact, world: World) -> list[Problem]:
    found: list[Problem] = []
    if days_late(action.clock(), world) == 0:
        found.append(
            refuse(
                "body-not-overdue",
                "action",
                f"第 {action.number} 项没有逾期（时限 {action.due}）",
                f"action {action.number} is not overdue (due {action.due})",
                "逾期后再提级",
                "escalate it once it is overdue",
            )
        )
    to = fact.text("to") or body.above
    above = world.of(f"body/{to}") if to else None
    if to == body.id or not isinstance(above, Body) or not above.exists(world.today):
        found.append(
            refuse(
                "body-no-above",
                "to",
                f"没有可提交的上级机构{f' {to}' if to else ''}",
                f"no body above to tell{f': {to}' if to else ''}",
                "写明提交哪个机构",
                "name the body",
            )
        )
    elif to in {e.to for e in action.escalations}:
        found.append(
            refuse(
                "body-escalated",
                "to",
                f"已提交{above.name.zh}",
                f"{above.name.en} was told already",
                "等其处理，或提交更上一级",
                "wait for it, or tell one above it",
            )
        )
    if fact.unit == action.unit:
        found.append(
            refuse(
                "body-self-escalation",
                fact.stream,
                "责任单位不能提级自己的任务",
                "the responsible unit does not escalate its own action",
                "由秘书单位或督查机构提级",
                "let the secretary unit or the supervisors do it",
            )
        )
    return found
