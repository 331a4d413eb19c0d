"""Means whose weights go to places, not to indicators: how far a unit's best may make up for its worst (OWA).

Source: Yager 1988, doi:10.1109/21.87068; with importances as well: Yager 1996, International Journal of
Intelligent Systems 11: 49-73.
"""

import numpy as np

from zhishu.score.steps.shape import Array, Mean


def ordered(table: Array, places: Array) -> Array:
    """Return Σ of each place's weight times the value there, the best of a unit's values first, over the sum of weights.

    ``places`` has a weight for each of the indicators: all on the last is the minimum, all alike the mean. A unit with
    a missing cell has none.

    >>> ordered(np.array([[1.0, 5.0, 3.0]]), np.array([0.0, 0.0, 1.0]))
    array([1.])
    """
    return np.asarray((-np.sort(-table, axis=-1) * (places / places.sum())).sum(axis=-1))


def owa(power: float) -> Mean:
    """Return the ordered mean that also keeps the importance of indicators: the worse a value, the more it counts.

    From the best value down, one whose indicators and those before it hold a share s of the weight brings the rise of
    s^power: 1 is the arithmetic mean, more leans to the worst, less to the best. Raises ValueError for a power that is
    not above zero.

    >>> owa(2)(np.array([[8.0, 4.0], [6.0, np.nan]]), np.array([1.0, 1.0]))
    array([5., 6.])
    """
    if not power > 0:
        raise ValueError(f"a power above zero, not {power}")

    def mean(table: Array, weights: Array) -> Array:
        """Return the ordered mean of one power over the known cells. NaN where nothing is known."""
        # many runs over one table are sorted once, and what differs between them is changed in place
        order = np.argsort(-table, axis=-1, kind="stable")
        values = np.take_along_axis(table, order, axis=-1)
        missing = np.isnan(values)
        known = np.where(missing, 0.0, values)
        fall = known - np.concatenate([known[..., 1:], np.zeros_like(known[..., :1])], axis=-1)
        shape = np.broadcast_shapes(table.shape, weights.shape)
        held = np.take_along_axis(np.broadcast_to(weights, shape), np.broadcast_to(order, shape), axis=-1)
        held[np.broadcast_to(missing, shape)] = 0
        np.cumsum(held, axis=-1, out=held)
        total = held[..., -1].copy()
        with np.errstate(invalid="ignore", divide="ignore"):
            held /= total[..., None]
        held **= power
        return np.where(total > 0, np.einsum("...k,...k->...", held, fall), np.nan)

    return mean
