"""The desk of an account: what waits for it, what its unit owes, and how that stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhishu.coordinate.act import Act
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.office.ranking import Ranking, ranked
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
    plain = moment.of_unit(
        ("waits", sight.reach),
        unit,
        lambda line: (
            line.stream not in moment.known.deciding and line.waits_for(unit) and bool(_acts(line, moment, sight))
        ),
    )
    rulings = [line for line in to_decide(moment, sight) if due(line, moment, sight).acts]
    waits = sorted([*plain.order, *rulings], key=lambda line: line.rank) if rulings else plain.order
    return Desk(waits, running(moment, unit))


def to_decide(moment: Moment, sight: Sight) -> Sequence[Line]:
    """Return the subjects that wait for a ruling, whatever their unit, on which a post like the account's may act.

    They are looked for among those that wait for a ruling alone; who is barred as a person is not left out yet.
    """
    deciding = moment.known.deciding

    def takes(line: Line) -> bool:
        return line.stream in deciding and bool(_acts(line, moment, sight))

    def make() -> Ranking:
        return ranked(filter(takes, map(moment.line, tuple(deciding))))

    return moment.ranking(("decides", sight.reach), make, takes).order


def running(moment: Moment, unit: str) -> Ranking:
    """Return everything of a unit that still runs, the most urgent first."""
    return moment.of_unit(("running", unit), unit, lambda line: line.running)


def due(line: Line, moment: Moment, sight: Sight) -> Due:
    """Return a subject with the acts on it that wait for the account."""
    return Due(line, _acts(line, moment, sight, sight.account.id))


def _acts(line: Line, moment: Moment, sight: Sight, account: str = "") -> tuple[Act, ...]:
    """Return the acts that wait for a post like the account's; for that very person where it is named."""
    acts = moment.waiting(line.stream, sight.account.unit, account)
    return tuple(a for a in acts if sight.may(a.right, line.scope))
