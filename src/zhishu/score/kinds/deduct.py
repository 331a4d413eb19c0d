"""Deduct to zero: a control indicator starts full and loses points for each step beyond a line."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import number
from zhishu.score.kinds.sense import Better, above_zero, direction, exact
from zhishu.score.kinds.steps import Count, counting, shortfall, steps


@dataclass(frozen=True, slots=True)
class Deduct:
    """``full`` points up to ``line``; ``loss`` points less for each ``step`` beyond it, in the unit of the value.

    Raises Senseless for a step, a loss or full points not above zero.

    >>> Deduct(full=Fraction(5), line=Fraction(0), step=Fraction(1), loss=Fraction(2)).better
    'lower'
    """

    full: Fraction
    line: Fraction
    step: Fraction
    loss: Fraction
    better: Better = "lower"
    count: Count = "part"

    def __post_init__(self) -> None:
        exact(line=self.line)
        above_zero(full=self.full, step=self.step, loss=self.loss)
        direction(self.better)
        counting(self.count)


def deduct(value: Value, how: Deduct) -> Value:
    """Return ``full − loss · steps beyond the line``, from 0 to ``full`` points. Continuous where steps count in part.

    Source: the control indicators of Jiangxi 2012, which start full and deduct to zero, and its air quality, 2 points
    less a grade; the full points here are illustrative.

    >>> air = Deduct(full=Fraction(5), line=Fraction(2), step=Fraction(1), loss=Fraction(2))
    >>> [str(deduct(Fraction(grade), air)) for grade in (1, 2, 3, 4, 5)]
    ['5', '5', '3', '1', '0']
    """
    x = number(value)
    if isinstance(x, Unknown):
        return x
    beyond = steps(shortfall(x, how.line, how.better), how.step, how.count)
    return max(Fraction(0), how.full - how.loss * beyond)
