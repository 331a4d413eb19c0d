"""The pages of an index, in the order of their tabs."""

from zhishu.surfaces.web.index import pairs, ranking, sensitivity, unit, weights
from zhishu.surfaces.web.index.view import Page
from zhishu.terms import Text

PAGES: dict[str, Page] = {
    "ranking": Page(Text("排名", "Ranking"), "ranking.html", ranking.view),
    "unit": Page(Text("单位", "Unit"), "unit.html", unit.view),
    "weights": Page(Text("权重", "Weights"), "weights.html", weights.view, script=True),
    "sensitivity": Page(Text("敏感性", "Sensitivity"), "sensitivity.html", sensitivity.view),
    "pairs": Page(Text("两两比较", "Pairs"), "pairs.html", pairs.view),
}
"""By the last part of their address."""
