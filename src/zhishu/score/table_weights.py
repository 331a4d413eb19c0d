"""Weights an index from one table finds in its figures, and which column stands in the way where none can be found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from zhishu.errors import Problem, ZhishuError
from zhishu.score.steps import normalise, weigh
from zhishu.score.steps.aggregate import MEANS, VOTES
from zhishu.score.steps.fit import Fitted, fit_tree
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.recipe import Recipe, Study, with_mean
from zhishu.score.steps.shape import Array, Column
from zhishu.score.steps.treat import treat
from zhishu.terms import Text

DECLARED = "declared"
IMPORTANCE = "importance"
WEIGHTS_BY = (DECLARED, IMPORTANCE, "equal", "entropy", "critic", "pca")
"""Weights as declared, 1 unless said otherwise; those by which the declared ones become importance; alike for every column
of the whole; or found from the figures."""
_LEAST_UNITS = 3


def found_weights(
    how: str,
    columns: Mapping[str, Column],
    directions: Mapping[str, Direction],
    groups: Mapping[str, Sequence[str]],
    winsorised: int | None,
) -> dict[str, float]:
    """Return weights of all columns, found together on a scale of 0 to 1, and of headings: the sum of their columns.

    So the weight of a column in the whole is the one found, however columns are put under headings. Raises ZhishuError
    ``index-weights`` for each column that has a hole, is the same for every unit, or runs against the others where
    ``how`` is ``pca``; for fewer than three units; and where every column repeats the others.
    """
    ids = list(columns)
    scaled = {c: _scaled(columns[c], directions[c], winsorised) for c in ids}
    problems = [] if how == "equal" else _unfit(how, scaled)
    if problems:
        raise ZhishuError(problems)
    shares = _weights(how, np.column_stack(list(scaled.values())))
    against = [c for c, w in zip(ids, shares, strict=True) if w < 0]
    if against:
        raise ZhishuError([_against(c) for c in against])
    found = dict(zip(ids, map(float, shares), strict=True))
    for heading, own in groups.items():
        total = sum(found[c] for c in own)
        if total == 0:
            # the heading counts for nothing, but what stands under it still makes a score
            found.update(dict.fromkeys(own, 1.0))
        found[heading] = total
    return found


def fitted(study: Study, recipe: Recipe) -> Study:
    """Return a study whose weights make each column and heading matter in its heading as its declared weight asks.

    Raises ZhishuError ``index-weights`` for each column that has a hole or is the same for every unit, for what is
    declared to matter nothing, for fewer than three units, for votes, and for each heading where no weights above zero
    do it.
    """
    tree = study.tree if recipe.mean is None else with_mean(study.tree, MEANS[recipe.mean])
    scaled = study.scaled(recipe)
    problems = _unfit(IMPORTANCE, scaled)
    for child, weight in ((c, w) for n in tree.nodes for c, w in zip(n.children, n.weights, strict=True)):
        if weight <= 0:
            what = Text(
                f"“{child}”的权重为 0，不能要求它有重要性", f"{child} has weight 0: it cannot be made to matter"
            )
            problems.append(Problem("index-weights", child, what, _OMIT))
    if recipe.mean in VOTES:
        what = Text("计票的合成方法不能按重要性求权重", "weights cannot be fitted to importance under votes")
        problems.append(Problem("index-weights", recipe.mean, what, _OTHER))
    if problems:
        raise ZhishuError(problems)
    try:
        made, found = fit_tree(tree, scaled)
    except ValueError:
        # the one case left: columns differ, and what a heading makes of them does not
        what = Text("有一组各单位得分相同", "the units of a heading all have the same score")
        raise ZhishuError([Problem("index-weights", IMPORTANCE, what, _OTHER)]) from None
    if unmet := [_unmet(id, tree.top, one) for id, one in found.items() if not one.met]:
        raise ZhishuError(unmet)
    return replace(study, tree=made)


def _unmet(heading: str, top: str, found: Fitted) -> Problem:
    name = Text("总指数", "the index") if heading == top else Text(f"“{heading}”", heading)
    reached = [f"{id} {share:.0%}" for id, share in found.importance.items()]
    what = Text(
        f"{name.zh}：没有正的权重能达到所要求的重要性，最近的是{'、'.join(reached)}",
        f"{name.en}: no weights above zero give the importance asked, the nearest is {', '.join(reached)}",
    )
    repair = Text(
        "放宽要求，或去掉与其余重复、反向的列", "ask for less, or leave out what repeats or runs against the others"
    )
    return Problem("index-weights", heading, what, repair)


def _scaled(column: Column, direction: Direction, winsorised: int | None) -> Column:
    if np.isnan(column).all():
        return column
    return normalise.to_best(column if winsorised is None else treat(column, winsorised).values, direction)


def _weights(how: str, table: Array) -> Array:
    if how == "equal":
        return weigh.equal(table.shape[1])
    if how == "entropy":
        return weigh.entropy(table)
    if how == "pca":
        return weigh.principal(table)
    try:
        return weigh.critic(table)
    except ValueError:
        # the one case left: holes, constants and few units are told before
        what = Text("各列完全重复，CRITIC 分不出权重", "every column repeats the others: CRITIC finds no weights")
        raise ZhishuError([Problem("index-weights", how, what, _OTHER)]) from None


def _unfit(how: str, scaled: Mapping[str, Column]) -> list[Problem]:
    problems = []
    units = len(next(iter(scaled.values())))
    if units < _LEAST_UNITS:
        what = Text(f"只有 {units} 个单位，不足以定权重", f"{units} units are too few to find weights from")
        problems.append(Problem("index-weights", how, what, _OTHER))
    for column, values in scaled.items():
        missing = int(np.isnan(values).sum())
        if missing == units:
            what = Text(
                f"列“{column}”各单位相同或都没有数", f"column {column} is the same for every unit or has no figure"
            )
        elif missing:
            what = Text(f"列“{column}”缺 {missing} 个数", f"column {column} lacks {missing} of its figures")
        else:
            continue
        problems.append(Problem("index-weights", column, what, _FILL))
    return problems


def _against(column: str) -> Problem:
    what = Text(
        f"列“{column}”与其余各列反向，权重为负", f"column {column} runs against the others: its weight is negative"
    )
    repair = Text(
        "核对方向（越小越好的列写 --less），或换一种定权方法",
        "check its direction (--less where less is better), or find weights otherwise",
    )
    return Problem("index-weights", column, what, repair)


_FILL = Text("补上缺数或去掉这一列，或换一种定权方法", "fill it in, leave the column out, or find weights otherwise")
_OMIT = Text("去掉它，或给一个正的权重", "leave it out, or give it a weight above zero")
_OTHER = Text("换一种定权方法，例如 equal", "find weights otherwise, such as equal")
