"""How an index is made, as choices: treatment, scale, range, means and weights; and the index of a table by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from zhishu.score.steps import normalise
from zhishu.score.steps.aggregate import MEANS, Array, Mean
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.shape import Column
from zhishu.score.steps.treat import log_of_range, treat
from zhishu.score.steps.tree import Node, Tree

Scale = Callable[[Column, Direction], Column]
# away from zero, so that a geometric mean is defined for the worst unit too
SCALES: Mapping[str, Scale] = {
    "minmax": lambda x, d: normalise.minmax(x, d, 1, 100),
    "zscore": lambda x, d: normalise.zscore(x, d, 50, 10),
    "rank": normalise.rank_points,
    "percentile": lambda x, d: normalise.percentile(x, d) * 99 + 1,
    "best": lambda x, d: normalise.to_best(x, d) * 99 + 1,
    "mpi": lambda x, d: normalise.zscore(x, d, 100, 10, sample=False),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to make an index: at most ``winsorised`` cells of a column (None: no treatment), a scale of ``SCALES``,
    a mean of ``MEANS`` for every heading (None: as each declares)."""

    winsorised: int | None = 5
    scale: str = "minmax"
    mean: str | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """The figures of an index: columns by id over the same units, the direction of each, and the tree above them."""

    columns: Mapping[str, Column]
    directions: Mapping[str, Direction]
    tree: Tree
    kept: dict[tuple[int | None, str], dict[str, Column]] = field(default_factory=dict, repr=False, compare=False)

    def scaled(self, recipe: Recipe) -> Mapping[str, Column]:
        """Return the treated and scaled columns of a recipe; those of one treatment and scale are made once."""
        key = (recipe.winsorised, recipe.scale)
        if key not in self.kept:
            scale = SCALES[recipe.scale]
            self.kept[key] = {
                id: scale(self._treated(column, recipe.winsorised), self.directions[id])
                for id, column in self.columns.items()
            }
        return self.kept[key]

    def scores(self, recipe: Recipe, weights: Mapping[str, Array] | None = None) -> dict[str, Array]:
        """Return the scores of every heading; with ``weights`` (runs, children) those of many runs, (runs, units)."""
        tree = self.tree if recipe.mean is None else with_mean(self.tree, MEANS[recipe.mean])
        return tree.scores(self.scaled(recipe), weights)

    @staticmethod
    def _treated(column: Column, most: int | None) -> Column:
        return column if most is None else treat(column, most, log_of_range).values


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
