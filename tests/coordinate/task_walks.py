"""Random histories of a task: acts drawn from those that stand open and others, some of them wrong."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st
from task_samples import DAY, DRAFT, FILE, fact, world

from zhishu.coordinate.fact import SYSTEM, Fact, Json
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.task.forms import OWN
from zhishu.coordinate.tasks import Item

PEOPLE = {"督查员": "dc", "交通员": "jt", "发改员": "fg", "复核员": "fh", "签发人": "sz", "副签发": "sz", SYSTEM: ""}
TEMPLATES = ("supervision_3", "supervision_4", "supervision", "supervision_11")
FLOW_ACTS = sorted({a for t in TEMPLATES for a in world(DAY).workflows[t].acts})
ACTS = ("draft", *FLOW_ACTS, *OWN, "remind", "praise")


@st.composite
def bodies(draw: st.DrawFn, on: date) -> dict[str, Json]:
    """Draw a body that fits most acts, now and then without what an act needs."""
    ahead = on + timedelta(draw(st.integers(-3, 60)))
    body: dict[str, Json] = {
        "files": draw(st.sampled_from(([FILE], [FILE], [FILE], []))),
        "shows": "验收单",
        "progress": "进展",
        "done": draw(st.sampled_from(("", "", "1", "2", "9"))),
        "reason": draw(st.sampled_from(("示例理由", "示例理由", "示例理由", ""))),
        "text": "说明",
        "ground": "trial",
        "concerns": draw(st.sampled_from(("none", "none", "safety"))),
        "kind": "procedure",
        "until": str(ahead),
        "due": str(ahead),
        "decision": draw(st.sampled_from(("yes", "no", "uphold", "withdraw"))),
        "effect": "不扣分",
        "level": draw(st.sampled_from(("blue", "orange", "red"))),
        "basis": "示例办法",
        "repair": "补报",
        "colour": draw(st.sampled_from(("green", "amber", "red"))),
        "rule": draw(st.sampled_from(("near", "overdue"))),
        "units": ["jt"],
    }
    return body


@st.composite
def histories(draw: st.DrawFn, most: int = 25) -> tuple[Item, Sequence[Fact], Sequence[Fact]]:
    """Draw a task with its accepted acts, and those that were refused on the way."""
    template = draw(st.sampled_from(TEMPLATES))
    due = draw(st.sampled_from(("2019-01-20", "2019-03-29", "2019-07-01", None)))
    start = {k: v for k, v in {**DRAFT, "template": template, "due": due, "milestones": ""}.items() if v is not None}
    first = fact(Item("t"), "draft", "dc", DAY, start)
    item, day, accepted, refused = TASK.step(Item("t"), first), DAY, [first], []
    for _ in range(draw(st.integers(0, most))):
        day += timedelta(draw(st.sampled_from((0, 0, 1, 3, 9, 40))))
        open_acts = [a.id for a in TASK.acts(item, world(day))]
        act = draw(st.sampled_from(open_acts) if open_acts and draw(st.integers(0, 9)) else st.sampled_from(ACTS))
        by = draw(st.sampled_from(sorted(PEOPLE)))
        waited = sorted(TASK.actors(item, world(day)).get(act, ()))
        if waited and draw(st.booleans()):
            by = next(p for p, u in PEOPLE.items() if u == waited[0])
        tried = fact(
            item, act, PEOPLE[by], day - timedelta(draw(st.sampled_from((0, 0, 0, 0, 1)))), draw(bodies(day)), by
        )
        if TASK.refuse(item, tried, world(tried.on)):
            refused.append(tried)
        else:
            item = TASK.step(item, tried)
            accepted.append(tried)
    return item, accepted, refused
