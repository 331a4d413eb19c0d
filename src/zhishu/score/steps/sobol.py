"""Which choice makes a score unsure (OECD/JRC Handbook 2008, step 7; Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018).

Sobol' indices of first and total order from a scrambled Sobol' sequence; the first-order estimator is centred, without
which its error at 512 runs is three times as large on a linear function.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import Study, moved_weights
from zhishu.score.steps.sure import Varied, run

FACTORS = ("treatment", "scale", "mean", "weights")


@dataclass(frozen=True, slots=True)
class Share:
    """The share of the variance one factor stands for: alone (first) and with all it acts together with (total), each
    with the bounds between which ``level`` of the bootstrap samples lie."""

    first: float
    total: float
    first_bounds: tuple[float, float]
    total_bounds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The shares by factor, the variance of the result, all runs made and those that gave nothing (left out, counted)."""

    shares: Mapping[str, Share]
    variance: float
    runs: int
    failed: int
    level: float
    seed: int

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return asdict(self)


def indices(
    function: Callable[[Array], Array],
    names: Sequence[str],
    base: int,
    seed: int,
    level: float = 0.9,
    resamples: int = 500,
) -> Sensitivity:
    """Return the indices of a function of points in the unit cube, (points, factors) to (points,).

    ``base`` is a power of two; base × (factors + 2) points are computed. A point without a value takes its row out of
    every estimate. Raises ValueError for another base.

    >>> found = indices(lambda u: u[:, 0] + 2 * u[:, 1], ["a", "b"], 512, 1)
    >>> round(found.shares["a"].first, 2), round(found.shares["b"].total, 2)
    (0.2, 0.8)
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"{base} is no power of two")
    # SciPy is only needed here and takes longer to import than many an index to make
    from scipy.stats import qmc

    d = len(names)
    drawn = np.asarray(qmc.Sobol(2 * d, scramble=True, rng=seed).random(base))
    a, b = drawn[:, :d], drawn[:, d:]
    mixed = [np.where(np.arange(d) == n, b, a) for n in range(d)]
    y = np.asarray(function(np.concatenate([a, b, *mixed]))).reshape(d + 2, base)
    sound = ~np.isnan(y).any(axis=0)
    ya, yb, yab = y[0, sound], y[1, sound], y[2:, sound]
    random = np.random.default_rng([seed, 2])
    n = int(sound.sum())
    if n < 2:
        raise ValueError("no run gave a value")
    points = np.concatenate([np.arange(n)[None], random.integers(0, n, (resamples, n))])
    first, total, variance = _estimates(ya[points], yb[points], yab[:, points])
    cut = [(1 - level) / 2, (1 + level) / 2]
    shares = {
        name: Share(
            float(first[k, 0]),
            float(total[k, 0]),
            _pair(np.nanquantile(first[k, 1:], cut)),
            _pair(np.nanquantile(total[k, 1:], cut)),
        )
        for k, name in enumerate(names)
    }
    return Sensitivity(shares, float(variance[0]), base * (d + 2), int((~sound).sum()), level, seed)


def of_ranks(study: Study, varied: Varied, base: int = 256, level: float = 0.9) -> Sensitivity:
    """Return which factor moves ranks: of the mean distance of the units from their ranks in the declared index.

    The declared index has the first treatment, scale and mean of ``varied`` and its weights unmoved.
    """
    nominal = ranks(_declared(study, varied))
    return indices(
        lambda u: np.nanmean(np.abs(ranks(_runs(study, varied, u)) - nominal), axis=1),
        FACTORS,
        base,
        varied.seed,
        level,
    )


def of_unit(study: Study, varied: Varied, unit: int, base: int = 256, level: float = 0.9) -> Sensitivity:
    """Return which factor moves the score of one unit, by its place."""
    return indices(lambda u: _runs(study, varied, u)[:, unit], FACTORS, base, varied.seed, level)


def _declared(study: Study, varied: Varied) -> Array:
    plain = {node.id: np.asarray(node.weights)[None, :] for node in study.tree.nodes}
    return np.asarray(run(study, varied, np.zeros((1, 3)), np.zeros(1, dtype=np.int64), plain)[0])


def _runs(study: Study, varied: Varied, points: Array) -> Array:
    """Return the scores at points of the cube; the last factor picks among as many sets of weights as runs asked."""
    weights = moved_weights(study.tree, varied.shift, varied.runs, varied.seed)
    which = np.minimum((points[:, 3] * varied.runs).astype(np.int64), varied.runs - 1)
    return run(study, varied, points[:, :3], which, weights)


def _estimates(ya: Array, yb: Array, yab: Array) -> tuple[Array, Array, Array]:
    """Return first and total indices (factors, samples) and the variance (samples,) of samples of rows."""
    both = np.concatenate([ya, yb], axis=1)
    mean, variance = both.mean(axis=1), both.var(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = ((yb - mean[:, None]) * (yab - ya)).mean(axis=-1) / variance
        total = ((ya - yab) ** 2).mean(axis=-1) / (2 * variance)
    return first, total, variance


def _pair(bounds: Array) -> tuple[float, float]:
    return float(bounds[0]), float(bounds[1])
