"""How far a value falls short of a line, and how many steps that is."""

from fractions import Fraction
from math import ceil, floor
from typing import Literal

from zhishu.score.kinds.sense import Better, need

Count = Literal["part", "begun", "whole"]


def counting(count: str) -> None:
    """Raise Senseless unless it is said how a step that is not full counts.

    >>> counting("part")
    """
    known = count in ("part", "begun", "whole")
    need(known, "count", "须为 part、begun 或 whole", "must be part, begun or whole")


def shortfall(value: Fraction, line: Fraction, better: Better) -> Fraction:
    """Return how far a value lies on the wrong side of a line, 0 on it and on the right side.

    >>> shortfall(Fraction(7), Fraction(10), "higher"), shortfall(Fraction(7), Fraction(10), "lower")
    (Fraction(3, 1), Fraction(0, 1))
    """
    return max(Fraction(0), line - value if better == "higher" else value - line)


def steps(distance: Fraction, step: Fraction, count: Count) -> Fraction:
    """Return the steps in a distance: in proportion, each step begun, or only whole steps.

    >>> [str(steps(Fraction(5, 2), Fraction(1), count)) for count in ("part", "begun", "whole")]
    ['5/2', '3', '2']
    """
    found = distance / step
    if count == "part":
        return found
    return Fraction(ceil(found) if count == "begun" else floor(found))
