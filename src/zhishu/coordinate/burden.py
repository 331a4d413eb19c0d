"""The limit of requests: how often one unit may be asked for something in a month before a reason is needed.

What counts as asking is said by each kind (``Subject.asked``). A request beyond the limit is not forbidden; it
must say why, in the field ``over_limit`` that every asking act's form has.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.errors import Problem
from zhishu.terms import Text, counted

REASON = "over_limit"
"""The field of an asking act that says why the limit is exceeded."""


def over(asked: Iterable[str], day: date, counts: Mapping[tuple[str, str], int], limit: int) -> tuple[str, ...]:
    """Return which units one more request on a day brings over the limit; ``counts`` is by month and unit."""
    month = f"{day:%Y-%m}"
    return tuple(sorted(u for u in set(asked) if counts.get((month, u), 0) >= limit))


def refuse_over(
    fact: Fact,
    asked: Iterable[str],
    counts: Mapping[tuple[str, str], int],
    limit: int,
    name: Callable[[str], Text],
) -> tuple[Problem, ...]:
    """Return the problem of a request beyond the limit that does not say why (``burden-over``).

    ``name`` gives the name of a unit.
    """
    units = over(asked, fact.on, counts, limit)
    if not units or fact.text(REASON).strip():
        return ()
    return (
        refuse(
            "burden-over",
            REASON,
            f"{'、'.join(name(u).zh for u in units)}：本月要件已达 {limit} 次上限",
            f"{', '.join(name(u).en for u in units)}: asked {counted(limit, 'time')} this month, the limit",
            "写明仍须要件的理由，或下月再办",
            "say why, or wait a month",
        ),
    )
