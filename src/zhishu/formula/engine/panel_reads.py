"""Which cells of which series a part of a panel formula read, and whether two of them cannot be compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import polars as pl

from zhishu.formula.engine.panel_grid import Runs, family_number

Where = Literal["here", "parent", "children", "peers", "elsewhere"]


class Place(NamedTuple):
    """Where a cell lies, seen from the row: its region, and its year (``fixed``, or so many years from here)."""

    region: Where
    year: int
    fixed: bool


HERE = Place("here", 0, False)


@dataclass(frozen=True, slots=True)
class Read:
    """The columns with the lowest and the highest run of a series that was read at a place; null where it was not.

    ``inner`` is the column with the run of each single cell where the place is many cells; ``level`` is the
    first level that can read the columns.
    """

    lowest: str
    highest: str
    inner: str | None = None
    level: int = 0


Reads = Mapping[tuple[Place, str], Read]

Condition = tuple[pl.Expr, int]
"""A condition, and the first level that can compute it."""

Put = Callable[[pl.Expr, int], str]
"""Computes an expression at a level and returns the name of its column."""


def ready(reads: Reads) -> int:
    """Return the first level that can read every column of some reads."""
    return max((read.level for read in reads.values()), default=0)


def moved(reads: Reads, place: Callable[[Place], Place], column: Callable[[str], str], level: int) -> Reads:
    """Return reads as seen from another row: their places changed, their columns carried over and ready at a level."""
    return {
        (place(where), series): Read(column(read.lowest), column(read.highest), None, level)
        for (where, series), read in reads.items()
    }


def merged(a: Reads, b: Reads, put: Put) -> Reads:
    """Return the reads of two parts together."""
    found = dict(a)
    for key, read in b.items():
        held = found.get(key, read)
        found[key] = read
        if held != read:
            level = max(held.level, read.level)
            lowest = put(pl.min_horizontal(held.lowest, read.lowest), level)
            highest = put(pl.max_horizontal(held.highest, read.highest), level)
            found[key] = Read(lowest, highest, held.inner, level + 1)
    return found


def masked(reads: Reads, where: pl.Expr, level: int, put: Put) -> Reads:
    """Return reads only of the rows where a condition, ready at a level, holds."""
    found: dict[tuple[Place, str], Read] = {}
    for key, read in reads.items():
        at = max(level, read.level)
        lowest = put(pl.when(where).then(pl.col(read.lowest)), at)
        highest = put(pl.when(where).then(pl.col(read.highest)), at)
        found[key] = replace(read, lowest=lowest, highest=highest, level=at + 1)
    return found


def clash(a: str, b: str) -> pl.Expr:
    """Return whether two runs of one cell are different runs of one family; null where one was not read."""
    left, right = pl.col(a), pl.col(b)
    return (left != right) & (family_number(left) == family_number(right))


def clashes(new: Reads, held: Reads, runs: Runs) -> list[Condition]:
    """Return the conditions under which a cell just read and one read before stand in different runs."""
    return [
        (clash(read.lowest, other.lowest), max(read.level, other.level))
        for (where, series), read in new.items()
        for (place, name), other in held.items()
        if where == place and where.region in ("here", "parent") and series != name and runs.may_clash(series, name)
    ]


def inner_clashes(new: Reads, held: Reads, runs: Runs) -> list[Condition]:
    """Return such conditions among the regions below or beside, one for each of them."""
    return [
        (clash(read.inner, other.inner), max(read.level, other.level))
        for (where, series), read in new.items()
        for (place, name), other in held.items()
        if where == place and read.inner and other.inner and series != name and runs.may_clash(series, name)
    ]


def breaks(earlier: Reads, later: Reads) -> list[Condition]:
    """Return the conditions under which one series stands in two runs, earlier and later."""
    found: list[Condition] = []
    for (_, series), before in earlier.items():
        for (_, name), after in later.items():
            if series == name:
                lowest = pl.min_horizontal(before.lowest, after.lowest)
                highest = pl.max_horizontal(before.highest, after.highest)
                both = pl.col(before.lowest).is_not_null() & pl.col(after.lowest).is_not_null()
                found.append((both & (lowest != highest), max(before.level, after.level)))
    return found


def any_of(conditions: Sequence[Condition], level: int) -> Condition:
    """Return whether one condition holds, from a level on; one that nobody can state does not."""
    every = pl.any_horizontal(*(c.fill_null(False) for c, _ in conditions))
    return every, max(level, *(at for _, at in conditions))
