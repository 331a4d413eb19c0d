"""Following tasks through a declared workflow: states as of a day, and a problem for every refused entry.

Entries are read in the order of their numbers. Dates never run back, so what was accepted by a day stays
accepted on every later day. Nothing derived, neither overdue nor a colour, is ever stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from zhishu.coordinate.record import Record, Task
from zhishu.coordinate.refuse import refusal
from zhishu.errors import Problem
from zhishu.pack.workflow import Step, Workflow


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task on a day: node, last accepted entry, days past the deadline, light, colour, who must act."""

    task: str
    node: str
    due: date | None
    last: date | None
    days_late: int
    light: str
    colour: str
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """States by task, and the refused entries as problems, by task and number."""

    states: tuple[TaskState, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Path:
    task: Task
    node: str
    last: date | None = None
    evidence: bool = False
    reporters: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)


COLOURS = {
    "done": "done",
    "done_late": "done",
    "overdue": "red",
    "near": "yellow",
    "stale": "yellow",
    "no_deadline": "yellow",
    "open": "green",
}


def follow(workflow: Workflow, tasks: Sequence[Task], records: Sequence[Record], today: date) -> Followed:
    """Return the state of every task on a day and a problem for every entry refused by then.

    Entries dated after the day do not count yet. The same entry recorded twice counts once; two different
    entries under one number are both refused. Raises ValueError for two tasks of one id.
    """
    paths = {t.id: _Path(t, workflow.start) for t in tasks}
    if len(paths) != len(tasks):
        raise ValueError("two tasks of one id")
    unique = {(r.entry, r.note): r for r in records}.values()
    counts: dict[tuple[str, int], int] = {}
    for r in unique:
        counts[r.entry.task, r.entry.seq] = counts.get((r.entry.task, r.entry.seq), 0) + 1
    problems: list[Problem] = []
    for record in sorted((r for r in unique if r.entry.on <= today), key=_order):
        entry = record.entry
        path = paths.get(entry.task)
        if path is None:
            problems.append(refusal("task-unknown", record))
            continue
        twice = counts[entry.task, entry.seq] > 1
        code = "task-seq-twice" if twice else _refused(workflow, path, record)
        if code:
            problems.append(refusal(code, record))
        else:
            _accept(workflow.acts[entry.act], path, record)
    states = (_state(workflow, paths[name], today) for name in sorted(paths))
    return Followed(tuple(states), tuple(problems))


def _order(record: Record) -> tuple[str, int, str, str, str, str, str]:
    e = record.entry
    return (e.task, e.seq, e.act, e.actor, e.on.isoformat(), e.evidence, record.note)


def _refused(workflow: Workflow, path: _Path, record: Record) -> str:
    """Return the code of the first rule the entry breaks, or nothing."""
    entry = record.entry
    step = workflow.acts.get(entry.act)
    if step is None:
        return "task-unknown-act"
    if path.node not in step.before:
        return "task-out-of-order"
    if path.last is not None and entry.on < path.last:
        return "task-dated-before"
    if entry.actor not in path.task.actors.get(step.role, frozenset()):
        return "task-wrong-actor"
    if (step.reviews or step.after == workflow.end) and entry.actor in path.reporters:
        return "task-self-review"
    brought = entry.evidence.strip() or (step.after == workflow.end and path.evidence)
    if "evidence" in step.needs and not brought:
        return "task-no-evidence"
    return "task-no-reason" if "reason" in step.needs and not record.note.strip() else ""


def _accept(step: Step, path: _Path, record: Record) -> None:
    path.node, path.last = step.after, record.entry.on
    if step.reports:
        path.reporters.add(record.entry.actor)
        path.evidence = bool(record.entry.evidence.strip())


def _state(workflow: Workflow, path: _Path, today: date) -> TaskState:
    done = path.node == workflow.end
    until = path.last if done and path.last is not None else today
    due = path.task.due
    late = max(0, (until - due).days) if due is not None else 0
    light = _light(workflow, path, done, late, today)
    following = {s.role for s in workflow.acts.values() if path.node in s.before}
    waits = sorted({actor for role in following for actor in path.task.actors.get(role, frozenset())})
    return TaskState(path.task.id, path.node, due, path.last, late, light, COLOURS[light], tuple(waits))


def _light(workflow: Workflow, path: _Path, done: bool, late: int, today: date) -> str:
    due = path.task.due
    if done:
        return "done_late" if late else "done"
    if late:
        return "overdue"
    if due is not None and (due - today).days <= workflow.near_days:
        return "near"
    if path.last is None or (today - path.last).days > workflow.stale_days:
        return "stale"
    return "no_deadline" if due is None else "open"
