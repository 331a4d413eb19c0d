"""How sure totals and ranks of a class are: weights moved, figures drawn within their errors, a thousand times over."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.array import ClassArrays, arrays
from zhishu.score.assess.bind import Bound, bound
from zhishu.score.assess.facts import Facts, Reading
from zhishu.score.assess.points import class_points
from zhishu.score.assess.verb import Assessed
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.recipe import moved_weights
from zhishu.score.steps.sure import LEVEL, Sure, Varied
from zhishu.terms import Text

RUNS = 1000
_NODES = np.linspace(-3.0, 3.0, 13)
"""Standard errors at which a figure is scored anew; between them points are read off a straight line."""


@dataclass(frozen=True, slots=True)
class ClassSure:
    """A class: its units with a total, the totals of all runs, and what was varied."""

    units: tuple[str, ...]
    sure: Sure
    says: Text
    level: float

    def ranks(self) -> dict[str, tuple[int, int]]:
        """Return the best and the worst rank of each unit between which a share ``level`` of the runs lies."""
        first, last = self.sure.rank_interval(self.level)
        return {u: (int(np.floor(a)), int(np.ceil(b))) for u, a, b in zip(self.units, first, last, strict=True)}

    def totals(self) -> dict[str, tuple[float, float]]:
        """Return the lower and the upper total of each unit."""
        low, high = self.sure.interval(self.level)
        return {u: (float(a), float(b)) for u, a, b in zip(self.units, low, high, strict=True)}

    def tiers(self) -> dict[str, int]:
        """Return the tiers that can honestly be told apart, 1 the best."""
        return {u: int(t) for u, t in zip(self.units, self.sure.tiers(self.level), strict=True)}


def class_sure(
    assessment: Assessment,
    facts: Facts,
    assessed: Assessed,
    group: str,
    *,
    runs: int = RUNS,
    seed: int = 1,
    level: float = LEVEL,
) -> ClassSure | None:
    """Return the intervals of a class, None where it has no places.

    Every weight of both levels moves on its own by at most ``assessment.shift`` of itself; a figure with a standard error
    is drawn from a normal distribution, the ends of the scale and the other units held. Same seed, same runs.
    """
    made = arrays(assessment, assessed, group)
    if made is None:
        return None
    shift = float(assessment.shift)
    weights = moved_weights(made.tree, shift, runs, seed)
    drawn, cells = drawn_points(assessment, facts, assessed, made, runs, seed)
    scores = made.tree.scores(drawn, weights)[made.tree.top]
    totals = np.maximum(np.broadcast_to(scores, (runs, len(made.units))) + made.beside, 0.0)
    lost = int(np.isnan(totals).all(axis=1).sum())
    errors = Text(
        f"；{cells} 个数按其标准误抽取（尺度两端与其他单位不变）" if cells else "",
        f"; {cells} figures within their standard errors (ends of the scale and other units held)" if cells else "",
    )
    says = Text(
        f"各层权重各自增减不超过 {shift:.0%}{errors.zh}；{runs} 次，种子 {seed}，{level:.0%} 区间",
        f"weights of both levels moved by at most {shift:.0%}{errors.en}; {runs} runs, seed {seed}, {level:.0%} interval",
    )
    return ClassSure(made.units, Sure(totals, Varied(shift=shift, runs=runs, seed=seed), lost), says, level)


def drawn_points(
    assessment: Assessment, facts: Facts, assessed: Assessed, made: ClassArrays, runs: int, seed: int
) -> tuple[Mapping[str, Array], int]:
    """Return the points of each indicator, of all runs where a figure has an error, and how many figures have one."""
    columns: dict[str, Array] = dict(made.index.study.columns)
    bounds = bound(assessment, made.group, assessed.purpose)
    cells = 0
    random = np.random.default_rng([seed, 2])
    # in the order of the declaration, so that the same seed draws the same for the same figure
    for name in columns:
        for place, unit in enumerate(made.units):
            error = facts.errors.get((unit, name), Fraction(0))
            if not error or bounds[name].kind.many:
                continue
            cells += 1
            nodes = _scored_at(assessment, bounds[name], facts, made, unit, error)
            if columns[name].ndim == 1:
                columns[name] = np.tile(columns[name], (runs, 1))
            columns[name][:, place] = np.interp(random.standard_normal(runs), _NODES, nodes)
    return columns, cells


def _scored_at(
    assessment: Assessment, one: Bound, facts: Facts, made: ClassArrays, unit: str, error: Fraction
) -> list[float]:
    """Return the points of a unit as its figure lies so many standard errors off; none (NaN) where there are none."""
    first = one.kind.reads[0]
    name = one.indicator.id
    given = facts.readings[unit][name]
    value = given.get(first)
    found = []
    for node in _NODES:
        moved: Reading = given
        if isinstance(value, Fraction):
            moved = {**given, first: value * (1 + error * Fraction(float(node)).limit_denominator(1000))}
        readings = {**facts.readings, unit: {**facts.readings[unit], name: moved}}
        scored = class_points(assessment, {name: one}, made.units, readings).units[unit]
        points = scored.parts[0].points.value
        found.append(float(points) if isinstance(points, Fraction) else float("nan"))
    return found
