"""Indicators into one (OECD/JRC Handbook 2008, step 6): means that compensate more or less, and distances; ``vote`` and
``ordered`` hold the others of ``MEANS``.

Each mean takes a table (…, units, indicators) and weights (…, indicators) that broadcast over it, so that thousands of
runs are one product of arrays. A missing cell is left out and the other weights stand for all; a unit of which less
than ``enough`` of the cells are known, by number, has no mean.
"""

from collections.abc import Mapping

import numpy as np

from zhishu.score.steps.ordered import owa
from zhishu.score.steps.product import of_each, of_rows
from zhishu.score.steps.shape import Array, Mean
from zhishu.score.steps.vote import copeland, net_flow, outranking

__all__ = [
    "MEANS",
    "VOTES",
    "Array",
    "Mean",
    "arithmetic",
    "closeness",
    "copeland",
    "enough",
    "generalised",
    "geometric",
    "harmonic",
    "mazziotta_pareto",
    "mpi",
    "net_flow",
    "outranking",
    "topsis",
]


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


def topsis(table: Array, weights: Array) -> Array:
    """Return the closeness to the best and away from the worst of each indicator, 0 to 1 (Hwang and Yoon 1981).

    Of a table on one scale, whose columns the weights multiply before distances are taken; units with a missing cell
    have none, nor has any where all are alike.

    >>> topsis(np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.5]]), np.array([1.0, 1.0]))
    array([0. , 1. , 0.5])
    """
    to_worst, to_best = _distances(table, weights)
    with np.errstate(invalid="ignore"):
        return np.asarray(to_worst / (to_best + to_worst))


def closeness(table: Array, weights: Array) -> Array:
    """Return TOPSIS on the scale of its table: the mean of the worst where a unit is as bad as any in everything, that
    of the best where it is as good. So a heading stands beside columns that have the same scale. Where all are alike the
    best is the worst, and the mean of it is what they have.

    >>> closeness(np.array([[1.0, 1.0], [100.0, 100.0], [50.5, 50.5]]), np.array([1.0, 1.0]))
    array([  1. , 100. ,  50.5])
    >>> closeness(np.array([[7.0, 3.0], [7.0, 3.0]]), np.array([1.0, 1.0]))
    array([5., 5.])
    """
    low, high = (_mean(end, weights) for end in _ends(table))
    to_worst, to_best = _distances(table, weights)
    whole = to_best + to_worst
    # not a number where a cell is missing, and it stays so
    return np.asarray(low + to_worst / np.where(whole == 0, 1.0, whole) * (high - low))


def mazziotta_pareto(table: Array, upwards: bool = True, weights: Array | None = None) -> Array:
    """Return the Mazziotta-Pareto index: the mean of z-scores (100, 10) less their spread times its coefficient of
    variation, so that uneven profiles lose (plus, where more is worse: ``upwards`` False). A mean not above zero has none.

    ``table`` holds z-scores with mean 100 and spread 10. The published index weighs all alike and has no value where a
    cell is missing; with ``weights`` mean and spread are weighted, over the known cells. Source: De Muro, Mazziotta and
    Pareto 2011, doi:10.1007/s11205-010-9727-z.

    >>> mazziotta_pareto(np.array([[100.0, 100.0], [90.0, 110.0]]))
    array([100.,  99.])
    """
    if weights is None:
        mean, spread = table.mean(axis=-1), table.std(axis=-1) ** 2
    else:
        # about each row's own middle: squares of large numbers would lose the small spread between them
        known = ~np.isnan(table)
        middle = np.where(known, table, 0).sum(axis=-1, keepdims=True) / np.maximum(
            known.sum(axis=-1, keepdims=True), 1
        )
        apart = _mean(table - middle, weights)
        mean = apart + middle[..., 0]
        spread = np.maximum(_mean((table - middle) ** 2, weights) - apart**2, 0)
    # a coefficient of variation is of a mean above zero only
    lost = spread / np.where(mean > 0, mean, np.nan)
    return np.asarray(mean - lost if upwards else mean + lost)


def mpi(table: Array, weights: Array) -> Array:
    """Return the weighted Mazziotta-Pareto index of a table on one scale above zero: the scale ``mpi`` is the published.

    NaN for units whose mean is not above zero: they have no coefficient of variation.

    >>> mpi(np.array([[100.0, 100.0], [90.0, 110.0]]), np.array([2.0, 2.0]))
    array([100.,  99.])
    """
    mean = _mean(table, weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(mean > 0, mazziotta_pareto(table, True, weights), np.nan)


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
    "outranking": net_flow,
    "topsis": closeness,
    "mpi": mpi,
    "owa": owa(2),
}
"""The means an index may be made by. ``owa`` leans to the worst: of two equal parts the worse counts three times."""

VOTES = ("copeland", "outranking")
"""Those that compare units in pairs: many units or many runs take long."""


def _mean(table: Array, weights: Array) -> Array:
    missing = np.isnan(table)
    holes = bool(missing.any())
    filled = np.where(missing, 0.0, table) if holes else table
    with np.errstate(invalid="ignore", divide="ignore"):
        if weights.ndim == table.ndim == 3 and not holes:
            return _over(of_each(filled, weights[:, 0, :]), weights.sum(axis=-1))
        if weights.ndim == 3 and table.ndim == 2:
            # many runs over one table need no table of its size for each run
            rows = weights[:, 0, :]
            total = of_rows(rows, (~missing).astype(np.float64)) if holes else rows.sum(axis=1, keepdims=True)
            return _over(of_rows(rows, filled), total)
        shares = np.where(missing, 0.0, weights)
        return _over(np.asarray((filled * shares).sum(axis=-1)), np.asarray(shares.sum(axis=-1)))


def _over(sums: Array, total: Array) -> Array:
    """Return sums over their weights, in place; none where there is no weight."""
    return np.divide(sums, np.where(total > 0, total, np.nan), out=sums)


def _distances(table: Array, weights: Array) -> tuple[Array, Array]:
    """Return how far each unit is from the worst and from the best of all columns."""
    worst, best = (np.sqrt(_sum((table - end) ** 2, weights**2)) for end in _ends(table))
    return worst, best


def _ends(table: Array) -> tuple[Array, Array]:
    """Return the worst and the best of each column, each as a table of one unit."""
    return np.fmin.reduce(table, axis=-2, keepdims=True), np.fmax.reduce(table, axis=-2, keepdims=True)


def _sum(table: Array, weights: Array) -> Array:
    """Return Σwx; nothing where a cell is missing."""
    if weights.ndim == 3 and table.ndim == 2:
        return of_rows(weights[:, 0, :], table)
    return np.asarray((table * weights).sum(axis=-1))
