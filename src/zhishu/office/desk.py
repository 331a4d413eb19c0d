"""The desk of an account: what waits for it, what its unit owes, and how that stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.coordinate.act import Act
from zhishu.coordinate.pending import waiting
from zhishu.office.listing import urgency
from zhishu.office.moment import Line, Moment
from zhishu.office.sight import Sight


@dataclass(frozen=True, slots=True)
class Due:
    """A subject with the acts on it that wait for the account."""

    line: Line
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """``waits``: what the account can do now and is waited for; ``unit``: everything of its unit that still runs,
    the most urgent first; ``lights`` counts those."""

    waits: tuple[Due, ...]
    unit: tuple[Line, ...]
    lights: Mapping[str, int]


def desk(moment: Moment, sight: Sight) -> Desk:
    """Return the desk of an account at a moment."""
    unit = sight.account.unit
    lines = [moment.line(stream) for stream in tuple(moment.known.concerning.get(unit, ()))]
    mine = [line for line in lines if unit in line.units]
    running = sorted((n for n in mine if n.standing is not None and not n.standing.ended), key=urgency)
    waited = sorted((n for n in mine if any(unit in units for units in n.waits.values())), key=urgency)
    return Desk(
        tuple(d for line in waited if (d := _due(line, moment, sight)).acts),
        tuple(running),
        Counter(n.standing.light for n in running if n.standing is not None),
    )


def _due(line: Line, moment: Moment, sight: Sight) -> Due:
    kind = moment.known.kinds[line.stream.partition("/")[0]]
    state = moment.state(line.stream)
    unit = sight.account.unit
    acts = waiting(kind, state, unit, moment.world)
    return Due(line, tuple(a for a in acts if sight.may(a.right, line.scope)))
