"""A task of the plan, and one act recorded on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """One item of the plan: its deadline (None: none is known) and the units that hold each role."""

    id: str
    due: date | None
    actors: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on one task, as recorded; ``note`` gives the reason of a return."""

    task: str
    seq: int
    act: str
    actor: str
    on: date
    evidence: str = ""
    note: str = ""

    def order(self) -> tuple[str, int, str, str, str, str, str]:
        """Return what entries are sorted by: the number first, the rest so that no order of input matters."""
        return (self.task, self.seq, self.on.isoformat(), self.act, self.actor, self.evidence, self.note)
