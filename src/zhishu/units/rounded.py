"""Numbers for people: rounded half up, as every printed figure of the product is."""

from fractions import Fraction


def rounded(value: Fraction, digits: int) -> str:
    """Return a number rounded half up with thousands separated by commas.

    >>> rounded(Fraction(5675045, 100), 1)
    '56,750.5'
    """
    power = 10**digits
    whole = (2 * abs(value.numerator) * power + value.denominator) // (2 * value.denominator)
    text = f"{whole // power:,}.{whole % power:0{digits}d}" if digits else f"{whole:,}"
    return f"−{text}" if value < 0 and whole else text
