"""A dated list laid out over the words it can tell apart: one place for each combination, with its stretches of days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import prod

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.errors import ZhishuError
from zhishu.judge.domain import OTHER
from zhishu.judge.lookup import MISSING, Lookup, day_number, look_up, wide
from zhishu.pack.dated_list import DatedList

MOST_PLACES = 4_000_000
"""A list whose own keys make more combinations is laid out over the words of each piece of a register instead."""
MOST_OF_A_TABLE = 400_000_000
"""More combinations of a table's words than this are refused: they would take gigabytes."""
MOST_KEPT = 100_000
"""Words whose classes are kept for the next piece of a register; of a key with more the others are looked up again."""
NEVER = np.iinfo(np.int32).min
Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Key:
    """The classes of one key's words: the word each stands under, and the lengths of beginnings, None for whole words.

    ``met`` is a memory of what does not change: the classes of words as they are met.
    """

    fact: str
    classes: Mapping[str, int]
    lengths: tuple[int, ...] | None
    met: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def size(self) -> int:
        """Return the number of classes; the last is for a missing word."""
        return len(self.classes) + 1

    def of(self, words: Sequence[str]) -> npt.NDArray[np.int32]:
        """Return the class of a missing word, and of each word after it."""
        new = {w: self._class(w) for w in words if w not in self.met}
        if len(self.met) + len(new) <= MOST_KEPT:
            self.met.update(new)
        known = {**self.met, **new} if new else self.met
        return np.array([len(self.classes), *(known[w] for w in words)], dtype=np.int32)

    def _class(self, word: str) -> int:
        if self.lengths is None:
            return self.classes.get(word, self.classes[OTHER])
        for length in reversed(self.lengths):
            if length <= len(word) and word[:length] in self.classes:
                return self.classes[word[:length]]
        return self.classes[OTHER]


@dataclass(frozen=True, slots=True)
class Laid:
    """A list over the classes of its keys: where each combination stands, and the stretches of days it is held there.

    A place of −1 is a combination the list never holds; without ``on`` the days are those of the day asked. ``stretches``
    are by place, layer, and first and last day: in ``surely`` layers the sure ones, then the others, ``NEVER`` where there is
    none; a place that has none in one layer has none in the next. ``speaks`` are the stretches of days the list speaks of,
    None for all.
    """

    keys: tuple[Key, ...]
    on: str | None
    places: npt.NDArray[np.int32]
    stretches: npt.NDArray[np.int32]
    surely: int
    speaks: tuple[tuple[int, int], ...] | None = None


def lay_out(dated: DatedList, today: date, words: Mapping[str, Sequence[str]] | None = None) -> Laid | None:
    """Return a list laid out over its own keys, or over the words of a table; None where its own keys are too many
    or do not tell all words apart.

    A word that begins with no key of the list, or is none, is answered as a word that nobody named. Of several keys a
    word begins with the longest tells it apart: what the others hold it holds too.
    Raises ZhishuError ``engine-list-wide`` where the words of a table are too many.
    """
    if words is None and any(m.by == "code" for m in dated.match):
        # a coarser code is told apart by none of the list's own keys
        return None
    universe: dict[str, list[str]] = {}
    for i, match in enumerate(dated.match):
        own = (
            {k for e in dated.entries or () if (k := e.keys[i]) is not None} if words is None else {*words[match.fact]}
        )
        universe[match.fact] = sorted({*own, OTHER})
    size = prod(len(w) + 1 for w in universe.values())
    if words is None and size > MOST_PLACES:
        return None
    if size > MOST_OF_A_TABLE:
        raise wide(dated)
    try:
        lookup = look_up(dated, universe, today)
    except ZhishuError:
        if words is None:
            return None
        raise
    keys = []
    for match in dated.match:
        known = universe[match.fact]
        begins = match.by == "prefix" and words is None
        lengths = tuple(sorted({len(w) for w in known if w != OTHER})) if begins else None
        keys.append(Key(match.fact, {w: i for i, w in enumerate(known)}, lengths))
    return _laid(lookup, tuple(keys))


def _laid(lookup: Lookup, keys: tuple[Key, ...]) -> Laid:
    shape = tuple(k.size() for k in keys)
    places = np.full(prod(shape), -1, dtype=np.int32)
    held = [_numbers(lookup.table[lookup.key(k.fact)], (*k.classes, MISSING)) for k in keys]
    cells = np.ravel_multi_index(held, shape) if keys else np.zeros(len(lookup.table), dtype=np.int64)
    layers = [*(("s", i) for i in range(lookup.sure)), *(("m", i) for i in range(lookup.maybe))]
    stretches = np.empty((len(lookup.table), len(layers), 2), dtype=np.int32)
    for n, (sort, i) in enumerate(layers):
        stretches[:, n, 0], stretches[:, n, 1] = _days(lookup, sort, i, "f"), _days(lookup, sort, i, "t")
    speaks = None if lookup.days is None else tuple((day_number(a), day_number(b)) for a, b in lookup.days)
    # most places share their stretches with others: a few of them stay near the processor
    stretches, shared = np.unique(stretches, axis=0, return_inverse=True)
    places[cells] = shared.ravel()
    return Laid(keys, lookup.on, places, stretches, lookup.sure, speaks)


def _numbers(column: pl.Series, words: Sequence[str]) -> npt.NDArray[np.int64]:
    return column.cast(pl.Enum(words)).to_physical().cast(pl.Int64).to_numpy()


def _days(lookup: Lookup, sort: str, layer: int, end: str) -> Days:
    return (
        lookup.table[f"_{sort}{layer}{end}_{lookup.name}"].to_physical().cast(pl.Int32).fill_null(int(NEVER)).to_numpy()
    )
