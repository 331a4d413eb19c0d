"""Why an act on a standing body is refused: every reason, each with its repair."""

import re

from zhishu.coordinate.asked import no_place, no_unit
from zhishu.coordinate.bodies import Body
from zhishu.coordinate.body.actions import refuse_action
from zhishu.coordinate.body.forms import acts
from zhishu.coordinate.body.meetings import refuse_meeting
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem

MOST_MONTHS = 120
"""A body that means to meet less often than once in ten years has no rhythm."""

_CITE = re.compile(r"[1-9][0-9]?\.[0-9]{1,3}")


def refuse_body(body: Body, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against an act on a body."""
    if fact.act not in {a.id for a in acts(body, world)}:
        return (not_open(fact.stream),)
    found = list(_cite(fact))
    match fact.act:
        case "create":
            found += _create(fact, world)
        case "add_member" | "remove_member":
            found += _member(body, fact, world)
        case "change_secretary":
            found += _secretary(body, fact, world)
        case "end":
            found += _end(body, fact, world)
        case "meet" | "attend" | "cancel_meeting" | "record_decision":
            found += refuse_meeting(body, fact, world)
        case _:
            found += refuse_action(body, fact, world)
    return tuple(found)


def _cite(fact: Fact) -> tuple[Problem, ...]:
    cite = fact.text("cite")
    if not cite or _CITE.fullmatch(cite):
        return ()
    return (
        refuse(
            "body-cite",
            "cite",
            f"依据条句写法不对：{cite}",
            f"not a sentence of the strategy: {cite}",
            "写条.句，例如 26.10",
            "write article.sentence, such as 26.10",
        ),
    )


def _create(fact: Fact, world: World) -> list[Problem]:
    since = fact.day("since") or fact.on
    found = [*no_place(fact, world), *no_unit("secretary", fact.text("secretary"), since, world)]
    zone = fact.text("zone")
    if zone and zone.removeprefix("zone:") not in world.regions.zones:
        found.append(
            refuse("body-zone", "zone", f"没有片区 {zone}", f"no zone {zone}", "用表中的片区", "use a zone of the list")
        )
    for unit in fact.texts("members"):
        found += no_unit("members", unit, since, world)
    above = fact.text("above")
    if above:
        found += no_body("above", above, fact.subject, world)
    for field, most in (("rhythm", MOST_MONTHS), ("quorum", len(fact.texts("members")))):
        value = fact.body.get(field)
        if isinstance(value, int) and not 1 <= value <= most:
            found.append(
                refuse(
                    "body-number",
                    field,
                    f"{value} 不在 1 至 {most} 之间",
                    f"{value} is not between 1 and {most}",
                    "改数，或不填",
                    "correct it, or leave it blank",
                )
            )
    return found


def no_body(where: str, id: str, own: str, world: World) -> tuple[Problem, ...]:
    """Return the problem of a body above that is not recorded, has ended, or is the body itself."""
    found = world.of(f"body/{id}")
    if id != own and isinstance(found, Body) and found.exists(world.today):
        return ()
    return (
        refuse(
            "body-unknown",
            where,
            f"没有可提交的机构 {id}",
            f"no other body {id} exists on that day",
            "先设立该机构，或另选",
            "set it up first, or name another",
        ),
    )


def _member(body: Body, fact: Fact, world: World) -> list[Problem]:
    unit = fact.text("unit")
    if fact.act == "add_member":
        first = fact.day("from") or fact.on
        found = [*no_unit("unit", unit, first, world), *_before(body, fact, "from")]
        if any(m.unit == unit and (m.until is None or m.until >= first) for m in body.members):
            found.append(
                refuse("body-member-twice", "unit", "已是成员", "it is a member already", "不必再加", "leave it")
            )
        return found
    last = fact.day("until") or fact.on
    found = []
    if not any(m.unit == unit and m.on(last) and m.until is None for m in body.members):
        found.append(
            refuse(
                "body-no-member",
                "unit",
                f"{last} 不是成员，或已减少",
                f"no member on {last}, or removed already",
                "看成员名单",
                "see the list of members",
            )
        )
    present = [m.day for m in body.meetings if m.day > last and unit in (m.present or ())]
    if present:
        found.append(
            refuse(
                "body-member-was-there",
                "until",
                f"其后 {max(present)} 还到会",
                f"it was present later, on {max(present)}",
                "改最后一日",
                "correct the last day",
            )
        )
    return found


def _before(body: Body, fact: Fact, field: str) -> tuple[Problem, ...]:
    day = fact.day(field)
    if day is None or body.since is None or day >= body.since:
        return ()
    return (
        refuse(
            "body-before-start",
            field,
            f"{day} 早于机构设立日 {body.since}",
            f"{day} lies before the body was set up on {body.since}",
            "改日期",
            "correct the day",
        ),
    )


def _secretary(body: Body, fact: Fact, world: World) -> list[Problem]:
    unit = fact.text("unit")
    found = list(no_unit("unit", unit, None, world))
    if unit == body.secretary:
        found.append(refuse("body-same-secretary", "unit", "已是秘书单位", "it is already", "不必再办", "leave it"))
    own = [
        str(a.number) for a in body.actions if a.status != "accepted" and unit in {a.unit, *(r.unit for r in a.reports)}
    ]
    if own:
        numbers = "、".join(own)
        found.append(
            refuse(
                "body-own-action",
                "unit",
                f"该单位负责或反馈过第 {numbers} 项任务，不能确认",
                f"it is responsible for or reported on action {', '.join(own)} and cannot rule on it",
                "先了结这些任务，或另选单位",
                "finish these first, or name another unit",
            )
        )
    return found


def _end(body: Body, fact: Fact, world: World) -> list[Problem]:
    found = list(_before(body, fact, "until"))
    last = fact.day("until")
    later = [m.day for m in body.meetings if last is not None and m.day > last and not m.cancelled]
    if later:
        found.append(
            refuse(
                "body-met-later",
                "until",
                f"{max(later)} 还有会议",
                f"it meets on {max(later)}",
                "改最后一日",
                "correct the last day",
            )
        )
    left = [str(a.number) for a in body.actions if a.status != "accepted" and not a.escalations]
    if left:
        numbers = "、".join(left)
        found.append(
            refuse(
                "body-actions-left",
                fact.stream,
                f"第 {numbers} 项任务未了结，也未提级",
                f"action {', '.join(left)} is neither finished nor escalated",
                "先确认落实，或逾期后提级",
                "accept them first, or escalate what is overdue",
            )
        )
    return found
