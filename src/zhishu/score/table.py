"""An index from one table and no pack: units down, indicators across, and what is more or less sure about it."""

import importlib.util
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

import numpy as np

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.shape import Column
from zhishu.score.steps.sobol import Sensitivity, of_ranks
from zhishu.score.steps.sure import LEVEL, Varied, vary
from zhishu.score.steps.tree import Tree, tree_of
from zhishu.score.table_grid import figures_of
from zhishu.terms import Text

TOP = "index"
MOST_UNKNOWN = 20
MOST_WORK = 120_000_000
"""Cells that the runs of one index compute at most: about three seconds."""
MOST_VOTERS = 3000
"""Units that Copeland's votes compare in pairs at most."""
BASE = 256
"""Points by which a sensitivity is estimated; six times as many are computed."""
Choice = TypeVar("Choice")


class Options(TypedDict, total=False):
    """How an index is made of a table, as ``index_of`` takes it."""

    less_is_better: Sequence[str]
    groups: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]
    scale: str
    mean: str
    winsorise: int | None
    least: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in an index: its score, its rank, and the ranks and scores between which a share of the runs lie."""

    unit: str
    score: float | None
    rank: int | None
    rank_from: int | None
    rank_to: int | None
    low: float | None
    high: float | None
    tier: int

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Index:
    """Units, the figures and the tree above them, and how the index is made."""

    units: tuple[str, ...]
    study: Study
    recipe: Recipe

    def scores(self) -> dict[str, float | None]:
        """Return the score of each unit, None where it has none."""
        found = self.study.scores(self.recipe)[self.study.tree.top]
        return {u: _number(x) for u, x in zip(self.units, found, strict=True)}

    def varied(self, shift: float = 0.25, runs: int = 1000, seed: int = 1) -> Varied:
        """Return what intervals of this index vary: each weight on its own, by at most ``shift`` of itself."""
        r = self.recipe
        return Varied((r.winsorised,), (r.scale,), (r.mean or "arithmetic",), shift, runs, seed)

    def standings(self, varied: Varied | None = None, level: float = LEVEL) -> list[Standing]:
        """Return every unit, the best first, with the intervals within which a share ``level`` of the runs lie.

        Raises ZhishuError ``index-too-large`` for more runs than ``MOST_WORK`` allows.
        """
        chosen = varied or self.varied()
        self.bounded(chosen.runs, chosen.means)
        sure = vary(self.study, chosen)
        scores = self.study.scores(self.recipe)[self.study.tree.top]
        place, tiers = ranks(scores), sure.tiers(level)
        (first, last), (low, high) = sure.rank_interval(level), sure.interval(level)
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
            )
            for n, unit in enumerate(self.units)
        ]
        return sorted(found, key=lambda s: (s.rank is None, s.rank or 0, s.unit))

    def sensitivity(self, shift: float = 0.25, level: float = LEVEL, seed: int = 1, base: int = BASE) -> Sensitivity:
        """Return which choice moves ranks: treatment, scale and mean as declared or another, and the weights.

        Needs SciPy (extra ``sensitivity``). Raises ZhishuError ``index-scipy`` without it, ``index-too-large``, and
        ``index-empty`` where no unit has a score.
        """
        r = self.recipe
        others = Varied(
            _first(r.winsorised, (None, 5)),
            _first(r.scale, ("minmax", "zscore", "rank")),
            _first(r.mean or "arithmetic", ("arithmetic", "geometric")),
            shift,
            1000,
            seed,
        )
        if importlib.util.find_spec("scipy") is None:
            what = Text("没有安装 SciPy", "SciPy is not installed")
            repair = Text("pip install zhishu[sensitivity]", "pip install zhishu[sensitivity]")
            raise ZhishuError([Problem("index-scipy", "sensitivity", what, repair)])
        self.bounded(base * 6, others.means)
        if all(score is None for score in self.scores().values()):
            what = Text("没有一个单位有得分", "no unit has a score")
            repair = Text("补上缺数，或放宽 least", "fill in what is missing, or lower least")
            raise ZhishuError([Problem("index-empty", "sensitivity", what, repair)])
        return of_ranks(self.study, others, base, level)

    def bounded(self, runs: int, means: Sequence[str]) -> None:
        """Raise ZhishuError ``index-too-large`` for more runs of a table than ``MOST_WORK`` allows, as every run asks."""
        units, columns = len(self.units), len(self.study.columns)
        if "copeland" in means and units > MOST_VOTERS:
            what = Text(f"{units} 个单位两两相比，过多", f"{units} units are too many to compare in pairs")
            repair = Text(f"至多 {MOST_VOTERS} 个，或换合成方法", f"at most {MOST_VOTERS}, or another mean")
            raise ZhishuError([Problem("index-too-large", "copeland", what, repair)])
        # scores and ranks of a run are kept whole besides; votes are counted by pairs of units
        one = columns * (units * units // 7 + 1000) if "copeland" in means else units * (columns + 10)
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
    directly under the index otherwise), ``weights`` gives those that are not 1, of indicators and of headings. A cell
    without a figure is missing and never a zero; ``least`` is the share of a heading's children that must be known of a
    unit, all unless said otherwise, because leaving one out gives its weight to the others. Raises ZhishuError with
    every problem: ``index-cell``, ``index-unit-twice``, ``index-column``, ``index-choice``, ``index-empty``,
    ``index-too-large``, ``column-banned``.

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
    scale: str = "minmax",
    mean: str = "arithmetic",
    winsorise: int | None = None,
    least: float = 1.0,
) -> Index:
    """Return the index of figures that were read, columns by name over the units; as ``index_of``.

    ``found`` are problems of reading: they are raised together with those of the options.
    """
    problems = list(found)
    headings = set(groups or {})
    placed = Counter(c for ids in (groups or {}).values() for c in ids)
    # of many that are not there, the first are enough to see what is wrong
    unknown = [n for n in dict.fromkeys([*less_is_better, *placed]) if n not in columns]
    unknown += [n for n in weights or {} if n not in columns and n not in headings]
    for column in unknown[:MOST_UNKNOWN]:
        what = Text(f"表里没有列“{column}”", f"the table has no column {column}")
        problems.append(Problem("index-column", name, what, did_you_mean(column, columns)))
    for column in sorted(c for c, times in placed.items() if times > 1):
        what = Text(f"列“{column}”归入了两组", f"the column {column} stands under two headings")
        problems.append(Problem("index-column", column, what, Text("只留一组", "keep one")))
    for heading in sorted(headings & {*columns, TOP}):
        what = Text(
            f"组名“{heading}”与列名或总指数重名", f"the heading {heading} has the name of a column or of the index"
        )
        problems.append(Problem("index-column", heading, what, Text("换一个组名", "name it otherwise")))
    if TOP in columns:
        what = Text(f"列名“{TOP}”与总指数重名", f"the column {TOP} has the name of the index")
        problems.append(Problem("index-column", name, what, Text("换一个列名", "name it otherwise")))
    for choice, known in ((scale, SCALES), (mean, MEANS)):
        if choice not in known:
            what = Text(f"没有方法“{choice}”", f"there is no method {choice}")
            problems.append(Problem("index-choice", choice, what, did_you_mean(choice, known)))
    if problems:
        raise ZhishuError(problems)
    tree = _tree(columns, groups or {}, weights or {}, least)
    less = set(less_is_better)
    used = {c: columns[c] for c in tree.leaves()}
    study = Study(used, {c: -1 if c in less else 1 for c in used}, tree)
    return Index(tuple(units), study, Recipe(winsorise, scale, mean))


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
