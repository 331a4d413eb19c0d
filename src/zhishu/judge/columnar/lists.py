"""Dated lists asked by column: where each row's keys stand, and what is in force there on its day."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.judge.columnar.planes import Planes, Words, packed
from zhishu.judge.columnar.words import Coded
from zhishu.judge.laid import NEVER, Days, Laid


def listed(laid: Laid, columns: Mapping[str, Coded], days: pl.Series | None) -> Planes[Words]:
    """Return the planes of a list over keys by number, on the days of a column, or on the day it was laid out for."""
    cells = np.zeros(len(next(iter(columns.values())).codes), dtype=np.int32)
    for key in laid.keys:
        classes = key.of(columns[key.fact].words)
        cells = cells * np.int32(key.size()) + np.take(classes, columns[key.fact].codes)
    rows = np.take(laid.places, cells)
    hit = np.flatnonzero(rows >= 0)
    at = rows[hit]
    day = None if days is None else _numbered(days)[hit]
    surely, ever = _in_force(laid.stretches[:, : laid.surely], at, day)
    perhaps, sometime = _in_force(laid.stretches[:, laid.surely :], at, day)
    if day is not None:
        # an unknown day may be any: what would surely hold on it may hold
        perhaps |= (ever | sometime) & (day == NEVER)
    sure, may = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    sure[hit], may[hit] = surely, surely | perhaps
    if laid.speaks is not None:
        may |= ~spoken_of(laid.speaks, days, len(rows))
    return Planes(packed(sure), packed(may))


def _in_force(
    stretches: Days, at: npt.NDArray[np.int32], day: npt.NDArray[np.int32] | None
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which places of a list have an entry in force on their day, and which have one on some day.

    Of a missing day nothing is in force.
    """
    found, ever = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    places = np.arange(len(at))
    for layer in range(stretches.shape[1]):
        begins, ends = stretches[:, layer, 0], stretches[:, layer, 1]
        first = np.take(begins, at)
        has = np.flatnonzero(first > NEVER)
        at, first, places = at[has], first[has], places[has]
        ever[places] = True
        if day is not None:
            day = day[has]
            found[places] |= (day >= first) & (day <= np.take(ends, at))
    return (ever.copy(), ever) if day is None else (found, ever)


def spoken_of(stretches: Sequence[tuple[int, int]], days: pl.Series | None, rows: int) -> npt.NDArray[np.bool_]:
    """Return whether a list speaks of the day of each row; of a missing day it does not."""
    if days is None:
        return np.full(rows, bool(stretches))
    found = np.zeros(rows, dtype=bool)
    day = _numbered(days)
    for begins, ends in stretches:
        found |= (day >= begins) & (day <= ends)
    return found


def _numbered(days: pl.Series) -> Days:
    """Return days counted from 1970, ``NEVER`` where they are missing."""
    return days.to_physical().cast(pl.Int32).fill_null(int(NEVER)).to_numpy()
