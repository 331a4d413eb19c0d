"""A subject in short: what lists and desks show of it, and where it stands in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.terms import Text

URGENCY = ("red", "yellow", "paused", "green", "none", "done")
Rank = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One subject in short. ``waits`` names, by open act, the units it waits for; ``rank`` is its place in lists,
    ``words`` what one can look for, folded."""

    stream: str
    title: Text
    scope: Scope
    standing: Standing | None
    last: date
    waits: Mapping[str, frozenset[str]]
    rank: Rank
    words: str

    @property
    def units(self) -> frozenset[str]:
        """Return the units it concerns."""
        return self.scope.units

    @property
    def running(self) -> bool:
        """Whether it has a clock that still runs."""
        return self.standing is not None and not self.standing.ended

    def waits_for(self, unit: str) -> bool:
        """Return whether an act on it waits for a unit."""
        return any(unit in units for units in self.waits.values())


def words(*texts: str) -> str:
    """Return texts as one, folded so that they are found however they are written; none runs on into the next.

    >>> "task" in words("示例", "A Task")
    True
    """
    return "\0".join(texts).casefold()


def rank(stream: str, standing: Standing | None) -> Rank:
    """Return what lists are sorted by: the most urgent first, then the deadline, then the name.

    >>> rank("task/a", None)
    (4, datetime.date(9999, 12, 31), 'task/a')
    """
    colour = standing.colour if standing else "none"
    due = standing.due if standing and standing.due else date.max
    return URGENCY.index(colour), due, stream
