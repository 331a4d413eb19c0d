"""Parameters that make sense: exact numbers, in order, with a direction; otherwise words that say what is wrong."""

from fractions import Fraction
from typing import Literal

from zhishu.terms import Text

Better = Literal["higher", "lower"]
POINT = Fraction(1, 100)
"""One percentage point in base units (60 % is 3/5)."""


class Senseless(ValueError):
    """A parameter that makes no sense: its name, and why in both languages.

    >>> str(Senseless("cap", Text("封顶须大于零", "must be above zero")))
    'cap: must be above zero'
    """

    def __init__(self, parameter: str, say: Text) -> None:
        super().__init__(f"{parameter}: {say.en}")
        self.parameter = parameter
        self.say = say


def need(holds: bool, parameter: str, zh: str, en: str) -> None:
    """Raise Senseless unless the condition holds.

    >>> need(True, "cap", "封顶须大于零", "must be above zero")
    """
    if not holds:
        raise Senseless(parameter, Text(zh, en))


def exact(**numbers: object) -> None:
    """Raise Senseless for a number that is not a Fraction: a float or an int would lose exactness when divided.

    >>> exact(full=Fraction(100))
    """
    for name, number in numbers.items():
        need(isinstance(number, Fraction), name, "须为精确的分数", "must be an exact number (Fraction)")


def above_zero(**numbers: Fraction) -> None:
    """Raise Senseless for a number that is not an exact one above zero.

    >>> above_zero(step=Fraction(1, 10))
    """
    exact(**numbers)
    for name, number in numbers.items():
        need(number > 0, name, "须大于零", "must be above zero")


def direction(better: str) -> None:
    """Raise Senseless unless more or less is said to be better.

    >>> direction("lower")
    """
    need(better in ("higher", "lower"), "better", "须为 higher 或 lower", "must be higher or lower")


def whole(least: int, /, **counts: object) -> None:
    """Raise Senseless for a count that is not a whole number of at least ``least``.

    >>> whole(1, experts=5)
    """
    for name, count in counts.items():
        fine = isinstance(count, int) and not isinstance(count, bool) and count >= least
        need(fine, name, f"须为不小于{least}的整数", f"must be a whole number of at least {least}")
