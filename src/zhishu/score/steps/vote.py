"""Units compared in pairs, indicator by indicator, each with its weight as a vote (OECD/JRC Handbook 2008, 6.12 and 6.13).

Only who is ahead counts, not by how much: no indicator makes up for another, and the scale of none matters.
"""

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.shape import Array, Mean


def outranking(table: Array, weights: Array) -> Array:
    """Return for each pair (units, units) the weight of the indicators on which the first is ahead, ties counting half.

    Over the indicators known of both; NaN where there is none, and on the diagonal.
    """
    ahead, shared = _pairs(table, weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = ahead / shared
    found[np.diag_indices(len(table))] = np.nan
    return found


def copeland(table: Array, weights: Array) -> Array:
    """Return wins less losses against the other units, by the weight of the indicators (Munda and Nardo 2009,
    Applied Economics 41). A unit of which nothing is known has no score. Many runs are counted one by one.

    >>> copeland(np.array([[3.0, 3.0], [2.0, 2.0], [1.0, 3.0]]), np.array([2.0, 1.0]))
    array([ 2.,  0., -2.])
    """
    if table.ndim > 2 or weights.ndim > 1:
        return _each_run(copeland, table, weights)
    over = outranking(table, weights)
    score = np.sign(over - 0.5)
    known = ~np.isnan(table).all(axis=-1)
    return np.where(known, np.nansum(np.where(np.isclose(over, 0.5), 0, score), axis=-1), np.nan)


def net_flow(table: Array, weights: Array) -> Array:
    """Return by how much more weight a unit is ahead of the others than they are of it, on average, −1 to 1.

    The net flow of PROMETHEE II with the usual criterion (Brans and Vincke 1985, doi:10.1287/mnsc.31.6.647): unlike
    Copeland's votes it counts by how much a pair is won. Over the pairs that share an indicator; a unit that shares none
    has no score. Many runs are counted one by one.

    >>> net_flow(np.array([[3.0, 3.0], [2.0, 2.0], [1.0, 3.0]]), np.array([2.0, 1.0])).round(4)
    array([ 0.8333, -0.3333, -0.5   ])
    """
    if table.ndim > 2 or weights.ndim > 1:
        return _each_run(net_flow, table, weights)
    over = outranking(table, weights)
    met = ~np.isnan(over)
    with np.errstate(invalid="ignore"):
        flow = np.where(met, 2 * over - 1, 0.0).sum(axis=-1) / met.sum(axis=-1)
    # equal but for rounding is equal, and what cancels out is 0 and never −0
    return np.asarray(np.round(flow, 12) + 0.0)


def _each_run(vote: Mean, table: Array, weights: Array) -> Array:
    lead = np.broadcast_shapes(table.shape[:-2], weights.shape[:-2])
    tables = np.broadcast_to(table, (*lead, *table.shape[-2:])).reshape(-1, *table.shape[-2:])
    own = weights if weights.ndim == 1 else weights[..., 0, :]
    shares = np.broadcast_to(own, (*lead, own.shape[-1])).reshape(-1, own.shape[-1])
    found = np.stack([vote(t, w) for t, w in zip(tables, shares, strict=True)])
    return found.reshape(*lead, table.shape[-2])


def _pairs(table: Array, weights: Array) -> tuple[Array, Array]:
    """Return by how much weight each unit is ahead of each, ties half, and how much weight the two share."""
    n = len(table)
    ahead, shared = np.zeros((n, n)), np.zeros((n, n))
    whole = 0.0
    for column, weight in zip(table.T, weights, strict=True):
        known = ~np.isnan(column)
        # ordinary comparisons of places are quicker than those of numbers, and a missing one is ahead of nobody
        _, place = np.unique(column[known], return_inverse=True)
        at = np.full(n, -1, dtype=np.int32)
        at[known] = place
        if known.all():
            whole += weight
            both: NDArray[np.bool_] | bool = True
        else:
            both = known[:, None] & known[None, :]
            np.add(shared, weight, out=shared, where=both)
        np.add(ahead, weight, out=ahead, where=(at[:, None] > at[None, :]) & both)
        if len(np.unique(place)) < known.sum():
            np.add(ahead, weight / 2, out=ahead, where=(at[:, None] == at[None, :]) & both)
    return ahead, shared + whole
