"""An index: units, their figures and the tree above them, and the runs that say how sure it is."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from zhishu.errors import Problem, ZhishuError
from zhishu.score.standing import Standing, number, standings_of
from zhishu.score.steps.aggregate import VOTES
from zhishu.score.steps.error import DataError
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.sobol import Sensitivity, of_ranks
from zhishu.score.steps.sure import LEVEL, Sure, Told, Varied, vary
from zhishu.score.table_check import run_problems, scale_problems
from zhishu.score.table_prepare import LeftOut, Touched, treated_cells
from zhishu.terms import Text

TOP = "index"
MOST_WORK = 120_000_000
"""Cells that the runs of one index compute at most: about three seconds."""
MOST_VOTERS = 3000
"""Units that votes compare in pairs at most."""
BASE = 256
"""Points by which a sensitivity is estimated; six times as many are computed."""
OPEN = ("treatment", "scale", "mean")
"""Choices that runs may vary besides weights and figures."""
Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Index:
    """Units, the figures and the tree above them, how the index is made, what was done to the table before (units that
    screening left out, and cells that lost their denominator or were filled), what is unsure about the figures, and the
    group of each unit, if they have groups."""

    units: tuple[str, ...]
    study: Study
    recipe: Recipe
    left_out: tuple[LeftOut, ...] = ()
    prepared: tuple[Touched, ...] = ()
    errors: DataError | None = None
    by: tuple[str, ...] = ()

    def touched(self) -> list[Touched]:
        """Return every cell that is not as it came: lost to its denominator, filled, Winsorised or on a logarithm."""
        return [*self.prepared, *treated_cells(self.units, self.study.columns, self.recipe.winsorised)]

    def scores(self) -> dict[str, float | None]:
        """Return the score of each unit, None where it has none."""
        found = self.study.scores(self.recipe)[self.study.tree.top]
        return {u: number(x) for u, x in zip(self.units, found, strict=True)}

    def varied(self, shift: float = 0.25, runs: int = 1000, seed: int = 1, also: Sequence[str] = ()) -> Varied:
        """Return what intervals of this index vary: each weight on its own, by at most ``shift`` of itself, the figures by
        their errors, where these are declared, and ``also`` choices of ``OPEN``, as declared or another."""
        r = self.recipe
        return Varied(
            _first(r.winsorised, (None, 5) if "treatment" in also else ()),
            _first(r.scale, ("minmax", "zscore", "rank") if "scale" in also else ()),
            _first(r.mean or "arithmetic", ("arithmetic", "geometric") if "mean" in also else ()),
            shift,
            runs,
            seed,
            self.errors,
        )

    def sure(self, varied: Varied | None = None, told: Told | None = None) -> Sure:
        """Return the scores of all runs. Raises ZhishuError ``index-too-large`` for more than ``MOST_WORK`` allows."""
        chosen = varied or self.varied()
        self.bounded(chosen.runs, chosen.means)
        return vary(self.study, chosen, told)

    def standings(self, varied: Varied | None = None, level: float = LEVEL, told: Told | None = None) -> list[Standing]:
        """Return every unit, the best first, with the intervals within which a share ``level`` of the runs lie.

        Raises ZhishuError ``index-too-large`` for more runs than ``MOST_WORK`` allows, ``index-choice`` for a shift or
        level that is no share.
        """
        chosen = varied or self.varied()
        if wrong := run_problems(chosen.shift, level, chosen.runs):
            raise ZhishuError(wrong)
        sure = self.sure(chosen, told)
        return standings_of(self.units, self.study.scores(self.recipe)[self.study.tree.top], sure, level)

    def sensitivity(self, shift: float = 0.25, level: float = LEVEL, seed: int = 1, base: int = BASE) -> Sensitivity:
        """Return which choice moves ranks: treatment, scale and mean as declared or another, the weights, and the figures
        where they have errors. Raises ZhishuError as ``opened``."""
        if wrong := run_problems(shift, level, base):
            raise ZhishuError(wrong)
        return of_ranks(self.study, self.opened(shift, seed, base), base, level)

    def opened(self, shift: float = 0.25, seed: int = 1, base: int = BASE) -> Varied:
        """Return the choices that a sensitivity opens, as declared or another.

        Needs SciPy (extra ``sensitivity``). Raises ZhishuError ``index-scipy`` without it, ``index-too-large``,
        ``index-choice``, ``index-alike`` where another scale needs distances, and ``index-empty`` where no unit has a
        score.
        """
        if wrong := run_problems(shift, LEVEL, base):
            raise ZhishuError(wrong)
        others = self.varied(shift, 1000, seed, OPEN)
        columns = self.study.columns
        unscaled = [
            scale_problems(columns, self.study.scaled(Recipe(self.recipe.winsorised, s))) for s in others.scales
        ]
        if wrong := next((found for found in unscaled if found), []):
            # a column of one value may stand on a scale of ranks, and has none where another scale is tried
            raise ZhishuError(wrong)
        if importlib.util.find_spec("scipy") is None:
            what = Text("没有安装 SciPy", "SciPy is not installed")
            repair = Text("pip install zhishu[sensitivity]", "pip install zhishu[sensitivity]")
            raise ZhishuError([Problem("index-scipy", "sensitivity", what, repair)])
        self.bounded(base * (6 if self.errors is None else 7), others.means)
        if all(score is None for score in self.scores().values()):
            what = Text("没有一个单位有得分", "no unit has a score")
            repair = Text("补上缺数，或放宽 least", "fill in what is missing, or lower least")
            raise ZhishuError([Problem("index-empty", "sensitivity", what, repair)])
        return others

    def bounded(self, runs: int, means: Sequence[str]) -> None:
        """Raise ZhishuError ``index-too-large`` for more runs of a table than ``MOST_WORK`` allows, as every run asks."""
        units, columns = len(self.units), len(self.study.columns)
        votes = [m for m in means if m in VOTES]
        if votes and units > MOST_VOTERS:
            what = Text(f"{units} 个单位两两相比，过多", f"{units} units are too many to compare in pairs")
            repair = Text(f"至多 {MOST_VOTERS} 个，或换合成方法", f"at most {MOST_VOTERS}, or another mean")
            raise ZhishuError([Problem("index-too-large", votes[0], what, repair)])
        # scores and ranks of a run are kept whole besides; votes are counted by pairs of units
        one = columns * (units * units // 7 + 1000) if votes else units * (columns + 10)
        if runs * one <= MOST_WORK:
            return
        what = Text(
            f"{units} 个单位、{columns} 列算 {runs} 次，过大",
            f"{runs} runs of {units} units and {columns} columns are too many",
        )
        most = MOST_WORK // one
        repair = Text(f"这张表至多 {most} 次", f"at most {most} runs of such a table")
        raise ZhishuError([Problem("index-too-large", "runs", what, repair)])


def _first(declared: Choice, others: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (declared, *(o for o in others if o != declared))
