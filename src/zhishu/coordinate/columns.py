"""Columns of a system that coordination fills: what came of each entry, and where each task stands.

The table of entries takes ``ruling``, ``remedy`` and ``node_after``; the table of tasks takes ``node``,
``act``, ``last``, ``days_late``, ``light`` and ``waits_for``. Options: workflow, today, and ``beside``: the
rows of the other table. Of a task: task, due, role_NAME (several units joined by 、). Of an entry: task, seq,
act, actor, on, evidence, note.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.coordinate.entry import Entry, Task
from zhishu.coordinate.lights import light_words
from zhishu.coordinate.refuse import REFUSALS
from zhishu.coordinate.rule import ACCEPTED
from zhishu.coordinate.state import TaskState
from zhishu.coordinate.verb import LATER, Ruling, coordinate
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.workflow import Workflow
from zhishu.terms import Text

Rows = list[dict[str, Value]]
NOBODY = "nobody"
_BETWEEN = re.compile(r"[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class _Found:
    """Rulings by entry and states by task; a task with an entry nobody can read has neither."""

    rulings: Mapping[Entry, Ruling]
    states: Mapping[str, TaskState]
    lost: Mapping[str, Unknown]
    everything: Unknown | None

    def lost_to(self, task: Value) -> Unknown | None:
        """Return why nothing can be said of a task, if so."""
        if isinstance(task, Unknown):
            return task
        return self.everything or self.lost.get(str(task))


def _find(tasks: Rows, entries: Rows, options: Mapping[str, object]) -> _Found:
    workflow, today = options["workflow"], options["today"]
    assert isinstance(workflow, Workflow)
    assert isinstance(today, date)
    lost: dict[str, Unknown] = {}
    everything: Unknown | None = None
    read: list[Entry] = []
    for row in entries:
        entry = _entry(row)
        if isinstance(entry, Entry):
            read.append(entry)
        elif isinstance(row["task"], Unknown):
            # it may belong to any task
            everything = everything or entry
        else:
            lost.setdefault(str(row["task"]), entry)
    plan = {str(row["task"]): _task(row) for row in tasks if not isinstance(row["task"], Unknown)}
    found = coordinate(workflow, list(plan.values()), read, today)
    return _Found({r.entry: r for r in found.rulings}, {s.task: s for s in found.states}, lost, everything)


def _task(row: Mapping[str, Value]) -> Task:
    due = row["due"]
    actors = {k.removeprefix("role_"): _units(v) for k, v in row.items() if k.startswith("role_")}
    return Task(str(row["task"]), due if isinstance(due, date) else None, actors)


def _units(value: Value) -> frozenset[str]:
    named = [] if isinstance(value, Unknown) else _BETWEEN.split(str(value))
    return frozenset(name.strip() for name in named if name.strip())


def _entry(row: Mapping[str, Value]) -> Entry | Unknown:
    """Return the entry of a row; evidence and note may be blank, without the rest it is unknown."""
    seq, on = row["seq"], row["on"]
    for name in ("task", "seq", "act", "actor", "on"):
        value = row[name]
        if isinstance(value, Unknown):
            return value
    if not isinstance(seq, Fraction) or not isinstance(on, date):
        return Unknown("domain", "entry")
    evidence, note = (("" if isinstance(row[k], Unknown) else str(row[k])) for k in ("evidence", "note"))
    return Entry(str(row["task"]), int(seq), str(row["act"]), str(row["actor"]), on, evidence, note)


def _of_entries(read: Callable[[Ruling], Value]) -> Callable[[Rows, Mapping[str, object]], list[Value]]:
    def column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
        found = _find(_beside(options), rows, options)
        values: list[Value] = []
        for row in rows:
            entry, lost = _entry(row), found.lost_to(row["task"])
            values.append(entry if isinstance(entry, Unknown) else lost or read(found.rulings[entry]))
        return values

    return column


def _of_tasks(read: Callable[[TaskState], Value]) -> Callable[[Rows, Mapping[str, object]], list[Value]]:
    def column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
        found = _find(rows, _beside(options), options)
        return [found.lost_to(row["task"]) or read(found.states[str(row["task"])]) for row in rows]

    return column


def _beside(options: Mapping[str, object]) -> Rows:
    rows = options["beside"]
    assert isinstance(rows, list)
    return rows


def _node_after(ruling: Ruling) -> Value:
    return Unknown("not_found", ruling.entry.task) if ruling.node is None else ruling.node


def _days_late(state: TaskState) -> Value:
    return Unknown("no_deadline") if state.days_late is None else Fraction(state.days_late)


def _waits_for(state: TaskState) -> Value:
    if state.colour == "done":
        return NOBODY
    return "、".join(state.waits_for) or Unknown("not_named")


COLUMNS: Mapping[str, Callable[[Rows, Mapping[str, object]], list[Value]]] = {
    "ruling": _of_entries(lambda r: r.code),
    "remedy": _of_entries(lambda r: r.code),
    "node_after": _of_entries(_node_after),
    "node": _of_tasks(lambda s: s.node),
    "act": _of_tasks(lambda s: s.act or Unknown("no_entry")),
    "last": _of_tasks(lambda s: s.last or Unknown("no_entry")),
    "days_late": _of_tasks(_days_late),
    "light": _of_tasks(lambda s: s.light),
    "waits_for": _of_tasks(_waits_for),
}

RULINGS = {
    ACCEPTED: Text("受理", "accepted"),
    LATER: Text("日期在查询日之后，暂不计入", "dated after the day asked, does not count yet"),
    **{r.code: r.what for r in REFUSALS.values()},
}
REMEDIES = {
    ACCEPTED: Text("无需改动", "nothing to repair"),
    LATER: Text("无需改动", "nothing to repair"),
    **{r.code: r.repair for r in REFUSALS.values()},
}


def _words(read: Callable[[Workflow], Mapping[str, Text]]) -> Callable[[Mapping[str, object]], Mapping[str, Text]]:
    def words(options: Mapping[str, object]) -> Mapping[str, Text]:
        workflow = options["workflow"]
        assert isinstance(workflow, Workflow)
        return read(workflow)

    return words


WORDS: Mapping[str, Callable[[Mapping[str, object]], Mapping[str, Text]]] = {
    "ruling": lambda options: RULINGS,
    "remedy": lambda options: REMEDIES,
    "node_after": _words(lambda w: w.nodes),
    "node": _words(lambda w: w.nodes),
    "act": _words(lambda w: {a.id: a.name for a in w.acts.values()}),
    "light": _words(light_words),
    "waits_for": lambda options: {NOBODY: Text("无人，已办结", "nobody, closed")},
}
