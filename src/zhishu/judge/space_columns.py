"""Columns of a system that places fill: whether a shape is usable, distances, overlaps, and areas near or outside.

A shape is written as WKT or as longitude and latitude, its system as ``read_crs`` reads it, its error in metres. The
libraries of places are loaded when a column is first asked: no other answer waits for them.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import Value
from zhishu.judge.space_cells import STATES, apart, number, read_cell_shape, shape_of
from zhishu.logic import Unknown
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.data.space.overlap import Overlap
    from zhishu.data.space.shapes import Shape

Rows = list[dict[str, Value]]
Run = Callable[[Rows, Mapping[str, object]], list[Value]]


def shape_state_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return what is to be said of each row's shape, a word of ``STATES``; a blank shape is unknown.

    Arguments: shape, crs, repair? (yes: a shape that crosses itself may be repaired). Options: west, south, east, north
    in degrees, all four or none; repair (without either, yes).
    """
    return [_state(row, options)[0] for row in rows]


def shape_change_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the share of each row's area that its repair changed; arguments and options as ``shape_state``."""
    return [_state(row, options)[1] for row in rows]


def shape_fault_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return where each row's shape first crosses itself, as written coordinates, and nothing where it does not.

    Arguments: shape. What cannot be read at all has no such place either.
    """
    from zhishu.data.space.valid import fault

    return [w if isinstance(w := row["shape"], Unknown) else fault(str(w)) for row in rows]


def _state(row: Mapping[str, Value], options: Mapping[str, object]) -> tuple[Value, Value]:
    if isinstance(written := row["shape"], Unknown):
        return written, written
    crs = row["crs"]
    sides = [options.get(side) for side in ("west", "south", "east", "north")]
    box = (
        None
        if None in sides
        else (float(str(sides[0])), float(str(sides[1])), float(str(sides[2])), float(str(sides[3])))
    )
    repair = row.get("repair", options.get("repair", True)) is True
    found = read_cell_shape(str(written), "" if isinstance(crs, Unknown) else str(crs), box, repair)
    if isinstance(found, str):
        return found, Unknown("held", STATES[found].zh, STATES[found].en)
    return "repaired" if found.remarks else "ok", number(found.changed, 6)


def shape_area_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the area of each row's shape in square metres. Arguments: shape, crs."""
    from zhishu.data.space.metric import area

    shapes = [shape_of(row) for row in rows]
    return [shape if isinstance(shape, Unknown) else number(area(shape), 2) for shape in shapes]


def _between(rows: Rows, measure: "Callable[[Shape, Shape, Mapping[str, Value]], Value]") -> list[Value]:
    """Return what is measured between the two shapes of each row."""
    found: list[Value] = []
    for row in rows:
        here, there = shape_of(row), shape_of(row, "to_")
        if isinstance(here, Unknown):
            found.append(here)
        else:
            found.append(there if isinstance(there, Unknown) else measure(here, there, row))
    return found


def distance_to_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the distance of two shapes in metres. Arguments: shape, crs, to_shape, to_crs."""
    return [away if isinstance(away := apart(row), Unknown) else number(away.metres) for row in rows]


def distance_error_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return how far, in metres, the true distance may be from the one given: all errors and the projection's.

    Arguments: shape, crs, error, to_shape, to_crs, to_error (metres). An unknown error is an unknown tolerance.
    """
    return [away if isinstance(away := apart(row), Unknown) else number(away.tolerance) for row in rows]


def within_distance_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return whether two shapes surely lie within ``limit`` metres of each other; in doubt unknown, ``tolerance``.

    Arguments: those of ``distance_error``, limit, and listed? (whether the cited list names the other): where it does
    not, nearness proves nothing and the answer is unknown, ``not_listed``; only what is surely far stays free.
    """
    from zhishu.data.space.near import within

    found: list[Value] = []
    for row in rows:
        away, limit, listed = apart(row), row["limit"], row.get("listed", True)
        if isinstance(away, Unknown) or not isinstance(limit, Fraction):
            lost = next((v for v in (away, limit) if isinstance(v, Unknown)), Unknown("domain", "not a number"))
            found.append(lost)
            continue
        truth = within(away.metres, away.tolerance, float(limit))
        if truth is False or listed is True:
            found.append(truth)
        else:
            found.append(listed if isinstance(listed, Unknown) else Unknown("not_listed"))
    return found


def _overlap(take: "Callable[[Overlap], Value]") -> Run:
    def run(rows: Rows, options: Mapping[str, object]) -> list[Value]:
        from zhishu.data.space.overlap import overlap

        return _between(rows, lambda a, b, row: take(overlap(a, b)))

    return run


def overlap_shape_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the area two shapes share as WKT in CGCS2000 degrees, six decimals; empty where they share none.

    Arguments: shape, crs, to_shape, to_crs.
    """
    import shapely

    from zhishu.data.space.overlap import common_shape

    def written(a: "Shape", b: "Shape", row: Mapping[str, Value]) -> Value:
        shared = shapely.normalize(common_shape(a, b))
        return "" if shared.is_empty else str(shapely.to_wkt(shared, rounding_precision=6))

    return _between(rows, written)


def area_near_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the area (m²) of each shape within ``limit`` metres of any shape beside; what two cover counts once.

    Arguments: shape, crs, limit? (none: inside them), id?. Of the rows beside: shape, crs, where?, of? (only rows whose
    ``of`` is the row's ``id`` count for it). A row beside whose ``where`` is unknown leaves the area unknown.
    """
    from zhishu.data.space.overlap import covered

    beside = options["beside"]
    assert isinstance(beside, list)
    found: list[Value] = []
    for row in rows:
        here, limit = shape_of(row), row.get("limit", Fraction(0))
        own = [b for b in beside if b.get("of") == row.get("id") and b.get("where", True) is not False]
        there = [w if isinstance(w := b.get("where", True), Unknown) else shape_of(b) for b in own]
        lost = next((v for v in (here, limit, *there) if isinstance(v, Unknown)), None)
        if lost is not None or isinstance(here, Unknown) or not isinstance(limit, Fraction):
            found.append(lost if lost is not None else Unknown("domain", "not a number"))
            continue
        kept = [shape for shape in there if not isinstance(shape, Unknown)]
        found.append(number(covered(here, kept, float(limit)), 2))
    return found


def area_union_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the area (m²) of all shapes beside together; what two of them cover counts once.

    Arguments: id?. Of the rows beside: shape, crs, and_shape? with and_crs (only what the two share), where?, of?.
    """
    from zhishu.data.space.overlap import common_shape, union_area

    beside = options["beside"]
    assert isinstance(beside, list)
    found: list[Value] = []
    for row in rows:
        own = [b for b in beside if b.get("of") == row.get("id") and b.get("where", True) is not False]
        pieces = [
            w if isinstance(w := b.get("where", True), Unknown) else shape_of(b, head)
            for b in own
            for head in (("", "and_") if "and_shape" in b else ("",))
        ]
        lost = next((p for p in pieces if isinstance(p, Unknown)), None)
        if lost is not None:
            found.append(lost)
            continue
        kept = [p for p in pieces if not isinstance(p, Unknown)]
        double = any("and_shape" in b for b in own)
        drawn = [common_shape(a, b) for a, b in zip(kept[::2], kept[1::2], strict=True)] if double else []
        found.append(number(union_area(drawn if double else [k.geometry for k in kept]), 2))
    return found


COLUMNS: Mapping[str, Run] = {
    "shape_state": shape_state_column,
    "shape_change": shape_change_column,
    "shape_fault": shape_fault_column,
    "shape_area": shape_area_column,
    "distance_to": distance_to_column,
    "distance_error": distance_error_column,
    "within_distance": within_distance_column,
    "overlaps": _overlap(lambda found: found.sure),
    "overlap_area": _overlap(lambda found: number(found.area, 2)),
    "overlap_least": _overlap(lambda found: number(found.least, 2)),
    "overlap_most": _overlap(lambda found: number(found.most, 2)),
    "overlap_shape": overlap_shape_column,
    "area_near": area_near_column,
    "area_union": area_union_column,
}
WORDS: Mapping[str, Callable[[Mapping[str, object]], Mapping[str, Text]]] = {"shape_state": lambda options: STATES}
