"""Random histories of a task: acts drawn from those that stand open and others, some of them wrong."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st
from task_samples import DAY, DRAFT, FILE, fact, world

from zhishu.coordinate.fact import SYSTEM, Fact, Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.forms import OWN
from zhishu.coordinate.task.orders import proposed
from zhishu.coordinate.tasks import Item

PEOPLE = {"督查员": "dc", "交通员": "jt", "发改员": "fg", "复核员": "fh", "签发人": "sz", "副签发": "sz", SYSTEM: ""}
TEMPLATES = ("supervision_3", "supervision_4", "supervision", "supervision_11")
FLOW_ACTS = sorted({a for t in TEMPLATES for a in world(DAY).workflows[t].acts})
ACTS = ("draft", *FLOW_ACTS, *OWN, "hand_over", "cancel", "remind", "praise")


@st.composite
def bodies(draw: st.DrawFn, on: date) -> dict[str, Json]:
    """Draw a body that fits most acts, now and then without what an act needs."""
    ahead = on + timedelta(draw(st.integers(0, 60)) - 3)
    body: dict[str, Json] = {
        "files": draw(st.sampled_from(([FILE], [FILE], [FILE], [FILE], []))),
        "shows": "验收单",
        "progress": "进展",
        "done": draw(st.sampled_from(("", "", "", "1", "9"))),
        "reason": draw(st.sampled_from(("示例理由", "示例理由", "示例理由", "示例理由", ""))),
        "text": "说明",
        "ground": "trial",
        "concerns": draw(st.sampled_from(("none", "none", "safety"))),
        "kind": "procedure",
        "until": str(ahead),
        "due": str(ahead),
        "decision": draw(st.sampled_from(("yes", "no", "uphold", "withdraw"))),
        "effect": "不扣分",
        "level": draw(st.sampled_from(("blue", "blue", "orange", "red"))),
        "basis": "示例办法",
        "repair": "补报",
        "colour": draw(st.sampled_from(("green", "amber", "red"))),
        "rule": draw(st.sampled_from(("near", "overdue"))),
        "units": ["jt"],
        "leaving": draw(st.sampled_from(("jt", "fg", "fh"))),
        "unit": draw(st.sampled_from(("sz", "jt", "old"))),
    }
    return body


DECIDES = ("issue_order", "decline_order", "decide_deadline", "decide_ground", "decide_tolerance")
OWES = ("progress", "ground", "answer_order", "object", "propose_tolerance", "propose_deadline")


def _fit(act: str) -> str:
    """Return who mostly does an act that belongs to no workflow."""
    if act in DECIDES:
        return "签发人"
    return {"decide_objection": "副签发", "remind": SYSTEM}.get(act, "交通员" if act in OWES else "督查员")


@st.composite
def tried(draw: st.DrawFn, item: Item, day: date) -> Fact:
    """Draw an act: mostly one that stands open, by who may do it, with what it needs; now and then anything."""
    now = world(day)
    waited = {a: sorted(u) for a, u in TASK.actors(item, now).items() if a in FLOW_ACTS}
    # a draft taken back ends the walk: that is drawn now and then, among the acts of any kind
    open_acts = [a.id for a in TASK.acts(item, now) if a.id != "cancel"]
    kind = draw(st.integers(0, 9))
    if kind < 4 and waited:
        act = draw(st.sampled_from(sorted(waited)))
        unit = draw(st.sampled_from(waited[act]))
        by = next(p for p, u in PEOPLE.items() if u == unit)
    elif kind < 8 and open_acts:
        act = draw(st.sampled_from(open_acts))
        by = _fit(act)
    else:
        act, by = draw(st.sampled_from(ACTS)), draw(st.sampled_from(sorted(PEOPLE)))
    on = day - timedelta(1) if draw(st.integers(0, 19)) == 19 else day
    return fact(item, act, PEOPLE[by], on, draw(bodies(day)), by)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Item, Sequence[Fact], Sequence[Fact]]:
    """Draw a task with its accepted acts, and those that were refused on the way."""
    template = draw(st.sampled_from(TEMPLATES))
    due = draw(st.sampled_from(("2019-01-20", "2019-03-29", "2019-07-01", None)))
    waits = draw(st.lists(st.sampled_from((0, 0, 1, 3, 9, 40)), max_size=30))
    return _live(draw, _first(template, due), DAY, waits, tried)


ORDERS = (
    "propose_order",
    "issue_order",
    "withdraw_order",
    "answer_order",
    "object",
    "decide_objection",
    "decline_order",
)


@st.composite
def _ordering(draw: st.DrawFn, item: Item, day: date) -> Fact:
    """Draw an act on orders that stands open, seldom another."""
    open_acts = [
        a for a in ORDERS[: draw(st.sampled_from((2, 2, 7)))] if a in {b.id for b in TASK.acts(item, world(day))}
    ]
    if not open_acts or draw(st.integers(0, 9)) == 9:
        return draw(tried(item, day))
    act = draw(st.sampled_from(open_acts))
    body, now = draw(bodies(day)), proposed(item, world(day))
    if now is not None and draw(st.integers(0, 3)):
        body["level"] = now.level
    return fact(item, act, PEOPLE[_fit(act)], day, body, _fit(act))


@st.composite
def ladders(draw: st.DrawFn) -> tuple[Item, Sequence[Fact], Sequence[Fact]]:
    """Draw a late task on which orders are proposed, issued, answered, objected to and taken back."""
    waits = draw(st.lists(st.sampled_from((0, 1, 5, 9, 200)), min_size=6, max_size=30))
    return _live(draw, _first("supervision_3", "2019-01-20"), date(2019, 2, 15), waits, _ordering)


def _first(template: str, due: str | None) -> Fact:
    start = {**DRAFT, "template": template, "due": due, "milestones": "2019-01-15 招标"}
    return fact(Item("t"), "draft", "dc", DAY, {k: v for k, v in start.items() if v is not None})


def _live(
    draw: st.DrawFn,
    first: Fact,
    day: date,
    waits: Sequence[int],
    next_act: Callable[[Item, date], st.SearchStrategy[Fact]],
) -> tuple[Item, Sequence[Fact], Sequence[Fact]]:
    item, accepted, refused = TASK.step(Item("t"), first), [first], []
    for wait in waits:
        day += timedelta(wait)
        found = draw(next_act(item, day))
        if TASK.refuse(item, found, world(found.on)):
            refused.append(found)
        else:
            item = TASK.step(item, found)
            accepted.append(found)
    return item, accepted, refused
