"""The acts of a standing body with their forms."""

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.bodies import Body
from zhishu.coordinate.due import days_late
from zhishu.coordinate.rights import EVERY_DOMAIN
from zhishu.coordinate.world import World
from zhishu.terms import Text

_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_UNIT = Field("unit", Text("单位", "unit"), "unit", required=True)
_MEETING = Field("meeting", Text("会议序号", "meeting no."), "whole", required=True)
_ACTION = Field("action", Text("事项序号", "action no."), "whole", required=True)
_CITE = Field("cite", Text("依据条句", "sentence of the strategy"), hint=Text("例如 26.10", "such as 26.10"))

ADD_MEMBER = Act(
    "add_member",
    Text("增加成员", "add a member"),
    "body.add_member",
    (_UNIT, Field("from", Text("自", "from"), "date", True), _REASON),
)
REMOVE_MEMBER = Act(
    "remove_member",
    Text("减少成员", "remove a member"),
    "body.remove_member",
    (_UNIT, Field("until", Text("最后一日", "last day"), "date", True), _REASON),
)
CHANGE_SECRETARY = Act(
    "change_secretary", Text("更换秘书单位", "change the secretary unit"), "body.change_secretary", (_UNIT, _REASON)
)
MEET = Act(
    "meet",
    Text("登记会议", "record a meeting"),
    "body.meet",
    (
        Field("date", Text("日期", "date"), "date", True),
        Field("agenda", Text("议题", "agenda"), "long", True, hint=Text("一行一题", "one item a line")),
        Field(
            "present",
            Text("到会单位", "units present"),
            "units",
            hint=Text("会前不填", "leave blank before it is held"),
        ),
    ),
)
ATTEND = Act(
    "attend",
    Text("登记到会", "record who came"),
    "body.attend",
    (_MEETING, Field("present", Text("到会单位", "units present"), "units", True)),
)
CANCEL = Act("cancel_meeting", Text("会议未开", "call a meeting off"), "body.cancel_meeting", (_MEETING, _REASON))
DECIDE = Act(
    "record_decision",
    Text("登记议定事项", "record a decision"),
    "body.record_decision",
    (_MEETING, Field("text", Text("内容", "text"), "long", True), _CITE),
)
ACTION = Act(
    "record_action",
    Text("登记任务", "record an action"),
    "body.record_action",
    (
        _MEETING,
        Field("decision", Text("议定事项序号", "decision no."), "whole", True),
        Field("what", Text("任务", "what is to be done"), "long", True),
        Field("unit", Text("责任单位（一个）", "responsible unit (one)"), "unit", True),
        Field("due", Text("时限", "due"), "date", True),
        Field("co_units", Text("配合单位", "units that help"), "units"),
    ),
)
REPORT = Act(
    "report_action",
    Text("反馈落实情况", "report on an action"),
    "body.report_action",
    (
        _ACTION,
        Field("text", Text("落实情况", "what was done"), "long", True),
        Field("files", Text("佐证材料", "evidence"), "files", True),
    ),
)
REASSIGN = Act(
    "reassign_action",
    Text("改定责任单位", "give an action to another unit"),
    "body.reassign_action",
    (_ACTION, _UNIT, _REASON),
)
ACCEPT = Act("accept_action", Text("确认落实", "accept a report"), "body.accept_action", (_ACTION,), judges=True)
RETURN = Act("return_action", Text("退回", "return a report"), "body.return_action", (_ACTION, _REASON), judges=True)
END = Act("end", Text("撤销", "end"), "body.end", (Field("until", Text("最后一日", "last day"), "date", True), _REASON))


def create_act(world: World) -> Act:
    """Return the act that sets a body up, with the zones, domains and bodies of the office."""
    return Act(
        "create",
        Text("设立", "set up"),
        "body.create",
        (
            Field("name", Text("名称", "name"), required=True),
            Field("name_en", Text("英文名称", "name in English")),
            Field("region", Text("所在地区", "region"), "region", True),
            Field(
                "zone",
                Text("片区（联席会议）", "zone (of a conference)"),
                "choice",
                choices=tuple((f"zone:{id}", zone[0]) for id, zone in sorted(world.regions.zones.items())),
            ),
            Field(
                "domain",
                Text("领域", "domain"),
                "choice",
                True,
                ((EVERY_DOMAIN, Text("全部", "every")), *((d.id, d.name) for d in world.rules.domains.values())),
            ),
            Field("secretary", Text("秘书单位", "secretary unit"), "unit", True),
            Field("members", Text("成员单位", "member units"), "units", True),
            Field("above", Text("上级机构", "body above"), "choice", choices=_others("", world)),
            Field("since", Text("设立日期（不填为今天）", "exists since (blank: today)"), "date"),
            Field("rhythm", Text("几个月开一次会", "meets once in so many months"), "whole"),
            Field("quorum", Text("最少到会单位数", "fewest members to decide"), "whole"),
            _CITE,
        ),
    )


def escalate_act(body: Body, world: World) -> Act:
    """Return the act that tells an overdue action to a body above; blank means the one it reports to."""
    return Act(
        "escalate",
        Text("提级", "escalate"),
        "body.escalate",
        (
            _ACTION,
            Field(
                "to",
                Text("提交哪个机构（不填为上级机构）", "to which body (blank: the one above)"),
                "choice",
                choices=_others(body.id, world),
            ),
            _REASON,
        ),
    )


def acts(body: Body, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open; after its end a body can only finish what it asked for."""
    if body.since is None:
        return (create_act(world),)
    found: list[Act] = []
    lives = body.until is None or world.today <= body.until
    held = [m for m in body.meetings if m.due_by(world.today)]
    if lives:
        found += [MEET, ADD_MEMBER]
        if body.members_on(world.today):
            found.append(REMOVE_MEMBER)
        found.append(CHANGE_SECRETARY)
        if any(m.present is None for m in held):
            found.append(ATTEND)
        if any(not m.settled for m in body.meetings):
            found.append(CANCEL)
        if held:
            found.append(DECIDE)
        if any(m.decisions for m in held):
            found.append(ACTION)
    statuses = {a.status for a in body.actions}
    if "open" in statuses:
        found += [REPORT, REASSIGN]
    if "reported" in statuses:
        found += [ACCEPT, RETURN]
    if any(days_late(a.clock(), world) != 0 for a in body.actions if a.status == "open"):
        found.append(escalate_act(body, world))
    if lives and body.until is None:
        found.append(END)
    return tuple(found)


def forms(body: Body, world: World) -> tuple[Act, ...]:
    """Return every act of a body, open or not."""
    meeting = (MEET, ATTEND, CANCEL, DECIDE, ACTION)
    acting = (REPORT, REASSIGN, ACCEPT, RETURN, escalate_act(body, world))
    return (create_act(world), ADD_MEMBER, REMOVE_MEMBER, CHANGE_SECRETARY, *meeting, *acting, END)


def _others(id: str, world: World) -> tuple[tuple[str, Text], ...]:
    """Return the bodies that exist on the day, without one of them."""
    found = ((s.partition("/")[2], world.of(s)) for s in world.streams("body"))
    return tuple((i, b.name) for i, b in found if i != id and isinstance(b, Body) and b.exists(world.today))
