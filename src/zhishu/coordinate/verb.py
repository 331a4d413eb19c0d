"""Advancing tasks: entries in, states and refusals out; nothing is stored and nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from zhishu.coordinate.workflow import ACTS, NODES


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on one task, as recorded."""

    task: str
    seq: int
    act: str
    actor: str
    on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an entry was accepted, and the node of the task after it."""

    entry: Entry
    accepted: bool
    reason: str
    node: str


@dataclass(slots=True)
class _Task:
    node: str = "none"
    reporters: set[str] = field(default_factory=set)
    seqs: set[int] = field(default_factory=set)
    evidence: str = ""
    last: date = field(default=date.min)


def advance(entries: Sequence[Entry]) -> list[Ruling]:
    """Return a ruling for each entry, by task and sequence.

    An act out of order, by the one who reported, without the evidence it needs, or dated before the entry
    before it is refused with its reason and changes nothing.

    >>> day = date(2019, 1, 5)
    >>> [r.node for r in advance([Entry("t1", 1, "open", "督查室", day, "")])]
    ['opened']
    """
    tasks: dict[str, _Task] = {}
    rulings = []
    for entry in sorted(entries, key=lambda e: (e.task, e.seq, e.on, e.act, e.actor, e.evidence)):
        task = tasks.setdefault(entry.task, _Task())
        reason = _refusal(task, entry)
        task.seqs.add(entry.seq)
        if not reason:
            act = ACTS[entry.act]
            task.node = act.after
            task.last = entry.on
            if entry.act == "report":
                task.reporters.add(entry.actor)
            if entry.evidence.strip():
                task.evidence = entry.evidence
        rulings.append(Ruling(entry, not reason, reason or "accepted", task.node))
    return rulings


def _refusal(task: _Task, entry: Entry) -> str:
    act = ACTS.get(entry.act)
    if act is None:
        return "unknown_act"
    if entry.seq in task.seqs:
        return "seq_twice"
    if task.node not in act.before:
        return "out_of_order"
    if entry.on < task.last:
        return "dated_before"
    if act.role == "reviewer" and entry.actor in task.reporters:
        return "reporter_reviews"
    if act.evidence and not (entry.evidence.strip() or (entry.act == "close" and task.evidence)):
        return "no_evidence"
    return ""


def light(node: str, due: date | None, last: date | None, today: date) -> str:
    """Return done, overdue, near (three days or fewer), stale (a month without an entry) or open; derived, never stored.

    >>> light("assigned", date(2019, 3, 1), date(2019, 2, 20), date(2019, 2, 27))
    'near'
    """
    assert node in NODES
    if node == "closed":
        return "done"
    if due is not None and today > due:
        return "overdue"
    if due is not None and (due - today).days <= 3:
        return "near"
    if last is None or (today - last).days > 31:
        return "stale"
    return "open"
