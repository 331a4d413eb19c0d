"""Indicators into one (OECD/JRC Handbook 2008, step 6): means that compensate more or less, and Copeland's votes.

Each mean takes a table (…, units, indicators) and weights (…, indicators) that broadcast over it, so that thousands of
runs are one product of arrays. A missing cell is left out and the other weights stand for all; a unit of which less
than ``enough`` of the cells are known, by number, has no mean.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mean = Callable[[Array, Array], Array]


def arithmetic(table: Array, weights: Array) -> Array:
    """Return Σwx / Σw over the known cells: a loss in one indicator is made up for by a gain in another.

    >>> arithmetic(np.array([[1.0, 3.0], [2.0, np.nan]]), np.array([1.0, 3.0]))
    array([2.5, 2. ])
    """
    return _mean(table, weights)


def geometric(table: Array, weights: Array) -> Array:
    """Return the weighted geometric mean: a low value is hard to make up for. NaN for units with a value not above zero.

    >>> geometric(np.array([[1.0, 4.0], [0.0, 4.0]]), np.array([1.0, 1.0]))
    array([ 2., nan])
    """
    lost = (table <= 0).any(axis=-1)
    found = np.exp(_mean(np.log(np.where(table > 0, table, np.nan)), weights))
    return np.where(lost, np.nan, found)


def harmonic(table: Array, weights: Array) -> Array:
    """Return the weighted harmonic mean. NaN for units with a zero."""
    lost = (table == 0).any(axis=-1)
    found = 1 / _mean(1 / np.where(table != 0, table, np.nan), weights)
    return np.where(lost, np.nan, found)


def generalised(power: float) -> Mean:
    """Return the mean of powers (Σwx^p / Σw)^(1/p): 1 is arithmetic, 0 the limit, geometric, −1 harmonic."""
    if power == 0:
        return geometric

    def mean(table: Array, weights: Array) -> Array:
        """Return the mean of one power. NaN for units with a value not above zero, unless the power is 1."""
        if power == 1:
            return _mean(table, weights)
        lost = (table <= 0).any(axis=-1)
        found = _mean(np.where(table > 0, table, np.nan) ** power, weights) ** (1 / power)
        return np.where(lost, np.nan, found)

    return mean


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
        lead = np.broadcast_shapes(table.shape[:-2], weights.shape[:-2])
        tables = np.broadcast_to(table, (*lead, *table.shape[-2:])).reshape(-1, *table.shape[-2:])
        own = weights if weights.ndim == 1 else weights[..., 0, :]
        shares = np.broadcast_to(own, (*lead, own.shape[-1])).reshape(-1, own.shape[-1])
        found = np.stack([copeland(t, w) for t, w in zip(tables, shares, strict=True)])
        return found.reshape(*lead, table.shape[-2])
    over = outranking(table, weights)
    score = np.sign(over - 0.5)
    known = ~np.isnan(table).all(axis=-1)
    return np.where(known, np.nansum(np.where(np.isclose(over, 0.5), 0, score), axis=-1), np.nan)


def topsis(table: Array, weights: Array) -> Array:
    """Return the closeness to the best and away from the worst of each indicator, 0 to 1 (Hwang and Yoon 1981).

    Of a table on one scale; units with a missing cell have none.

    >>> topsis(np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.5]]), np.array([1.0, 1.0]))
    array([0. , 1. , 0.5])
    """
    shares = weights / weights.sum()
    best, worst = np.nanmax(table, axis=0), np.nanmin(table, axis=0)
    to_best = np.sqrt((shares * (table - best) ** 2).sum(axis=-1))
    to_worst = np.sqrt((shares * (table - worst) ** 2).sum(axis=-1))
    with np.errstate(invalid="ignore"):
        return np.asarray(to_worst / (to_best + to_worst))


def mazziotta_pareto(table: Array, upwards: bool = True) -> Array:
    """Return the Mazziotta-Pareto index: the mean of z-scores (100, 10) less their spread times its coefficient of
    variation, so that uneven profiles lose (plus, where more is worse: ``upwards`` False).

    ``table`` holds z-scores with mean 100 and spread 10. Source: De Muro, Mazziotta and Pareto 2011,
    doi:10.1007/s11205-010-9727-z.

    >>> mazziotta_pareto(np.array([[100.0, 100.0], [90.0, 110.0]]))
    array([100.,  99.])
    """
    mean, spread = table.mean(axis=-1), table.std(axis=-1)
    return np.asarray(mean - spread**2 / mean if upwards else mean + spread**2 / mean)


def enough(table: Array, scores: Array, share: float) -> Array:
    """Return scores without those of units of which less than a share of the cells is known.

    >>> enough(np.array([[1.0, np.nan], [1.0, 2.0]]), np.array([1.0, 1.5]), 0.6)
    array([nan, 1.5])
    """
    known = (~np.isnan(table)).mean(axis=-1)
    return np.where(known < share, np.nan, scores)


MEANS: Mapping[str, Mean] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "copeland": copeland,
}


def _mean(table: Array, weights: Array) -> Array:
    known = ~np.isnan(table)
    shares = np.where(known, weights, 0.0)
    total = shares.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, (np.where(known, table, 0.0) * shares).sum(axis=-1) / total, np.nan)


def _pairs(table: Array, weights: Array) -> tuple[Array, Array]:
    n = len(table)
    ahead, shared = np.zeros((n, n)), np.zeros((n, n))
    for column, weight in zip(table.T, weights, strict=True):
        apart = column[:, None] - column[None, :]
        known = ~np.isnan(apart)
        ahead += weight * np.where(known, (np.sign(np.where(known, apart, 0)) + 1) / 2, 0)
        shared += weight * known
    return ahead, shared
