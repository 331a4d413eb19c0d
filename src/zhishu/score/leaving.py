"""When a unit leaves: whose order changes though nothing of theirs did, and what made it change.

Rank reversal has three sources: the leaving unit took part in comparisons (votes, distances to the best), it set the scale
(an end, or the mean and the places of all), or the treatment of outliers is another one without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.aggregate import MEANS, Array
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.shape import Column
from zhishu.score.steps.sure import Told

BY_ENDS = ("minmax", "best")
"""Scales that the lowest and the highest unit set."""
BY_UNIT = ("arithmetic", "geometric", "harmonic")
"""Means of one unit's own figures, whoever else is there."""
Cause = Literal["comparison", "scale", "treatment"]
CAUSES: tuple[Cause, ...] = ("comparison", "scale", "treatment")


@dataclass(frozen=True, slots=True)
class Ends:
    """The lowest and the highest value of a column as it is scaled, and the rows (places) at them."""

    low: float
    high: float
    at_low: tuple[int, ...]
    at_high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What happens to the other rows when a unit leaves: how many have another rank among them, the pairs of rows whose
    order changes (pairs, 2), the one ahead first, the order of each before and after (1 ahead, 0 tied, −1 behind), the
    place in ``CAUSES`` of what changed it, and the rows that lose their score."""

    moved: int
    pairs: NDArray[np.int64]
    before: NDArray[np.int8]
    after: NDArray[np.int8]
    causes: NDArray[np.int64]
    lost: tuple[int, ...]


def unmoved(lost: tuple[int, ...] = ()) -> Left:
    """Return what happens when a unit leaves and no order changes."""
    none = np.empty(0, dtype=np.int8)
    return Left(0, np.empty((0, 2), dtype=np.int64), none, none, np.empty(0, dtype=np.int64), lost)


def ends(study: Study, recipe: Recipe) -> dict[str, Ends]:
    """Return who sets the scale of each column, after treatment; empty for scales that ends do not set."""
    if recipe.scale not in BY_ENDS:
        return {}
    found = {}
    for id, column in study.columns.items():
        treated = study.treat(column, recipe.winsorised)
        # a logarithm keeps the order but not the unit of the indicator
        values = treated if np.isin(treated[~np.isnan(treated)], column).all() else column
        low, high = np.nanmin(values), np.nanmax(values)
        at_low, at_high = (tuple(int(n) for n in np.flatnonzero(values == end)) for end in (low, high))
        found[id] = Ends(float(low), float(high), at_low, at_high)
    return found


def units_of(study: Study) -> int:
    """Return how many units a year has; row n is unit n modulo this."""
    return len(next(iter(study.columns.values()))) // study.years


def alone(study: Study, rows: tuple[int, ...]) -> int | None:
    """Return the unit that all these rows are of, None where they are of several."""
    units = {row % units_of(study) for row in rows}
    return units.pop() if len(units) == 1 else None


def votes(study: Study, recipe: Recipe) -> bool:
    """Return whether a mean may compare units with each other."""
    own = [MEANS[name] for name in BY_UNIT]
    means = [MEANS[recipe.mean]] if recipe.mean is not None else [node.how for node in study.tree.nodes]
    return not all(how in own for how in means)


def can_matter(study: Study, recipe: Recipe) -> list[int]:
    """Return the units whose leaving can change anything: those that set the end of a scale alone, where nothing else
    binds the units together; else all. A unit without which a column has no figure cannot be looked at."""
    if recipe.winsorised is None and recipe.scale in BY_ENDS and not votes(study, recipe):
        at = (rows for end in ends(study, recipe).values() for rows in (end.at_low, end.at_high))
        units = sorted({unit for rows in at if (unit := alone(study, rows)) is not None})
    else:
        units = list(range(units_of(study)))
    return [n for n in units if not any(np.isnan(_others(study, x, n)).all() for x in study.columns.values())]


def leaving(study: Study, recipe: Recipe, told: Told | None = None) -> dict[int, Left]:
    """Return what happens when each unit leaves, for those whose leaving can matter at all. Every column needs a figure.

    >>> from zhishu.score.steps.tree import Node, Tree
    >>> figures = {"产出": np.array([4.0, 1.0, 0.0, 20.0]), "研发": np.array([1.0, 3.0, 4.0, 0.0])}
    >>> study = Study(figures, {"产出": 1, "研发": 1}, Tree((Node("index", ("产出", "研发"), (1.0, 1.0)),)))
    >>> {unit: left.pairs.tolist() for unit, left in leaving(study, Recipe(None)).items() if len(left.pairs)}
    {2: [[3, 1]], 3: [[1, 0], [2, 0]]}
    """
    before, units = study.scores(recipe)[study.tree.top], can_matter(study, recipe)
    found = {}
    for n, unit in enumerate(units):
        found[unit] = _left(study, recipe, unit, before)
        if told is not None:
            told(n + 1, len(units))
    return found


def without(study: Study, recipe: Recipe, unit: int) -> Array:
    """Return the scores of the other rows when a unit leaves and everything is made again."""
    own = replace(study, columns={c: _others(study, x, unit) for c, x in study.columns.items()}, kept={})
    return own.scores(recipe)[study.tree.top]


def places(scores: Array) -> Array:
    """Return ranks; scores that differ by rounding only are equal."""
    return ranks(np.round(scores, 9))


def _others(study: Study, column: Column, unit: int) -> Column:
    return np.delete(column, np.arange(unit, len(column), units_of(study)))


def _left(study: Study, recipe: Recipe, unit: int, scores: Array) -> Left:
    rows = np.flatnonzero(np.arange(len(scores)) % units_of(study) != unit)
    own, after = scores[rows], without(study, recipe, unit)
    lost = tuple(int(n) for n in rows[np.isnan(after) & ~np.isnan(own)])
    both = ~(np.isnan(own) | np.isnan(after))
    # of what has a score before and after; by ranks, so that scores that differ by rounding only are equal
    first = _orders(study, np.where(both, own, np.nan))
    last = _orders(study, np.where(both, after, np.nan))
    moved = sum(int(((a != b) & ~np.isnan(a)).sum()) for a, b in zip(first, last, strict=True))
    if not moved:
        return unmoved(lost)
    stages = [_orders(study, np.where(both, step, np.nan)) for step in _stages(study, recipe, unit)]
    pairs, signs, causes = [], [], []
    for year, (a, b) in enumerate(zip(first, last, strict=True)):
        at = np.flatnonzero(~np.isnan(a))
        i, j = at[np.argwhere(np.triu(_signs(a[at]) != _signs(b[at])))].T
        i, j = np.where(a[j] < a[i], (j, i), (i, j))
        order = np.stack([np.sign(p[j] - p[i]) for p in (a, b, *(s[year] for s in stages))]).astype(np.int8)
        # the first step from which on the order is another one and stays so
        late = order[3] != order[0]
        causes.append(np.where(late & (order[2] != order[0]), 0, np.where(late, 1, 2)))
        pairs.append(rows[np.stack([i, j], axis=-1) + year * len(a)])
        signs.append(order[:2])
    before, after = np.concatenate(signs, axis=1)
    return Left(moved, np.concatenate(pairs), before, after, np.concatenate(causes), lost)


def _stages(study: Study, recipe: Recipe, unit: int) -> Iterator[Array]:
    """Yield the scores of the others first with scales and treatment as they were, then with treatment as it was."""
    scaled = {c: _others(study, x, unit) for c, x in study.scaled(recipe).items()}
    yield study.combined(scaled, recipe)[study.tree.top]
    treated = {c: _others(study, study.treat(x, recipe.winsorised), unit) for c, x in study.columns.items()}
    again = replace(study, columns=treated, kept={})
    yield again.scores(replace(recipe, winsorised=None))[study.tree.top]


def _orders(study: Study, scores: Array) -> list[Array]:
    return list(places(scores.reshape(study.years, -1)))


def _signs(places: Array) -> NDArray[np.int8]:
    ahead = places[:, None] < places[None, :]
    return ahead.astype(np.int8) - ahead.T
