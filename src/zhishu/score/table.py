"""An index from one table and no pack: units down, indicators across; the table and its options are read and checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.index import TOP, Index
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import Tree, tree_of
from zhishu.score.table_check import (
    choice_problems,
    group_problems,
    name_problems,
    study_problems,
    weight_problems,
    without,
)
from zhishu.score.table_grid import figures_of
from zhishu.score.table_prepare import Preparation
from zhishu.score.table_weights import DECLARED, IMPORTANCE, WEIGHTS_BY, fitted, found_weights
from zhishu.terms import Text


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


def _tree(
    columns: Iterable[str], groups: Mapping[str, Sequence[str]], weights: Mapping[str, float], least: float
) -> Tree:
    under = {c: heading for heading, ids in groups.items() for c in ids}
    rows = [(c, under.get(c, TOP), weights.get(c, 1.0)) for c in columns]
    rows += [(heading, TOP, weights.get(heading, 1.0)) for heading in groups]
    return tree_of([*rows, (TOP, "", 1.0)], least=least)
