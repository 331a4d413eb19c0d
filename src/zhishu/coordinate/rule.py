"""Ruling on entries: each accepted or refused with its reason, in the order of their numbers.

A ruling depends on the plan and the entries alone, never on the day asked. Accepted dates never run back, so
the entries that count by a day are the first of those that count by any later day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from zhishu.coordinate.entry import Entry, Task
from zhishu.pack.workflow import Workflow

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class _Path:
    """Where a task stands after the entries accepted so far."""

    node: str
    last: date | None = None
    evidence: bool = False
    reporters: frozenset[str] = frozenset()


def rule(workflow: Workflow, tasks: Iterable[Task], entries: Iterable[Entry]) -> tuple[tuple[Entry, str], ...]:
    """Return each different entry, by task and number, with ``accepted`` or the code of its refusal.

    An entry recorded twice counts once.
    """
    plan = {t.id: t for t in tasks}
    ordered = sorted(set(entries), key=Entry.order)
    found: list[tuple[Entry, str]] = []
    for name, own in groupby(ordered, key=lambda e: e.task):
        task, mine = plan.get(name), list(own)
        found += [(e, "task-unknown") for e in mine] if task is None else _rule_task(workflow, task, mine)
    return tuple(found)


def _rule_task(workflow: Workflow, task: Task, entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    times = Counter(e.seq for e in entries)
    path = _Path(workflow.start)
    found = []
    for entry in entries:
        # under one number nobody can say which entry was meant: neither counts
        code = "task-seq-twice" if times[entry.seq] > 1 else _refused(workflow, task, path, entry)
        if not code:
            path = _moved(workflow, path, entry)
        found.append((entry, code or ACCEPTED))
    return found


def _refused(workflow: Workflow, task: Task, path: _Path, entry: Entry) -> str:
    """Return the code of the first rule the entry breaks, or nothing."""
    step = workflow.acts.get(entry.act)
    if step is None:
        return "task-unknown-act"
    if path.node not in step.before:
        return "task-out-of-order"
    if path.last is not None and entry.on < path.last:
        return "task-dated-before"
    holders = task.actors.get(step.role, frozenset())
    if entry.actor not in holders:
        return "task-wrong-actor" if holders else "task-role-unnamed"
    if (step.reviews or step.after == workflow.end) and entry.actor in path.reporters:
        return "task-self-review"
    # what the last report brought also closes the task
    brought = entry.evidence.strip() or (step.after == workflow.end and path.evidence)
    if "evidence" in step.needs and not brought:
        return "task-no-evidence"
    return "task-no-reason" if "reason" in step.needs and not entry.note.strip() else ""


def _moved(workflow: Workflow, path: _Path, entry: Entry) -> _Path:
    step = workflow.acts[entry.act]
    moved = replace(path, node=step.after, last=entry.on)
    if not step.reports:
        return moved
    return replace(moved, evidence=bool(entry.evidence.strip()), reporters=path.reporters | {entry.actor})
