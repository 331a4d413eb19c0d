"""A task of the ledger's plan table, and one act recorded on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.verb import Entry


@dataclass(frozen=True, slots=True)
class Task:
    """One item of the plan: its deadline (None: none was set) and the units that hold each role."""

    id: str
    due: date | None
    actors: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as recorded, with the note that gives the reason of a return."""

    entry: Entry
    note: str = ""
