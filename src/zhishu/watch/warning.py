"""Warnings: a figure beyond a threshold for some periods opens one, and only a clear return closes it.

Two thresholds a level keep it from flapping: it opens at ``on`` and closes beyond ``off`` (hysteresis, as in a
Schmitt trigger); ``persistence`` is how many successive periods must lie at or beyond ``on``. An unknown period
neither opens nor closes anything: it ends a run that had not opened yet, and it is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zhishu.logic import Unknown
from zhishu.pack.warning import Direction, Threshold

Value = Fraction | Unknown


@dataclass(frozen=True, slots=True)
class WarningRule:
    """Levels from the mildest to the gravest, the direction that is bad, and the periods it must last."""

    direction: Direction
    levels: Mapping[str, Threshold]
    persistence: int = 1


@dataclass(frozen=True, slots=True)
class Episode:
    """A warning from the period in which it opened to the one that closed it (None: still open).

    ``evidence`` are the readings that opened it; ``levels`` the level from each period on in which it changed;
    ``closing`` the value that closed it; ``gaps`` the unknown periods meanwhile, with their reasons.
    """

    unit: str
    opened: str
    evidence: tuple[tuple[str, Fraction], ...]
    levels: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, Unknown], ...] = ()
    closed: str | None = None
    closing: Fraction | None = None

    @property
    def now(self) -> str:
        """The level it stands at; the last one where it is closed."""
        return self.levels[-1][1]


@dataclass(frozen=True, slots=True)
class Warned:
    """What a series gives: the episodes, the level in each period (``none`` outside), every unknown period."""

    episodes: tuple[Episode, ...]
    levels: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, Unknown], ...]


def warn(rule: WarningRule, unit: str, readings: Sequence[tuple[str, Value]]) -> Warned:
    """Return the warnings of a unit from its readings in the order of their periods, none left out.

    >>> rule = WarningRule("below", {"yellow": Threshold(Fraction(5), Fraction(6))}, persistence=2)
    >>> found = warn(rule, "513200", [(str(y), Fraction(v)) for y, v in ((2016, 7), (2017, 4), (2018, 5), (2019, 6))])
    >>> found.episodes[0].opened, found.episodes[0].closed
    ('2018', None)
    """
    runs: dict[str, list[tuple[str, Fraction]]] = {level: [] for level in rule.levels}
    standing: dict[str, bool] = dict.fromkeys(rule.levels, False)
    open_now: Episode | None = None
    episodes: list[Episode] = []
    levels: list[tuple[str, str]] = []
    gaps: list[tuple[str, Unknown]] = []
    for period, value in readings:
        if isinstance(value, Unknown):
            gaps.append((period, value))
            runs = {level: [] for level in runs}
            if open_now is not None:
                open_now = replace(open_now, gaps=(*open_now.gaps, (period, value)))
            levels.append((period, open_now.now if open_now else "none"))
            continue
        for level, threshold in rule.levels.items():
            beyond = _at_least(rule.direction, value, threshold.on)
            runs[level] = [*runs[level], (period, value)][-rule.persistence :] if beyond else []
            if standing[level]:
                standing[level] = _at_least(rule.direction, value, threshold.off)
            else:
                standing[level] = len(runs[level]) == rule.persistence
        gravest = next((level for level in reversed(list(rule.levels)) if standing[level]), None)
        if gravest is None:
            if open_now is not None:
                episodes.append(replace(open_now, closed=period, closing=value))
                open_now = None
        elif open_now is None:
            open_now = Episode(unit, period, tuple(runs[gravest]), ((period, gravest),))
        elif open_now.now != gravest:
            open_now = replace(open_now, levels=(*open_now.levels, (period, gravest)))
        levels.append((period, gravest or "none"))
    if open_now is not None:
        episodes.append(open_now)
    return Warned(tuple(episodes), tuple(levels), tuple(gaps))


def _at_least(direction: Direction, value: Fraction, threshold: Fraction) -> bool:
    """Return whether a value has reached a threshold, or lies beyond it."""
    return value >= threshold if direction == "above" else value <= threshold
