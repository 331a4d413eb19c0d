"""The forms of a task's acts: all that each act may say. Whether one stands open is said in ``openings``."""

from collections.abc import Iterable, Mapping

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.path import PROGRESS
from zhishu.coordinate.task.choices import CONCERNS, CONFIDENCE, FORGIVEN, GROUNDS, LEVELS, RULES, YES_NO
from zhishu.coordinate.units import Unit
from zhishu.coordinate.withdrawing import cancel
from zhishu.coordinate.world import World
from zhishu.pack.workflow import Step, Workflow
from zhishu.terms import Text

_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_FILES = Field("files", Text("附件", "files"), "files")
_PROOF = Field("files", Text("佐证材料", "evidence"), "files", required=True)
_DOCUMENT = Field("files", Text("文件依据", "document"), "files", required=True)
_DECISION = Field("decision", Text("决定", "decision"), "choice", True, YES_NO)
_BASIS = Field(
    "basis",
    Text("依据", "basis"),
    "long",
    True,
    hint=Text("制度名称和条款", "the rule and its clause"),
)
_OVER = Field(
    "over_limit",
    Text("超过当月要件上限的理由", "why beyond the month's limit of requests"),
    "long",
    hint=Text("该单位本月要件已满时必填", "required once the unit was asked as often as the limit"),
)
_DONE = Field(
    "done",
    Text("已完成的节点", "milestones done"),
    hint=Text("填序号，例如 1、3；须附佐证", "their numbers, such as 1, 3; evidence is required"),
)
_PROGRESS = Field("progress", Text("进展", "progress"), "long", hint=Text("用文字写", "in words"))
_SHOWS = Field("shows", Text("佐证说明", "what the evidence shows"), "long", required=True)


def draft(world: World) -> Act:
    """Return the act that makes a promise a task."""
    templates = ((f.id, f.name) for f in world.workflows.values() if usable(f))
    return Act(
        "draft",
        Text("拟定任务", "draft"),
        "task.draft",
        (
            Field("title", Text("任务", "task"), required=True),
            Field("title_en", Text("英文名称", "title in English")),
            Field("promise", Text("承诺编号", "id of the promise")),
            Field("at", Text("出处", "citation"), hint=Text("条.句，例如 3.19", "article.sentence, such as 3.19")),
            Field("template", Text("流程模板", "template"), "choice", True, tuple(templates)),
            Field("supervisor", Text("督办单位", "supervising unit"), "unit", True),
            Field("unit", Text("牵头责任单位", "responsible unit"), "unit", True),
            Field("with", Text("配合单位", "units with it"), "units"),
            Field("reviewer", Text("复核单位", "reviewing unit"), "unit", True),
            Field("due", Text("时限", "due"), "date"),
            Field("region", Text("地区", "region"), "region", True),
            Field(
                "domain",
                Text("领域", "domain"),
                "choice",
                True,
                tuple((d.id, d.name) for d in world.rules.domains.values()),
            ),
            Field(
                "milestones",
                Text("节点", "milestones"),
                "long",
                hint=Text("每行一个：2026-03-01 标题", "one a line: 2026-03-01 title"),
            ),
            Field("measure", Text("办成的标志", "what would show it done"), "long"),
            Field(
                "important",
                Text("重要事项", "important"),
                "choice",
                choices=YES_NO,
                hint=Text("重要事项可从橙色起步", "orders on it may start at orange"),
            ),
        ),
    )


def usable(flow: Workflow) -> bool:
    """Return whether a workflow can be a task's template: the three roles, no act of another meaning."""
    return set(flow.roles) <= {"lead", "unit", "reviewer"} and not set(flow.acts) & {
        *OWN,
        "draft",
        "remind",
        "hand_over",
        "cancel",
    }


def hand_over(leaving: Iterable[Unit]) -> Act:
    """Return the act that gives the part of a unit that ends to another."""
    return Act(
        "hand_over",
        Text("移交承接单位", "hand over to another unit"),
        "task.hand_over",
        (
            Field(
                "leaving",
                Text("撤销的单位", "unit that ends"),
                "unit",
                True,
                tuple((u.id, u.name) for u in leaving),
            ),
            Field(
                "unit",
                Text("承接单位", "unit that takes over"),
                "unit",
                True,
                hint=Text("按现状承接：时限和在效督办不变", "as it stands: deadline and orders in force stay"),
            ),
            _REASON,
            _BASIS,
            _FILES,
            _OVER,
        ),
    )


def moving(step: Step, end: str, asks: bool) -> Act:
    """Return the form of an act of the workflow."""
    fields = []
    if step.reports:
        fields += [_PROGRESS, _DONE]
    if "evidence" in step.needs:
        closing = step.after == end
        # the last report's evidence may close the task
        fields += [Field("files", _PROOF.name, "files", not closing), Field("shows", _SHOWS.name, "long", not closing)]
    if "reason" in step.needs:
        fields.append(_REASON)
    if asks:
        fields.append(_OVER)
    return Act(step.id, step.name, f"task.{step.id}", tuple(fields), judges=step.reviews)


def _own(acts: Iterable[Act]) -> Mapping[str, Act]:
    return {a.id: a for a in acts}


OWN = _own(
    (
        Act(
            PROGRESS,
            Text("报告进展", "report progress"),
            "task.progress",
            (
                Field("progress", _PROGRESS.name, "long", True, hint=_PROGRESS.hint),
                _DONE,
                _FILES,
                Field("shows", _SHOWS.name, "long"),
            ),
        ),
        Act(
            "pause",
            Text("中止计时", "stop the clock"),
            "task.pause",
            (Field("ground", Text("事由", "ground"), "long", required=True), _DOCUMENT),
        ),
        Act("resume", Text("恢复计时", "start the clock again"), "task.resume", (_REASON,)),
        Act(
            "propose_deadline",
            Text("申请调整时限", "propose a deadline"),
            "task.propose_deadline",
            (Field("due", Text("新时限", "new deadline"), "date", True), _REASON, _FILES),
        ),
        Act(
            "decide_deadline",
            Text("审批时限", "decide on the deadline"),
            "task.decide_deadline",
            (_DECISION, _REASON),
            judges=True,
        ),
        Act(
            "ground",
            Text("报正当理由", "state a legitimate ground"),
            "task.ground",
            (
                Field("kind", Text("类别", "kind"), "choice", True, GROUNDS),
                Field("text", Text("说明", "statement"), "long", True),
                Field("until", Text("影响至", "holds until"), "date", True),
                _PROOF,
            ),
        ),
        Act(
            "decide_ground",
            Text("认定正当理由", "decide on the ground"),
            "task.decide_ground",
            (_DECISION, _REASON),
            judges=True,
        ),
        Act(
            "propose_order",
            Text("提出督办", "propose an order"),
            "task.propose_order",
            (Field("level", Text("等级", "level"), "choice", True, LEVELS), _REASON, _BASIS),
        ),
        Act(
            "issue_order",
            Text("签发督办", "issue the order"),
            "task.issue_order",
            (
                _BASIS,
                Field(
                    "repair",
                    Text("解除条件", "what lifts it"),
                    "long",
                    True,
                    hint=Text("办到什么即解除", "what, once done, lifts the order"),
                ),
                _OVER,
            ),
            adverse=True,
            judges=True,
        ),
        Act("decline_order", Text("不予签发", "decline the order"), "task.decline_order", (_REASON,), judges=True),
        Act("withdraw_order", Text("撤回督办", "withdraw the order"), "task.withdraw_order", (_REASON,)),
        Act(
            "answer_order",
            Text("答复督办", "answer the order"),
            "task.answer_order",
            (Field("text", Text("答复", "answer"), "long", True), _FILES),
        ),
        Act(
            "object",
            Text("申辩", "object"),
            "task.object",
            (Field("text", Text("申辩意见", "objection"), "long", True), _FILES),
        ),
        Act(
            "decide_objection",
            Text("复议申辩", "decide on the objection"),
            "task.decide_objection",
            (
                Field(
                    "decision",
                    Text("决定", "decision"),
                    "choice",
                    True,
                    (("uphold", Text("维持", "uphold")), ("withdraw", Text("撤销", "take back"))),
                ),
                _REASON,
            ),
            adverse=True,
            judges=True,
        ),
        Act(
            "propose_tolerance",
            Text("申请容错", "ask for tolerance"),
            "task.propose_tolerance",
            (
                Field("ground", Text("情形", "ground"), "choice", True, FORGIVEN),
                Field("concerns", Text("是否涉及", "does it concern"), "choice", True, CONCERNS),
                Field("text", Text("事实经过", "what happened"), "long", True),
                _PROOF,
            ),
        ),
        Act(
            "decide_tolerance",
            Text("认定容错", "decide on tolerance"),
            "task.decide_tolerance",
            (
                _DECISION,
                _REASON,
                Field("effect", Text("处理结果", "effect"), "long", hint=Text("认定时必填", "required if granted")),
            ),
            judges=True,
        ),
        Act(
            "judge",
            Text("研判", "judge delivery"),
            "task.judge",
            (Field("colour", Text("交付信心", "delivery confidence"), "choice", True, CONFIDENCE), _REASON),
        ),
    )
)
"""The acts every task knows beside those of its workflow, by id."""

CANCEL = cancel("task")
"""Only before the task is given out."""

REMIND = Act(
    "remind",
    Text("提醒", "remind"),
    "task.remind",
    (
        Field("rule", Text("提醒规则", "rule"), "choice", True, RULES),
        Field("units", Text("收件单位", "addressed to"), "units", True),
    ),
)
"""What the clock may record, and only the clock."""
