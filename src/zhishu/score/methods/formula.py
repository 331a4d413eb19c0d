"""Formulas as data: written once, printed as plain text here and as MathML by the pages.

A line is words and shapes in order. In words, tokens stand apart by spaces, ``x_ij`` has a subscript and ``x^2`` a
superscript.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fraction:
    """One line over another."""

    over: "Line"
    under: "Line"


@dataclass(frozen=True, slots=True)
class Root:
    """The square root of a line."""

    of: "Line"


@dataclass(frozen=True, slots=True)
class Power:
    """A line to the power of another; the line is put in brackets."""

    base: "Line"
    exponent: "Line"


Shape = Fraction | Root | Power
Line = str | Shape | tuple[str | Shape, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """One sign of a line with what stands below and above it, blank for nothing."""

    sign: str
    below: str = ""
    above: str = ""


_TOKEN = re.compile(r"([^\W\d_]+|\d+(?:\.\d+)?|\S)(?:_([^\W_]+))?(?:\^([^\W_]+))?")


def tokens(words: str) -> Iterator[Token]:
    """Yield the signs of words in order.

    >>> [t.sign for t in tokens("2 x_ij − 1.5")], next(tokens("x_ij^2"))
    (['2', 'x', '−', '1.5'], Token(sign='x', below='ij', above='2'))
    """
    for found in _TOKEN.finditer(words):
        yield Token(found[1], found[2] or "", found[3] or "")


def parts(line: Line) -> tuple[str | Shape, ...]:
    """Return the words and shapes of a line in order."""
    return line if isinstance(line, tuple) else (line,)


def plain(line: Line) -> str:
    """Return a line as plain text.

    >>> plain(("y =", Fraction("x − min x", "max x − min x"), "· 100"))
    'y = (x − min x) / (max x − min x) · 100'
    >>> plain(("s =", Root(("V +", Fraction("1", "n")))))
    's = √(V + 1 / n)'
    """
    said = " ".join(_plain(part) for part in parts(line))
    return re.sub(r"(?<=[({]) | (?=[)},;])", "", said)


def _plain(part: str | Shape) -> str:
    match part:
        case Fraction(over, under):
            return f"{_bracketed(over)} / {_bracketed(under)}"
        case Root(of):
            return f"√({plain(of)})"
        case Power(base, exponent):
            return f"({plain(base)})^{_bracketed(exponent)}"
    return part


def _bracketed(line: Line) -> str:
    """Return a line in brackets unless it is a single sign or root."""
    said = plain(line)
    single = isinstance(line, Root) or (isinstance(line, str) and not set(said) & set(" /"))
    return said if single else f"({said})"
