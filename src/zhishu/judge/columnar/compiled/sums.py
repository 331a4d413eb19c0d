"""Plain questions asked of the numbers where they stand."""

from collections.abc import Mapping
from contextlib import ExitStack

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.judge.columnar import arrow, kit
from zhishu.judge.columnar.compiled import loops
from zhishu.judge.columnar.numbers import Plain, Quotient, Same, Sum, Within
from zhishu.judge.columnar.planes import Planes, Words, planes_of


def told(asked: Mapping[int, Plain], frame: pl.DataFrame, missing: Mapping[str, Words]) -> dict[int, Planes[Words]]:
    """Return the planes of plain questions; words beside a written one are asked of the engine."""
    sums = {i: q for i, q in asked.items() if isinstance(q, Sum | Quotient | Within)}
    facts = {i: planes_of(frame[q]) for i, q in asked.items() if isinstance(q, str)}
    rest = {i: q for i, q in asked.items() if isinstance(q, Same)}
    found = facts | (kit.told(rest, frame, missing) if rest else {})
    with ExitStack() as held:
        columns = {
            fact: arrow.numbers(held.enter_context(arrow.lent(frame[fact].cast(pl.Int64))))
            for fact in sorted({f for q in sums.values() for f in _facts(q)})
            if len(frame)
        }
        return found | {i: _asked(q, columns, missing, len(frame)) for i, q in sums.items()}


def _facts(asked: Sum | Quotient | Within) -> list[str]:
    match asked:
        case Sum(times):
            return [f for f, _ in times]
        case Quotient(crossed):
            return _facts(crossed)
        case Within(inside):
            return _facts(inside)


def _asked(
    asked: Sum | Quotient | Within,
    columns: Mapping[str, npt.NDArray[np.int64]],
    missing: Mapping[str, Words],
    rows: int,
) -> Planes[Words]:
    unknown = np.zeros(-(-rows // 64), dtype=np.uint64)
    for fact in _facts(asked):
        unknown |= missing[fact]
    match asked:
        case Quotient(crossed, divisor):
            unknown |= _compared(Sum(((divisor, 1),), "==", 0), columns, rows)
            holds = fits = _compared(crossed, columns, rows)
        case Within(inside, outside):
            holds, fits = _compared(inside, columns, rows), ~_compared(outside, columns, rows)
        case Sum():
            holds = fits = _compared(asked, columns, rows)
    return Planes(holds & ~unknown, fits | unknown)


def _compared(asked: Sum, columns: Mapping[str, npt.NDArray[np.int64]], rows: int) -> Words:
    """Return where a sum of whole numbers stands to its limit; of a row with a missing number it may be either."""

    def reaches(limit: int) -> Words:
        out = np.zeros(-(-rows // 64), dtype=np.uint64)
        if rows:
            terms = [(columns[f], n) for f, n in asked.times]
            if len(terms) == 1:
                loops.at_least(*terms[0], limit, out)
            else:
                loops.sum_at_least(*terms[0], *terms[1], limit, out)
        return out

    match asked.op:
        case ">=":
            return reaches(asked.limit)
        case ">":
            return reaches(asked.limit + 1)
        case "<":
            return ~reaches(asked.limit)
        case "<=":
            return ~reaches(asked.limit + 1)
        case "==":
            return reaches(asked.limit) & ~reaches(asked.limit + 1)
        case _:
            return ~reaches(asked.limit) | reaches(asked.limit + 1)
