"""Questions on whole numbers asked in whole numbers: a quotient by cross products, a measurement by sums.

Only where the numbers are small enough that nothing overflows, and that the float engine would say the same; the rest
is left to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from zhishu.formula.tree import Binary, Call, Compare, Name, Node, Number, Word, names
from zhishu.judge.ruleset import RuleSet

MOST = 2**40
"""Larger numbers are left to the engine."""
FINE = 10**11
"""Two unlike quotients whose cross products stay below this differ by far more than floats do."""
_OPS = {"<": pl.Expr.lt, "<=": pl.Expr.le, ">": pl.Expr.gt, ">=": pl.Expr.ge, "==": pl.Expr.eq, "!=": pl.Expr.ne}


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of a column of whole numbers."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns of whole numbers, each so many times, beside a limit."""

    times: tuple[tuple[str, int], ...]
    op: str
    limit: int


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient asked by its cross products; where the divisor is zero it is unknown."""

    crossed: Sum
    divisor: str


@dataclass(frozen=True, slots=True)
class Within:
    """A measurement with its error: surely inside, or surely outside, else unknown."""

    inside: Sum
    outside: Sum


@dataclass(frozen=True, slots=True)
class Same:
    """A word beside a written one."""

    fact: str
    op: str
    word: str


Plain = str | Same | Sum | Quotient | Within
"""A question that is asked of the columns as they stand: a fact that is yes or no is its own question."""


def plain(rules: RuleSet, frame: pl.DataFrame, atoms: Sequence[int]) -> dict[int, Plain]:
    """Return the questions that can be asked plainly of this table."""
    nodes = {i: rules.skeleton.atoms[i].node for i in atoms if rules.skeleton.atoms[i].list is None}
    ranges = ranges_of(frame, sorted(frozenset().union(*(names(n) for n in nodes.values()))) if nodes else [])
    kinds = dict(frame.schema)
    return {i: asked for i, node in nodes.items() if (asked := plainly(node, kinds, ranges)) is not None}


def ranges_of(frame: pl.DataFrame, facts: Sequence[str]) -> dict[str, Range]:
    """Return the least and the most of each column of whole numbers that are small enough."""
    kinds = dict(frame.schema)
    whole = [f for f in facts if f in kinds and kinds[f].is_integer()]
    ends = frame.lazy().select(
        *(pl.col(f).min().alias(f"<{f}") for f in whole), *(pl.col(f).max().alias(f">{f}") for f in whole)
    )
    row = ends.collect().row(0, named=True) if whole and len(frame) else {}
    found = {f: Range(row[f"<{f}"] or 0, row[f">{f}"] or 0) for f in whole if row}
    return {f: r for f, r in found.items() if r.least > -MOST and r.most < MOST}


def plainly(node: Node, kinds: Mapping[str, pl.DataType], ranges: Mapping[str, Range]) -> Plain | None:
    """Return a question over the columns as they stand, or None where the engine has to be asked."""
    match node:
        case Name(fact) if kinds.get(fact) == pl.Boolean:
            return fact
        case Compare("==" | "!=" as op, Name(fact), Word(word)) if kinds.get(fact) == pl.String:
            return Same(fact, op, word)
        case Compare(op, Name(fact), Number(value, None)) if fact in ranges and _small(value):
            return Sum(((fact, value.denominator),), op, value.numerator)
        case Compare(op, Binary("/", Name(a), Name(b)), Number(value, None)) if (
            a in ranges and b in ranges and ranges[b].least >= 0 and _small(value, ranges[b].most)
        ):
            # the divisor is above zero, so the cross products stand as the quotient does
            return Quotient(Sum(((a, value.denominator), (b, -value.numerator)), op, 0), b)
        case Call("within", (Name(length), Name(error), Number(limit, None))) if (
            length in ranges
            and error in ranges
            and ranges[error].least >= 0
            and _small(limit)
            and limit.denominator == 1
        ):
            inside = Sum(((length, 1), (error, 1)), "<=", limit.numerator)
            return Within(inside, Sum(((length, 1), (error, -1)), ">", limit.numerator))
        case _:
            return None


def expression(asked: Plain) -> pl.Expr:
    """Return a question as an expression, null exactly where it is unknown."""
    match asked:
        case Same(fact, op, word):
            return _OPS[op](pl.col(fact), pl.lit(word))
        case Sum(times, op, limit):
            terms = [pl.col(f).cast(pl.Int64) * n if n != 1 else pl.col(f).cast(pl.Int64) for f, n in times]
            total = terms[0]
            for term in terms[1:]:
                total = total + term
            return _OPS[op](total, pl.lit(limit, pl.Int64))
        case Quotient(crossed, divisor):
            return pl.when(pl.col(divisor) != 0).then(expression(crossed))
        case Within(inside, outside):
            return pl.when(expression(inside)).then(True).when(expression(outside)).then(False)
        case fact:
            return pl.col(fact)


def _small(value: Fraction, times: int = 1) -> bool:
    """Return whether products with a written number neither overflow nor come near the tolerance of floats."""
    return value.denominator < 10**6 and abs(value.numerator) * max(1, times) < FINE
