"""The benefit of the doubt: each unit is scored by the weights that are best for it (OECD/JRC Handbook 2008, 6.3).

Source: Cherchye and others 2007, doi:10.1007/s11205-006-9029-7. Nobody can say that other weights would have served him
better; for the same reason scores of two units are not made by one measure, and without bounds many share the best.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.shape import Array

Bounded = Literal["weights", "parts"]


@dataclass(frozen=True, slots=True)
class Doubted:
    """Scores (units,), 1 the best, and the weights of each unit (units, indicators), in the measure of the scores."""

    scores: Array
    weights: Array

    @property
    def shares(self) -> Array:
        """Return the weights of each unit as shares of their sum; none (NaN) of a unit that nothing speaks for."""
        total = self.weights.sum(axis=-1, keepdims=True)
        with np.errstate(invalid="ignore"):
            return np.asarray(self.weights / total)


def benefit_of_doubt(table: Array, low: float = 0.0, high: float = 1.0, of: Bounded = "weights") -> Doubted:
    """Return for each unit the highest score that weights can give it under which nobody has more than 1.

    ``table`` (units, indicators) is on one scale from zero on which more is better. Each weight, or with ``of``
    "parts" what each indicator brings to the score, is a share ``low`` to ``high`` of their sum: a unit with a zero has
    no score above zero where each part has a least share. Where several weights serve a unit equally well, which of them
    is given means nothing. Needs SciPy (extra ``sensitivity``). Raises ValueError for a missing or negative cell, a
    table of zeros, or bounds that no shares can meet.

    >>> found = benefit_of_doubt(np.array([[1.0, 0.2], [0.4, 1.0], [0.5, 0.5]]))
    >>> found.scores.round(4), found.weights[2].round(4)
    (array([1.    , 1.    , 0.7609]), array([0.8696, 0.6522]))
    """
    # SciPy is only needed here and takes longer to import than many an index to make
    from scipy.optimize import linprog

    if np.isnan(table).any():
        raise ValueError("a figure is missing: impute it or leave the indicator out")
    if (table < 0).any() or not table.any():
        raise ValueError("values are not below zero, nor all zero: scale the indicators first")
    many = table.shape[1]
    if not 0 <= low <= 1 / many <= high <= 1:
        raise ValueError(f"shares of {many} indicators cannot all lie within {low:g} to {high:g}")
    scores, weights = np.zeros(len(table)), np.zeros(table.shape)
    for n, unit in enumerate(table):
        # w or w·x of one indicator against a share of their sum over all
        own = np.ones(many) if of == "weights" else unit
        most = np.diag(own) - high * own
        least = low * own - np.diag(own)
        found = linprog(
            -unit,
            A_ub=np.concatenate([table, most, least]),
            b_ub=np.concatenate([np.ones(len(table)), np.zeros(2 * many)]),
            bounds=(0, None if unit.any() else 0),
            method="highs",
        )
        scores[n], weights[n] = unit @ found.x, found.x
    return Doubted(scores, weights)
