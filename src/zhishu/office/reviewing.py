"""What an account is to rule on: everything others brought or asked for that waits for its judgement."""

from collections.abc import Iterable, Sequence

from zhishu.office.desk import Due, due, waits
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.office.sight import Sight


def reviews(moment: Moment, sight: Sight) -> Sequence[Line]:
    """Return what waits to be ruled on, the most urgent first."""
    return waits(moment, sight, judging=True)


def rulings(lines: Iterable[Line], moment: Moment, sight: Sight) -> tuple[Due, ...]:
    """Return lines with the acts that rule on them."""
    found = (due(line, moment, sight) for line in lines)
    return tuple(Due(d.line, tuple(a for a in d.acts if a.judges)) for d in found)
