"""What is too much for a page: looks that make the whole index anew for each unit or for each pair of indicators."""

from zhishu.surfaces.web.index.made import Made
from zhishu.terms import Text

MOST_CELLS = 40_000_000
"""Cells that all rounds of one page make anew at most: some seconds."""
MOST_PAIRED = 200
"""Indicators that are compared in pairs at most."""


def too_heavy(made: Made) -> Text | None:
    """Return why a table is too large for looks that leave each unit out, None where it is not."""
    units, columns = len(made.sheet.units), len(made.index.study.columns)
    # votes are counted in pairs of units
    once = units * units * columns // 7 + units if made.chosen.mean == "copeland" else units * columns
    if units * once <= MOST_CELLS and columns <= MOST_PAIRED:
        return None
    return Text(
        f"{units} 个单位、{columns} 个指标，逐个去掉要算太久，本页不算。命令行 zhishu index --audit 不设此限。",
        f"{units} units and {columns} indicators: leaving them out one by one takes too long for a page. "
        "zhishu index --audit has no such limit.",
    )
