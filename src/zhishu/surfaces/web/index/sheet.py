"""A table of figures as pages look at it: read once, then kept as what was read."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.errors import Problem, ZhishuError
from zhishu.score.index import MOST_WORK
from zhishu.score.steps.shape import Column
from zhishu.score.table_grid import figures_of

RUNS = 1000
"""Runs of an index unless a table is too large for so many."""
A_SECOND = 45_000_000
"""Cells that the runs of an index compute in about a second."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its id in addresses, the name of its file, its units, and its indicators by name in their order."""

    id: str
    name: str
    units: tuple[str, ...]
    figures: Mapping[str, Column]
    specimen: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the indicators."""
        return tuple(self.figures)

    @property
    def runs(self) -> int:
        """Return how many runs such a table allows, at most as many as are usual."""
        most = MOST_WORK // (len(self.units) * (len(self.figures) + 10))
        return min(RUNS, most - most % 100 or most)


def sheet_of(content: bytes, name: str, id: str = "", specimen: bool = False) -> Sheet:
    """Return the table of a CSV or workbook. Raises ZhishuError with every cell that cannot be read."""
    problems: list[Problem] = []
    units, columns = figures_of(content, name, problems)
    if problems:
        raise ZhishuError(problems)
    return Sheet(id, name, tuple(units), columns, specimen)


def seconds(sheet: Sheet, runs: int) -> int:
    """Return about how many seconds the ranking of a table takes, so that a page can say so before it is asked for."""
    return round(runs * len(sheet.units) * (len(sheet.figures) + 10) / A_SECOND)
