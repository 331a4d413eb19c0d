"""Weights by which indicators come to matter as much as declared (Paruolo, Saisana and Saltelli 2013,
doi:10.1111/j.1467-985X.2012.01059.x).

A declared weight says what an indicator is meant to count; what it counts follows from how it varies and whom it repeats.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.aggregate import arithmetic
from zhishu.score.steps.diagnose import correlation
from zhishu.score.steps.shape import Column, Mean

_ROUNDS = 3000
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by column, and the importance they give: shares that sum to 1, of squared correlations with the score.

    ``met``: each share is what was declared. Where an indicator runs against the others no weights above zero may do it;
    then these come nearest of those tried.
    """

    weights: Mapping[str, float]
    importance: Mapping[str, float]
    met: bool


def fit_weights(columns: Mapping[str, Column], declared: Mapping[str, float], how: Mean = arithmetic) -> Fitted:
    """Return weights, summing to 1, whose score correlates with each column as its declared share of importance asks.

    Columns are of one heading, on one scale; each is told by its id and never by its place, so that no order of either
    mapping changes anything. Importance is the squared correlation, none where it is negative. Raises ValueError for
    columns and declared importance that do not name the same, importance not above zero, or a column of one value.

    >>> columns = {"z": np.array([1.0, 2.0, 3.0, 4.0]), "a": np.array([10.0, 40.0, 20.0, 30.0])}
    >>> found = fit_weights(columns, {"a": 1.0, "z": 4.0})
    >>> {id: round(w, 4) for id, w in found.weights.items()}, found.met
    ({'z': 0.9877, 'a': 0.0123}, True)
    """
    if set(columns) != set(declared):
        raise ValueError(f"not in both: {', '.join(sorted(set(columns) ^ set(declared)))}")
    wanted = np.array([declared[id] for id in columns])
    if not (wanted > 0).all():
        raise ValueError("declared importance is above zero")
    spread = np.array([np.nanstd(x) for x in columns.values()])
    if not (spread > 0).all():
        raise ValueError("an indicator is the same for every unit")
    wanted = wanted / wanted.sum()
    table = np.column_stack(list(columns.values()))
    weights = 1 / spread
    best, nearest, shares = weights, np.inf, wanted
    for _ in range(_ROUNDS):
        weights = weights / weights.sum()
        reached = _shares(table, how(table, weights))
        distance = float(((reached - wanted) ** 2).sum())
        if distance < nearest:
            best, nearest, shares = weights, distance, reached
        if distance < 1e-24:
            break
        # what counts for too little gets more, by half of what it lacks so that two do not overtake each other
        weights = weights * np.sqrt(wanted / np.maximum(reached, 1e-12))
    met = bool(np.abs(shares - wanted).max() < _CLOSE)
    return Fitted(_by_id(columns, best), _by_id(columns, shares), met)


def _by_id(columns: Mapping[str, Column], values: Column) -> dict[str, float]:
    return {id: float(x) for id, x in zip(columns, values, strict=True)}


def _shares(table: Column, score: Column) -> Column:
    squared = np.array([max(correlation(x, score), 0.0) ** 2 for x in table.T])
    total = squared.sum()
    return squared / total if total > 0 else np.full(len(squared), 1 / len(squared))
