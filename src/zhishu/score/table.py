"""An index from one table and no pack: units down, indicators across, and what is more or less sure about it."""

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

import numpy as np

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.steps.aggregate import MEANS, VOTES
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.error import DataError
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.shape import Column
from zhishu.score.steps.sobol import Sensitivity, of_ranks
from zhishu.score.steps.sure import LEVEL, Sure, Told, Varied, vary
from zhishu.score.steps.tree import Tree, tree_of
from zhishu.score.table_check import (
    choice_problems,
    group_problems,
    name_problems,
    run_problems,
    scale_problems,
    study_problems,
    weight_problems,
    without,
)
from zhishu.score.table_grid import figures_of
from zhishu.score.table_prepare import LeftOut, Preparation, Touched, treated_cells
from zhishu.score.table_weights import DECLARED, IMPORTANCE, WEIGHTS_BY, fitted, found_weights
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


class Options(TypedDict, total=False):
    """How an index is made of a table, as ``index_of`` takes it."""

    less_is_better: Sequence[str]
    groups: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]
    weights_by: str
    scale: str
    mean: str
    winsorise: int | None
    least: float
    leave_out: Sequence[str]
    prepare: Preparation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in an index: its score, its rank, and the ranks and scores between which a share of the runs lie (no scores
    where runs differ in their scale), and the runs in which it had no score."""

    unit: str
    score: float | None
    rank: int | None
    rank_from: int | None
    rank_to: int | None
    low: float | None
    high: float | None
    tier: int
    failed: int = 0

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return asdict(self)


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
        return {u: _number(x) for u, x in zip(self.units, found, strict=True)}

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


def read_index(file: str | Path, **options: Unpack[Options]) -> Index:
    """Return the index of a CSV file or workbook; see ``index_of`` for the options and what is refused.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "demo.csv"
    >>> _ = path.write_text("unit,output,waste\\n示例甲,10,4\\n示例乙,20,1\\n示例丙,5,2\\n", encoding="utf-8")
    >>> read_index(path, less_is_better=["waste"]).scores()
    {'示例甲': 17.5, '示例乙': 100.0, '示例丙': 34.0}
    """
    path = Path(file)
    return index_of(path.read_bytes(), path.name, **options)


def index_of(content: bytes, name: str, **options: Unpack[Options]) -> Index:
    """Return the index of a CSV or workbook: the first column names the units, every other is an indicator.

    ``name`` is how problems call the file. ``less_is_better`` names indicators, ``groups`` puts them under headings (all
    directly under the index otherwise), ``weights`` gives those that are not 1, of indicators and of headings;
    ``weights_by`` finds them instead, by one of ``WEIGHTS_BY`` over all columns together, or fits them so that what
    ``weights`` declares becomes what each matters (``importance``). A cell without a figure is missing and never a zero; ``least`` is the share of a heading's children that must be known of a
    unit, all unless said otherwise, because leaving one out gives its weight to the others. Raises ZhishuError with
    every problem: ``index-cell``, ``index-unit-twice``, ``index-column``, ``index-choice``, ``index-empty``,
    ``index-too-large``, ``index-weights``, ``column-banned``.

    Columns of ``leave_out`` are not used. ``prepare`` puts columns over others, leaves out units of which too little is
    known and fills holes; what became of whom and of which cell stands in ``Index.left_out`` and ``Index.touched``. What
    cannot be computed is refused too: ``index-alike``, ``index-no-figure``, ``index-one-unit``, ``index-weights``,
    ``index-weights-zero``, ``index-group``, ``index-mean``, ``index-denominator``, ``index-screened``.

    >>> index_of("unit,output\\n示例甲,10\\n示例乙,20\\n".encode(), "demo.csv").scores()
    {'示例甲': 1.0, '示例乙': 100.0}
    """
    problems: list[Problem] = []
    units, columns = figures_of(content, name, problems)
    return index_from(units, columns, name, problems, **options)


def index_from(
    units: Sequence[str],
    columns: Mapping[str, Column],
    name: str,
    found: Sequence[Problem] = (),
    *,
    less_is_better: Sequence[str] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    weights_by: str = DECLARED,
    scale: str = "minmax",
    mean: str = "arithmetic",
    winsorise: int | None = None,
    least: float = 1.0,
    leave_out: Sequence[str] = (),
    prepare: Preparation | None = None,
) -> Index:
    """Return the index of figures that were read, columns by name over the units; as ``index_of``.

    ``found`` are problems of reading: they are raised together with those of the options.
    """
    problems = list(found)
    plan, gone = prepare or Preparation(), set(leave_out)
    less_is_better = [c for c in less_is_better if c not in gone]
    groups, weights = without(gone, groups or {}, weights or {})
    placed = [c for ids in groups.values() for c in ids]
    problems += name_problems(name, columns, [*less_is_better, *placed, *sorted(gone)], groups, weights, TOP)
    for choice, known in ((scale, SCALES), (mean, MEANS), (weights_by, WEIGHTS_BY)):
        if choice not in known:
            what = Text(f"没有方法“{choice}”", f"there is no method {choice}")
            problems.append(Problem("index-choice", choice, what, did_you_mean(choice, known)))
    if weights and weights_by not in (DECLARED, IMPORTANCE):
        what = Text("权重既由方法求得，又另外写了", "weights are both found and declared")
        problems.append(Problem("index-weights", weights_by, what, Text("只留一种", "keep one")))
    indicators = [c for c in columns if c not in gone and c not in plan.sizes()]
    problems += plan.problems(name, units, columns, [*less_is_better, *placed, *weights])
    problems += [*group_problems(groups), *weight_problems(indicators, groups, weights, TOP)]
    problems += choice_problems(least, winsorise)
    if not indicators and not problems:
        what = Text("没有一列是指标", "no column is an indicator")
        problems.append(Problem("index-empty", name, what, Text("至少留一列", "leave one column in")))
    if problems:
        raise ZhishuError(problems)
    directions: dict[str, Direction] = {c: -1 if c in set(less_is_better) else 1 for c in indicators}
    ready = plan.done(name, units, columns, directions)
    if weights_by not in (DECLARED, IMPORTANCE):
        weights = found_weights(weights_by, ready.columns, directions, groups, winsorise)
    tree = _tree(indicators, groups, weights, least)
    used = {c: ready.columns[c] for c in tree.leaves()}
    study = Study(used, {c: directions[c] for c in used}, tree)
    recipe = Recipe(winsorise, scale, mean)
    if wrong := study_problems(ready.units, study, recipe, name):
        raise ZhishuError(wrong)
    index = Index(ready.units, study, recipe, left_out=ready.left_out, prepared=ready.touched)
    return replace(index, study=fitted(study, recipe)) if weights_by == IMPORTANCE else index


def standings_of(units: Sequence[str], scores: Column, sure: Sure, level: float = LEVEL) -> list[Standing]:
    """Return the standing of units by their scores and the runs of them, the best first."""
    place, tiers = ranks(scores), sure.tiers(level)
    (first, last), (low, high) = sure.rank_interval(level), sure.interval(level)
    if len(sure.varied.scales) > 1:
        # scores on two scales have no interval in common
        low, high = np.full_like(low, np.nan), np.full_like(high, np.nan)
    failed = np.isnan(sure.scores).sum(axis=0)
    found = [
        Standing(
            unit,
            _number(scores[n]),
            _whole(place[n]),
            _whole(np.floor(first[n])),
            _whole(np.ceil(last[n])),
            _number(low[n]),
            _number(high[n]),
            int(tiers[n]),
            int(failed[n]),
        )
        for n, unit in enumerate(units)
    ]
    return sorted(found, key=lambda s: (s.rank is None, s.rank or 0, s.unit))


def _tree(
    columns: Iterable[str], groups: Mapping[str, Sequence[str]], weights: Mapping[str, float], least: float
) -> Tree:
    under = {c: heading for heading, ids in groups.items() for c in ids}
    rows = [(c, under.get(c, TOP), weights.get(c, 1.0)) for c in columns]
    rows += [(heading, TOP, weights.get(heading, 1.0)) for heading in groups]
    return tree_of([*rows, (TOP, "", 1.0)], least=least)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _first(declared: Choice, others: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (declared, *(o for o in others if o != declared))
