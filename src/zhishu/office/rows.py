"""Rows of desks and lists: a line with what its subject says in short, and how far off its deadline is."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhishu.coordinate.brief import Brief
from zhishu.coordinate.left import left
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``left`` is none without a deadline and where nothing more is owed or the clock is stopped."""

    line: Line
    brief: Brief
    left: Text | None


def rows(moment: Moment, lines: Iterable[Line]) -> tuple[Row, ...]:
    """Return the rows of lines at a moment."""
    return tuple(_row(moment, line) for line in lines)


def _row(moment: Moment, line: Line) -> Row:
    kind = moment.known.kinds[line.stream.partition("/")[0]]
    brief = kind.brief(moment.known.states[line.stream], moment.world)
    standing = line.standing
    runs = standing is not None and not standing.ended and standing.colour != "paused"
    due = standing.due if standing is not None and runs else None
    return Row(line, brief, None if due is None else left(moment.world.calendar, moment.day, due))
