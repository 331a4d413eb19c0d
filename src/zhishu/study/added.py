"""A user's own figures beside those of the pack: checked whole, joined to the panel, never in place of what is held."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhishu.data import Panel
from zhishu.data.intake import Intake, intake
from zhishu.errors import Problem, ZhishuError
from zhishu.study.open import Added, Study
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures as a user gave it: its name, the day it was taken in, its bytes."""

    name: str
    taken_on: date
    content: bytes

    @property
    def id(self) -> str:
        """Return what tells one table from another: the first 16 digits of its SHA-256."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def check_table(study: Study, table: Table) -> Intake:
    """Return what a table would add to what the study holds, with every problem and every change of a cell."""
    return intake(table.content, table.name, study.data.regions, study.data.series, table.taken_on, study.data.panel)


def with_figures(study: Study, tables: Sequence[Table]) -> Study:
    """Return the study with the figures of some tables, taken in the order of their days.

    Each is checked again against what the study then holds. Raises ZhishuError with the problems of a table
    that no longer fits, and ``figures-not-taken`` naming it.
    """
    for table in sorted(tables, key=lambda t: (t.taken_on, t.id)):
        found = check_table(study, table)
        errors = tuple(p for p in found.problems if p.severity == "error")
        if errors:
            what = Text(
                f"自加的表 {table.name}（{table.id}）不再合规",
                f"the added table {table.name} ({table.id}) no longer fits",
            )
            repair = Text(
                f"改好后重新加入，或 zhishu data remove {table.id}",
                f"correct and add it again, or zhishu data remove {table.id}",
            )
            raise ZhishuError([Problem("figures-not-taken", table.name, what, repair), *errors])
        panel = Panel.of([*study.data.panel.observations, *found.observations])
        added = Added(table.id, table.name, table.taken_on, len(found.observations))
        study = replace(study, data=replace(study.data, panel=panel), added=(*study.added, added))
    return study
