"""How indicators go together (OECD/JRC Handbook 2008, step 4): by chance or not, within a heading, and with those above."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, lgamma, log

from zhishu.score.steps.diagnose import Correlation, correlation
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import Tree

_TINY, _STEPS = 1e-300, 10_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns under one heading and their correlation."""

    heading: str
    one: str
    other: str
    value: float


def by_chance(value: float, units: int) -> float:
    """Return the probability of a Pearson correlation at least so far from zero between columns that have none (two-sided
    t test with n − 2 degrees of freedom). NaN for fewer than three units or no correlation.

    >>> round(by_chance(0.878, 5), 3), by_chance(1.0, 5)
    (0.05, 0.0)
    """
    if units < 3 or value != value:
        return float("nan")
    # P(|T| > t) is the incomplete beta function at 1 - r², which is df / (df + t²)
    square = min(1.0, value * value)
    return _beta((units - 2) / 2, 0.5, 1 - square, square)


def pairs(
    tree: Tree, columns: Mapping[str, Column], how: Correlation = "pearson", low: float = -1.0, high: float = 1.0
) -> list[Pair]:
    """Return the pairs of neighbours under one heading that correlate below ``low`` or above ``high``, in order.

    ``columns`` are turned to their direction and hold the headings too if these are to be looked at. A pair above about
    0.9 may count one thing twice, one well below zero makes the heading a mean of opposites.

    >>> from zhishu.score.steps.tree import Node
    >>> import numpy as np
    >>> rows = {"a": np.array([1.0, 2, 3]), "b": np.array([3.0, 2, 1])}
    >>> pairs(Tree((Node("x", ("a", "b"), (1.0, 1.0)),)), rows, low=-0.4)
    [Pair(heading='x', one='a', other='b', value=-1.0)]
    """
    found = []
    for node in tree.nodes:
        there = [c for c in node.children if c in columns]
        for n, one in enumerate(there):
            for other in there[n + 1 :]:
                value = correlation(columns[one], columns[other], how)
                if value < low or value > high:
                    found.append(Pair(node.id, one, other, value))
    return found


def family(tree: Tree, columns: Mapping[str, Column], how: Correlation = "pearson") -> dict[str, dict[str, float]]:
    """Return the correlation of each lowest column with every heading above it, the nearest first.

    ``columns`` hold the headings too.
    """
    return {
        leaf: {above: correlation(columns[leaf], columns[above], how) for above in tree.above(leaf)}
        for leaf in tree.leaves()
    }


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function by Lentz's continued fraction (DLMF 8.17.22); ``rest`` is 1 − x,
    given besides because a small one is lost in x."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(b, a, rest, x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest)) / a
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), _TINY)
    found = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d or _TINY)
            c = 1 + term / c or _TINY
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * found
