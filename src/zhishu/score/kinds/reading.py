"""What a kind reads of a unit: a number, or a whole number; anything else is unknown with its reason."""

from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown


def number(value: Value) -> Fraction | Unknown:
    """Return an exact number; an unknown stays as it is, a word, a date or a yes is none.

    >>> number(Fraction(1, 2)), number(True)
    (Fraction(1, 2), Unknown(reason='domain', detail='not a number'))
    """
    return value if isinstance(value, Fraction | Unknown) else Unknown("domain", "not a number")


def counted(value: Value, least: int) -> Fraction | Unknown:
    """Return a whole number of at least ``least``, such as a place (1) or a number of answers (0).

    >>> counted(Fraction(3), 1)
    Fraction(3, 1)
    >>> counted(Fraction(1, 2), 0).say().zh
    '函数定义域之外（须为不小于0的整数）'
    """
    found = number(value)
    if isinstance(found, Unknown) or (found.denominator == 1 and found >= least):
        return found
    return Unknown("domain", f"须为不小于{least}的整数", f"must be a whole number of at least {least}")


def clip(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """Return the value, cut off at both ends.

    >>> clip(Fraction(120), Fraction(0), Fraction(100))
    Fraction(100, 1)
    """
    return max(low, min(high, value))
