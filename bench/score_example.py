"""COINr's own example, 51 units and 49 indicators in four levels, read from its golden tables: whole regenerations.

From the raw table: denominators, missing figures by the mean of their group, treatment, scale, weights, means, ranks.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from zhishu.score.steps.impute import by_centre
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.recipe import Study
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import tree_of

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "golden" / "coinr"
COINR = "COINr 1.1.14 was measured on its example at 4.1 to 4.8 beside other load; quoted, not run here"


def example() -> Study | None:
    """Return the example as an index from its raw table, None where the golden tables are absent."""
    if not FOLDER.is_dir():
        return None
    units, meta = _rows("00_iData"), _rows("00_iMeta")
    groups = [u["EurAsia_group"] for u in units]
    columns, directions = {}, {}
    for row in (r for r in meta if r["Type"] == "Indicator"):
        id = row["iCode"]
        values = _column(units, id)
        if row["Denominator"]:
            values = values / _column(units, row["Denominator"])
        columns[id] = by_centre(values, "mean", groups)
        directions[id] = _direction(row["Direction"])
    kept = [r for r in meta if r["Type"] in ("Indicator", "Aggregate")]
    return Study(columns, directions, tree_of([(r["iCode"], r["Parent"], float(r["Weight"])) for r in kept]))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _column(rows: Sequence[dict[str, str]], id: str) -> Column:
    return np.array([float(r[id]) if r[id] not in ("", "NA") else np.nan for r in rows])


def _direction(text: str) -> Direction:
    return 1 if text == "1" else -1
