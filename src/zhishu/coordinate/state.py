"""The state of a task as of a day: derived from what counts by then, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.entry import Entry, Task
from zhishu.coordinate.standing import Colour
from zhishu.pack.workflow import Workflow


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task on a day: node, last act, days past the deadline (None without one), light, who must act."""

    task: str
    node: str
    act: str | None
    due: date | None
    last: date | None
    days_late: int | None
    light: str
    waits_for: tuple[str, ...]

    @property
    def colour(self) -> str:
        """Return the colour of the light."""
        return COLOURS[self.light]


COLOURS: Mapping[str, Colour] = {
    "done": "done",
    "done_late": "done",
    "overdue": "red",
    "near": "yellow",
    "stale": "yellow",
    "unrecorded": "yellow",
    "no_deadline": "yellow",
    "open": "green",
}


def state(workflow: Workflow, task: Task, counted: Sequence[Entry], today: date) -> TaskState:
    """Return the state of a task from its accepted entries up to a day, in their order."""
    last = counted[-1] if counted else None
    node = workflow.acts[last.act].after if last else workflow.start
    done = node == workflow.end
    until = last.on if last and done else today
    late = None if task.due is None else max(0, (until - task.due).days)
    return TaskState(
        task.id,
        node,
        last.act if last else None,
        task.due,
        last.on if last else None,
        late,
        _done(late) if done else _light(workflow, task.due, last.on if last else None, today),
        _waits_for(workflow, task, node, counted),
    )


def _done(late: int | None) -> str:
    return "done_late" if late else "done"


def _light(workflow: Workflow, due: date | None, last: date | None, today: date) -> str:
    if due is not None and today > due:
        return "overdue"
    if due is not None and (due - today).days <= workflow.near_days:
        return "near"
    if last is None:
        return "unrecorded"
    if (today - last).days > workflow.stale_days:
        return "stale"
    return "no_deadline" if due is None else "open"


def _waits_for(workflow: Workflow, task: Task, node: str, counted: Sequence[Entry]) -> tuple[str, ...]:
    """Return the units that may do the next act; who reported is not waited for to review or close."""
    reporters = {e.actor for e in counted if workflow.acts[e.act].reports}
    found: set[str] = set()
    for step in workflow.acts.values():
        if node in step.before:
            barred = reporters if step.reviews or step.after == workflow.end else set()
            found |= task.actors.get(step.role, frozenset()) - barred
    return tuple(sorted(found))
