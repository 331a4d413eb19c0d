"""The pages of an index, in the order of their tabs."""

from zhishu.surfaces.web.index import audit, compare, leaving, pairs, ranking, reach, sensitivity, unit, weights
from zhishu.surfaces.web.index.view import Page
from zhishu.terms import Text

PAGES: dict[str, Page] = {
    "ranking": Page(Text("排名", "Ranking"), "ranking.html", ranking.view, command=""),
    "unit": Page(Text("单位", "Unit"), "unit.html", unit.view),
    "weights": Page(Text("权重", "Weights"), "weights.html", weights.view, script=True),
    "sensitivity": Page(Text("敏感性", "Sensitivity"), "sensitivity.html", sensitivity.view, command="--sensitivity"),
    "pairs": Page(Text("两两比较", "Pairs"), "pairs.html", pairs.view),
    "compare": Page(Text("对照", "Compare"), "compare.html", compare.view),
    "leaving": Page(Text("逐一去掉", "Leave out"), "leaving.html", leaving.view),
    "audit": Page(Text("审计", "Audit"), "audit.html", audit.view, command="--audit"),
    "reach": Page(Text("怎样达到", "Reach"), "reach.html", reach.view),
}
"""By the last part of their address."""
