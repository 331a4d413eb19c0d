"""Coordinating tasks: entries in, rulings and states out; nothing is stored and nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.entry import Entry, Task
from zhishu.coordinate.refuse import REFUSALS, refusal
from zhishu.coordinate.rule import ACCEPTED, rule
from zhishu.coordinate.state import TaskState, state
from zhishu.errors import Problem
from zhishu.pack.workflow import Workflow

LATER = "later"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of an entry: ``accepted``, ``later`` (dated after the day asked) or the code of its refusal.

    ``node`` is the node of the task after it; None where the plan has no such task.
    """

    entry: Entry
    code: str
    node: str | None

    @property
    def accepted(self) -> bool:
        """Whether the entry moved its task."""
        return self.code == ACCEPTED


@dataclass(frozen=True, slots=True)
class Coordination:
    """A ruling for each different entry, by task and number, and the state of each task, by task."""

    rulings: tuple[Ruling, ...]
    states: tuple[TaskState, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return a problem for every entry refused by the day asked."""
        return tuple(refusal(r.code, r.entry) for r in self.rulings if r.code in REFUSALS)


def coordinate(workflow: Workflow, tasks: Sequence[Task], entries: Sequence[Entry], today: date) -> Coordination:
    """Return what each entry did and where each task stands on a day.

    An entry that breaks a rule of the workflow is refused with its reason and changes nothing. One dated
    after the day asked does not count yet. Raises ValueError for two tasks of one id.

    >>> from zhishu.study import open_study
    >>> flow = open_study(with_systems=False).pack.workflows["supervision"]
    >>> task = Task("示例任务", date(2019, 3, 1), {"lead": frozenset({"示例督查室"})})
    >>> found = coordinate(flow, [task], [Entry("示例任务", 1, "open", "示例督查室", date(2019, 1, 5))], date(2019, 2, 28))
    >>> found.states[0].node, found.states[0].light, found.states[0].waits_for
    ('opened', 'near', ('示例督查室',))
    """
    if len({t.id for t in tasks}) != len(tasks):
        raise ValueError("two tasks of one id")
    counted: dict[str, list[Entry]] = {t.id: [] for t in tasks}
    rulings = []
    for entry, code in rule(workflow, tasks, entries):
        own = counted.get(entry.task)
        if own is not None and code == ACCEPTED and entry.on <= today:
            own.append(entry)
        node = None if own is None else workflow.acts[own[-1].act].after if own else workflow.start
        rulings.append(Ruling(entry, code if entry.on <= today else LATER, node))
    states = [state(workflow, t, counted[t.id], today) for t in sorted(tasks, key=lambda t: t.id)]
    return Coordination(tuple(rulings), tuple(states))
