"""The desk of an account: what waits for it, what its unit owes, and how that stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhishu.coordinate.act import Act
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.office.ranking import Ranking
from zhishu.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Due:
    """A subject with the acts on it that wait for the account."""

    line: Line
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """``waits``: what the account can do now and is waited for; ``unit``: everything of its unit that still runs,
    the most urgent first."""

    waits: Sequence[Line]
    unit: Ranking


def desk(moment: Moment, sight: Sight) -> Desk:
    """Return the desk of an account at a moment."""
    unit = sight.account.unit
    waits = moment.of_unit(
        ("waits", sight.reach),
        unit,
        lambda line: line.waits_for(unit) and bool(due(line, moment, sight).acts),
    )
    return Desk(waits.order, running(moment, unit))


def running(moment: Moment, unit: str) -> Ranking:
    """Return everything of a unit that still runs, the most urgent first."""
    return moment.of_unit(("running", unit), unit, lambda line: line.running)


def due(line: Line, moment: Moment, sight: Sight) -> Due:
    """Return a subject with the acts on it that wait for the account."""
    acts = moment.waiting(line.stream, sight.account.unit)
    return Due(line, tuple(a for a in acts if sight.may(a.right, line.scope)))
