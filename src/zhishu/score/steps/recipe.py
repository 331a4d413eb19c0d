"""How an index is made, as choices: treatment, scale, range, means and weights; and the index of a table by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from zhishu.score.steps import normalise
from zhishu.score.steps.aggregate import MEANS, Array, Mean
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.panel import treated
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import Node, Tree

Scale = Callable[[Array, Direction], Array]
# away from zero but where the name says otherwise, so that a geometric mean is defined for the worst unit too
SCALES: Mapping[str, Scale] = {
    "minmax": lambda x, d: normalise.minmax(x, d, 1, 100),
    "minmax0": lambda x, d: normalise.minmax(x, d, 0, 100),
    "zscore": lambda x, d: normalise.zscore(x, d, 50, 10),
    "rank": lambda x, d: ranks(x * -d),
    "percentile": lambda x, d: _percentile(ranks(x * -d)) * 99 + 1,
    "best": lambda x, d: normalise.to_best(x, d) * 99 + 1,
    "none": lambda x, d: x * d,
    "mpi": lambda x, d: normalise.zscore(x, d, 100, 10, sample=False),
}
"""Scales of columns (…, units), each by its name."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to make an index: at most ``winsorised`` cells of a column (None: no treatment), a scale of ``SCALES``,
    a mean of ``MEANS`` for every heading (None: as each declares)."""

    winsorised: int | None = 5
    scale: str = "minmax"
    mean: str | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """The figures of an index: columns by id over the same units, the direction of each, and the tree above them.

    Of several ``years`` a column holds the units of the first year, then those of the second, and so on: scaled together,
    treated and compared in pairs within each year.
    """

    columns: Mapping[str, Column]
    directions: Mapping[str, Direction]
    tree: Tree
    years: int = 1
    kept: dict[tuple[int | None, str], dict[str, Column]] = field(default_factory=dict, repr=False, compare=False)

    def scaled(self, recipe: Recipe) -> Mapping[str, Column]:
        """Return the treated and scaled columns of a recipe; those of one treatment and scale are made once."""
        key = (recipe.winsorised, recipe.scale)
        if key not in self.kept:
            self.kept[key] = {id: self.scale(id, column, recipe) for id, column in self.columns.items()}
        return self.kept[key]

    def scale(self, id: str, column: Array, recipe: Recipe) -> Array:
        """Return the figures of one indicator treated and scaled, the study's own or drawn ones (runs, units)."""
        return SCALES[recipe.scale](self.treat(column, recipe.winsorised), self.directions[id])

    def treat(self, column: Array, most: int | None) -> Array:
        """Return the figures of one indicator with outliers drawn in year by year, as they are without ``most``."""
        if most is None:
            return column
        by_year = column.reshape(*column.shape[:-1], self.years, -1)
        return treated(by_year, most).reshape(column.shape)

    def scores(
        self,
        recipe: Recipe,
        weights: Mapping[str, Array] | None = None,
        drawn: Mapping[str, Array] | None = None,
    ) -> dict[str, Array]:
        """Return the scores of every heading; with ``weights`` (runs, children) those of many runs, (runs, units).

        ``drawn`` are scaled columns of many runs (runs, units) in the place of the study's own.
        """
        return self.combined({**self.scaled(recipe), **(drawn or {})}, recipe, weights)

    def combined(
        self, columns: Mapping[str, Array], recipe: Recipe, weights: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """Return the scores of every heading over scaled columns (…, units)."""
        tree = self.tree if recipe.mean is None else with_mean(self.tree, MEANS[recipe.mean])
        if self.years == 1:
            return tree.scores(columns, weights)
        by_year = [
            tree.scores(dict(zip(columns, parts, strict=True)), weights)
            for parts in zip(*(np.split(x, self.years, axis=-1) for x in columns.values()), strict=True)
        ]
        return {id: np.concatenate([scores[id] for scores in by_year], axis=-1) for id in by_year[0]}

    def ranks(self, scores: Array) -> Array:
        """Return the rank of each unit within its year, 1 the best, of scores (…, units)."""
        return ranks(scores.reshape(*scores.shape[:-1], self.years, -1)).reshape(scores.shape)


def with_mean(tree: Tree, how: Mean) -> Tree:
    """Return a tree whose headings are all made by one mean."""
    return Tree(tuple(Node(n.id, n.children, n.weights, how, n.least) for n in tree.nodes))


def moved_weights(tree: Tree, shift: float, runs: int, seed: int) -> dict[str, Array]:
    """Return weights of many runs: each moved on its own, up or down by at most a share of itself, uniformly.

    Shape (runs, children) by heading; headings of one child stay.
    """
    random = np.random.default_rng(seed)
    return {
        node.id: np.asarray(node.weights) * (1 + shift * random.uniform(-1, 1, (runs, len(node.weights))))
        for node in tree.nodes
        if len(node.weights) > 1
    }


def _percentile(points: Array) -> Array:
    """Return the share of the others each is ahead of, of points 1 to n; NaN for a single one."""
    others = (~np.isnan(points)).sum(axis=-1, keepdims=True) - 1
    return np.asarray((points - 1) / np.where(others > 0, others, np.nan))
