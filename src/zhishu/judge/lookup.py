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
    days: tuple[tuple[date, date], ...] | None = None
    """The stretches of days the list speaks of; None for all."""

    def key(self, fact: str) -> str:
        """Return the name of the column that holds a key in the table."""
        return f"_k_{self.name}_{fact}"

    def truth(self) -> nw.Expr:
        """Return whether the list holds a row, over the columns of the table once they are joined."""
        surely = [self._in_force("s", i) for i in range(self.sure)]
        perhaps = [self._in_force("m", i) for i in range(self.maybe)]
        held = any_of(surely)
        may = any_of([p.fill_null(True) for p in perhaps])
        unknown = held.is_null() | may
        return nw.when(held.fill_null(False)).then(nw.lit(True)).when(~unknown & self._covered()).then(nw.lit(False))

    def _covered(self) -> nw.Expr:
        """Return whether the list speaks of the day of a row."""
        if self.days is None or self.on is None:
            return nw.lit(self.days is None or bool(self.days))
        day = nw.col(self.on)
        return any_of([(day >= begins) & (day <= ends) for begins, ends in self.days])

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
    entries = [e for e in dated.entries or () if dated.on is not None or e.in_force(today)]
    stretches = {sort: _merged(_touched(dated, entries, values, sure)) for sort, sure in (("s", True), ("m", False))}
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
    covered = (
        None if dated.covers == "always" else tuple(sorted({(e.valid_from, e.valid_to or _EVER) for e in entries}))
    )
    return Lookup(dated.id, keys, dated.on, pl.DataFrame(columns), len(stretches["s"]), len(stretches["m"]), covered)


_NEVER = -(2**31) + 1
_NONE = np.zeros(0, dtype=np.int64)
Layer = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Combinations with one stretch of days each: combinations, first days, last days; or three other arrays in step."""


def _merged(touched: tuple[np.ndarray, np.ndarray, np.ndarray]) -> list[Layer]:
    """Return the stretches of each combination, those that overlap or meet joined, in layers of one a combination."""
    cells, begins, ends = touched
    if not len(cells):
        return []
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


def wide(dated: DatedList) -> ZhishuError:
    """Return the error for a list that would be laid out over too many combinations."""
    what = Text(
        f"名录 {dated.id} 连同数据的键超过 {MOST_CELLS} 种组合",
        f"the list {dated.id} with the keys of the data makes more than {MOST_CELLS} combinations",
    )
    return ZhishuError([Problem("engine-list-wide", dated.id, what, Text("分批判定", "judge in batches"))])


def _touched(
    dated: DatedList, entries: Sequence[Entry], values: Sequence[Sequence[str]], sure: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the combinations that entries surely hold, or may hold because a key is missing or coarse, with their days."""
    ranges = [
        (*_ranges(keys, known, m.by), *_doubtful(keys, known, m.by))
        for m, known, keys in (
            (m, known, [e.keys[i] for e in entries])
            for i, (m, known) in enumerate(zip(dated.match, values, strict=True))
        )
    ]
    begins = np.array([day_number(e.valid_from) for e in entries], dtype=np.int64)
    ends = np.array([day_number(e.valid_to or _EVER) for e in entries], dtype=np.int64)
    cells, owners = [_NONE], [_NONE]
    for way in product((True, False), repeat=len(ranges)):
        if all(way) != sure:
            continue
        owner = np.arange(len(entries))
        cell = np.zeros(len(entries), dtype=np.int64)
        for given, (low, high, starts, sizes, doubtful), known in zip(way, ranges, values, strict=True):
            if given:
                starts, sizes = low, high - low
            if int(sizes[owner].sum()) > MOST_CELLS:
                raise wide(dated)
            place = _ragged(starts[owner], sizes[owner])
            place = place if given else doubtful[place]
            cell = np.repeat(cell, sizes[owner]) * len(known) + place
            owner = np.repeat(owner, sizes[owner])
        cells.append(cell)
        owners.append(owner)
    owner = np.concatenate(owners)
    return np.concatenate(cells), begins[owner], ends[owner]


def _doubtful(keys: Sequence[str | None], known: Sequence[str], by: str) -> Layer:
    """Return for each key its stretch of the third array: places of the missing value and of codes coarser than the key.

    An entry that holds for every key waits for none.
    """
    last = len(known) - 1
    place = {word: i for i, word in enumerate(known)} if by == "code" else {}
    starts, sizes, places = [], [], [last]
    for key in keys:
        coarser = [place[key[:n]] for n in range(len(key or "")) if key and key[:n] in place]
        starts.append(len(places) if coarser else 0)
        sizes.append(0 if key is None else 1 + len(coarser))
        places += [last, *coarser] if coarser else []
    return (np.array(starts, dtype=np.int64), np.array(sizes, dtype=np.int64), np.array(places, dtype=np.int64))


def _ranges(keys: Sequence[str | None], known: Sequence[str], by: str) -> tuple[np.ndarray, np.ndarray]:
    """Return for each key the stretch of the sorted values it matches, one that matches all the missing one too."""
    last = len(known) - 1
    low, high = [], []
    for key in keys:
        low.append(0 if key is None else bisect_left(known, key, 0, last))
        if key is None:
            high.append(last + 1)
        elif by != "equal":
            high.append(bisect_left(known, f"{key}\U0010ffff", 0, last))
        else:
            high.append(bisect_right(known, key, 0, last))
    return np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)


def _ragged(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return start, start + 1, … of each stretch, one stretch after another."""
    before = np.cumsum(sizes) - sizes
    found: np.ndarray = np.arange(int(sizes.sum())) - np.repeat(before - starts, sizes)
    return found


def day_number(day: date) -> int:
    """Return a day counted from 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - _EPOCH) // timedelta(days=1)


def any_of(terms: Sequence[nw.Expr]) -> nw.Expr:
    """Return whether one of the terms holds: Kleene's ``or``."""
    found = nw.lit(False)
    for term in terms:
        found = found | term
    return found
