"""Expert marks: the mean without the highest and lowest, if there are experts enough, with the spread told."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import number
from zhishu.score.kinds.sense import above_zero, exact, need, whole


@dataclass(frozen=True, slots=True)
class Expert:
    """At least ``least`` marks from ``low`` to ``high``; the ``trim`` highest and lowest are left out of the mean.

    Raises Senseless where trimming could leave no mark, or where low is not below high.

    >>> Expert(least=5).trim
    1
    """

    least: int
    trim: int = 1
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)
    full: Fraction = Fraction(100)

    def __post_init__(self) -> None:
        whole(1, least=self.least)
        whole(0, trim=self.trim)
        need(self.least > 2 * self.trim, "trim", "去掉之后须有余分", "must leave at least one mark of the least number")
        exact(low=self.low, high=self.high)
        need(self.low < self.high, "high", "须高于最低分", "must be above the lowest mark")
        above_zero(full=self.full)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel says: the points, how many marks there were, and the lowest and highest of all, none left out.

    >>> Panel(Fraction(80), 5, Fraction(60), Fraction(90)).spread
    Fraction(30, 1)
    """

    points: Value
    marks: int
    lowest: Fraction | None = None
    highest: Fraction | None = None

    @property
    def spread(self) -> Fraction | None:
        """Return highest − lowest in the unit of the marks; none where the points are unknown."""
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest


def expert(marks: Sequence[Value], how: Expert) -> Value:
    """Return the points of a panel, from 0 to ``full``: see ``panel``.

    >>> expert([Fraction(mark) for mark in (60, 80, 82, 84, 100)], Expert(least=5))
    Fraction(82, 1)
    """
    return panel(marks, how).points


def panel(marks: Sequence[Value], how: Expert) -> Panel:
    """Return ``full · (trimmed mean − low) / (high − low)`` with the spread of all marks.

    ``marks`` holds one mark an expert; one who gave none is left off by the caller, a mark nobody can state makes the
    points unknown, and so do fewer marks than the least or a mark outside the range. Order-free.
    Source: a score kind of the provincial schemes surveyed; least number and trimming are illustrative.

    >>> said = panel([Fraction(mark) for mark in (60, 80, 82, 84, 100)], Expert(least=5))
    >>> str(said.points), str(said.spread)
    ('82', '40')
    """
    count, known = len(marks), []
    for mark in marks:
        found = number(mark)
        if isinstance(found, Unknown):
            return Panel(found, count)
        if not how.low <= found <= how.high:
            return Panel(Unknown("domain", f"分数{found}越界", f"the mark {found} is outside the range"), count)
        known.append(found)
    if count < how.least:
        few = Unknown("empty", f"专家{count}人，不足{how.least}人", f"{count} experts, fewer than {how.least}")
        return Panel(few, count)
    known.sort()
    kept = known[how.trim : count - how.trim]
    mean = sum(kept, Fraction(0)) / len(kept)
    return Panel(how.full * (mean - how.low) / (how.high - how.low), count, known[0], known[-1])
