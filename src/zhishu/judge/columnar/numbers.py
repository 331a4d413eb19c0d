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
class _Range:
    least: int
    most: int


def plain(rules: RuleSet, frame: pl.DataFrame, atoms: Sequence[int]) -> dict[int, pl.Expr]:
    """Return the questions that can be asked plainly of this table, each null exactly where it is unknown."""
    nodes = {i: rules.skeleton.atoms[i].node for i in atoms if rules.skeleton.atoms[i].list is None}
    ranges = ranges_of(frame, sorted(frozenset().union(*(names(n) for n in nodes.values()))) if nodes else [])
    kinds = dict(frame.schema)
    found: dict[int, pl.Expr] = {}
    for i, node in nodes.items():
        made = plainly(node, kinds, ranges)
        if made is not None:
            found[i] = made
    return found


def ranges_of(frame: pl.DataFrame, facts: Sequence[str]) -> dict[str, _Range]:
    """Return the least and the most of each column of whole numbers that are small enough."""
    kinds = dict(frame.schema)
    whole = [f for f in facts if f in kinds and kinds[f].is_integer()]
    ends = frame.lazy().select(
        *(pl.col(f).min().alias(f"<{f}") for f in whole), *(pl.col(f).max().alias(f">{f}") for f in whole)
    )
    row = ends.collect().row(0, named=True) if whole and len(frame) else {}
    found = {f: _Range(row[f"<{f}"] or 0, row[f">{f}"] or 0) for f in whole if row}
    return {f: r for f, r in found.items() if r.least > -MOST and r.most < MOST}


def plainly(node: Node, kinds: Mapping[str, pl.DataType], ranges: Mapping[str, _Range]) -> pl.Expr | None:
    """Return a question over the columns as they stand, or None where the engine has to be asked."""
    match node:
        case Name(fact) if kinds.get(fact) == pl.Boolean:
            return pl.col(fact)
        case Compare("==" | "!=" as op, Name(fact), Word(word)) if kinds.get(fact) == pl.String:
            return _OPS[op](pl.col(fact), pl.lit(word))
        case Compare(op, Name(fact), Number(value, None)) if fact in ranges and _small(value):
            return _OPS[op](_whole(fact) * value.denominator, pl.lit(value.numerator, pl.Int64))
        case Compare(op, Binary("/", Name(a), Name(b)), Number(value, None)) if (
            a in ranges and b in ranges and ranges[b].least >= 0 and _small(value, ranges[b].most)
        ):
            # the divisor is above zero, so the cross products stand as the quotient does
            crossed = _OPS[op](_whole(a) * value.denominator, _whole(b) * value.numerator)
            return pl.when(_whole(b) != 0).then(crossed) if ranges[b].least == 0 else crossed
        case Call("within", (Name(length), Name(error), Number(limit, None))) if (
            length in ranges
            and error in ranges
            and ranges[error].least >= 0
            and _small(limit)
            and limit.denominator == 1
        ):
            most = pl.lit(limit.numerator, pl.Int64)
            inside, outside = _whole(length) + _whole(error) <= most, _whole(length) - _whole(error) > most
            return pl.when(inside).then(True).when(outside).then(False)
        case _:
            return None


def _whole(fact: str) -> pl.Expr:
    return pl.col(fact).cast(pl.Int64)


def _small(value: Fraction, times: int = 1) -> bool:
    """Return whether products with a written number neither overflow nor come near the tolerance of floats."""
    return value.denominator < 10**6 and abs(value.numerator) * max(1, times) < FINE
