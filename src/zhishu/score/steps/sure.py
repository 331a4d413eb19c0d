"""How sure scores and ranks are (OECD/JRC Handbook 2008, step 7): every choice varied at once, thousands of times."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import Recipe, Study, moved_weights
from zhishu.terms import Text

LEVEL = 0.9
_AT_ONCE = 40_000
"""Scores computed at once, runs times units: so few that what stands between them stays in the processor's memory."""


@dataclass(frozen=True, slots=True)
class Varied:
    """What is varied: the choices open at each step, and by what share of itself a weight may move.

    A choice of one is no choice. ``runs`` are drawn from ``seed``.
    """

    treatments: tuple[int | None, ...] = (5,)
    scales: tuple[str, ...] = ("minmax",)
    means: tuple[str, ...] = ("arithmetic",)
    shift: float = 0.25
    runs: int = 1000
    seed: int = 1

    def says(self) -> Text:
        """Return what is varied and from which seed, as every interval states."""
        zh = [f"权重 ±{self.shift:.0%}"] if self.shift else []
        en = [f"weights ±{self.shift:.0%}"] if self.shift else []
        for name, choices in (
            (Text("离群处理", "treatment"), self.treatments),
            (Text("标准化", "scale"), self.scales),
            (Text("合成", "mean"), self.means),
        ):
            if len(choices) > 1:
                told = ", ".join("none" if c is None else str(c) for c in choices)
                zh.append(f"{name.zh}：{told}")
                en.append(f"{name.en}: {told}")
        return Text(
            f"{'；'.join(zh) or '没有变动'}；{self.runs} 次，种子 {self.seed}",
            f"{'; '.join(en) or 'nothing'}; {self.runs} runs, seed {self.seed}",
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
        return self._span(self.scores, level)

    def rank_interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """Return the best and the worst rank of each unit between which a share of its runs lies."""
        return self._span(self.ranks, level)

    def rank_chances(self) -> Array:
        """Return the share of runs in which each unit has each rank, shape (units, ranks)."""
        found = self.ranks
        places = np.arange(1, found.shape[1] + 1)
        return np.asarray((found[:, :, None] == places).sum(axis=0) / len(found))

    def ahead(self) -> Array:
        """Return the share of runs in which the first unit is ahead of the second, ties half, shape (units, units)."""
        apart = self.scores[:, :, None] - self.scores[:, None, :]
        known = ~np.isnan(apart)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(((apart > 0).sum(axis=0) + (apart == 0).sum(axis=0) / 2) / known.sum(axis=0))

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

    @staticmethod
    def _span(values: Array, level: float) -> tuple[Array, Array]:
        missing = np.isnan(values)
        full, some = ~missing.any(axis=0), missing.any(axis=0) & ~missing.all(axis=0)
        found = np.full((2, values.shape[1]), np.nan)
        cut = [(1 - level) / 2, (1 + level) / 2]
        # where nothing is missing, all units are sorted at once and not one by one
        found[:, full] = np.quantile(values[:, full], cut, axis=0)
        found[:, some] = np.nanquantile(values[:, some], cut, axis=0)
        return found[0], found[1]


def vary(study: Study, varied: Varied) -> Sure:
    """Return the scores of the whole index over all runs, each with its own choices and weights."""
    random = np.random.default_rng([varied.seed, 1])
    chosen = random.uniform(size=(varied.runs, 3))
    scores = run(
        study, varied, chosen, np.arange(varied.runs), moved_weights(study.tree, varied.shift, varied.runs, varied.seed)
    )
    lost = np.isnan(scores).all(axis=1)
    return Sure(scores, varied, int(lost.sum()))


def run(study: Study, varied: Varied, chosen: Array, which: NDArray[np.int64], weights: Mapping[str, Array]) -> Array:
    """Return the scores of runs (runs, units): ``chosen`` in 0 to 1 picks treatment, scale and mean, ``which`` the
    row of the weights. Runs of the same choices are computed together."""
    picked = np.column_stack(
        [
            np.minimum((chosen[:, n] * len(options)).astype(int), len(options) - 1)
            for n, options in enumerate((varied.treatments, varied.scales, varied.means))
        ]
    )
    units = len(next(iter(study.columns.values())))
    found = np.full((len(chosen), units), np.nan)
    for pick in np.unique(picked, axis=0):
        rows = np.flatnonzero((picked == pick).all(axis=1))
        recipe = Recipe(varied.treatments[pick[0]], varied.scales[pick[1]], varied.means[pick[2]])
        # so many runs at a time that what stands between columns and index stays small
        for part in np.array_split(rows, max(1, len(rows) * units // _AT_ONCE)):
            own = {id: table[which[part]] for id, table in weights.items()}
            found[part] = study.scores(recipe, own)[study.tree.top]
    return found
