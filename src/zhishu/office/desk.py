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
    return Desk(waits(moment, sight), running(moment, sight.account.unit))


def waits(moment: Moment, sight: Sight, judging: bool = False) -> Sequence[Line]:
    """Return what waits for an account, the most urgent first; what it is to rule on alone if ``judging`` is set.

    Looked through are the subjects of the account's own unit and, of all others, those alone on which a ruling waits
    that more than one unit may give. Accounts of equal posts share both views.
    """
    unit, deciding = sight.account.unit, moment.known.deciding

    def asks(line: Line) -> bool:
        return any(a.judges or not judging for a in _acts(line, moment, sight))

    def near(line: Line) -> bool:
        return (line.waits_for(unit) or line.stream in deciding) and asks(line)

    def far(line: Line) -> bool:
        return line.stream in deciding and unit not in line.scope.units and asks(line)

    def make() -> Ranking:
        return ranked(filter(far, map(moment.line, tuple(deciding))))

    def lets(line: Line) -> bool:
        return line.stream not in deciding or _lets(line, moment, sight, judging)

    own = moment.of_unit(("waits", judging, sight.reach), unit, near).order
    others = moment.ranking(("decides", judging, sight.reach), make, far).order
    if not deciding:
        return own
    mine, rest = list(filter(lets, own)), list(filter(lets, others))
    return sorted([*mine, *rest], key=lambda line: line.rank) if rest else mine


def _lets(line: Line, moment: Moment, sight: Sight, judging: bool) -> bool:
    """Return whether the very person may act where a post like theirs may."""
    id = sight.account.id
    if not any(id in bar.accounts for bar in moment.deciders(line.stream).values()):
        return True
    return any(a.judges or not judging for a in due(line, moment, sight).acts)


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
