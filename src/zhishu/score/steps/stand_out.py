"""Where one unit stands high and where low: the indicators by its rank among all units."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.shape import Column


@dataclass(frozen=True, slots=True)
class Stand:
    """One indicator of a unit: its rank and how many units have one."""

    id: str
    rank: int
    of: int


def stands(columns: Mapping[str, Column], unit: int) -> list[Stand]:
    """Return the known indicators of a unit, by its place, from its best rank to its worst; ties in the order given.

    ``columns`` are turned so that more is better, as scales make them.

    >>> stands({"a": np.array([1.0, 2.0]), "b": np.array([5.0, 4.0])}, 1)
    [Stand(id='a', rank=1, of=2), Stand(id='b', rank=2, of=2)]
    """
    found = []
    for id, column in columns.items():
        rank = ranks(column)[unit]
        if not np.isnan(rank):
            found.append(Stand(id, int(rank), int((~np.isnan(column)).sum())))
    return sorted(found, key=lambda s: s.rank)


def strengths(columns: Mapping[str, Column], unit: int, most: int = 5) -> list[Stand]:
    """Return the indicators in which a unit ranks highest, the best first."""
    return stands(columns, unit)[:most]


def weaknesses(columns: Mapping[str, Column], unit: int, most: int = 5) -> list[Stand]:
    """Return the indicators in which a unit ranks lowest, the worst last."""
    found = stands(columns, unit)
    return found[max(0, len(found) - most) :]
