"""The overlap of two shapes in square metres, and whether there is one, given the error of both boundaries.

The model is that each true boundary lies somewhere within its error of the drawn one. What survives drawing both in
surely overlaps; what stays apart after drawing both out surely does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zhishu.data.space.metric import area, equal_area, projected
from zhishu.data.space.shapes import EDGE_ERROR, Shape
from zhishu.logic import Truth, Unknown

# an arc drawn with so many edges a quarter is short by less than a ten-thousandth of its radius
_ROUND = 64
# no degree inside China is shorter, along a parallel or a meridian
_DEGREE = 60_000.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """An overlap in square metres as drawn, the least and the most it can be, and whether there surely is one."""

    area: float
    least: float
    most: float
    sure: Truth


def overlap(site: Shape, zone: Shape) -> Overlap:
    """Return how a site (point, line or area) overlaps a zone; touching along an edge is no overlap of areas.

    >>> site = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.01), 5.0)
    >>> zone = Shape("示例区", shapely.box(104.005, 30.0, 104.1, 30.1), 5.0)
    >>> found = overlap(site, zone)
    >>> found.sure, round(found.area / 1e4), found.least < found.area < found.most
    (True, 53, True)
    """
    own, other = site.error_m + EDGE_ERROR, zone.error_m + EDGE_ERROR
    if _far(site, zone, own + other):
        return Overlap(0.0, 0.0, 0.0, False)
    here, there = in_metres(site, [site, zone])
    inner, outer = grown(here, -own), grown(here, own)
    inside, around = grown(there, -other), grown(there, other)
    least, most = _area(inner, inside), _area(outer, around)
    # a site smaller than its own error, a point or a line: all places it may be must lie inside
    surely = least > 0 or (not inside.is_empty and bool(shapely.covers(inside, outer)))
    sure: Truth = True if surely else _doubt(own + other)
    if not surely and float(shapely.distance(here, there)) > own + other:
        sure = False
    return Overlap(_area(here, there), least, most if sure is not False else 0.0, sure)


def _doubt(metres: float) -> Unknown:
    return Unknown("tolerance", f"边界 ± {metres:.0f} 米", f"boundaries ± {metres:.0f} m")


def _far(site: Shape, zone: Shape, metres: float) -> bool:
    """Return whether the boxes of two shapes are surely farther apart than some metres: most pairs are."""
    (w, s, e, n), (west, south, east, north) = (shapely.bounds(x.geometry).tolist() for x in (site, zone))
    gap = float(max(west - e, w - east, south - n, s - north))
    return gap * _DEGREE > metres


def in_metres(middle: Shape, shapes: Sequence[Shape]) -> list[shapely.Geometry]:
    """Return shapes in the metres of an equal-area projection about the middle of one of them."""
    drawn = np.array([s.geometry for s in shapes], dtype=object)
    return [_clean(shape) for shape in projected(drawn, equal_area(middle.geometry))]


def _clean(shape: shapely.Geometry) -> shapely.Geometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)


def grown(shape: shapely.Geometry, metres: float) -> shapely.Geometry:
    """Return a shape drawn out by some metres, or in where they are negative; a point or line drawn in is empty."""
    return shapely.buffer(shape, metres, quad_segs=_ROUND)


def _area(a: shapely.Geometry, b: shapely.Geometry) -> float:
    return float(shapely.area(shapely.intersection(a, b)))


def covered(site: Shape, others: Sequence[Shape], metres: float = 0.0) -> float:
    """Return the area of a site (m²) that lies in any of some shapes, or within ``metres`` of it, as drawn.

    What two of them cover counts once.

    >>> site = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.02))
    >>> river = Shape("示例江", shapely.LineString([(103.9, 30.0), (104.1, 30.0)]))
    >>> round(covered(site, [river, river], 1000) / 1e4)
    96
    """
    near = [other for other in others if not _far(site, other, metres)]
    here, *there = in_metres(site, [site, *near])
    west, south, east, north = (float(v) for v in shapely.bounds(here))
    room = 1.5 * metres + 1
    frame = west - room, south - room, east + room, north + room
    # a river of a thousand kilometres is drawn out only where the site is
    lines = [s if shapely.get_dimensions(s) == 2 else shapely.clip_by_rect(s, *frame) for s in there]
    return _area(here, shapely.union_all([grown(s, metres) if metres else s for s in lines]))


def union_area(shapes: Sequence[shapely.Geometry]) -> float:
    """Return the area (m²) of areas in CGCS2000 degrees together, counting once what several cover.

    >>> one, two = shapely.box(104.0, 30.0, 104.02, 30.01), shapely.box(104.01, 30.0, 104.03, 30.01)
    >>> round(union_area([one, two]) / union_area([one]), 3)
    1.5
    """
    whole = shapely.union_all(list(shapes))
    return area(Shape("", whole)) if not whole.is_empty else 0.0


def common_shape(a: Shape, b: Shape) -> shapely.Geometry:
    """Return the area two shapes share, in CGCS2000 degrees; lines and points where they only touch are left out.

    >>> one, two = (Shape(n, shapely.box(w, 30.0, w + 0.02, 30.01)) for n, w in (("甲", 104.0), ("乙", 104.01)))
    >>> common_shape(one, two).bounds
    (104.01, 30.0, 104.02, 30.01)
    """
    shared = shapely.intersection(a.geometry, b.geometry)
    areas = [part for part in shapely.get_parts(shared) if shapely.get_dimensions(part) == 2]
    return shapely.union_all(areas) if areas else shapely.Polygon()
