"""How likely each rank of a unit is, and how likely it is ahead of each other: what the runs of an index say in shares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.errors import Problem, ZhishuError
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.sure import LEVEL, Sure
from zhishu.terms import Text

MOST_PAIRED = 500
"""Units whose pairs are told: a quarter of a million shares."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The share of runs in which a unit has each rank, by rank (those of share 0 left out), and in which it has none
    (no score). Together they are 1."""

    unit: str
    ranks: dict[int, float]
    none: float

    def likeliest(self, most: int) -> list[tuple[int, float]]:
        """Return the likeliest ranks, the likeliest first."""
        return sorted(self.ranks.items(), key=lambda pair: (-pair[1], pair[0]))[:most]

    def at_least(self, rank: int) -> float:
        """Return the share of runs in which the unit has this rank or a better one."""
        return sum(share for place, share in self.ranks.items() if place <= rank)

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {"unit": self.unit, "ranks": {str(k): v for k, v in self.ranks.items()}, "none": self.none}


@dataclass(frozen=True, slots=True)
class Pairs:
    """For units in order of their mean score, the best first: the share of runs in which the first of a pair is ahead of
    the second, ties half (units, units), NaN where the two never had a score together; and the tier of each."""

    units: tuple[str, ...]
    ahead: Array
    tiers: tuple[int, ...]
    level: float

    def unsure(self, unit: int) -> list[int]:
        """Return the units (places) that this one cannot be told apart from at the level."""
        row = self.ahead[unit]
        return [n for n in range(len(self.units)) if n != unit and 1 - self.level < row[n] < self.level]

    def to_json(self) -> dict[str, object]:
        """Return the contract form; null on the diagonal and for pairs without a share."""
        rows = [
            [None if a == b or np.isnan(x) else float(x) for b, x in enumerate(row)] for a, row in enumerate(self.ahead)
        ]
        return {"units": list(self.units), "tiers": list(self.tiers), "ahead": rows}


def chances_of(units: Sequence[str], sure: Sure) -> list[Chances]:
    """Return the chances of each unit, the one with the best mean rank first, units never ranked last.

    >>> from zhishu.score.steps.sure import Varied
    >>> chances_of(["示例甲", "示例乙"], Sure(np.array([[2.0, 1.0], [2.0, 3.0], [5.0, 4.0], [5.0, 4.0]]), Varied(), 0))[0]
    Chances(unit='示例甲', ranks={1: 0.75, 2: 0.25}, none=0.0)
    """
    table = sure.rank_chances()
    runs = len(sure.scores)
    found = []
    for unit, row in zip(units, table, strict=True):
        ranks = {int(n) + 1: float(row[n]) for n in np.flatnonzero(row)}
        # of whole runs, so that nothing is left by rounding
        found.append(Chances(unit, ranks, 1 - round(float(row.sum()) * runs) / runs))
    return sorted(found, key=lambda c: (not c.ranks, _mean(c), c.unit))


def pairs_of(units: Sequence[str], sure: Sure, level: float = LEVEL) -> Pairs:
    """Return how likely each unit that ever had a score is ahead of each other.

    Raises ZhishuError ``index-too-large`` for more units than ``MOST_PAIRED``.
    """
    known = np.flatnonzero(~np.isnan(sure.scores).all(axis=0))
    if len(known) > MOST_PAIRED:
        what = Text(f"{len(known)} 个单位两两成对，过多", f"{len(known)} units are too many to be told in pairs")
        repair = Text(f"至多 {MOST_PAIRED} 个", f"at most {MOST_PAIRED}")
        raise ZhishuError([Problem("index-too-large", "pairs", what, repair)])
    mean = np.nanmean(sure.scores[:, known], axis=0)
    order = known[np.argsort(-mean, kind="stable")]
    tiers = sure.tiers(level)
    part = Sure(sure.scores[:, order], sure.varied, sure.failed)
    return Pairs(tuple(units[n] for n in order), part.ahead(), tuple(int(tiers[n]) for n in order), level)


def _mean(chances: Chances) -> float:
    whole = sum(chances.ranks.values())
    return sum(rank * share for rank, share in chances.ranks.items()) / whole if whole else 0.0
