"""How sure scores and ranks are (OECD/JRC Handbook 2008, step 7): every choice varied at once, thousands of times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.error import DataError
from zhishu.score.steps.recipe import Recipe, Study, moved_weights
from zhishu.terms import Text

LEVEL = 0.9
_AT_ONCE = 30_000
"""Scores computed at once, runs times units: so few that what stands between them stays in the processor's memory."""
_DRAWN_AT_ONCE = 1_000_000
"""Figures drawn at once, runs times units times columns."""
Told = Callable[[int, int], None]
"""Who is told how many of the runs are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Varied:
    """What is varied: the choices open at each step, by what share of itself a weight may move, and the figures by
    their declared errors.

    A choice of one is no choice. ``runs`` are drawn from ``seed``.
    """

    treatments: tuple[int | None, ...] = (5,)
    scales: tuple[str, ...] = ("minmax",)
    means: tuple[str, ...] = ("arithmetic",)
    shift: float = 0.25
    runs: int = 1000
    seed: int = 1
    errors: DataError | None = None

    def choices(self) -> Text:
        """Return what is varied, without runs and seed."""
        zh = [f"权重 ±{self.shift:.0%}"] if self.shift else []
        en = [f"weights ±{self.shift:.0%}"] if self.shift else []
        for name, options in (
            (Text("离群处理", "treatment"), self.treatments),
            (Text("标准化", "scale"), self.scales),
            (Text("合成", "mean"), self.means),
        ):
            if len(options) > 1:
                zh.append(f"{name.zh}：{'、'.join('不处理' if c is None else str(c) for c in options)}")
                en.append(f"{name.en}: {', '.join('none' if c is None else str(c) for c in options)}")
        if self.errors is not None:
            zh.append(f"数据误差：{self.errors.says.zh}")
            en.append(f"data error: {self.errors.says.en}")
        return Text("；".join(zh) or "没有变动", "; ".join(en) or "nothing")

    def says(self) -> Text:
        """Return what is varied and from which seed, as every interval states."""
        told = self.choices()
        return Text(
            f"{told.zh}；{self.runs} 次，种子 {self.seed}",
            f"{told.en}; {self.runs} runs, seed {self.seed}",
        )


@dataclass(frozen=True, slots=True)
class Sure:
    """The scores of many runs (runs, units), and what follows from them; ``failed`` runs gave nobody a score."""

    scores: Array
    varied: Varied
    failed: int

    @property
    def ranks(self) -> Array:
        """Return the rank of each unit in each run, 1 the best, shape (runs, units)."""
        return ranks(self.scores)

    def interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """Return the lower and upper score of each unit between which a share of its runs lies."""
        return span(self.scores, level)

    def rank_interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """Return the best and the worst rank of each unit between which a share of its runs lies."""
        return span(self.ranks, level)

    def rank_chances(self) -> Array:
        """Return the share of runs in which each unit has each rank, shape (units, ranks). What they lack of 1 is the
        share of runs in which the unit has none."""
        found = self.ranks
        units = found.shape[1]
        counts = [np.bincount(r[~np.isnan(r)].astype(np.int64), minlength=units + 1)[1:] for r in found.T]
        return np.stack(counts) / len(found)

    def ahead(self) -> Array:
        """Return the share of runs in which the first unit is ahead of the second, ties half, shape (units, units).

        Of the runs in which both have a score; NaN where there is none.
        """
        units = self.scores.shape[1]
        found = np.empty((units, units))
        with np.errstate(invalid="ignore", divide="ignore"):
            # one unit against all at a time: the table of all pairs in all runs would take the square of the units
            for n in range(units):
                apart = self.scores[:, n, None] - self.scores
                known = (~np.isnan(apart)).sum(axis=0)
                found[n] = ((apart > 0).sum(axis=0) + (apart == 0).sum(axis=0) / 2) / known
        return found

    def of_year(self, year: int, years: int) -> "Sure":
        """Return the runs of one of several years, by its place."""
        return Sure(np.split(self.scores, years, axis=1)[year], self.varied, self.failed)

    def tiers(self, level: float = LEVEL) -> NDArray[np.int64]:
        """Return tiers that can honestly be told apart, 1 the best: a unit opens a new one if the first of the tier
        above is ahead of it in at least a share of the runs. Units without a score are in none, 0."""
        known = np.flatnonzero(~np.isnan(self.scores).all(axis=0))
        mean = np.nanmean(self.scores[:, known], axis=0)
        order = [int(n) for n in known[np.argsort(-mean, kind="stable")]]
        found = np.zeros(self.scores.shape[1], dtype=np.int64)
        tier, first = 0, -1
        for n in order:
            # one pair a unit: the table of all pairs in all runs would take the square of the units
            if first < 0 or self._ahead_of(first, n) >= level:
                tier, first = tier + 1, n
            found[n] = tier
        return found

    def _ahead_of(self, first: int, second: int) -> float:
        apart = self.scores[:, first] - self.scores[:, second]
        known = int((~np.isnan(apart)).sum())
        return float((apart > 0).sum() + (apart == 0).sum() / 2) / known if known else float("nan")


def span(values: Array, level: float = LEVEL) -> tuple[Array, Array]:
    """Return for each column (runs, units) the bounds between which a share of its known values lies, NaN without any."""
    missing = np.isnan(values)
    full, some = ~missing.any(axis=0), missing.any(axis=0) & ~missing.all(axis=0)
    found = np.full((2, values.shape[1]), np.nan)
    cut = [(1 - level) / 2, (1 + level) / 2]
    # where nothing is missing, all units are sorted at once and not one by one
    found[:, full] = np.quantile(values[:, full], cut, axis=0)
    found[:, some] = np.nanquantile(values[:, some], cut, axis=0)
    return found[0], found[1]


def vary(study: Study, varied: Varied, told: Told | None = None) -> Sure:
    """Return the scores of the whole index over all runs, each with its own choices, weights and drawn figures."""
    random = np.random.default_rng([varied.seed, 1])
    chosen = random.uniform(size=(varied.runs, 3))
    each = np.arange(varied.runs)
    weights = moved_weights(study.tree, varied.shift, varied.runs, varied.seed)
    scores = run(study, varied, chosen, each, weights, each, told)
    lost = np.isnan(scores).all(axis=1)
    return Sure(scores, varied, int(lost.sum()))


def run(
    study: Study,
    varied: Varied,
    chosen: Array,
    which: NDArray[np.int64],
    weights: Mapping[str, Array],
    sets: NDArray[np.int64] | None = None,
    told: Told | None = None,
) -> Array:
    """Return the scores of runs (runs, units): ``chosen`` in 0 to 1 picks treatment, scale and mean, ``which`` the
    row of the weights, ``sets`` the drawn figures (None: as they are). Runs of the same choices are computed together."""
    picked = np.column_stack(
        [
            np.minimum((chosen[:, n] * len(options)).astype(int), len(options) - 1)
            for n, options in enumerate((varied.treatments, varied.scales, varied.means))
        ]
    )
    units = len(next(iter(study.columns.values())))
    errors = None if sets is None else varied.errors
    each = units if errors is None else units * (1 + len(errors.touched()))
    at_once = _AT_ONCE if errors is None else _DRAWN_AT_ONCE
    # every run is of one choice, so every row is filled below
    found, done = np.empty((len(chosen), units)), 0
    for pick in np.unique(picked, axis=0):
        rows = np.flatnonzero((picked == pick).all(axis=1))
        recipe = Recipe(varied.treatments[pick[0]], varied.scales[pick[1]], varied.means[pick[2]])
        # so many runs at a time that what stands between columns and index stays small
        for part in np.array_split(rows, max(1, len(rows) * each // at_once)):
            own = {id: table[which[part]] for id, table in weights.items()}
            drawn = {}
            if errors is not None and sets is not None:
                figures = errors.drawn(study.columns, sets[part], varied.seed)
                drawn = {id: study.scale(id, table, recipe) for id, table in figures.items()}
            found[part] = study.scores(recipe, own, drawn)[study.tree.top]
            done += len(part)
            if told is not None:
                told(done, len(chosen))
    return found
