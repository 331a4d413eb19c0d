"""A class of an assessment as arrays: points already made by the kinds of score, and the tree above them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.verb import Assessed, Standing
from zhishu.score.index import TOP, Index
from zhishu.score.steps.aggregate import MEANS, Array
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.tree import Node, Tree

AS_THEY_ARE = Recipe(None, "none")
"""Points need no treatment and no scale: the kinds of score have made them."""


@dataclass(frozen=True, slots=True)
class ClassArrays:
    """The units of a class that have a place, their points (indicator → units), and what stands beside the points."""

    group: str
    standings: tuple[Standing, ...]
    index: Index
    beside: Array

    @property
    def units(self) -> tuple[str, ...]:
        """Return the names of the units."""
        return self.index.units

    @property
    def tree(self) -> Tree:
        """Return the tree of aspects and indicators with the weights of the class."""
        return self.index.study.tree


def arrays(
    assessment: Assessment, assessed: Assessed, group: str, called: Mapping[str, str] | None = None
) -> ClassArrays | None:
    """Return a class as arrays, or None where no unit of it has a total. Units without a total are left out and stay
    without an interval; ``called`` may give aspects and indicators the names by which findings tell them; ``beside`` is bonus plus what was given back less deductions, in points."""
    inside = tuple(
        s
        for s in assessed.standings
        if s.entry.group == group and s.place is not None and s.whole is not None and s.whole.total.known
    )
    if not inside:
        return None
    names = called or {}
    nodes = []
    columns: dict[str, Array] = {}
    for aspect in assessment.aspects:
        own = {i.id: float(i.at(group, assessed.purpose).weight) for i in aspect.indicators}
        own = {i: w for i, w in own.items() if w > 0}
        if not own:
            continue
        for i in own:
            columns[names.get(i, i)] = np.array([_points(s, i) for s in inside])
        nodes.append(
            Node(
                names.get(aspect.id, aspect.id),
                tuple(names.get(i, i) for i in own),
                tuple(own.values()),
                MEANS[aspect.aggregate],
            )
        )
    weights = tuple(sum(n.weights) for n in nodes)
    nodes.append(Node(TOP, tuple(n.id for n in nodes), weights, MEANS[assessment.aggregate]))
    study = Study(columns, dict.fromkeys(columns, 1), Tree(tuple(nodes)))
    beside = np.array([_beside(s) for s in inside])
    return ClassArrays(group, inside, Index(tuple(s.unit for s in inside), study, AS_THEY_ARE), beside)


def _points(standing: Standing, indicator: str) -> float:
    assert standing.points is not None
    part = next(p for p in standing.points.parts if p.indicator == indicator)
    return _number(part.points.value)


def _beside(standing: Standing) -> float:
    made = standing.whole
    assert made is not None
    return _number(made.bonus.value) + _number(made.restored.value) - _number(made.deducted.value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, Fraction) else float("nan")
