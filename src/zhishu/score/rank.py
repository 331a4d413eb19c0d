"""Competition ranks: equal values share the better place."""

from collections.abc import Sequence
from fractions import Fraction


def places(values: Sequence[int | Fraction]) -> list[int]:
    """Return the rank of each value, 1 for the largest (1, 2, 2, 4).

    >>> places([9, 7, 7, 5])
    [1, 2, 2, 4]
    """
    first: dict[int | Fraction, int] = {}
    for position, value in enumerate(sorted(values, reverse=True), start=1):
        first.setdefault(value, position)
    return [first[v] for v in values]
