"""What moves the ranks of a class: the weights of each heading, the mean, the errors of figures (Sobol' indices)."""

from collections.abc import Mapping

import numpy as np

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.array import arrays
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.sure import drawn_points
from zhishu.score.assess.verb import Assessed
from zhishu.score.steps.aggregate import MEANS, Array
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import moved_weights, with_mean
from zhishu.score.steps.sobol import Sensitivity, indices

BASE = 256
MEAN, ERRORS = "mean", "errors"


def rank_shares(
    assessment: Assessment,
    facts: Facts,
    assessed: Assessed,
    group: str,
    *,
    base: int = BASE,
    seed: int = 1,
    level: float = 0.9,
) -> Sensitivity | None:
    """Return the share of each choice in the mean change of ranks of a class, None where it has no places.

    Choices are the weights under each heading (by its id), the mean of all headings (as declared, or the other of
    arithmetic and geometric: ``mean``), and the errors of figures where any is given (``errors``). Source: as
    ``steps.sobol``.
    """
    made = arrays(assessment, assessed, group)
    if made is None:
        return None
    tree = made.tree
    weights = moved_weights(tree, float(assessment.shift), base, seed)
    drawn, cells = drawn_points(assessment, facts, assessed, made, base, seed)
    names = [*weights, MEAN, *([ERRORS] if cells else [])]
    other = "geometric" if assessment.aggregate == "arithmetic" else "arithmetic"
    trees = (tree, with_mean(tree, MEANS[other]))
    plain = dict(made.index.study.columns)
    nominal = ranks(_totals(tree.scores(plain)[tree.top][None, :], made.beside))[0]

    def change(points: Array) -> Array:
        rows = np.minimum((points * base).astype(int), base - 1)
        at = {name: rows[:, n] for n, name in enumerate(names)}
        own = {name: table[at[name]] for name, table in weights.items()}
        columns = _rows(drawn, plain, at.get(ERRORS))
        chosen = points[:, names.index(MEAN)] < 0.5
        found = np.full((len(points), len(made.units)), np.nan)
        for which, one in ((chosen, trees[0]), (~chosen, trees[1])):
            if which.any():
                picked = {k: v if v.ndim == 1 else v[which] for k, v in columns.items()}
                scores = one.scores(picked, {k: v[which] for k, v in own.items()})[one.top]
                found[which] = np.broadcast_to(scores, (int(which.sum()), len(made.units)))
        return np.asarray(np.abs(ranks(_totals(found, made.beside)) - nominal).mean(axis=1))

    return indices(change, names, base, seed, level)


def _rows(drawn: Mapping[str, Array], plain: Mapping[str, Array], rows: Array | None) -> Mapping[str, Array]:
    if rows is None:
        return plain
    picked = rows.astype(int)
    return {name: column if column.ndim == 1 else column[picked] for name, column in drawn.items()}


def _totals(scores: Array, beside: Array) -> Array:
    return np.asarray(np.maximum(scores + beside, 0.0))
