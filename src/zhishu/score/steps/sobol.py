"""Which choice makes a score unsure (OECD/JRC Handbook 2008, step 7; Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018).

Sobol' indices of first and total order from a scrambled Sobol' sequence; the first-order estimator is centred, without
which its error at 512 runs is three times as large on a linear function.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.recipe import Study, moved_weights
from zhishu.score.steps.sure import Told, Varied, run

FACTORS = ("treatment", "scale", "mean", "weights")
ERROR = "data"
"""The factor of errors of the figures, where they are declared."""
_AT_ONCE = 64
"""Results whose bootstrap is estimated at once."""


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
    every estimate. Raises ValueError for another base, and where fewer than two rows are left.

    >>> found = indices(lambda u: u[:, 0] + 2 * u[:, 1], ["a", "b"], 512, 1)
    >>> round(found.shares["a"].first, 2), round(found.shares["b"].total, 2)
    (0.2, 0.8)
    """
    (found,) = indices_each(lambda u: np.asarray(function(u))[:, None], names, base, seed, level, resamples)
    if found is None:
        raise ValueError("no run gave a value")
    return found


def indices_each(
    function: Callable[[Array], Array],
    names: Sequence[str],
    base: int,
    seed: int,
    level: float = 0.9,
    resamples: int = 500,
) -> list[Sensitivity | None]:
    """Return the indices of each result of a function of points in the unit cube, (points, factors) to (points, results),
    as ``indices`` does of one; None for a result of which fewer than two rows are left. The runs are made once."""
    if base < 2 or base & (base - 1):
        raise ValueError(f"{base} is no power of two")
    # SciPy is only needed here and takes longer to import than many an index to make
    from scipy.stats import qmc

    d = len(names)
    drawn = np.asarray(qmc.Sobol(2 * d, scramble=True, rng=seed).random(base))
    a, b = drawn[:, :d], drawn[:, d:]
    mixed = [np.where(np.arange(d) == n, b, a) for n in range(d)]
    y = np.asarray(function(np.concatenate([a, b, *mixed]))).reshape(d + 2, base, -1)
    sound = ~np.isnan(y).any(axis=0)
    found: list[Sensitivity | None] = [None] * y.shape[2]
    # results that lack the same rows are estimated together
    patterns, of = np.unique(sound.T, axis=0, return_inverse=True)
    for k, rows in enumerate(patterns):
        n = int(rows.sum())
        if n < 2:
            continue
        random = np.random.default_rng([seed, 2])
        points = np.concatenate([np.arange(n)[None], random.integers(0, n, (resamples, n))])
        counts = np.zeros((len(points), n))
        np.add.at(counts, (np.arange(len(points))[:, None], points), 1.0)
        each = np.flatnonzero(of == k)
        for part in np.array_split(each, max(1, len(each) // _AT_ONCE)):
            first, total, variance = _estimates(counts / n, y[:, rows][:, :, part])
            for m, result in enumerate(part):
                shares = {name: _share(first[f, :, m], total[f, :, m], (1 - level) / 2) for f, name in enumerate(names)}
                found[result] = Sensitivity(shares, float(variance[0, m]), base * (d + 2), base - n, level, seed)
    return found


def of_ranks(study: Study, varied: Varied, base: int = 256, level: float = 0.9) -> Sensitivity:
    """Return which factor moves ranks: of the mean distance of the units from their ranks in the declared index.

    The declared index has the first treatment, scale and mean of ``varied``, its weights unmoved and its figures as they
    stand.
    """
    nominal = study.ranks(declared(study, varied))
    return indices(
        lambda u: np.nanmean(np.abs(study.ranks(runs_at(study, varied, u)) - nominal), axis=1),
        factors(varied),
        base,
        varied.seed,
        level,
    )


def of_unit(study: Study, varied: Varied, unit: int, base: int = 256, level: float = 0.9) -> Sensitivity:
    """Return which factor moves the score of one unit, by its place."""
    return indices(lambda u: runs_at(study, varied, u)[:, unit], factors(varied), base, varied.seed, level)


def factors(varied: Varied) -> tuple[str, ...]:
    """Return what may move a result; errors of figures where they are declared."""
    return FACTORS if varied.errors is None else (*FACTORS, ERROR)


def declared(study: Study, varied: Varied) -> Array:
    """Return the scores of the declared index (units,)."""
    plain = {node.id: np.asarray(node.weights)[None, :] for node in study.tree.nodes}
    return np.asarray(run(study, varied, np.zeros((1, 3)), np.zeros(1, dtype=np.int64), plain)[0])


def runs_at(study: Study, varied: Varied, points: Array, told: Told | None = None) -> Array:
    """Return the scores at points of the cube (points, units); the fourth factor picks among as many sets of weights as
    runs asked, the fifth among as many sets of drawn figures."""
    weights = moved_weights(study.tree, varied.shift, varied.runs, varied.seed)
    which = np.minimum((points[:, 3:] * varied.runs).astype(np.int64), varied.runs - 1)
    sets = which[:, 1] if varied.errors is not None else None
    return run(study, varied, points[:, :3], which[:, 0], weights, sets, told)


def _estimates(shares: Array, y: Array) -> tuple[Array, Array, Array]:
    """Return first and total indices (factors, samples, results) and the variance (samples, results) of samples of rows.

    ``shares`` (samples, rows) says how much each row counts in a sample; ``y`` (2 + factors, rows, results).
    """
    # away from their mean, so that squares of large results keep their digits
    ya, yb, yab = y[0], y[1], y[2:]
    centre = (ya + yb).mean(axis=0) / 2
    ya, yb, yab = ya - centre, yb - centre, yab - centre
    mean = shares @ (ya + yb) / 2
    variance = shares @ (ya**2 + yb**2) / 2 - mean**2
    # a result that differs by rounding only does not move, and has no shares
    variance = np.where(variance > (1e-12 * (np.abs(centre) + 1e-12)) ** 2, variance, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = np.stack([shares @ (yb * (m - ya)) - mean * (shares @ (m - ya)) for m in yab]) / variance
        total = np.stack([shares @ (ya - m) ** 2 for m in yab]) / (2 * variance)
    return first, total, variance


def _share(first: Array, total: Array, cut: float) -> Share:
    """Return a share from its estimates: the first of all rows, the others of the bootstrap samples."""
    return Share(float(first[0]), float(total[0]), _bounds(first[1:], cut), _bounds(total[1:], cut))


def _bounds(samples: Array, cut: float) -> tuple[float, float]:
    known = samples[np.isfinite(samples)]
    low, high = np.quantile(known, [cut, 1 - cut]) if len(known) else (np.nan, np.nan)
    return float(low), float(high)
