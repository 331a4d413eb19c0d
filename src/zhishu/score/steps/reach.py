"""What it would take for a unit to reach a score or a rank: by figures that policy can move, within bounds declared for
each, and by nothing else: weights, classes and the figures of others stay as they are.

The whole index is made anew for every value tried, so that a figure that moves the end of a scale moves everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.shape import Column

STEPS = 60
"""Halvings of the way between today's figure and its bound: the answer is exact to 2^-60 of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One figure moved alone: from today's value to the least far one that is enough, in the unit of the indicator.

    ``to`` is None where even the bound is not enough; ``score`` and ``rank`` are those at ``to``, or at the bound.
    """

    indicator: str
    now: float
    bound: float
    to: float | None
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Today's score and rank of a unit, each way alone, and what all bounds together would bring."""

    unit: int
    score: float
    rank: int
    ways: tuple[Way, ...]
    all_score: float
    all_rank: int
    enough: bool


def reach(
    study: Study,
    recipe: Recipe,
    unit: int,
    bounds: Mapping[str, float],
    *,
    score: float | None = None,
    rank: int | None = None,
) -> Reach:
    """Return what it takes for a unit, by its place, to reach a score or a rank.

    ``bounds`` gives the best value each improvable indicator could come to, in its own unit; what is not named stays.
    Raises ValueError for neither or both aims, a bound that is worse than today's figure or of an indicator that is
    not there, and for a unit without a score.

    >>> from zhishu.score.steps.tree import Node, Tree
    >>> tree = Tree((Node("top", ("a", "b"), (1.0, 1.0)),))
    >>> data = {"a": np.array([4.0, 10.0, 0.0]), "b": np.array([10.0, 0.0, 5.0])}
    >>> study = Study(data, {"a": 1, "b": 1}, tree)
    >>> found = reach(study, Recipe(None), 0, {"a": 8.0}, score=80.0)
    >>> round(found.score, 1), [round(w.to, 2) for w in found.ways]
    (70.3, [5.96])
    """
    if (score is None) == (rank is None):
        raise ValueError("a score or a rank is to be reached, one of the two")
    now, place = _standing(study, recipe, unit, {})
    if np.isnan(now):
        raise ValueError("the unit has no score")

    def there(changed: Mapping[str, float]) -> bool:
        got, at = _standing(study, recipe, unit, changed)
        return got >= score if score is not None else at <= (rank or 0)

    for id, bound in bounds.items():
        if id not in study.columns:
            raise ValueError(f"there is no indicator {id}")
        if np.isnan(study.columns[id][unit]) or (bound - study.columns[id][unit]) * study.directions[id] < 0:
            raise ValueError(f"{id}: the bound {bound:g} is no better than {study.columns[id][unit]:g}")
    ways = tuple(_way(study, recipe, unit, id, bound, there) for id, bound in bounds.items())
    best, at = _standing(study, recipe, unit, bounds)
    return Reach(unit, now, place, ways, best, at, there(bounds))


def _way(
    study: Study, recipe: Recipe, unit: int, id: str, bound: float, there: Callable[[Mapping[str, float]], bool]
) -> Way:
    now = float(study.columns[id][unit])
    if not there({id: bound}):
        return Way(id, now, bound, None, *_standing(study, recipe, unit, {id: bound}))
    near, far = now, bound
    if there({}):
        far = now
    else:
        for _ in range(STEPS):
            middle = (near + far) / 2
            near, far = (near, middle) if there({id: middle}) else (middle, far)
    return Way(id, now, bound, far, *_standing(study, recipe, unit, {id: far}))


def _standing(study: Study, recipe: Recipe, unit: int, changed: Mapping[str, float]) -> tuple[float, int]:
    """Return score and rank of a unit with some of its figures changed; rank 0 where it has no score."""
    columns = {id: _with(column, unit, changed.get(id)) for id, column in study.columns.items()}
    scores = Study(columns, study.directions, study.tree).scores(recipe)[study.tree.top]
    at = ranks(scores)[unit]
    return float(scores[unit]), 0 if np.isnan(at) else int(at)


def _with(column: Column, unit: int, value: float | None) -> Column:
    if value is None:
        return column
    found = column.copy()
    found[unit] = value
    return found
