"""What the figures say of an index (OECD/JRC Handbook 2008, steps 4 and 8): who repeats whom, and who makes the score."""

from typing import Literal

import numpy as np

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.normalise import rank_points
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import Tree

_AT_ONCE = 100_000
Correlation = Literal["pearson", "spearman", "kendall"]


def correlation(a: Column, b: Column, how: Correlation = "pearson") -> float:
    """Return the correlation of the units known in both; NaN for fewer than three or a column of one value.

    Kendall's is tau-b, which corrects for ties.

    >>> correlation(np.array([1.0, 2.0, 3.0, 9.0]), np.array([1.0, 2.0, 4.0, 8.0]), "spearman")
    1.0
    """
    known = ~(np.isnan(a) | np.isnan(b))
    x, y = a[known], b[known]
    if len(x) < 3:
        return float("nan")
    if how == "kendall":
        return _tau(x, y)
    if how == "spearman":
        x, y = rank_points(x, 1, "average"), rank_points(y, 1, "average")
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x**2).sum() * (y**2).sum()))
    return float((x * y).sum() / scale) if scale > 0 else float("nan")


def correlations(table: Array, how: Correlation = "pearson") -> Array:
    """Return the correlations of all pairs of columns, shape (indicators, indicators), pairwise complete."""
    n = table.shape[1]
    found = np.full((n, n), np.nan)
    for i in range(n):
        for j in range(i, n):
            found[i, j] = found[j, i] = correlation(table[:, i], table[:, j], how)
    return found


def alpha(table: Array) -> float:
    """Return Cronbach's alpha of the columns, from pairwise complete covariances: how far they measure one thing.

    Source: Cronbach 1951, doi:10.1007/BF02310555; k² × mean covariance of pairs / sum of all covariances.

    >>> round(alpha(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 4.0]])), 4)
    0.9474
    """
    k = table.shape[1]
    if k < 2:
        return float("nan")
    shared = np.array([[_covariance(table[:, i], table[:, j]) for j in range(k)] for i in range(k)])
    apart = shared[~np.eye(k, dtype=bool)].mean()
    return float(k**2 * apart / shared.sum())


def importance(columns: dict[str, Column], scores: Column) -> dict[str, float]:
    """Return the squared correlation of each column with the score: how much of it the column stands for.

    Declared weights say what a column was meant to count. Source: Paruolo, Saisana and Saltelli 2013,
    doi:10.1111/j.1467-985X.2012.01059.x (the linear case).
    """
    return {id: correlation(column, scores) ** 2 for id, column in columns.items()}


def rank_shift(tree: Tree, columns: dict[str, Column]) -> dict[str, float]:
    """Return by how many ranks the units move on average if each heading or column is left out.

    Those whose loss would leave nothing, or no unit a score, are not told.
    """
    nominal = ranks(tree.scores(columns)[tree.top])
    found = {}
    for id in (*(node.id for node in tree.nodes[:-1]), *tree.leaves()):
        less = tree.without(id)
        if less.nodes:
            moved = np.abs(ranks(less.scores(columns)[less.top]) - nominal)
            if not np.isnan(moved).all():
                found[id] = float(np.nanmean(moved))
    return found


def ranks(scores: Array) -> Array:
    """Return 1 for the best; ties share the better rank, units without a score have none.

    >>> ranks(np.array([5.0, 9.0, np.nan, 5.0]))
    array([ 2.,  1., nan,  2.])
    """
    found = np.empty(scores.shape)
    if not scores.size:
        return found
    rows, out = scores.reshape(-1, scores.shape[-1]), found.reshape(-1, scores.shape[-1])
    # a few runs at a time: what stands between stays in the processor's memory
    at_once = max(1, _AT_ONCE // max(1, scores.shape[-1]))
    for first in range(0, len(rows), at_once):
        out[first : first + at_once] = _ranked(rows[first : first + at_once])
    return found


def _ranked(scores: Array) -> Array:
    order = np.argsort(-scores, axis=-1)
    best_first = np.take_along_axis(scores, order, axis=-1)
    # a score like the one before it keeps that one's rank
    place = np.broadcast_to(np.arange(1.0, scores.shape[-1] + 1), scores.shape).copy()
    place[:, 1:][best_first[:, 1:] == best_first[:, :-1]] = 0
    np.maximum.accumulate(place, axis=-1, out=place)
    place[np.isnan(best_first)] = np.nan
    found = np.empty(scores.shape)
    np.put_along_axis(found, order, place, axis=-1)
    return found


def coupling(subsystems: Array, weights: Array | None = None) -> Array:
    """Return the degree of coupling coordination (耦合协调度) of subsystem scores (units, subsystems) in 0 to 1.

    D = √(C·T), with C the geometric over the arithmetic mean, all alike, and T the mean by ``weights``, all alike unless
    given. A unit with a zero in one has no coupling. The form and its common errors: Wang and others 2021, 自然资源学报
    36(3): 793-810.

    >>> coupling(np.array([[0.25, 0.25], [0.0, 1.0]]))
    array([0.5, 0. ])
    """
    mean = subsystems.mean(axis=-1)
    level = mean if weights is None else (subsystems * (weights / weights.sum())).sum(axis=-1)
    together = np.prod(subsystems, axis=-1) ** (1 / subsystems.shape[-1])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt(np.where(mean > 0, together / mean, 0.0) * level))


def obstacles(table: Array, weights: Array) -> Array:
    """Return the share of each indicator in what a unit falls short (障碍度), shape of the table, 0 to 1.

    ``table`` is scaled to 0 to 1: weight times 1 − x, over their sum. NaN for a unit that falls short in nothing.

    >>> obstacles(np.array([[0.5, 1.0], [0.0, 0.5]]), np.array([1.0, 1.0]))
    array([[1.        , 0.        ],
           [0.66666667, 0.33333333]])
    """
    short = weights * (1 - table)
    total = short.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(total > 0, short / total, np.nan))


def _covariance(a: Column, b: Column) -> float:
    known = ~(np.isnan(a) | np.isnan(b))
    x, y = a[known], b[known]
    return float(((x - x.mean()) * (y - y.mean())).sum() / (len(x) - 1))


def _tau(x: Column, y: Column) -> float:
    above = np.triu_indices(len(x), 1)
    a, b = np.sign(x[:, None] - x[None, :])[above], np.sign(y[:, None] - y[None, :])[above]
    scale = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum() / scale) if scale > 0 else float("nan")
