"""Student's t distribution for whole degrees of freedom: probability below a value, and quantile.

Finite trigonometric sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 (odd degrees)
and 26.7.4 (even degrees): no approximation besides rounding, and no library to load for short series.
"""

from math import atan, cos, pi, sin, sqrt

HALVINGS = 200


def t_below(t: float, degrees: int) -> float:
    """Return P(T ≤ t) for ``degrees`` ≥ 1. Raises ValueError for fewer.

    >>> round(t_below(2.920, 2), 4)
    0.95
    """
    if degrees < 1:
        raise ValueError(f"degrees of freedom must be at least 1, not {degrees}")
    angle = atan(t / sqrt(degrees))
    square = cos(angle) ** 2
    if degrees % 2:
        total, term = 0.0, cos(angle)
        for k in range(1, (degrees - 1) // 2 + 1):
            total += term
            term *= square * (2 * k) / (2 * k + 1)
        between = 2 / pi * (angle + sin(angle) * total)
    else:
        total, term = 0.0, 1.0
        for k in range(1, degrees // 2 + 1):
            total += term
            term *= square * (2 * k - 1) / (2 * k)
        between = sin(angle) * total
    return min(1.0, max(0.0, 0.5 + between / 2))


def t_quantile(p: float, degrees: int) -> float:
    """Return the value with probability ``p`` below it, by bisection. Raises ValueError unless 0 < p < 1.

    >>> round(t_quantile(0.9, 2), 3)
    1.886
    """
    if not 0 < p < 1:
        raise ValueError(f"a probability lies between 0 and 1, not {p}")
    if p < 0.5:
        return -t_quantile(1 - p, degrees)
    low, high = 0.0, 1.0
    while t_below(high, degrees) < p:
        low, high = high, high * 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_below(middle, degrees) < p else (low, middle)
    return (low + high) / 2
