"""The light of a task: worked out from its facts, the day and the calendar whenever it is asked, never stored.

A deadline passed stays red on every later day until the task is closed or its deadline changed. Green is
given only to a task that runs, in time, with fresh word; nobody can declare it.
"""

from datetime import date

from zhishu.coordinate.standing import CANCELLED, Colour, Standing
from zhishu.coordinate.task.clock import due_on, due_soon, running_pause
from zhishu.coordinate.task.walk import ended, flow_of, last_word, waits_for
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.terms import Text, counted

LIGHTS: dict[str, tuple[Colour, Text]] = {
    "done": ("done", Text("已办结", "closed")),
    "done_late": ("done", Text("逾期办结", "closed late")),
    CANCELLED: ("none", Text("草稿已撤销", "draft withdrawn")),
    "paused": ("paused", Text("中止计时", "clock stopped")),
    "overdue": ("red", Text("逾期", "overdue")),
    "near": ("yellow", Text("临期", "due soon")),
    "unrecorded": ("yellow", Text("尚无记录", "nothing recorded")),
    "stale": ("yellow", Text("久无消息", "no fresh word")),
    "no_deadline": ("yellow", Text("没有时限", "no deadline")),
    "no_template": ("yellow", Text("模板已不在册", "template gone")),
    "open": ("green", Text("办理中", "in progress")),
}


def light(item: Item, world: World) -> Standing | None:
    """Return how a task stands on the day of the world; None before it was drafted."""
    if item.drafted is None:
        return None
    if (back := item.cancelled) is not None:
        said = Text(f"{back.on} 撤销：{back.reason}", f"withdrawn on {back.on}: {back.reason}")
        return Standing(CANCELLED, *LIGHTS[CANCELLED], said, due_on(item, back.on))
    closed = ended(item, world)
    due = due_on(item, closed or world.today)
    code, reason = _closed(due, closed) if closed else _running(item, due, world)
    colour, words = LIGHTS[code]
    units = frozenset[str]().union(*waits_for(item, world).values())
    return Standing(code, colour, words, reason, due, tuple(sorted(units)))


def _closed(due: date | None, on: date) -> tuple[str, Text]:
    late = (on - due).days if due else 0
    if late > 0:
        return "done_late", Text(f"{on} 办结，逾期 {late} 日", f"closed on {on}, {counted(late, 'day')} late")
    return "done", Text(f"{on} 办结", f"closed on {on}")


def _running(item: Item, due: date | None, world: World) -> tuple[str, Text]:
    flow, today = flow_of(item, world), world.today
    if flow is None:
        gone = Text(f"战略包里已没有模板 {item.template}", f"the pack no longer has the template {item.template}")
        return "no_template", gone
    late = (today - due).days if due else 0
    if (pause := running_pause(item)) is not None:
        return "paused", _paused(pause.began.on, pause.ground, late)
    if late > 0:
        return "overdue", Text(
            f"期限 {due}，已逾期 {late} 个日历日", f"due on {due}, {counted(late, 'calendar day')} late"
        )
    if due is not None:
        soon = due_soon(world.calendar, today, due, world.rules.number("near_days"))
        if soon is not None:
            return "near", _near(due, *soon)
    return _word(last_word(item, flow), due, world)


def _word(heard: date | None, due: date | None, world: World) -> tuple[str, Text]:
    if heard is None:
        return "unrecorded", Text("立项后没有任何记录", "nothing was recorded since it was drafted")
    silent = (world.today - heard).days
    if silent > world.rules.number("stale_days"):
        return "stale", Text(f"最近消息 {heard}，已 {silent} 日", f"last word on {heard}, {counted(silent, 'day')} ago")
    if due is None:
        return "no_deadline", Text("没有约定时限", "no deadline was set")
    return "open", Text(f"最近消息 {heard}，期限 {due}", f"last word on {heard}, due on {due}")


def _paused(since: date, ground: str, late: int) -> Text:
    zh, en = f"{since} 起中止计时：{ground}", f"clock stopped since {since}: {ground}"
    if late > 0:
        return Text(f"{zh}；此前已逾期 {late} 个日历日", f"{en}; {counted(late, 'calendar day')} late before that")
    return Text(zh, en)


def _near(due: date, left: int, known: bool) -> Text:
    if known:
        return Text(f"期限 {due}，剩 {left} 个工作日", f"due on {due}, {counted(left, 'working day')} left")
    return Text(
        f"期限 {due}，剩 {left} 日（当年放假安排未录入，按日历日暂计）",
        f"due on {due}, {counted(left, 'day')} left (calendar days, provisional: the holidays of that year are not in the table)",
    )
