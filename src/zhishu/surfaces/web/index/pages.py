"""The pages of an index, in the order of their tabs."""

from zhishu.surfaces.web.index import ranking
from zhishu.surfaces.web.index.view import Page
from zhishu.terms import Text

PAGES: dict[str, Page] = {
    "ranking": Page(Text("排名", "Ranking"), "ranking.html", ranking.view),
}
"""By the last part of their address."""
