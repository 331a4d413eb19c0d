"""Facts measured at intake: blank distances filled in from coordinates and a layer, stated ones compared, many cases at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhishu.errors import Problem
from zhishu.pack.book import Book
from zhishu.pack.measured import Length, Measured
from zhishu.system.books.measure_notes import (
    Note,
    differs,
    half,
    no_day,
    no_line,
    no_place,
    none_in_force,
    other_kind,
    too_sure,
)

if TYPE_CHECKING:
    from zhishu.system.books.layers import Fitted

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Rows = NDArray[np.int64]
Words = NDArray[np.object_]
MOST_NOTES = 500
"""So many notes of one sort are kept of one call: who reads them names fewer."""
NEAREST = ""
"""Among lengths: that to the nearest line; the others go by their kind."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The facts of many cases that a measurement reads and gives, lengths in metres; not a number, or None: not known.

    ``day`` is the ordinal of the day a case is judged as of, one for all where the book has none. ``lengths`` holds
    distance and tolerance as they are stated, of the nearest line and by kind.
    """

    names: Sequence[str]
    x: Floats
    y: Floats
    crs: Words
    error: Floats
    day: Floats
    kind: Words
    lengths: Mapping[str, tuple[Floats, Floats]]

    def of(self, rows: Rows) -> "Sites":
        """Return the cases of these rows."""
        return Sites(
            [self.names[i] for i in rows.tolist()], self.x[rows], self.y[rows], self.crs[rows], self.error[rows],
            self.day[rows], self.kind[rows], {k: (d[rows], t[rows]) for k, (d, t) in self.lengths.items()},
        )  # fmt: skip


@dataclass(slots=True)
class Taken:
    """A length as it stands after measuring: which cases were measured, to which line, and why one was not."""

    distance: Floats
    tolerance: Floats
    measured: Truths
    line: Words
    why: Words


@dataclass(slots=True)
class Found:
    """The facts as they stand after measuring; ``shift`` is the error of converting the coordinates.

    A kind that is None stays open; ``placed`` marks the cases with coordinates.
    """

    lengths: dict[str, Taken]
    kind: Words
    shift: Floats
    placed: Truths
    notes: list[Note] = field(default_factory=list)

    def put(self, rows: Rows, part: "Found") -> None:
        """Take over what was found of some rows."""
        for key, taken in part.lengths.items():
            own = self.lengths[key]
            own.distance[rows], own.tolerance[rows] = taken.distance, taken.tolerance
            own.measured[rows], own.line[rows], own.why[rows] = taken.measured, taken.line, taken.why
        self.kind[rows] = part.kind
        self.notes += (replace(n, row=int(rows[n.row])) for n in part.notes)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Cases with usable coordinates: degrees, and how far the site may lie from them (metres)."""

    sites: Sites
    lon: Floats
    lat: Floats
    off: Floats

    def of(self, rows: Rows) -> "_Spots":
        """Return the cases of these rows."""
        return _Spots(self.sites.of(rows), self.lon[rows], self.lat[rows], self.off[rows])


def lengths_of(m: Measured) -> dict[str, Length]:
    """Return the facts of each length a measurement gives: that to the nearest line, then kind by kind."""
    return {NEAREST: Length(m.distance, m.tolerance), **m.each}


def measure(book: Book, m: Measured, sites: Sites, fitted: "Fitted | None") -> Found:
    """Return the facts of cases with what can be measured filled in; a stated fact is never overwritten.

    Coordinates are looked at with a layer or without; nothing is measured without one. A line counts on the days it is in
    force: where a case has no day, only what is the same on every day is filled in. Notes: ``measure-half``, the problems
    of ``sited``, ``case-contradictory`` where stated and measured lie apart beyond both tolerances, or the kind is another;
    as remarks ``measure-no-place``, ``measure-no-day``, ``measure-none-in-force``, ``measure-no-line``, ``measure-differs``.
    """
    found = _begun(sites)
    for given, lacking, name in ((sites.x, sites.y, m.y), (sites.y, sites.x, m.x)):
        for row in _some(np.isfinite(given) & np.isnan(lacking)):
            found.notes.append(half(book, name, row))
    lon, lat = _placed(m, sites, found)
    if fitted is None:
        _because(found, np.arange(len(sites.names))[found.placed], "no_layer")
        return found
    _because(found, np.flatnonzero(~found.placed), "no_coordinates")
    for row in _some(~found.placed & np.isnan(sites.lengths[NEAREST][0])):
        found.notes.append(no_place(m, row))
    rows = np.flatnonzero(np.isfinite(lon))
    spots = _Spots(sites.of(rows), lon[rows], lat[rows], found.shift[rows] + sites.error[rows])
    every = sorted(set(fitted.sets))
    dated = np.isfinite(spots.sites.day) | (len(every) == 1)
    which = np.array([every.index(fitted.on(int(d))) if d == d else 0 for d in spots.sites.day], dtype=np.int64)
    for i in np.unique(which[dated]).tolist():
        here = np.flatnonzero(dated & (which == i))
        found.put(rows[here], _in_force(book, m, spots.of(here), fitted, every[i]))
    undated = np.flatnonzero(~dated)
    if len(undated):
        found.put(rows[undated], _whenever(book, m, spots.of(undated), fitted, every))
    return found


def _some(truths: Truths) -> list[int]:
    return [int(i) for i in np.flatnonzero(truths)[:MOST_NOTES]]


def _begun(sites: Sites) -> Found:
    n = len(sites.names)
    lengths = {
        key: Taken(distance.copy(), tolerance.copy(), np.zeros(n, dtype=bool), _words(n), _words(n))
        for key, (distance, tolerance) in sites.lengths.items()
    }
    return Found(lengths, sites.kind.copy(), np.full(n, np.nan), np.isfinite(sites.x) & np.isfinite(sites.y))


def _words(n: int) -> Words:
    return np.full(n, None, dtype=object)


def _because(found: Found, rows: Rows, reason: str) -> None:
    for taken in found.lengths.values():
        taken.why[rows] = reason


def _placed(m: Measured, sites: Sites, found: Found) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of the sites that have coordinates, in CGCS2000; the misplaced ones are noted."""
    lon, lat = np.full(len(sites.names), np.nan), np.full(len(sites.names), np.nan)
    rows = np.flatnonzero(found.placed)
    if not len(rows):
        return lon, lat
    from zhishu.data.space.shapes import CHINA, Extent
    from zhishu.data.space.sited import sited

    extent = CHINA if m.frame is None else Extent(m.frame.name, *m.frame.box)
    names = [sites.names[i] for i in rows.tolist()]
    systems = [sites.crs[i] or "" for i in rows.tolist()]
    there = sited(sites.x[rows], sites.y[rows], systems, names, extent)
    lon[rows], lat[rows], found.shift[rows] = there.lon, there.lat, there.error
    for i, problem in sorted(there.problems.items()):
        at = m.crs if problem.code in ("space-no-crs", "space-crs") else f"{m.x},{m.y}"
        found.notes.append(Note(int(rows[i]), at, problem))
    return lon, lat


def _whenever(book: Book, m: Measured, spots: _Spots, fitted: "Fitted", every: Sequence[tuple[int, ...]]) -> Found:
    """Return what is the same whichever lines are in force; of a case without a day the rest stays unknown, and is noted."""
    first, *others = (_in_force(book, m, spots, fitted, places) for places in every)
    same = np.ones(len(spots.lon), dtype=bool)
    for other in others:
        same &= first.kind == other.kind
        for key, taken in first.lengths.items():
            there = other.lengths[key]
            same &= (taken.distance == there.distance) | (np.isnan(taken.distance) & np.isnan(there.distance))
            same &= (taken.tolerance == there.tolerance) | (np.isnan(taken.tolerance) & np.isnan(there.tolerance))
            same &= (taken.line == there.line) & (taken.why == there.why)
    found = _begun(spots.sites)
    alike, unlike = np.flatnonzero(same), np.flatnonzero(~same)
    part = _begun(spots.sites.of(alike))
    for key, taken in first.lengths.items():
        part.lengths[key] = Taken(
            taken.distance[alike], taken.tolerance[alike], taken.measured[alike], taken.line[alike], taken.why[alike]
        )
    part.kind = first.kind[alike]
    place = {int(row): i for i, row in enumerate(alike)}
    part.notes = [replace(n, row=place[n.row]) for n in first.notes if n.row in place]
    found.put(alike, part)
    _because(found, unlike, "no_day")
    blank = np.zeros(len(same), dtype=bool)
    for distance, _ in spots.sites.lengths.values():
        blank |= np.isnan(distance)
    found.notes += (no_day(book, m, row) for row in _some(~same & blank))
    return found


def _in_force(book: Book, m: Measured, spots: _Spots, fitted: "Fitted", places: Sequence[int]) -> Found:
    """Return what is measured of cases to the lines in force."""
    found = _begun(spots.sites)
    if not places:
        _because(found, np.arange(len(spots.lon)), "none_in_force")
        blank = np.isnan(spots.sites.lengths[NEAREST][0])
        found.notes += (none_in_force(m, fitted.layer.file, row) for row in _some(blank))
        return found
    if m.each:
        _take_each(book, m, spots, fitted, places, found)
        return found
    stated = np.array([k or "" for k in spots.sites.kind], dtype=object)
    for kind in sorted(set(stated)):
        _take(book, m, spots, fitted, places, found, np.flatnonzero(stated == kind), str(kind))
    return found


def _take(
    book: Book, m: Measured, spots: _Spots, fitted: "Fitted", places: Sequence[int], found: Found, rows: Rows, kind: str
) -> None:
    """Measure the sites of these rows, all of one stated kind or of none; lines of that kind are the ones they mean."""
    import shapely

    from zhishu.data.space.kinds import nearest_kinds

    chosen = [i for i in places if kind in ("", fitted.kinds[i])]
    if not chosen:
        found.lengths[NEAREST].why[rows] = "no_line"
        blank = np.isnan(spots.sites.lengths[NEAREST][0][rows])
        found.notes += (no_line(book, m, kind, int(rows[i])) for i in _some(blank))
        return
    order = sorted({fitted.kinds[i] for i in chosen})
    near = nearest_kinds(
        shapely.points(spots.lon[rows], spots.lat[rows]),
        [fitted.lines[i].feature for i in chosen],
        [order.index(fitted.kinds[i]) for i in chosen],
        m.horizon,
        spots.off[rows],
    )
    names = np.array([fitted.lines[i].name for i in chosen], dtype=object)[near.line]
    agrees = _fill(book, m, NEAREST, spots.sites, found, rows, near.metres, near.tolerance, names)
    if m.kind is not None and not kind:
        # where several kinds are near, −1, the last word stands
        found.kind[rows[agrees]] = np.array([*order, None], dtype=object)[near.kind][agrees]


def _take_each(book: Book, m: Measured, spots: _Spots, fitted: "Fitted", places: Sequence[int], found: Found) -> None:
    """Measure sites kind by kind, and to the nearest line of all."""
    import shapely

    from zhishu.data.space.kinds import nearest_each

    order = sorted({fitted.kinds[i] for i in places})
    near = nearest_each(
        shapely.points(spots.lon, spots.lat),
        [fitted.lines[i].feature for i in places],
        [order.index(fitted.kinds[i]) for i in places],
        spots.off,
    )
    names = np.array([fitted.lines[i].name for i in places], dtype=object)
    every = np.arange(len(spots.lon))
    for kind in m.each:
        if kind in order:
            one = near.by[order.index(kind)]
            _fill(book, m, kind, spots.sites, found, every, one.metres, one.tolerance, names[one.line])
        else:
            found.lengths[kind].why[:] = "no_line"
    # where nobody can tell, −1, the last word stands
    words = np.array([*order, m.several], dtype=object)[near.nearest.kind]
    stated = spots.sites.kind
    other = np.array([k is not None and k != m.several for k in stated], dtype=bool) & (words != m.several)
    other &= words != stated
    for row in _some(other):
        found.notes.append(
            other_kind(book, m, row, str(stated[row]), str(words[row]), str(names[near.nearest.line[row]]))
        )
    rows = np.flatnonzero(~other)
    nearest = near.nearest
    agrees = _fill(
        book, m, NEAREST, spots.sites, found, rows,
        nearest.metres[rows], nearest.tolerance[rows], names[nearest.line[rows]],
    )  # fmt: skip
    open_ = np.array([k is None for k in stated], dtype=bool)[rows]
    found.kind[rows[agrees & open_]] = words[rows][agrees & open_]


def _fill(
    book: Book, m: Measured, key: str, sites: Sites, found: Found, rows: Rows, away: Floats, off: Floats, names: Words
) -> Truths:
    """Fill in a blank length of these rows, compare a stated one; return where nothing stated speaks against it."""
    # to the millimetre, the tolerance never less than it is
    metres, tolerance = np.round(away, 3), np.ceil(off * 1000) / 1000
    given = lengths_of(m)[key]
    stated, own = (part[rows] for part in sites.lengths[key])
    blank = np.isnan(stated)
    for i in _some(blank & (own < tolerance)):
        found.notes.append(too_sure(book, given, int(rows[i]), float(own[i]), float(tolerance[i])))
    apart = np.abs(stated - metres) > own + tolerance
    # an error nobody stated refuses nothing, but what lies apart beyond the errors that are stated is said
    unsure = ~blank & ~apart & (np.abs(stated - metres) > np.nan_to_num(own) + np.nan_to_num(tolerance))
    for i in _some(apart | unsure):
        note = differs(book, m, given, int(rows[i]), float(stated[i]), float(metres[i]), float(tolerance[i]))
        p = note.problem
        if unsure[i]:
            note = replace(note, problem=Problem("measure-differs", "", p.what, p.repair, "warning"))
        found.notes.append(note)
    taken, filled = found.lengths[key], rows[blank]
    taken.distance[filled] = metres[blank]
    taken.tolerance[filled] = np.where(np.isnan(own[blank]), tolerance[blank], own[blank])
    taken.measured[filled] = True
    taken.line[filled] = names[blank]
    return ~apart & ~unsure
