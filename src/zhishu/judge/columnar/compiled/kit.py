"""The compiled way of judging by column."""

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.judge.columnar import arrow, kit
from zhishu.judge.columnar.compiled import loops
from zhishu.judge.columnar.compiled.logic import conclude, recorded
from zhishu.judge.columnar.compiled.sums import told
from zhishu.judge.columnar.lists import spoken_of
from zhishu.judge.columnar.planes import Planes, Words, absent, packed
from zhishu.judge.columnar.words import Coded, Codes
from zhishu.judge.columnar.words import coded as engine_coded
from zhishu.judge.laid import Laid
from zhishu.judge.register import Plan

FEW_WORDS, MOST_WORDS = 1 << 11, 1 << 15
"""Distinct words that room is made for at first, and then; a column of more is left to the engine."""


def coded(column: pl.Series) -> Coded:
    """Return a column of words by number.

    >>> coded(pl.Series(["青神县", None, "沐川县第二产业园区", "青神县"])).codes.tolist()
    [1, 0, 2, 1]
    """
    codes = np.empty(len(column), dtype=np.uint16)
    if column.null_count() == len(column):
        codes[:] = 0
        return Coded((), codes)
    known = ~absent(column)
    with arrow.lent(column) as array:
        held = arrow.views(array), *arrow.spilled(array), known
        for most in (FEW_WORDS, MOST_WORDS):
            firsts = np.empty(most, dtype=np.int64)
            count = loops.number_words(*held, np.zeros((2 * most, 4), dtype=np.uint64), codes, firsts)
            if count >= 0:
                return Coded(tuple(column.gather(firsts[:count]).to_list()), codes)
    return engine_coded(column)


def spread(bytes_: npt.NDArray[np.uint8], codes: Codes, parts: int) -> list[Words]:
    """Return the first bits of the byte of each row's number as planes.

    >>> [p.tolist() for p in spread(np.array([0, 3, 2], dtype=np.uint8), np.array([1, 0, 2], dtype=np.uint16), 2)]
    [[1], [5]]
    """
    out = np.empty((parts, -(-len(codes) // 64)), dtype=np.uint64)
    loops.spread_bytes(bytes_, codes, out)
    return list(out)


def listed(laid: Laid, columns: Mapping[str, Coded], days: pl.Series | None) -> Planes[Words]:
    """Return the planes of a list over keys by number, as ``lists.listed`` does."""
    rows = len(next(iter(columns.values())).codes)
    cells = np.zeros(rows, dtype=np.int32)
    for key in laid.keys:
        loops.add_class(key.of(columns[key.fact].words), key.size(), columns[key.fact].codes, cells)
    out = np.empty((2, -(-rows // 64)), dtype=np.uint64)
    room = np.empty((2, 64), dtype=np.int32)
    with ExitStack() as held:
        day, known = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint64)
        if days is not None and rows:
            known = ~absent(days)
            day = arrow.days(held.enter_context(arrow.lent(days.cast(pl.Date))))
        loops.look_up(cells, laid.places, day, known, days is not None, laid.stretches, laid.surely, out, *room)
    may = out[1] if laid.speaks is None else out[1] | ~packed(spoken_of(laid.speaks, days, rows))
    return Planes(out[0], may)


def compiled(plan: Plan) -> kit.Kit:
    """Return the compiled way for a plan, its logic written down."""
    return kit.Kit(0, coded, spread, told, listed, partial(conclude, recorded(plan)))
