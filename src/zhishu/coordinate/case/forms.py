"""The acts of a case with their forms."""

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.cases import ORIGINS, Case, effect
from zhishu.coordinate.world import World
from zhishu.terms import Text

_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_FILES = Field("files", Text("佐证材料", "evidence"), "files")
_DUE = Field("due", Text("答复期限", "answer due by"), "date", required=True)

ASSIGN = Act(
    "assign", Text("交办", "assign"), "case.assign", (Field("unit", Text("责任单位", "unit"), "unit", True), _REASON)
)
ANSWER = Act(
    "answer",
    Text("答复", "answer"),
    "case.answer",
    (Field("text", Text("答复内容", "answer"), "long", True), _FILES),
)
REVIEW = Act(
    "review",
    Text("审核答复", "review the answer"),
    "case.review",
    (
        Field(
            "verdict",
            Text("结论", "verdict"),
            "choice",
            True,
            (("accept", Text("采纳", "accept")), ("return", Text("退回", "return"))),
        ),
        Field("reason", Text("理由", "reason"), "long", hint=Text("退回必须写明", "needed to return it")),
    ),
    judges=True,
)
CLOSE = Act(
    "close", Text("结案", "close"), "case.close", (Field("how", Text("怎样结案", "how it was settled"), "long", True),)
)
REOPEN = Act("reopen", Text("重新开启", "reopen"), "case.reopen", (_REASON, _DUE))
DECIDE = Act(
    "decide",
    Text("作出不利决定", "decide against the unit"),
    "case.decide",
    (
        Field("basis", Text("依据", "basis"), "long", True),
        Field("outcome", Text("决定内容", "outcome"), "long", True),
        Field("notice", Text("告知日期", "told on"), "date", True),
        Field("objection_until", Text("申辩截止日", "may be contested until"), "date", True),
        Field("expires", Text("失效日", "lapses after"), "date", True),
        Field("repair", Text("修复途径", "how its effect is repaired"), "long", True),
    ),
    adverse=True,
)
OBJECT = Act(
    "object",
    Text("申辩", "object"),
    "case.object",
    (Field("text", Text("申辩内容", "objection"), "long", True), _FILES),
)
DECIDE_OBJECTION = Act(
    "decide_objection",
    Text("裁定申辩", "decide the objection"),
    "case.decide_objection",
    (
        Field(
            "result",
            Text("裁定", "result"),
            "choice",
            True,
            (("upheld", Text("维持原决定", "decision stands")), ("withdrawn", Text("撤回原决定", "withdrawn"))),
        ),
        _REASON,
    ),
    adverse=True,
    judges=True,
)


def open_act(world: World) -> Act:
    """Return the act that opens a case, with the domains of the office."""
    return Act(
        "open",
        Text("立案", "open"),
        "case.open",
        (
            Field("title", Text("事由", "title"), required=True),
            Field("title_en", Text("英文事由", "title in English")),
            Field("origin", Text("来源", "origin"), "choice", True, tuple(ORIGINS.items())),
            Field("ref", Text("所涉指标、目标或单据", "figure, target or paper it rests on")),
            Field("region", Text("所涉地区", "region"), "region", True),
            Field(
                "domain",
                Text("领域", "domain"),
                "choice",
                True,
                tuple((d.id, d.name) for d in world.rules.domains.values()),
            ),
            Field("unit", Text("责任单位", "unit"), "unit", hint=Text("可以立案后交办", "may be assigned later")),
            _DUE,
        ),
    )


def acts(case: Case, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open."""
    if case.opened is None:
        return (open_act(world),)
    found: list[Act] = []
    decision = case.decision
    contested = decision is not None and decision.objection is not None and not decision.objection.result
    if not case.closed:
        if not case.waits_for_review and not case.accepted:
            found.append(ASSIGN)
            if case.unit:
                found.append(ANSWER)
        if case.waits_for_review:
            found.append(REVIEW)
        if case.accepted and not contested:
            found.append(CLOSE)
        if _may_decide(case, world):
            found.append(DECIDE)
    else:
        found.append(REOPEN)
    if decision is not None and decision.objection is None and world.today <= decision.objection_until:
        found.append(OBJECT)
    if contested:
        found.append(DECIDE_OBJECTION)
    return tuple(found)


def forms(case: Case, world: World) -> tuple[Act, ...]:
    """Return every act of a case, open or not."""
    return (open_act(world), ASSIGN, ANSWER, REVIEW, CLOSE, REOPEN, DECIDE, OBJECT, DECIDE_OBJECTION)


def _may_decide(case: Case, world: World) -> bool:
    """Nobody is decided against unheard: an answer was judged, or the time to answer ran out without one."""
    if not case.unit or case.waits_for_review:
        return False
    if case.decision is not None and effect(case.decision, world.today) not in ("withdrawn", "expired"):
        return False
    return bool(case.answers) or (case.due is not None and world.today > case.due)
