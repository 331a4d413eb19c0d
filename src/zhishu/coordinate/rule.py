"""Ruling on entries: each accepted or refused with its reason, in the order of their numbers.

A ruling depends on the plan and the entries alone, never on the day asked. Accepted dates never run back, so
the entries that count by a day are the first of those that count by any later day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from zhishu.coordinate.entry import Entry, Task
from zhishu.coordinate.path import Attempt, Path, breaches, moved
from zhishu.pack.workflow import Workflow

ACCEPTED = "accepted"


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
    path = Path(workflow.start)
    found = []
    for entry in entries:
        tried = Attempt(entry.act, entry.actor, entry.on, bool(entry.evidence.strip()), bool(entry.note.strip()))
        # under one number nobody can say which entry was meant: neither counts
        codes = ("task-seq-twice",) if times[entry.seq] > 1 else breaches(workflow, task.actors, path, tried)
        if not codes:
            path = moved(workflow, path, tried)
        found.append((entry, codes[0] if codes else ACCEPTED))
    return found
