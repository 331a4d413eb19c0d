"""The overlap of two shapes in square metres, and whether there is one, given the error of both boundaries.

The model is that each true boundary lies somewhere within its error of the drawn one. What survives drawing both in
surely overlaps; what stays apart after drawing both out surely does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zhishu.data.space.metric import equal_area, projected
from zhishu.data.space.shapes import EDGE_ERROR, Shape
from zhishu.logic import Truth, Unknown

# an arc drawn with so many edges a quarter is short by less than a ten-thousandth of its radius
_ROUND = 64


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
    here, there = in_metres(site, [site, zone])
    own, other = site.error_m + EDGE_ERROR, zone.error_m + EDGE_ERROR
    inner, outer = grown(here, -own), grown(here, own)
    inside, around = grown(there, -other), grown(there, other)
    least, most = _area(inner, inside), _area(outer, around)
    # a site smaller than its own error, a point or a line: all places it may be must lie inside
    surely = least > 0 or (not inside.is_empty and bool(shapely.covers(inside, outer)))
    sure: Truth = True if surely else Unknown("tolerance", f"{zone.id} ± {own + other:.0f}")
    if not surely and float(shapely.distance(here, there)) > own + other:
        sure = False
    return Overlap(_area(here, there), least, most if sure is not False else 0.0, sure)


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


def strip(site: Shape, line: Shape, metres: float) -> float:
    """Return the area of a site, in square metres, that lies within some metres of a line as drawn.

    >>> site = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.02))
    >>> round(strip(site, Shape("示例江", shapely.LineString([(103.9, 30.0), (104.1, 30.0)])), 1000) / 1e4)
    96
    """
    here, there = in_metres(site, [site, line])
    # far from the middle the projection stretches, and nothing farther than the strip can matter
    near = shapely.clip_by_rect(there, *_frame(here, metres)) if shapely.get_dimensions(there) < 2 else there
    return _area(here, grown(near, metres))


def _frame(shape: shapely.Geometry, metres: float) -> tuple[float, float, float, float]:
    west, south, east, north = (float(v) for v in shapely.bounds(shape))
    room = metres * 1.5 + 1
    return west - room, south - room, east + room, north + room
