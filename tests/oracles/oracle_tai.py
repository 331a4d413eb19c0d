"""The example of the OECD/JRC Handbook (2008): the Technology Achievement Index, Table A.2, its first 23 countries.

Logarithms of telephones and electricity are as printed, to two decimals; what is computed from them agrees to as many.
"""

import csv
from pathlib import Path

import numpy as np

from zhishu.score.steps import normalise
from zhishu.score.steps.shape import Array

with (Path(__file__).parent / "tai.csv").open(encoding="utf-8", newline="") as handle:
    _ROWS = list(csv.reader(handle))
INDICATORS = tuple(_ROWS[0][1:])
COUNTRIES = tuple(row[0] for row in _ROWS[1:])
TABLE: Array = np.array([[float(cell) for cell in row[1:]] for row in _ROWS[1:]])
# Table 20: judgements of the eight indicators in pairs
JUDGEMENTS: Array = np.array(
    [
        [1, 2, 3, 2, 5, 5, 1, 3],
        [1 / 2, 1, 2, 1 / 2, 4, 4, 1 / 2, 3],
        [1 / 3, 1 / 2, 1, 1 / 4, 2, 2, 1 / 5, 1 / 2],
        [1 / 2, 2, 4, 1, 4, 4, 1 / 2, 3],
        [1 / 5, 1 / 4, 1 / 2, 1 / 4, 1, 1, 1 / 5, 1 / 2],
        [1 / 5, 1 / 4, 1 / 2, 1 / 4, 1, 1, 1 / 5, 1 / 2],
        [1, 2, 5, 2, 5, 5, 1, 4],
        [1 / 3, 1 / 3, 2, 1 / 3, 2, 2, 1 / 4, 1],
    ]
)


def scaled(table: Array = TABLE) -> Array:
    """Return the columns on 0 to 1."""
    return np.column_stack([normalise.minmax(x, 1, 0, 1) for x in table.T])
