"""The tree of an index: which columns stand under which heading, with weights, and how each heading is aggregated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.aggregate import Array, Mean, arithmetic, enough


@dataclass(frozen=True, slots=True)
class Node:
    """One heading: its children in order, their weights, and how they become one. Methods may differ within a level.

    ``least`` is the share of the children that must be known of a unit.
    """

    id: str
    children: tuple[str, ...]
    weights: tuple[float, ...]
    how: Mean = arithmetic
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Tree:
    """The headings of an index from the lowest to the top, so that children come before their parents.

    >>> tree = Tree((Node("top", ("a", "b"), (1.0, 3.0)),))
    >>> tree.scores({"a": np.array([1.0]), "b": np.array([5.0])})["top"]
    array([4.])
    """

    nodes: tuple[Node, ...]

    def scores(self, columns: Mapping[str, Array], weights: Mapping[str, Array] | None = None) -> dict[str, Array]:
        """Return the scores of every heading by its id; ``weights`` may replace those of some.

        Columns have shape (…, units); weights (…, children) broadcast against them. Raises KeyError for a child that
        is neither a column nor a heading before it.
        """
        found = dict(columns)
        for node in self.nodes:
            own = (weights or {}).get(node.id)
            table = _beside([found[c] for c in node.children])
            shares = np.asarray(node.weights) if own is None else own[..., None, :]
            scores = node.how(table, shares)
            found[node.id] = enough(table, scores, node.least) if node.least else scores
        return {node.id: found[node.id] for node in self.nodes}

    @property
    def top(self) -> str:
        """Return the id of the whole index."""
        return self.nodes[-1].id

    def leaves(self) -> tuple[str, ...]:
        """Return the columns the index is made of, in order."""
        ids = {node.id for node in self.nodes}
        return tuple(c for node in self.nodes for c in node.children if c not in ids)

    def above(self, id: str) -> tuple[str, ...]:
        """Return the headings over a column or heading, the nearest first; none over the top or what is not there."""
        over = {c: node.id for node in self.nodes for c in node.children}
        found: list[str] = []
        while (id := over.get(id, "")) and id not in found:
            found.append(id)
        return tuple(found)

    def effective(self) -> dict[str, float]:
        """Return the weight of each heading and column in the whole: shares within a parent multiplied down.

        What a weight means under arithmetic means; under others it is a share of the exponent or of the vote.
        """
        found = {self.top: 1.0}
        for node in reversed(self.nodes):
            total = sum(node.weights)
            for child, weight in zip(node.children, node.weights, strict=True):
                found[child] = found.get(child, 0.0) + found.get(node.id, 0.0) * weight / total
        return found

    def without(self, id: str) -> "Tree":
        """Return the tree without a column or heading; a heading that loses all its children goes with it."""
        gone, kept = {id}, []
        for node in self.nodes:
            pairs = [(c, w) for c, w in zip(node.children, node.weights, strict=True) if c not in gone]
            if not pairs or node.id in gone:
                gone.add(node.id)
            else:
                kept.append(Node(node.id, tuple(c for c, _ in pairs), tuple(w for _, w in pairs), node.how, node.least))
        return Tree(tuple(kept))


def _beside(columns: Sequence[Array]) -> Array:
    """Return columns as the last axis of one table; plain ones are laid one after the other, which sums of rows read on."""
    if all(c.ndim == 1 for c in columns):
        return np.stack(columns).T
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def tree_of(rows: Sequence[tuple[str, str, float]], how: Mapping[str, Mean] | None = None, least: float = 0.0) -> Tree:
    """Return the tree of rows (id, parent, weight): every id whose parent is "" is the top.

    Raises ValueError for a parent without a row, two tops, or a circle.

    >>> tree_of([("a", "top", 1.0), ("b", "top", 1.0), ("top", "", 1.0)]).leaves()
    ('a', 'b')
    """
    known = {id for id, _, _ in rows}
    children: dict[str, list[tuple[str, float]]] = {}
    for id, parent, weight in rows:
        if parent and parent not in known:
            raise ValueError(f"{id} stands under {parent}, which is not there")
        children.setdefault(parent, []).append((id, weight))
    tops = [id for id, _ in children.get("", [])]
    if len(tops) != 1:
        raise ValueError(f"an index has one top, not {len(tops)}: {', '.join(tops)}")
    order: list[str] = []
    waiting = tops
    while waiting:
        order += waiting
        waiting = [id for parent in waiting for id, _ in children.get(parent, [])]
    if len(order) != len(known):
        raise ValueError(f"in a circle: {', '.join(sorted(known - set(order)))}")
    nodes = tuple(
        Node(
            id,
            tuple(c for c, _ in children[id]),
            tuple(w for _, w in children[id]),
            (how or {}).get(id, arithmetic),
            least,
        )
        for id in reversed(order)
        if id in children
    )
    return Tree(nodes)
