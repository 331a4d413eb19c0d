"""Facts measured at intake: blank distances filled in from coordinates and a layer, stated ones compared, many cases at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhishu.errors import Problem
from zhishu.pack.book import Book
from zhishu.pack.measured import Measured
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.system.books.layers import Fitted

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Rows = NDArray[np.int64]
Words = NDArray[np.object_]
MOST_NOTES = 500
"""So many notes of one sort are kept of one call: who reads them names fewer."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The facts of many cases that a measurement reads and gives, lengths in metres; not a number, or None: not known."""

    names: Sequence[str]
    x: Floats
    y: Floats
    crs: Words
    error: Floats
    distance: Floats
    tolerance: Floats
    kind: Words


@dataclass(frozen=True, slots=True)
class Note:
    """A problem or a remark about a case: its row, the fields it stands at, and the problem without its place."""

    row: int
    fields: str
    problem: Problem


@dataclass(slots=True)
class Found:
    """The facts as they stand after measuring.

    ``measured`` marks the cases whose distance was measured, ``line`` names to what, ``shift`` is the error of converting
    the coordinates; ``several`` marks those whose kind stays open, lines of several kinds being near; ``placed`` those
    with coordinates.
    """

    distance: Floats
    tolerance: Floats
    kind: Words
    measured: Truths
    several: Truths
    line: Words
    shift: Floats
    placed: Truths
    notes: list[Note] = field(default_factory=list)


def measure(book: Book, m: Measured, sites: Sites, fitted: "Fitted | None") -> Found:
    """Return the facts of cases with what can be measured filled in; a stated fact is never overwritten.

    Coordinates are looked at with a layer or without; nothing is measured without one. Notes: ``measure-half``, the
    problems of ``sited``, ``case-contradictory`` where stated and measured lie apart beyond both tolerances; as remarks
    ``measure-no-place``, ``measure-no-line`` and ``measure-differs``.
    """
    n = len(sites.names)
    found = Found(
        sites.distance.copy(), sites.tolerance.copy(), sites.kind.copy(),
        np.zeros(n, dtype=bool), np.zeros(n, dtype=bool), np.full(n, None, dtype=object), np.full(n, np.nan),
        np.isfinite(sites.x) & np.isfinite(sites.y),
    )  # fmt: skip
    for given, lacking, name in ((sites.x, sites.y, m.y), (sites.y, sites.x, m.x)):
        for row in _some(np.isfinite(given) & np.isnan(lacking)):
            found.notes.append(_half(book, name, row))
    lon, lat = _placed(m, sites, found)
    if fitted is None:
        return found
    for row in _some(~found.placed & np.isnan(sites.distance)):
        found.notes.append(_no_place(m, row))
    rows = np.flatnonzero(np.isfinite(lon))
    stated = np.array([sites.kind[i] or "" for i in rows], dtype=object)
    for kind in sorted(set(stated)):
        _take(book, m, sites, fitted, found, rows[stated == kind], str(kind), lon, lat)
    return found


def _some(truths: Truths) -> list[int]:
    return [int(i) for i in np.flatnonzero(truths)[:MOST_NOTES]]


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


def _take(
    book: Book,
    m: Measured,
    sites: Sites,
    fitted: "Fitted",
    found: Found,
    rows: Rows,
    kind: str,
    lon: Floats,
    lat: Floats,
) -> None:
    """Measure the sites of these rows, all of one stated kind or of none; lines of that kind are the ones they mean."""
    import shapely

    from zhishu.data.space.kinds import SEVERAL, nearest_kinds

    chosen = [i for i, k in enumerate(fitted.kinds) if kind in ("", k)]
    blank = np.isnan(sites.distance[rows])
    if not chosen:
        found.notes += (_no_line(book, m, kind, int(rows[i])) for i in _some(blank))
        return
    order = sorted({fitted.kinds[i] for i in chosen})
    near = nearest_kinds(
        shapely.points(lon[rows], lat[rows]),
        [fitted.lines[i].feature for i in chosen],
        [order.index(fitted.kinds[i]) for i in chosen],
        m.horizon,
        found.shift[rows] + sites.error[rows],
    )
    # to the millimetre, the tolerance never less than it is
    metres, tolerance = np.round(near.metres, 3), np.ceil(near.tolerance * 1000) / 1000
    own = sites.tolerance[rows]
    for i in _some(blank & (own < tolerance)):
        found.notes.append(_too_sure(book, m, int(rows[i]), float(own[i]), float(tolerance[i])))
    off = np.abs(sites.distance[rows] - metres)
    apart = off > own + tolerance
    for i in _some(apart):
        found.notes.append(
            _differs(book, m, int(rows[i]), sites.distance[rows[i]], float(metres[i]), float(tolerance[i]))
        )
    # an error nobody stated refuses nothing, but what lies apart beyond the errors that are stated is said
    unsure = ~blank & ~apart & (off > np.nan_to_num(own) + np.nan_to_num(tolerance))
    for i in _some(unsure):
        note = _differs(book, m, int(rows[i]), sites.distance[rows[i]], float(metres[i]), float(tolerance[i]))
        p = note.problem
        found.notes.append(Note(note.row, note.fields, Problem("measure-differs", "", p.what, p.repair, "warning")))
    taken = rows[blank]
    found.distance[taken] = metres[blank]
    found.tolerance[taken] = np.where(np.isnan(own[blank]), tolerance[blank], own[blank])
    found.measured[taken] = True
    names = np.array([fitted.lines[i].name for i in chosen], dtype=object)
    found.line[taken] = names[near.line[blank]]
    if m.kind is None or kind:
        return
    found.several[taken] = near.kind[blank] == SEVERAL
    words = np.array([*order, None], dtype=object)
    agrees = rows[~apart & ~unsure]
    found.kind[agrees] = words[near.kind[~apart & ~unsure]]


def _half(book: Book, name: str, row: int) -> Note:
    label = book.fields[name].name
    what = Text(f"坐标只写了一半，缺{label.zh}", f"half a coordinate: {label.en} is missing")
    return Note(
        row, name, Problem("measure-half", "", what, Text("补上，或两项都留空", "give it, or leave both blank"))
    )


def _no_place(m: Measured, row: int) -> Note:
    what = Text(f"没有坐标，量不出{m.name.zh}", f"no coordinates: {m.name.en} cannot be measured")
    repair = Text("填坐标和坐标系，或直接填距离", "give coordinates with their system, or the distance itself")
    return Note(row, f"{m.x},{m.y}", Problem("measure-no-place", "", what, repair, "warning"))


def _no_line(book: Book, m: Measured, kind: str, row: int) -> Note:
    word = book.fields[m.kind or ""].choices[kind]
    what = Text(
        f"图层里没有“{word.zh}”的线，量不出", f"the layer holds no line of the kind {word.en}: nothing is measured"
    )
    repair = Text("装入有这类线的图层，或直接填距离", "load a layer that holds such lines, or give the distance itself")
    return Note(row, m.kind or m.distance, Problem("measure-no-line", "", what, repair, "warning"))


def _too_sure(book: Book, m: Measured, row: int, own: float, tolerance: float) -> Note:
    label = book.fields[m.tolerance].name
    what = Text(
        f"所填{label.zh} {own:.0f} 米，小于量测的误差 ±{tolerance:.0f} 米",
        f"the {label.en} given, {own:.0f} m, is less than that of the measurement, ±{tolerance:.0f} m",
    )
    repair = Text("误差留空，或连同距离一起填", "leave the error blank, or give the distance with it")
    return Note(row, f"{m.distance},{m.tolerance}", Problem("case-contradictory", "", what, repair))


def _differs(book: Book, m: Measured, row: int, stated: float, metres: float, tolerance: float) -> Note:
    label = book.fields[m.distance].name
    off = "?" if np.isnan(tolerance) else f"{tolerance:.0f}"
    what = Text(
        f"所填{label.zh} {stated:.0f} 米，由坐标量得 {metres:.0f} ±{off} 米，对不上",
        f"the {label.en} given is {stated:.0f} m, measured from the coordinates {metres:.0f} ±{off} m",
    )
    repair = Text(
        "核对坐标、坐标系和距离，改正填错的", "check coordinates, their system and the distance; correct the wrong one"
    )
    return Note(row, f"{m.distance},{m.x},{m.y}", Problem("case-contradictory", "", what, repair))
