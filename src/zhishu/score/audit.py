"""The audit of an index made from one table: what weakens it, each finding in a sentence with its numbers."""

import numpy as np

from zhishu.score.audit_cells import alike, missing, outliers, unscored
from zhishu.score.audit_leaving import reversals, scales
from zhishu.score.audit_look import SEVERITIES, Finding, Look, look
from zhishu.score.audit_parts import close, compensation, left_out
from zhishu.score.audit_shares import against, importance_and_weight, twice
from zhishu.score.index import Index
from zhishu.score.leaving import leaving
from zhishu.score.steps.sure import Varied, vary
from zhishu.terms import Text

__all__ = ["CODES", "SEVERITIES", "Finding", "audit"]

CODES: dict[str, Text] = {
    "missing_column": Text("指标缺数", "missing figures of an indicator"),
    "missing_unit": Text("单位缺数", "missing figures of a unit"),
    "heading_missing": Text("整组缺数", "a heading missing"),
    "unscored": Text("没有得分", "no score"),
    "alike": Text("分不出高低", "tells nothing apart"),
    "outliers": Text("离群值", "outliers"),
    "against": Text("与总分反向", "against the score"),
    "importance": Text("重要性与权重不符", "importance and weight"),
    "twice": Text("可能重复计算", "counted twice"),
    "scale": Text("谁定尺度", "who sets the scale"),
    "reversal": Text("退出引起次序改变", "order changed by leaving"),
    "left_out": Text("去掉一项", "one part left out"),
    "compensation": Text("可补偿程度", "compensation"),
    "close": Text("相邻难分", "neighbours hardly apart"),
}
"""What each code says, in the order findings are told."""


def audit(index: Index, varied: Varied | None = None) -> list[Finding]:
    """Return the findings about an index, warnings first, then by code, then the strongest first.

    What follows from scores is told only where a unit has one; ``varied`` is what runs vary, all that intervals of the
    index vary unless given. The order of units plays no part, that of columns only
    in which weights the runs draw.

    >>> from zhishu.score.steps.recipe import Recipe, Study
    >>> from zhishu.score.steps.tree import Node, Tree
    >>> figures = {"产出": np.array([1.0, 2.0, 4.0, 5.0]), "就业": np.array([2.0, 4.0, 8.0, 10.0])}
    >>> study = Study(figures, {"产出": 1, "就业": 1}, Tree((Node("index", ("产出", "就业"), (1.0, 1.0)),)))
    >>> found = audit(Index(("示例甲", "示例乙", "示例丙", "示例丁"), study, Recipe(None)))
    >>> [(f.code, f.where, f.severity) for f in found][0]
    ('twice', ('产出', '就业'), 'warning')
    """
    found = [*missing(index), *alike(index), *outliers(index)]
    # a column without any figure has no scale, and the index no score
    if all(not np.isnan(x).all() for x in index.study.columns.values()):
        seen = look(index)
        found += unscored(seen)
        if not np.isnan(seen.top).all():
            found += _of_scores(seen, varied or index.varied())
    order = {code: n for n, code in enumerate(CODES)}
    return sorted(found, key=lambda f: (f.severity == "note", order[f.code], -abs(round(f.value, 9)), f.where))


def _of_scores(seen: Look, varied: Varied) -> list[Finding]:
    left = leaving(seen.study, seen.recipe)
    return [
        *against(seen),
        *importance_and_weight(seen),
        *twice(seen),
        *scales(seen, left),
        *reversals(seen, left),
        *left_out(seen),
        *compensation(seen),
        *close(seen, vary(seen.study, varied)),
    ]
