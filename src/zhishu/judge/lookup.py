"""A dated list as a table to join: for every combination of keys, when an entry surely or possibly holds it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import narwhals as nw
import numpy as np
import polars as pl

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.dated_list import DatedList, Entry
from zhishu.terms import Text

MISSING = "\x00"
"""Stands in a key column where the fact is missing; no code or name is this character."""
MOST_CELLS = 20_000_000
_EPOCH = date(1970, 1, 1)
_EVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The keys a list is asked with, and for each combination the days on which it surely, or possibly, holds."""

    name: str
    keys: tuple[str, ...]
    on: str | None
    table: pl.DataFrame
    sure: int
    maybe: int

    def key(self, fact: str) -> str:
        """Return the name of the column that holds a key in the table."""
        return f"_k_{self.name}_{fact}"

    def truth(self) -> nw.Expr:
        """Return whether the list holds a row, over the columns of the table once they are joined."""
        surely = [self._in_force("s", i) for i in range(self.sure)]
        perhaps = [self._in_force("m", i) for i in range(self.maybe)]
        held = _any(surely)
        may = _any([p.fill_null(True) for p in perhaps])
        unknown = held.is_null() | may
        return nw.when(held.fill_null(False)).then(nw.lit(True)).when(~unknown).then(nw.lit(False))

    def _in_force(self, sort: str, i: int) -> nw.Expr:
        begins, ends = nw.col(f"_{sort}{i}f_{self.name}"), nw.col(f"_{sort}{i}t_{self.name}")
        if self.on is None:
            return ~begins.is_null()
        day = nw.col(self.on)
        return nw.when(begins.is_null()).then(nw.lit(False)).otherwise((day >= begins) & (day <= ends))


def look_up(dated: DatedList, distinct: Mapping[str, Sequence[str]], today: date) -> Lookup:
    """Return the table of a list over the distinct values of its keys (missing ones are added).

    Raises ZhishuError ``engine-list-wide`` beyond 20 million combinations.
    """
    keys = tuple(m.fact for m in dated.match)
    values = [[*sorted(distinct[k]), MISSING] for k in keys]
    touched: dict[bool, list[tuple[np.ndarray, int, int]]] = {True: [], False: []}
    size = 0
    for entry in dated.entries or ():
        if dated.on is None and not entry.in_force(today):
            continue
        ends = _day(entry.valid_to or _EVER)
        for sure, cells in _cells(dated, entry, values):
            size += len(cells)
            if size > MOST_CELLS:
                raise _wide(dated)
            touched[sure].append((cells, _day(entry.valid_from), ends))
    stretches = {sort: _merged(touched[sure]) for sort, sure in (("s", True), ("m", False))}
    held = np.unique(np.concatenate([cells for layers in stretches.values() for cells, _, _ in layers] or [_NONE]))
    places = np.unravel_index(held, tuple(len(v) for v in values))
    columns: dict[str, pl.Series] = {}
    for k, v, w in zip(keys, values, places, strict=True):
        columns[f"_k_{dated.id}_{k}"] = pl.Series(v, dtype=pl.String).gather(w)
    for sort, layers in stretches.items():
        for i, (cells, begins, finish) in enumerate(layers):
            at = np.searchsorted(held, cells)
            for end, days in (("f", begins), ("t", finish)):
                filled = np.full(len(held), _NEVER, dtype=np.int32)
                filled[at] = days
                column = pl.Series(filled)
                columns[f"_{sort}{i}{end}_{dated.id}"] = column.set(column == _NEVER, None).cast(pl.Date)
    return Lookup(dated.id, keys, dated.on, pl.DataFrame(columns), len(stretches["s"]), len(stretches["m"]))


_NEVER = -(2**31) + 1
_NONE = np.zeros(0, dtype=np.int64)
Layer = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Combinations with one stretch of days each: combinations, first days, last days."""


def _merged(touched: Sequence[tuple[np.ndarray, int, int]]) -> list[Layer]:
    """Return the stretches of each combination, those that overlap or meet joined, in layers of one a combination."""
    if not touched:
        return []
    cells = np.concatenate([c for c, _, _ in touched])
    begins = np.concatenate([np.full(len(c), f, dtype=np.int64) for c, f, _ in touched])
    ends = np.concatenate([np.full(len(c), t, dtype=np.int64) for c, _, t in touched])
    order = np.lexsort((begins, cells))
    cells, begins, ends = cells[order], begins[order], ends[order]
    # a later combination outranks every day of an earlier one, so that one running maximum serves all of them
    far = np.maximum.accumulate(cells * _SPAN + ends)
    fresh = np.ones(len(cells), dtype=bool)
    fresh[1:] = cells[1:] * _SPAN + begins[1:] > far[:-1] + 1
    starts = np.flatnonzero(fresh)
    last = np.append(starts[1:], len(cells)) - 1
    cells, begins, ends = cells[starts], begins[starts], far[last] - cells[starts] * _SPAN
    first = np.ones(len(cells), dtype=bool)
    first[1:] = cells[1:] != cells[:-1]
    place = np.arange(len(cells)) - np.maximum.accumulate(np.where(first, np.arange(len(cells)), 0))
    return [(cells[place == i], begins[place == i], ends[place == i]) for i in range(int(place.max()) + 1)]


_SPAN = 2**23
"""More than the days from 1970 to 9999; days before 1970 count down from zero and stay above its negative."""


def _wide(dated: DatedList) -> ZhishuError:
    what = Text(
        f"名录 {dated.id} 连同数据的键超过 {MOST_CELLS} 种组合",
        f"the list {dated.id} with the keys of the data makes more than {MOST_CELLS} combinations",
    )
    return ZhishuError([Problem("engine-list-wide", dated.id, what, Text("分批判定", "judge in batches"))])


def _cells(dated: DatedList, entry: Entry, values: Sequence[Sequence[str]]) -> list[tuple[bool, np.ndarray]]:
    """Return the combinations an entry surely holds, then those it may hold because a key is missing."""
    ways: list[list[tuple[bool, np.ndarray]]] = []
    for match, key, known in zip(dated.match, entry.keys, values, strict=True):
        last = len(known) - 1
        if key is None:
            ways.append([(True, np.arange(last + 1))])
            continue
        low = bisect_left(known, key, 0, last)
        high = (
            bisect_left(known, f"{key}\U0010ffff", 0, last)
            if match.by == "prefix"
            else bisect_right(known, key, 0, last)
        )
        ways.append([(True, np.arange(low, high)), (False, np.array([last], dtype=np.int64))])
    shape = tuple(len(known) for known in values)
    found = []
    for combination in product(*ways):
        places = [p for _, p in combination]
        if all(len(p) for p in places):
            cells = np.ravel_multi_index(np.ix_(*places), shape).ravel()
            found.append((all(s for s, _ in combination), cells.astype(np.int64)))
    return found


def _day(day: date) -> int:
    return (day - _EPOCH) // timedelta(days=1)


def _any(terms: Sequence[nw.Expr]) -> nw.Expr:
    found = nw.lit(False)
    for term in terms:
        found = found | term
    return found
