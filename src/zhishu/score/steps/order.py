"""The order that agrees best with all comparisons of pairs (OECD/JRC Handbook 2008, 6.12 and 6.13).

The rule of Condorcet, Kemeny, Young and Levenglick: of all orders the one whose pairs have most support. It needs no
scale and lets no indicator make up for another. Source: Young and Levenglick 1978, doi:10.1137/0135023.
"""

from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.shape import Array

MOST = 14
"""Units of which every order is weighed; of more the best is sought step by step, and not proved."""


@dataclass(frozen=True, slots=True)
class Order:
    """Units by their places, the best first, the support of the order, and whether no other order has more."""

    units: tuple[int, ...]
    support: float
    proved: bool


def median_order(over: Array) -> Order:
    """Return the order of units with the most support of ``over``: how much speaks for the first of each pair
    (units, units), as ``outranking`` tells it; a pair nothing is known of supports neither.

    Of orders with the same support the one that keeps the units as they stand is given. Of more than ``MOST`` units the
    order by wins is bettered by moving one unit at a time.

    >>> median_order(np.array([[0.0, 33.0, 25.0], [27.0, 0.0, 42.0], [35.0, 18.0, 0.0]]))
    Order(units=(1, 2, 0), support=104.0, proved=True)
    """
    support = np.where(np.isnan(over), 0.0, over)
    np.fill_diagonal(support, 0.0)
    units = _of_all(support) if len(over) <= MOST else _step_by_step(support)
    return Order(units, supported(over, units), len(over) <= MOST)


def supported(over: Array, units: tuple[int, ...]) -> float:
    """Return the support of an order: the sum over all its pairs of what speaks for the one ahead.

    >>> supported(np.array([[0.0, 33.0, 25.0], [27.0, 0.0, 42.0], [35.0, 18.0, 0.0]]), (0, 1, 2))
    100.0
    """
    placed = over[np.ix_(units, units)]
    return float(np.nansum(placed[np.triu_indices(len(units), 1)]))


def _of_all(support: Array) -> tuple[int, ...]:
    """Return the best order, from the best orders of all sets of units (Held and Karp's way)."""
    n = len(support)
    sets = np.arange(1 << n)
    best, last = np.zeros(1 << n), np.full(1 << n, -1)
    # what a set of units has over one: added unit by unit, for all sets at once
    has = np.zeros((n, 1 << n))
    for unit in range(n):
        inside = (sets >> unit & 1).astype(bool)
        has[:, inside] += support[unit][:, None]
    size = np.array([int(s).bit_count() for s in sets])
    for k in range(1, n + 1):
        of_size = sets[size == k]
        found, who = np.full(len(of_size), -np.inf), np.full(len(of_size), -1)
        for unit in range(n):
            inside = (of_size >> unit & 1).astype(bool)
            rest = of_size[inside] ^ (1 << unit)
            value = best[rest] + has[unit, rest]
            # the last of equals stands last, so that equals stay as they stood
            better = value >= found[inside] - 1e-9
            at = np.flatnonzero(inside)[better]
            found[at], who[at] = value[better], unit
        best[of_size], last[of_size] = found, who
    order, left = [], (1 << n) - 1
    while left:
        order.append(int(last[left]))
        left ^= 1 << order[-1]
    return tuple(reversed(order))


def _step_by_step(support: Array) -> tuple[int, ...]:
    """Return an order that moving no single unit betters, from the order by wins."""
    apart = support - support.T
    order = [int(n) for n in np.argsort(-np.sign(apart).sum(axis=1), kind="stable")]
    moved = True
    while moved:
        moved = False
        for unit in tuple(order):
            others = [o for o in order if o != unit]
            # before place p: what is lost against those ahead, won against those behind
            gains = np.concatenate([[0.0], np.cumsum(apart[others, unit])])
            here = order.index(unit)
            best = int(np.argmax(gains))
            if gains[best] > gains[here] + 1e-9:
                order = [*others[:best], unit, *others[best:]]
                moved = True
    return tuple(order)
