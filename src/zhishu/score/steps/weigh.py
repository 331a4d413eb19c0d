"""Weights found from the figures or from judgements (OECD/JRC Handbook 2008, step 6), each summing to 1.

A table has shape (units, indicators), on one scale on which more is better. Weights found from figures say how figures
vary, never what matters; whoever uses them for an assessment must be able to defend that.
"""

from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.product import correlated
from zhishu.score.steps.shape import Array

# mean consistency index of random matrices by their number of items, from 0 to 10 (Saaty 1980)
_RANDOM = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
CONSISTENT = 0.1
"""The usual limit of the consistency ratio."""


def equal(indicators: int) -> Array:
    """Return the same weight for each.

    >>> equal(4)
    array([0.25, 0.25, 0.25, 0.25])
    """
    return np.full(indicators, 1 / indicators)


def entropy(table: Array) -> Array:
    """Return weights by how unevenly each indicator is spread over the units (熵权法; Shannon entropy).

    Raises ValueError for a missing or negative cell, a column of zeros, fewer than two units, or columns that all are
    even.

    >>> entropy(np.array([[1.0, 1.0], [1.0, 3.0]])).round(6)
    array([0., 1.])
    """
    _whole(table, least=0.0)
    total = table.sum(axis=0)
    if (total == 0).any():
        raise ValueError("an indicator is zero for every unit")
    shares = table / total
    # the limit of p log p at zero is zero
    spread = -np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0).sum(axis=0)
    apart = 1 - spread / np.log(len(table))
    apart = np.where(np.isclose(apart, 0, atol=1e-12), 0.0, apart)
    if apart.sum() == 0:
        raise ValueError("no indicator differs between the units")
    return np.asarray(apart / apart.sum())


def critic(table: Array) -> Array:
    """Return weights by spread and by how little an indicator repeats the others (Diakoulaki and others 1995).

    Of min-max scaled columns: sample standard deviation times the sum of 1 − correlation. Raises ValueError for a
    missing cell, a column of one value, fewer than three units, or indicators that all repeat each other.

    >>> critic(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.5], [0.5, 0.5, 1.0]])).round(4)
    array([0.3125, 0.4375, 0.25  ])
    """
    _whole(table)
    if len(table) < 3:
        raise ValueError("fewer than three units")
    spread = table.std(axis=0, ddof=1)
    if (spread == 0).any():
        raise ValueError("an indicator is the same for every unit")
    # an indicator that repeats all others tells nothing, whatever rounding leaves of it
    apart = (1 - correlated(table)).sum(axis=0)
    tells = spread * np.where(apart > 1e-12, apart, 0.0)
    if tells.sum() == 0:
        raise ValueError("every indicator repeats the others")
    return np.asarray(tells / tells.sum())


def principal(table: Array) -> Array:
    """Return the loadings of the first principal component of the standardised columns, turned so that they sum to
    more than zero, over their sum. Single ones may be negative: such an indicator runs against the others.

    Raises ValueError for a missing cell or a column of one value.

    >>> principal(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).round(6)
    array([0.5, 0.5])
    """
    first = loadings(table)[:, 0]
    return np.asarray(first / first.sum())


def loadings(table: Array) -> Array:
    """Return the unit vectors of all principal components as columns, by falling variance, each turned to a sum of at
    least zero: the sign of a component means nothing."""
    _, _, rows = np.linalg.svd(_standard(table), full_matrices=False)
    vectors = np.asarray(rows.T)
    return vectors * np.where(vectors.sum(axis=0) < 0, -1, 1)


def variances(table: Array) -> Array:
    """Return the variance of each principal component, falling; of standardised columns they sum to their number.

    Shape (components,), at most one for each unit. Raises ValueError as ``loadings`` does.

    >>> variances(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).round(6)
    array([2., 0.])
    """
    return np.asarray(np.linalg.svd(_standard(table), compute_uv=False) ** 2 / (len(table) - 1))


@dataclass(frozen=True, slots=True)
class Judged:
    """Weights from judgements of pairs, with the consistency ratio; ``consistent`` below 0.1 as is usual."""

    weights: Array
    ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the judgements agree with each other well enough."""
        return self.ratio < CONSISTENT


def pairwise(judgements: Array) -> Judged:
    """Return weights from a matrix of how many times more the row matters than the column (AHP; Saaty 1980).

    The principal eigenvector, with the consistency ratio for up to ten items. Raises ValueError for a matrix that is
    not square, not positive, not reciprocal, or larger.

    >>> found = pairwise(np.array([[1.0, 2.0, 4.0], [0.5, 1.0, 2.0], [0.25, 0.5, 1.0]]))
    >>> found.weights.round(4), round(found.ratio, 9), found.consistent
    (array([0.5714, 0.2857, 0.1429]), 0.0, True)
    """
    n = len(judgements)
    if judgements.shape != (n, n) or n >= len(_RANDOM) or n == 0:
        raise ValueError(f"judgements of pairs are a square of 1 to {len(_RANDOM) - 1} items, not {judgements.shape}")
    if not (judgements > 0).all() or not np.allclose(judgements * judgements.T, 1):
        raise ValueError("each judgement is above zero and the inverse of its opposite")
    values, vectors = np.linalg.eig(judgements)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    index = (float(values[first].real) - n) / (n - 1) if n > 1 else 0.0
    return Judged(weights / weights.sum(), max(0.0, index / _RANDOM[n]) if n > 2 else 0.0)


def _standard(table: Array) -> Array:
    _whole(table)
    spread = table.std(axis=0, ddof=1)
    if (spread == 0).any():
        raise ValueError("an indicator is the same for every unit")
    return np.asarray((table - table.mean(axis=0)) / spread)


def _whole(table: Array, least: float | None = None) -> None:
    if table.ndim != 2 or len(table) < 2:
        raise ValueError("weights are found from two units or more")
    if np.isnan(table).any():
        raise ValueError("a figure is missing: impute it or leave the indicator out")
    if least is not None and (table < least).any():
        raise ValueError(f"a value lies below {least:g}: scale the indicators first")
