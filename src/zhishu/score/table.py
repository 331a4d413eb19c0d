"""An index from one table and no pack: units down, indicators across, and what is more or less sure about it."""

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from zhishu.data.intake_cells import NO_FIGURE
from zhishu.data.sheets import Grid, delimited, workbook
from zhishu.data.sheets.grid import address
from zhishu.data.sheets.package import is_workbook
from zhishu.data.submission.values import Value, Wrong, read_value, signs_of
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.sobol import Sensitivity, of_ranks
from zhishu.score.steps.sure import LEVEL, Varied, vary
from zhishu.score.steps.tree import Tree, tree_of
from zhishu.terms import Text

TOP = "index"
Choice = TypeVar("Choice")


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
        """Return every unit, the best first, with the intervals within which a share ``level`` of the runs lie."""
        sure = vary(self.study, varied or self.varied())
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

    def sensitivity(self, shift: float = 0.25, level: float = LEVEL, seed: int = 1, base: int = 256) -> Sensitivity:
        """Return which choice moves ranks: treatment, scale and mean as declared or another, and the weights.

        Needs SciPy (extra ``sensitivity``). Raises ZhishuError ``index-scipy`` without it.
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
        return of_ranks(self.study, others, base, level)


def read_index(
    file: str | Path,
    *,
    less_is_better: Iterable[str] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    scale: str = "minmax",
    mean: str = "arithmetic",
    winsorise: int | None = None,
    least: float = 1.0,
) -> Index:
    """Return the index of a CSV file or workbook: the first column names the units, every other is an indicator.

    ``less_is_better`` names indicators, ``groups`` puts them under headings (all directly under the index otherwise),
    ``weights`` gives those that are not 1, of indicators and of headings. A cell without a figure is missing and never a
    zero; ``least`` is the share of a heading's children that must be known of a unit, all unless said otherwise, because
    leaving one out gives its weight to the others. Raises ZhishuError with every problem: ``index-cell``, ``index-unit-twice``, ``index-column``,
    ``index-choice``, ``index-empty``.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "demo.csv"
    >>> _ = path.write_text("unit,output,waste\\n示例甲,10,4\\n示例乙,20,1\\n示例丙,5,2\\n", encoding="utf-8")
    >>> read_index(path, less_is_better=["waste"]).scores()
    {'示例甲': 17.5, '示例乙': 100.0, '示例丙': 34.0}
    """
    path = Path(file)
    content = path.read_bytes()
    grid = next(iter(workbook(content, path.name).values())) if is_workbook(content) else delimited(content, path.name)
    problems: list[Problem] = []
    units, columns = _read(grid, path.name, problems)
    named = [*less_is_better, *(c for ids in (groups or {}).values() for c in ids), *(weights or {})]
    headings = set(groups or {})
    for name in dict.fromkeys(named):
        if name not in columns and name not in headings:
            what = Text(f"表里没有列“{name}”", f"the table has no column {name}")
            problems.append(Problem("index-column", path.name, what, did_you_mean(name, columns)))
    placed = [c for ids in (groups or {}).values() for c in ids]
    for name in dict.fromkeys(c for c in placed if placed.count(c) > 1):
        what = Text(f"列“{name}”归入了两组", f"the column {name} stands under two headings")
        problems.append(Problem("index-column", name, what, Text("只留一组", "keep one")))
    for name in sorted(headings & {*columns, TOP}):
        what = Text(f"组名“{name}”与列名或总指数重名", f"the heading {name} has the name of a column or of the index")
        problems.append(Problem("index-column", name, what, Text("换一个组名", "name it otherwise")))
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


def _read(grid: Grid, file: str, problems: list[Problem]) -> tuple[list[str], dict[str, np.ndarray]]:
    rows = list(grid.rows)
    if len(rows) < 2:
        what = Text("表里没有数据行", "the table has no row of figures")
        problems.append(Problem("index-empty", file, what, Text("第一行写列名", "put the names of the columns first")))
        return [], {}
    head = {c: cell.text for c, cell in grid.rows[rows[0]].items()}
    first = min(head)
    names = list(head.values())
    for column, name in head.items():
        if names.count(name) > 1 or not name:
            what = Text(f"列名“{name}”写了两次", f"the name {name} stands over two columns")
            where = f"{file} {address(rows[0], column)}"
            problems.append(Problem("index-column", where, what, Text("改名", "name them apart")))
    signs = signs_of(dict.fromkeys(NO_FIGURE, "absent"))
    units: list[str] = []
    values: dict[int, list[float]] = {c: [] for c in sorted(head) if c != first}
    for row in rows[1:]:
        cells = grid.rows[row]
        unit = cells[first].text if first in cells else ""
        if not unit or unit in units:
            what = Text(f"单位“{unit}”空着或写了两次", f"the unit {unit or '(blank)'} is blank or stands twice")
            where = f"{file} {address(row, first)}"
            problems.append(Problem("index-unit-twice", where, what, Text("每个单位一行", "give each unit one row")))
        units.append(unit)
        for column, found in values.items():
            read = read_value(cells.get(column), signs)
            if isinstance(read, Wrong):
                problems.append(Problem("index-cell", f"{file} {address(row, column)}", read.what, read.repair))
            found.append(float(read.number) if isinstance(read, Value) else np.nan)
    return units, {head[c]: np.array(found) for c, found in values.items()}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _first(declared: Choice, others: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (declared, *(o for o in others if o != declared))
