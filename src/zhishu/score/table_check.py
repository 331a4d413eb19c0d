"""What cannot make an index, said before anything is computed: weights, groups, choices, and columns without a scale."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import islice

import numpy as np

from zhishu.errors import Problem, did_you_mean
from zhishu.score.steps.aggregate import VOTES
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.shape import Column
from zhishu.terms import Text

MOST_SAID = 20
LEAST_WEIGHT, MOST_WEIGHT = 1e-9, 1e9
"""Weights that are not zero lie between: beyond, products of them are lost to rounding."""
ABOVE_ZERO: Mapping[str, Text] = {
    "geometric": Text("几何平均", "a geometric mean"),
    "harmonic": Text("调和平均", "a harmonic mean"),
    "mpi": Text("Mazziotta-Pareto 指数", "the Mazziotta-Pareto index"),
}
"""Means of values above zero only, by their names."""


def without(
    gone: Set[str], groups: Mapping[str, Sequence[str]], weights: Mapping[str, float]
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Return groups and weights without columns that are not used, nor headings under which nothing is left.

    >>> without({"a", "b"}, {"x": ["a"], "y": ["b", "c"]}, {"a": 2.0, "x": 3.0, "c": 4.0})
    ({'y': ['c']}, {'c': 4.0})
    """
    left = {h: [c for c in ids if c not in gone] for h, ids in groups.items()}
    kept = {h: ids for h, ids in left.items() if ids or not groups[h]}
    return kept, {n: w for n, w in weights.items() if n not in gone and (n in kept or n not in groups)}


def name_problems(
    file: str,
    columns: Collection[str],
    named: Iterable[str],
    groups: Mapping[str, Sequence[str]],
    weights: Iterable[str],
    top: str,
) -> list[Problem]:
    """Return what is named and not there, named twice, or named as something else is."""
    found = []
    # of many that are not there, the first are enough to see what is wrong
    unknown = [n for n in dict.fromkeys(named) if n not in columns]
    unknown += [n for n in weights if n not in columns and n not in groups]
    for column in unknown[:MOST_SAID]:
        what = Text(f"表里没有列“{column}”", f"the table has no column {column}")
        found.append(Problem("index-column", file, what, did_you_mean(column, columns)))
    placed = Counter(c for ids in groups.values() for c in ids)
    for column in sorted(c for c, times in placed.items() if times > 1):
        what = Text(f"列“{column}”归入了两组", f"the column {column} stands under two headings")
        found.append(Problem("index-column", column, what, Text("只留一组", "keep one")))
    for heading in sorted(set(groups) & {*columns, top}):
        what = Text(
            f"组名“{heading}”与列名或总指数重名", f"the heading {heading} has the name of a column or of the index"
        )
        found.append(Problem("index-column", heading, what, Text("换一个组名", "name it otherwise")))
    if top in columns:
        what = Text(f"列名“{top}”与总指数重名", f"the column {top} has the name of the index")
        found.append(Problem("index-column", file, what, Text("换一个列名", "name it otherwise")))
    return found


def weight_problems(
    columns: Iterable[str], groups: Mapping[str, Sequence[str]], weights: Mapping[str, float], top: str
) -> list[Problem]:
    """Return the weights that are no weights, and the headings under which they sum to zero."""
    found = []
    for name, weight in weights.items():
        if weight != 0 and not LEAST_WEIGHT <= weight < MOST_WEIGHT:
            what = Text(f"“{name}”的权重是 {weight:g}", f"the weight of {name} is {weight:g}")
            repair = Text(
                f"权重为 0，或在 {LEAST_WEIGHT:g} 与 {MOST_WEIGHT:g} 之间；越小越好的列写在 less_is_better 里",
                f"a weight is 0 or from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}; name columns where less is better in less_is_better",
            )
            found.append(Problem("index-weights", name, what, repair))
    if found:
        return found
    under = {c for ids in groups.values() for c in ids}
    children = {**groups, top: [*(c for c in columns if c not in under), *groups]}
    for heading, ids in children.items():
        if ids and sum(weights.get(c, 1.0) for c in ids) == 0:
            of, named = Text("总指数", "the index") if heading == top else Text(heading, heading), _named(ids)
            what = Text(
                f"“{of.zh}”之下的权重（{named.zh}）合计为 0", f"the weights under {of.en} ({named.en}) sum to zero"
            )
            repair = Text("至少给一项大于 0 的权重", "give at least one of them a weight above zero")
            # where a page can mark a field: the first column, or heading, of those
            found.append(Problem("index-weights-zero", ids[0], what, repair))
    return found


def group_problems(groups: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Return the headings under which nothing stands."""
    what = {
        h: Text(f"组“{h}”没有成员", f"nothing stands under the heading {h}") for h, ids in groups.items() if not ids
    }
    repair = Text("写上它的列，或去掉这一组", "name its columns, or leave the heading out")
    return [Problem("index-group", h, text, repair) for h, text in what.items()]


def choice_problems(least: float, winsorise: int | None) -> list[Problem]:
    """Return the numbers among the options that mean nothing."""
    found = []
    if not 0 <= least <= 1:
        what = Text(f"least 应在 0 与 1 之间，不是 {least:g}", f"least is a share of 0 to 1, not {least:g}")
        found.append(Problem("index-choice", "least", what, Text("例如 0.75", "such as 0.75")))
    if winsorise is not None and (winsorise < 1 or winsorise != int(winsorise)):
        what = Text(
            f"winsorise 应为 1 以上的整数，不是 {winsorise}", f"winsorise is a whole number from 1, not {winsorise}"
        )
        found.append(Problem("index-choice", "winsorise", what, Text("不处理就不写", "leave it out for no treatment")))
    return found


def run_problems(shift: float, level: float, runs: int) -> list[Problem]:
    """Return what is wrong with how an interval is asked for."""
    found = []
    for name, sound, value, zh, en in (
        ("shift", 0 <= shift < 1, shift, "应不小于 0、小于 1", "is 0 or more and below 1"),
        ("level", 0 < level < 1, level, "应在 0 与 1 之间", "lies between 0 and 1"),
        ("runs", runs >= 1, runs, "应为 1 以上", "is 1 or more"),
    ):
        if not sound:
            what = Text(f"{name} {zh}，不是 {value:g}", f"{name} {en}, not {value:g}")
            repair = Text("例如 shift 0.25，level 0.9，runs 1000", "such as shift 0.25, level 0.9, runs 1000")
            found.append(Problem("index-choice", name, what, repair))
    return found


def study_problems(units: Sequence[str], study: Study, recipe: Recipe, file: str) -> list[Problem]:
    """Return columns that have no scale, cells that have no mean, and units that would have no score though whole."""
    found = figure_problems(units, study.columns, file)
    # what has no figures has no scale either, but the others are looked at all the same
    known = {id: x for id, x in study.columns.items() if (~np.isnan(x)).sum() > 1}
    scaled = study.scaled(recipe) if not found else {id: study.scale(id, x, recipe) for id, x in known.items()}
    mean = recipe.mean or "arithmetic"
    found += [*scale_problems(known, scaled), *mean_problems(units, scaled, mean, file)]
    if found or mean in VOTES:
        return found
    return score_problems(units, study.columns, study.scores(recipe)[study.tree.top], mean, file)


def figure_problems(units: Sequence[str], columns: Mapping[str, Column], file: str) -> list[Problem]:
    """Return columns with less than two figures, or a table of one unit: there is nothing to compare."""
    if len(units) < 2:
        what = Text(
            f"只有一个单位“{units[0]}”，无从比较", f"{units[0]} is the only unit: there is nothing to compare with"
        )
        repair = Text("至少两个单位", "give two units or more")
        return [Problem("index-one-unit", file, what, repair)]
    found = []
    for name, column in columns.items():
        known = np.flatnonzero(~np.isnan(column))
        if not len(known):
            what = Text(f"列“{name}”一个数也没有", f"the column {name} has no figure at all")
            found.append(Problem("index-no-figure", name, what, _FILL))
        elif len(known) == 1:
            what = Text(
                f"列“{name}”只有“{units[known[0]]}”有数，无从比较",
                f"{units[known[0]]} alone has a figure of {name}: there is no comparison",
            )
            found.append(Problem("index-alike", name, what, _FILL))
    return found


def scale_problems(columns: Mapping[str, Column], scaled: Mapping[str, Column]) -> list[Problem]:
    """Return columns whose figures have no place on the scale: all are alike, and it needs a distance."""
    found = []
    for name, column in columns.items():
        there = ~np.isnan(column)
        known = column[there]
        if len(known) and (known == known[0]).all() and not np.isfinite(scaled[name][there]).all():
            what = Text(
                f"列“{name}”的数都是 {known[0]:g}，分不出高低，没有尺度可言",
                f"every figure of {name} is {known[0]:g}: it tells no unit apart and has no scale",
            )
            found.append(Problem("index-alike", name, what, _LEAVE))
    return found


def mean_problems(units: Sequence[str], scaled: Mapping[str, Column], mean: str, file: str) -> list[Problem]:
    """Return the scaled cells of which the mean is not defined, the first of many."""
    if mean not in ABOVE_ZERO:
        return []
    low = ((name, int(n)) for name, column in scaled.items() for n in np.flatnonzero(column <= 0))
    return [_not_above_zero(units[n], name, float(scaled[name][n]), mean, file) for name, n in islice(low, MOST_SAID)]


def score_problems(
    units: Sequence[str], columns: Mapping[str, Column], scores: Column, mean: str, file: str
) -> list[Problem]:
    """Return that a mean is not defined for a unit of which every figure is known, if there is such a unit."""
    whole = ~np.isnan(np.stack(list(columns.values()))).any(axis=0)
    lost = np.flatnonzero(whole & ~np.isfinite(scores))
    if not len(lost):
        return []
    first, more = units[lost[0]], len(lost) - 1
    what = Text(
        f"“{first}”{f'等 {more + 1} 个单位' if more else ''}数值齐全，却按 {mean} 合成不出：各单位的数全都相同或相互抵消",
        f"no figure of {first}{f' and {more} more' if more else ''} is missing, yet {mean} gives no score: "
        "the figures of all units are alike, or cancel out",
    )
    repair = Text(
        "合成改用 arithmetic，或去掉分不出高低的列", "use arithmetic, or leave out columns that tell no unit apart"
    )
    return [Problem("index-mean", file, what, repair)]


def _not_above_zero(unit: str, column: str, value: float, mean: str, file: str) -> Problem:
    named = ABOVE_ZERO[mean]
    what = Text(
        f"“{unit}”的“{column}”标准化后是 {value:g}，{named.zh}只用于大于 0 的数",
        f"{column} of {unit} is {value:g} on the scale; {named.en} is of values above zero only",
    )
    repair = Text(
        "标准化改用 minmax（1 至 100），或合成改用 arithmetic", "scale by minmax (1 to 100), or use arithmetic"
    )
    return Problem("index-mean", f"{file} {column}", what, repair)


def _named(names: Sequence[str]) -> Text:
    more = len(names) - 5
    listed = list(names[:5])
    zh, en = "、".join(listed), ", ".join(listed)
    return Text(f"{zh} 等", f"{en} and {more} more") if more > 0 else Text(zh, en)


_FILL = Text("补上数，或去掉这一列", "fill it in, or leave the column out")
_LEAVE = Text(
    "去掉这一列，或标准化改用 rank、percentile",
    "leave the column out, or scale by rank or percentile, where all may tie",
)
