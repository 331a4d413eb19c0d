"""What an account is to rule on: everything others brought or asked for that waits for its judgement."""

from zhishu.office.desk import Due, desk, due
from zhishu.office.moment import Moment
from zhishu.office.sight import Sight


def reviews(moment: Moment, sight: Sight) -> tuple[Due, ...]:
    """Return what waits to be ruled on with the acts that rule, the most urgent first."""
    found = []
    for line in desk(moment, sight).waits:
        acts = tuple(a for a in due(line, moment, sight).acts if a.judges)
        if acts:
            found.append(Due(line, acts))
    return tuple(found)
