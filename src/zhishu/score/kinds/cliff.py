"""Cliff: points lost at once when a line is missed by anything, and more for each step further."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import number
from zhishu.score.kinds.sense import POINT, Better, above_zero, direction, exact, need
from zhishu.score.kinds.steps import Count, counting, shortfall, steps


@dataclass(frozen=True, slots=True)
class Cliff:
    """``full`` points on the right side of ``line``; missed, ``at_once`` less and ``loss`` less for each ``step``.

    Line and step are in the unit of the value. Full points of 0 with a floor below it make an item that only takes away.
    Raises Senseless for points at once below zero, a step or a loss not above it, or a floor not below the full points.

    >>> Cliff(full=Fraction(0), line=Fraction(0), floor=Fraction(-9)).at_once
    Fraction(3, 1)
    """

    full: Fraction
    line: Fraction
    at_once: Fraction = Fraction(3)
    step: Fraction = POINT
    loss: Fraction = Fraction(3)
    floor: Fraction = Fraction(0)
    better: Better = "lower"
    count: Count = "whole"

    def __post_init__(self) -> None:
        exact(full=self.full, line=self.line, at_once=self.at_once, floor=self.floor)
        above_zero(step=self.step, loss=self.loss)
        need(self.at_once >= 0, "at_once", "不得为负", "must not be below zero")
        need(self.floor < self.full, "floor", "须低于满分", "must be below the full points")
        direction(self.better)
        counting(self.count)


def cliff(value: Value, how: Cliff) -> Value:
    """Return ``full − at_once − loss · steps``, from ``floor`` to ``full`` points; a jump at the line unless at once is 0.

    Source: Jiangxi 2012. Farmland out of balance: −3 at once and −3 per further 1 % (that only a whole 1 % counts is our
    reading, see ``count``). Share of services: full for one point gained, −1 per 0.1 point short. Full points and floors
    are illustrative.

    >>> farmland = Cliff(full=Fraction(10), line=Fraction(0))  # the value: the share by which the balance is missed
    >>> [str(cliff(Fraction(missed, 1000), farmland)) for missed in (0, 1, 10, 25, 90)]
    ['10', '7', '4', '1', '0']
    >>> services = Cliff(Fraction(10), POINT, Fraction(0), POINT / 10, Fraction(1), better="higher", count="part")
    >>> [str(cliff(Fraction(gained, 1000), services)) for gained in (12, 10, 7, -5)]
    ['10', '10', '7', '0']
    """
    x = number(value)
    if isinstance(x, Unknown):
        return x
    short = shortfall(x, how.line, how.better)
    if short == 0:
        return how.full
    return max(how.floor, how.full - how.at_once - how.loss * steps(short, how.step, how.count))
