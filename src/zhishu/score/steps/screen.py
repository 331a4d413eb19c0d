"""Units with too little behind them left out before anything is compared (OECD/JRC Handbook 2008, step 2)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.aggregate import Array

Why = Literal["missing", "zeros"]


@dataclass(frozen=True, slots=True)
class Screened:
    """What is known of one unit, and why it goes, if it does.

    ``known`` is the share of its figures that are there, ``nonzero`` the share of those that are not zero; None for a
    unit of which nothing is known.
    """

    missing: int
    zeros: int
    known: float
    nonzero: float | None
    why: tuple[Why, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the unit stays."""
        return not self.why


def screen(table: Array, least_known: float = 0.0, least_nonzero: float = 0.0) -> list[Screened]:
    """Return the record of every unit of a table (units, indicators); one below either share goes.

    A share of exactly the limit is enough. A unit of which nothing is known goes as soon as anything is asked. Raises
    ValueError for a table without indicators and limits that are no shares.

    >>> [s.why for s in screen(np.array([[1.0, 2.0], [np.nan, 2.0], [0.0, 0.0]]), 0.6, 0.5)]
    [(), ('missing',), ('zeros',)]
    """
    if table.ndim != 2 or not table.shape[1]:
        raise ValueError(f"a table has units and indicators, not the shape {table.shape}")
    for share in (least_known, least_nonzero):
        if not 0 <= share <= 1:
            raise ValueError(f"a limit is a share, not {share}")
    missing, zeros = np.isnan(table).sum(axis=1), (table == 0).sum(axis=1)
    return [
        _seen(int(m), int(z), table.shape[1], least_known, least_nonzero) for m, z in zip(missing, zeros, strict=True)
    ]


def _seen(missing: int, zeros: int, all_: int, least_known: float, least_nonzero: float) -> Screened:
    there = all_ - missing
    known, nonzero = there / all_, (there - zeros) / there if there else None
    why: list[Why] = []
    if known < least_known or (nonzero is None and least_nonzero > 0):
        why.append("missing")
    if nonzero is not None and nonzero < least_nonzero:
        why.append("zeros")
    return Screened(missing, zeros, known, nonzero, tuple(why))
