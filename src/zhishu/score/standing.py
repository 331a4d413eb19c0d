"""Where the units of an index stand: score, rank, and the intervals within which the runs lie."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.shape import Column
from zhishu.score.steps.sure import LEVEL, Sure


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in an index: its score, its rank, and the ranks and scores between which a share of the runs lie (no scores
    where runs differ in their scale), and the runs in which it had no score."""

    unit: str
    score: float | None
    rank: int | None
    rank_from: int | None
    rank_to: int | None
    low: float | None
    high: float | None
    tier: int
    failed: int = 0

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return asdict(self)


def standings_of(units: Sequence[str], scores: Column, sure: Sure, level: float = LEVEL) -> list[Standing]:
    """Return the standing of units by their scores and the runs of them, the best first."""
    place, tiers = ranks(scores), sure.tiers(level)
    (first, last), (low, high) = sure.rank_interval(level), sure.interval(level)
    if len(sure.varied.scales) > 1:
        # scores on two scales have no interval in common
        low, high = np.full_like(low, np.nan), np.full_like(high, np.nan)
    failed = np.isnan(sure.scores).sum(axis=0)
    found = [
        Standing(
            unit,
            number(scores[n]),
            _whole(place[n]),
            _whole(np.floor(first[n])),
            _whole(np.ceil(last[n])),
            number(low[n]),
            number(high[n]),
            int(tiers[n]),
            int(failed[n]),
        )
        for n, unit in enumerate(units)
    ]
    return sorted(found, key=lambda s: (s.rank is None, s.rank or 0, s.unit))


def number(value: float) -> float | None:
    """Return a number, None for what is none."""
    return float(value) if np.isfinite(value) else None


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
