"""Scales, round ticks and the width of a line of text."""

import math
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from a span of values to a span of pixels.

    >>> Scale(2010, 2020, 0, 100).at(2015)
    50.0
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round values that cover the span, about as many as asked.

    >>> ticks(33.4, 56)
    (30.0, 35.0, 40.0, 45.0, 50.0, 55.0, 60.0)
    >>> ticks(5, 5)
    (4.0, 5.0, 6.0)
    """
    # the smallest numbers cannot be cut into parts
    if (high - low) / max(about, 1) <= 0:
        return (low - 1.0, float(low), low + 1.0)
    raw = (high - low) / max(about, 1)
    unit = 10.0 ** math.floor(math.log10(raw))
    step = min((m * unit for m in (1, 2, 2.5, 5, 10)), key=lambda s: abs(math.log(s / raw)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def text_width(words: str, size: float) -> float:
    """Return the width of a line in pixels: Chinese letters are square, others about half.

    >>> text_width("成都 79.5", 12)
    51.42
    """
    em = 0.0
    for letter in words:
        if unicodedata.east_asian_width(letter) in "WF":
            em += 1
        elif letter in "MW%@mw":
            em += 0.86
        elif letter in " .,:;'|il·":
            em += 0.28
        else:
            em += 0.575
    return round(em * size, 2)
