"""Columns of a system that coordination fills: whether an entry stands, and where it leaves its task."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from zhishu.coordinate.verb import Entry, Ruling, advance, light
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown

Rows = list[dict[str, Value]]


def _rulings(rows: Rows) -> list[Ruling | Unknown]:
    entries: dict[int, Entry] = {}
    unknown: dict[int, Unknown] = {}
    for i, row in enumerate(rows):
        missing = next((v for k, v in row.items() if k != "evidence" and isinstance(v, Unknown)), None)
        seq, on = row["seq"], row["on"]
        if missing is not None or not isinstance(seq, Fraction) or not isinstance(on, date):
            unknown[i] = missing or Unknown("domain", "entry")
            continue
        evidence = "" if isinstance(row["evidence"], Unknown) else str(row["evidence"])
        entries[i] = Entry(str(row["task"]), int(seq), str(row["act"]), str(row["actor"]), on, evidence)
    by_entry = {id(r.entry): r for r in advance(list(entries.values()))}
    return [by_entry[id(entries[i])] if i in entries else unknown[i] for i in range(len(rows))]


def ruling_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return ``accepted`` or the reason of refusal. Arguments: task, seq, act, actor, on, evidence."""
    return [r if isinstance(r, Unknown) else r.reason for r in _rulings(rows)]


def node_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the node of the task after each entry. Arguments as for the ruling."""
    return [r if isinstance(r, Unknown) else r.node for r in _rulings(rows)]


def light_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the light of each task. Arguments: node, due, last, today."""
    found: list[Value] = []
    for row in rows:
        due = d if isinstance(d := row["due"], date) else None
        last = d if isinstance(d := row["last"], date) else None
        today, node = row["today"], row["node"]
        if not isinstance(today, date) or not isinstance(node, str):
            found.append(node if isinstance(node, Unknown) else Unknown("domain", "light"))
        else:
            found.append(light(node, due, last, today))
    return found


COLUMNS: Mapping[str, Callable[[Rows, Mapping[str, object]], list[Value]]] = {
    "ruling": ruling_column,
    "node": node_column,
    "light": light_column,
}
