"""What stands against a meeting, its attendance and its decisions."""

from zhishu.coordinate.asked import no_unit
from zhishu.coordinate.bodies import Body, Meeting
from zhishu.coordinate.body.derived import attendance
from zhishu.coordinate.body.step import agenda_of
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.logic import Unknown
from zhishu.terms import counted


def refuse_meeting(body: Body, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against ``meet``, ``attend``, ``cancel_meeting`` or ``record_decision``."""
    if fact.act == "meet":
        return _meet(body, fact, world)
    meeting = body.meeting(fact.text("meeting"))
    if meeting is None:
        return (no_meeting(fact),)
    if meeting.cancelled:
        return (called_off(meeting),)
    if fact.act == "cancel_meeting":
        return _cancel(meeting)
    if fact.act == "attend":
        return _attend(body, meeting, fact, world)
    return (*not_held(meeting, world), *_quorum(body, meeting, world))


def no_meeting(fact: Fact) -> Problem:
    """Return the problem of a meeting that is not recorded."""
    number = fact.text("meeting")
    return refuse(
        "body-no-meeting",
        "meeting",
        f"没有第 {number} 次会议",
        f"there is no meeting {number}",
        "先登记会议",
        "record the meeting first",
    )


def called_off(meeting: Meeting) -> Problem:
    """Return the problem of a meeting that did not take place."""
    return refuse(
        "body-meeting-off",
        "meeting",
        f"第 {meeting.number} 次会议没有开：{meeting.cancelled}",
        f"meeting {meeting.number} did not take place: {meeting.cancelled}",
        "另行登记会议",
        "record another meeting",
    )


def _cancel(meeting: Meeting) -> tuple[Problem, ...]:
    if not meeting.settled:
        return ()
    return (
        refuse(
            "body-meeting-held",
            "meeting",
            f"第 {meeting.number} 次会议已有到会或议定事项",
            f"meeting {meeting.number} has attendance or decisions on record",
            "开过的会不能作未开登记",
            "a meeting that was held cannot be called off",
        ),
    )


def not_held(meeting: Meeting, world: World) -> tuple[Problem, ...]:
    """Return the problem of a meeting that lies ahead."""
    if meeting.day <= world.today:
        return ()
    return (
        refuse(
            "body-meeting-ahead",
            "meeting",
            f"会议在 {meeting.day}，还没有开",
            f"the meeting is on {meeting.day} and was not held yet",
            "会后登记",
            "record it after the meeting",
        ),
    )


def _meet(body: Body, fact: Fact, world: World) -> tuple[Problem, ...]:
    day = fact.day("date") or fact.on
    found: list[Problem] = []
    if not body.exists(day):
        found.append(
            refuse(
                "body-not-then",
                "date",
                f"{day} 机构不存在",
                f"the body does not exist on {day}",
                "改日期",
                "correct the day",
            )
        )
    if not agenda_of(fact.text("agenda")):
        found.append(refuse("body-no-agenda", "agenda", "没有议题", "no agenda", "一行写一题", "write one item a line"))
    present = fact.texts("present")
    if present and day > world.today:
        found.append(
            refuse(
                "body-meeting-ahead",
                "present",
                f"会议在 {day}，还不知谁到会",
                f"the meeting is on {day}; nobody knows yet who comes",
                "会后登记到会",
                "record who came after it",
            )
        )
    return (*found, *_present(body, Meeting(0, day, (), None), present, world))


def _attend(body: Body, meeting: Meeting, fact: Fact, world: World) -> tuple[Problem, ...]:
    found = list(not_held(meeting, world))
    if meeting.present is not None:
        found.append(
            refuse(
                "body-attended",
                "meeting",
                f"第 {meeting.number} 次会议已登记到会",
                f"attendance of meeting {meeting.number} is recorded",
                "不再登记",
                "leave it",
            )
        )
    return (*found, *_present(body, meeting, fact.texts("present"), world))


def _present(body: Body, meeting: Meeting, present: tuple[str, ...], world: World) -> tuple[Problem, ...]:
    """Who is present belongs to the body on the day, and exists on it."""
    members = body.members_on(meeting.day)
    found: list[Problem] = []
    for unit in present:
        missing = no_unit("present", unit, meeting.day, world)
        found += missing
        if not missing and unit not in members:
            found.append(
                refuse(
                    "body-not-member",
                    "present",
                    f"{world.unit_name(unit).zh}在 {meeting.day} 不是成员",
                    f"{world.unit_name(unit).en} is no member on {meeting.day}",
                    "先增加成员，或从到会名单删去",
                    "add it as a member first, or leave it out",
                )
            )
    return tuple(found)


def _quorum(body: Body, meeting: Meeting, world: World) -> tuple[Problem, ...]:
    """Where the rules of the body ask for a number of members, a decision needs them there, and on record."""
    found = attendance(body, meeting, world)
    if body.quorum is None or found.quorate is True:
        return ()
    if isinstance(found.quorate, Unknown):
        return (
            refuse(
                "body-attendance-unknown",
                "meeting",
                "没有登记到会，不知是否达到最少到会数",
                "who came is not recorded, so nobody knows whether enough did",
                "先登记到会",
                "record who came first",
            ),
        )
    return (
        refuse(
            "body-no-quorum",
            "meeting",
            f"到会 {len(found.present)} 个，不足 {body.quorum} 个",
            f"{counted(len(found.present), 'member')} came, fewer than {body.quorum}",
            "另行开会议定",
            "decide in another meeting",
        ),
    )
