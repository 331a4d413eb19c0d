"""Numbers for people: rounded half up, as every printed figure of the product is."""

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction, digits: int) -> str:
    """Return a number rounded half up with thousands separated by commas.

    >>> rounded(Fraction(5675045, 100), 1)
    '56,750.5'
    """
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{Decimal(whole).scaleb(-digits):,.{digits}f}"
    return f"−{text}" if value < 0 and whole else text
