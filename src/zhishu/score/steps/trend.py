"""How one figure of one unit moved over the years: growth a year between its ends, and along a straight line.

For research: official progress towards a target is judged by ``zhishu.watch``.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.steps.shape import Column

Why = Literal["too_few", "base_not_positive", "end_negative"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A rate and the first and last time it spans; ``why`` says why there is none, and then the rate is None."""

    rate: float | None
    first: float | None = None
    last: float | None = None
    why: Why | None = None


def growth(values: Column, times: Column, latest: int | None = None) -> Trend:
    """Return the compound growth a year (y_last / y_first)^(1 / years) − 1 between the first and the last known figure.

    ``latest`` looks at that many times back only, known or not. There is none from a base of zero or below, nor to an
    end below zero. Raises ValueError for two lengths, a time twice, or fewer than two times looked at.

    >>> growth(np.array([100.0, np.nan, 121.0]), np.array([2016.0, 2017.0, 2018.0]))
    Trend(rate=0.10000000000000009, first=2016.0, last=2018.0, why=None)
    >>> growth(np.array([0.0, 5.0]), np.array([2017.0, 2018.0])).why
    'base_not_positive'
    """
    y, t = _known(values, times, latest)
    if len(y) < 2:
        return Trend(None, why="too_few")
    first, last = float(t[0]), float(t[-1])
    if y[0] <= 0:
        return Trend(None, first, last, "base_not_positive")
    if y[-1] < 0:
        return Trend(None, first, last, "end_negative")
    return Trend(float((y[-1] / y[0]) ** (1 / (last - first)) - 1), first, last)


def slope(values: Column, times: Column, latest: int | None = None) -> Trend:
    """Return the change a year along the least-squares line, in percent of where the line begins.

    From three known figures on; none where the line does not begin above zero. Raises ValueError as ``growth`` does.

    >>> slope(np.array([10.0, 11.0, 12.0]), np.array([2016.0, 2017.0, 2018.0])).rate
    10.0
    """
    y, t = _known(values, times, latest)
    if len(y) < 3:
        return Trend(None, why="too_few")
    apart = t - t.mean()
    a_year = float((apart * (y - y.mean())).sum() / (apart**2).sum())
    begins = float(y.mean() + a_year * apart[0])
    first, last = float(t[0]), float(t[-1])
    if begins <= 0:
        return Trend(None, first, last, "base_not_positive")
    return Trend(a_year / begins * 100, first, last)


def _known(values: Column, times: Column, latest: int | None) -> tuple[Column, Column]:
    if values.shape != times.shape:
        raise ValueError(f"{len(values)} figures at {len(times)} times")
    if len(np.unique(times)) < len(times):
        raise ValueError("a time stands twice")
    if latest is not None and latest < 2:
        raise ValueError(f"a trend looks at two times or more, not {latest}")
    order = np.argsort(times)[-latest:] if latest is not None else np.argsort(times)
    y, t = values[order], times[order]
    known = ~np.isnan(y)
    return y[known], t[known]
