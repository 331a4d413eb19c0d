"""What each figure brings to a score: parts that add up to it exactly where every mean is arithmetic."""

from collections.abc import Mapping

import numpy as np

from zhishu.score.steps.aggregate import Array, arithmetic
from zhishu.score.steps.tree import Tree


def contributions(tree: Tree, columns: Mapping[str, Array]) -> dict[str, Array]:
    """Return for each column (units,) what it brings to the whole index, in points; missing cells bring nothing.

    A missing cell gives its weight to its neighbours, so the parts of a unit add up to its score; a unit without a score
    has no parts. Raises ValueError for a tree with another mean: there a part depends on all others.

    >>> from zhishu.score.steps.tree import Node
    >>> tree = Tree((Node("top", ("a", "b"), (1.0, 3.0)),))
    >>> contributions(tree, {"a": np.array([8.0]), "b": np.array([4.0])})
    {'a': array([2.]), 'b': array([3.])}
    """
    others = [node.id for node in tree.nodes if node.how is not arithmetic]
    if others:
        raise ValueError(f"only arithmetic means have parts that add up: {', '.join(others)}")
    scores = {**columns, **tree.scores(columns)}
    share = {tree.top: np.where(np.isnan(scores[tree.top]), np.nan, 1.0)}
    for node in reversed(tree.nodes):
        known = np.stack([~np.isnan(scores[c]) for c in node.children], axis=-1)
        weights = np.where(known, np.asarray(node.weights), 0.0)
        total = weights.sum(axis=-1)
        for n, child in enumerate(node.children):
            with np.errstate(invalid="ignore", divide="ignore"):
                part = np.where(total > 0, weights[..., n] / total, 0.0)
            share[child] = share[node.id] * part
    return {c: share[c] * np.nan_to_num(columns[c]) for c in tree.leaves()}
