"""Weights by which indicators come to matter as much as declared (Paruolo, Saisana and Saltelli 2013,
doi:10.1111/j.1467-985X.2012.01059.x).

A declared weight says what an indicator is meant to count; what it counts follows from how it varies and whom it repeats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from zhishu.score.steps.aggregate import arithmetic
from zhishu.score.steps.diagnose import correlation
from zhishu.score.steps.product import correlated
from zhishu.score.steps.shape import Column, Mean
from zhishu.score.steps.tree import Tree

_ROUNDS = 3000
_PATIENCE, _BETTER = 100, 0.999
"""Rounds that together come nearer by less than a thousandth, after which no nearer one is sought."""
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by column, and the importance they give: shares that sum to 1, of squared correlations with the score; all
    zero where the score tells nothing apart or runs against every column.

    ``met``: each share is what was declared. Where an indicator runs against the others no weights above zero may do it;
    then these come nearest of those tried.
    """

    weights: Mapping[str, float]
    importance: Mapping[str, float]
    met: bool


def fit_weights(columns: Mapping[str, Column], declared: Mapping[str, float], how: Mean = arithmetic) -> Fitted:
    """Return weights, summing to 1, whose score correlates with each column as its declared share of importance asks.

    Under an arithmetic mean of whole columns they are solved for; otherwise, and where the solution has one below zero,
    sought in rounds. Columns are of one heading, on one scale; each is told by its id and never by its place, so that no order of either
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
    reach = _reached(table, how)
    solved = _solved(table, wanted) if how is arithmetic else None
    weights = 1 / spread if solved is None else solved
    best, nearest, shares = weights, np.inf, wanted
    mark, marked = np.inf, 0
    for n in range(_ROUNDS):
        weights = weights / weights.sum()
        reached = reach(weights)
        distance = float(((reached - wanted) ** 2).sum())
        if distance < mark * _BETTER:
            mark, marked = distance, n
        if distance < nearest:
            best, nearest, shares = weights, distance, reached
        if distance < 1e-24 or n - marked > _PATIENCE:
            break
        # what counts for too little gets more, by half of what it lacks so that two do not overtake each other
        weights = weights * np.sqrt(wanted / np.maximum(reached, 1e-12))
    met = bool(np.abs(shares - wanted).max() < _CLOSE)
    return Fitted(_by_id(columns, best), _by_id(columns, shares), met)


def fit_tree(tree: Tree, columns: Mapping[str, Column]) -> tuple[Tree, dict[str, Fitted]]:
    """Return a tree whose weights make each child matter in its heading as the declared ones ask, and what came of each
    heading, from the lowest up: a heading is fitted over what those below it have become.

    Raises ValueError as ``fit_weights`` does, with the heading.

    >>> from zhishu.score.steps.tree import tree_of
    >>> tree = tree_of([("a", "top", 1.0), ("z", "top", 4.0), ("top", "", 1.0)])
    >>> made, found = fit_tree(tree, {"a": np.array([10.0, 40.0, 20.0, 30.0]), "z": np.array([1.0, 2.0, 3.0, 4.0])})
    >>> [round(w, 4) for w in made.nodes[0].weights], found["top"].met
    ([0.0123, 0.9877], True)
    """
    scores, nodes, found = dict(columns), [], {}
    for node in tree.nodes:
        children = {c: scores[c] for c in node.children}
        try:
            found[node.id] = fit_weights(children, dict(zip(node.children, node.weights, strict=True)), node.how)
        except ValueError as wrong:
            raise ValueError(f"{node.id}: {wrong}") from None
        nodes.append(replace(node, weights=tuple(found[node.id].weights[c] for c in node.children)))
        scores |= Tree((nodes[-1],)).scores(scores)
    return Tree(tuple(nodes)), found


def _by_id(columns: Mapping[str, Column], values: Column) -> dict[str, float]:
    return {id: float(x) for id, x in zip(columns, values, strict=True)}


def _reached(table: Column, how: Mean) -> Callable[[Column], Column]:
    """Return what tells the importance of columns that weights give them."""
    if how is arithmetic and not np.isnan(table).any():
        # the score of whole columns is a sum of them, so that their correlations with each other are enough
        spread, apart = table.std(axis=0), correlated(table)

        def summed(weights: Column) -> Column:
            """Return the shares from the correlations of the columns."""
            held = weights * spread
            shared = (apart * held).sum(axis=1)
            scale = float((held * shared).sum())
            # nothing is left of columns that cancel out
            return _shares(shared / np.sqrt(scale) if scale > 0 else np.zeros_like(shared))

        return summed

    def scored(weights: Column) -> Column:
        """Return the shares from the score itself."""
        score = how(table, weights)
        return _shares(np.array([correlation(x, score) for x in table.T]))

    return scored


def _solved(table: Column, wanted: Column) -> Column | None:
    """Return the weights of an arithmetic mean of whole columns that do it, None where there are none above zero."""
    if np.isnan(table).any():
        return None
    try:
        found = np.linalg.solve(correlated(table), np.sqrt(wanted)) / table.std(axis=0)
    except np.linalg.LinAlgError:
        # columns that repeat each other: many weights may do it, and rounds find some
        return None
    return found if (found > 0).all() else None


def _shares(correlations: Column) -> Column:
    squared = np.maximum(np.nan_to_num(correlations), 0.0) ** 2
    total = squared.sum()
    return squared / total if total > 0 else squared
