"""Samples for coordinating: the shipped workflow, units that hold its roles, a task all the way through."""

from datetime import date, timedelta

from hypothesis import strategies as st
from tests.shipped import shipped

from zhishu.coordinate import Coordination, Entry, Task, coordinate
from zhishu.pack.workflow import Workflow

FLOW: Workflow = shipped().pack.workflows["supervision"]
DAY = date(2019, 1, 1)
# 甲局 reports and could review, were it not for its own report
ROLES = {"lead": frozenset({"督办"}), "unit": frozenset({"甲局", "乙局"}), "reviewer": frozenset({"复核", "甲局"})}
PATH = [("open", "督办", ""), ("assign", "督办", ""), ("sign", "甲局", ""), ("handle", "甲局", ""),
        ("report", "甲局", "文件"), ("approve", "复核", ""), ("close", "督办", "")]  # fmt: skip


def entries(*steps: tuple[str, str, str], note: str = "") -> list[Entry]:
    """Return entries of one task, a day apart from 1 January 2019."""
    return [Entry("t", i, a, who, DAY + timedelta(i - 1), e, note) for i, (a, who, e) in enumerate(steps, 1)]


def run(
    found: list[Entry], today: date = date(2019, 2, 1), due: date | None = date(2019, 3, 1), flow: Workflow = FLOW
) -> Coordination:
    """Coordinate one task."""
    return coordinate(flow, [Task("t", due, ROLES)], found, today)


def codes(found: Coordination) -> list[str]:
    """Return the codes of the refusals."""
    return [p.code for p in found.problems]


# any entries: numbers and days repeat and run in any order
ANY = st.lists(
    st.builds(
        Entry,
        st.just("t"),
        st.integers(1, 9),
        st.sampled_from(sorted(FLOW.acts)),
        st.sampled_from(("督办", "甲局", "乙局", "复核")),
        st.integers(0, 9).map(lambda n: DAY + timedelta(n)),
        st.sampled_from(("", "文件")),
        st.sampled_from(("", "理由")),
    ),
    max_size=12,
)


@st.composite
def likely(draw: st.DrawFn) -> list[Entry]:
    """Draw entries that walk mostly along the workflow, so that tasks get far; some are wrong."""
    node, found = FLOW.start, []
    day = DAY
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        able = [s for s in FLOW.acts.values() if node in s.before] or list(FLOW.acts.values())
        step = draw(st.sampled_from(able))
        wrong = draw(st.integers(0, 9)) == 0
        actor = draw(st.sampled_from(sorted(ROLES[step.role]) if not wrong else ["督办", "乙局"]))
        day += timedelta(draw(st.integers(0, 3)))
        found.append(Entry("t", seq, step.id, actor, day, draw(st.sampled_from(("", "文件"))), "理由"))
        node = step.after if not wrong else node
    return found
