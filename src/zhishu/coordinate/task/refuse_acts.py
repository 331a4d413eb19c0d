"""What the other acts on a task are refused for: who may propose, who may decide, and what each must bring."""

from collections.abc import Callable, Iterator, Mapping

from zhishu.coordinate.fact import SYSTEM, Fact
from zhishu.coordinate.path import PROGRESS
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.task.clock import due_on
from zhishu.coordinate.task.confidence import judged
from zhishu.coordinate.task.leaving import refuse_hand_over
from zhishu.coordinate.task.orders import bars, last_issued, pending
from zhishu.coordinate.task.refuse_words import refuse_done
from zhishu.coordinate.tasks import Item, Said
from zhishu.coordinate.withdrawing import refuse_cancel
from zhishu.coordinate.world import World
from zhishu.errors import Problem

Rule = Callable[[Item, Fact, World], Iterator[Problem]]


def _from(units: Callable[[Item], frozenset[str]], zh: str, en: str) -> Rule:
    """Return the rule that an act comes from units of the task."""

    def rule(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
        if fact.unit not in units(item):
            yield refuse(
                "task-not-your-part",
                fact.stream,
                f"只有{zh}可以办这个动作",
                f"only {en} may do this",
                f"由{zh}办理",
                f"let {en} act",
            )

    return rule


_OWED = _from(lambda i: i.units, "责任单位", "a responsible unit")
_LEAD = _from(lambda i: i.actors["lead"], "督办单位", "the supervising unit")
_EITHER = _from(lambda i: i.units | i.actors["lead"], "责任单位或督办单位", "a responsible or the supervising unit")


def _apart(asked: Callable[[Item], Said | None]) -> Rule:
    """Return the rule that a decider is neither of the units that owe the work, nor who asked for the decision."""

    def rule(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
        said = asked(item)
        if fact.unit in item.units:
            yield refuse(
                "task-decides-own-unit",
                fact.stream,
                "责任单位不能为自己作决定",
                "a responsible unit does not decide for itself",
                "由另一单位的签发人决定",
                "let a signing officer of another unit decide",
            )
        if said is not None and said.by == fact.by:
            yield refuse(
                "task-decides-own",
                fact.stream,
                "不能决定自己提出的事项",
                "nobody decides on what they proposed themselves",
                "由另一人决定",
                "let somebody else decide",
            )

    return rule


def _document(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    if not fact.texts("files"):
        yield refuse(
            "task-no-document",
            "files",
            "没有附文件",
            "no document is attached",
            "附上文件",
            "attach the document",
        )


def _words(*fields: str) -> Rule:
    """Return the rule that fields are not blank."""

    def rule(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
        for field in fields:
            if not fact.text(field).strip():
                yield refuse("task-blank", field, "没有填写", "it is blank", "写明", "fill it in")

    return rule


def _due(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    due = fact.day("due")
    if due is not None and due < fact.on:
        yield refuse(
            "task-due-past",
            "due",
            f"新时限 {due} 已过",
            f"the new deadline {due} has passed",
            "改日期",
            "correct the day",
        )
    if due is not None and due == due_on(item, fact.on):
        yield refuse(
            "task-due-same",
            "due",
            "与现行时限相同",
            "it is the deadline in force",
            "不必申请，或改日期",
            "nothing need change, or correct the day",
        )


def _until(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    until = fact.day("until")
    if until is not None and until < fact.on:
        yield refuse(
            "task-ground-past",
            "until",
            f"影响截止日 {until} 已过",
            f"the ground ended on {until}",
            "写明影响到哪一日",
            "say until when it holds",
        )


def _order(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    waits = pending(item)
    level = fact.text("level") or (waits.level if waits else "")
    yield from bars(item, level, world)


def _withdraws(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    """The supervising unit takes its order back, or whoever issued it."""
    order = last_issued(item)
    if order is None or order.issued is None or order.issued.by != fact.by:
        yield from _LEAD(item, fact, world)


def _other_decider(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    order = last_issued(item)
    if order is not None and order.issued is not None and order.issued.by == fact.by:
        yield refuse(
            "task-own-order",
            fact.stream,
            "签发人不能复议自己的督办",
            "who issued an order does not decide on the objection to it",
            "由另一签发人复议",
            "let another signing officer decide",
        )


def _tolerable(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    if fact.text("concerns") != "none":
        yield refuse(
            "task-tolerance-excluded",
            "concerns",
            "安全、食品、生态环境和廉洁问题不予容错",
            "nothing that concerns safety, food, environment or corruption is tolerated",
            "按规定处理",
            "follow the rules that hold for it",
        )


def _effect(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    if fact.text("decision") == "yes":
        yield from _words("effect")(item, fact, world)


def _once_a_month(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    if judged(item, fact.by, f"{fact.on:%Y-%m}"):
        yield refuse(
            "task-judged",
            "colour",
            "本月已研判过",
            "you judged this month already",
            "下月再研判",
            "judge again next month",
        )


def _clock(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    if fact.by != SYSTEM:
        yield refuse(
            "task-not-the-clock",
            fact.stream,
            "提醒由系统按规则记录",
            "reminders are recorded by the clock alone",
            "由督办单位催办",
            "let the supervising unit urge",
        )
    if (fact.text("rule"), fact.on) in item.reminded:
        yield refuse(
            "task-reminded",
            "rule",
            "当日已按此规则提醒",
            "this rule reminded on that day already",
            "不必重复",
            "nothing need be done",
        )


def _done(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    yield from refuse_done(item, fact)


def _asked_deadline(item: Item) -> Said | None:
    return item.changes[-1].said if item.changes else None


def _asked_ground(item: Item) -> Said | None:
    return item.grounds[-1].said if item.grounds else None


def _asked_tolerance(item: Item) -> Said | None:
    return item.tolerances[-1].said if item.tolerances else None


def _asked_order(item: Item) -> Said | None:
    waits = pending(item)
    return waits.said if waits else None


def _asked_objection(item: Item) -> Said | None:
    order = last_issued(item)
    return order.objection.said if order and order.objection else None


def _takes_back(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    yield from refuse_cancel(fact, {item.drafted.by} if item.drafted else (), world)


RULES: Mapping[str, tuple[Rule, ...]] = {
    PROGRESS: (_OWED, _words("progress"), _done),
    "pause": (_LEAD, _document, _words("ground")),
    "resume": (_LEAD, _words("reason")),
    "propose_deadline": (_EITHER, _due, _words("due", "reason")),
    "decide_deadline": (_apart(_asked_deadline), _words("reason")),
    "ground": (_OWED, _until, _words("text", "until"), _document),
    "decide_ground": (_apart(_asked_ground), _words("reason")),
    "propose_order": (_LEAD, _order, _words("reason", "basis")),
    "issue_order": (_apart(_asked_order), _order, _words("basis", "repair")),
    "decline_order": (_apart(_asked_order), _words("reason")),
    "withdraw_order": (_withdraws, _words("reason")),
    "answer_order": (_OWED, _words("text")),
    "object": (_OWED, _words("text")),
    "decide_objection": (_apart(_asked_objection), _other_decider, _words("reason")),
    "propose_tolerance": (_OWED, _tolerable, _words("text"), _document),
    "decide_tolerance": (_apart(_asked_tolerance), _words("reason"), _effect),
    "cancel": (_takes_back,),
    "hand_over": (refuse_hand_over, _words("reason", "basis")),
    "judge": (_EITHER, _once_a_month, _words("reason")),
    "remind": (_clock,),
}
"""By act, every rule it must keep beside standing open."""


def refuse_act(item: Item, fact: Fact, world: World) -> Iterator[Problem]:
    """Yield every reason against an act that belongs to no workflow."""
    for rule in RULES[fact.act]:
        yield from rule(item, fact, world)
