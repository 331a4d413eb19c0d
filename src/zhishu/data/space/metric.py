"""Metres and square metres: distances on the CGCS2000 3-degree zone, areas on an equal-area projection of the place."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from zhishu.data.space.crs import transformer
from zhishu.data.space.offset import Floats
from zhishu.data.space.shapes import EDGE_DEGREES, EDGE_ERROR, Shape

Whole = NDArray[np.int64]

# the smallest radius of curvature of the ellipsoid: with it the stretch of the projection is never understated
_RADIUS = 6_335_000.0
_EASTING = 500_000.0
_LAND = range(75, 136, 3)


@dataclass(frozen=True, slots=True)
class Measured:
    """A distance in metres and how far it may be from the truth."""

    metres: float
    tolerance: float


def zone_of(lon: Floats) -> Whole:
    """Return the EPSG code of the CGCS2000 3-degree zone (no zone number in the easting) of each longitude.

    >>> zone_of(np.array([104.07, 101.96, 106.5]))  # 成都、康定、川东
    array([4544, 4543, 4545])
    """
    middle = np.clip(np.floor(np.asarray(lon, dtype=float) / 3 + 0.5) * 3, _LAND[0], _LAND[-1])
    codes: Whole = (4534 + (middle - _LAND[0]) / 3).astype(np.int64)
    return codes


def projected(shapes: NDArray[np.object_], target: str) -> NDArray[np.object_]:
    """Return shapes in CGCS2000 degrees as shapes in the metres of another system (an EPSG code or a PROJ text).

    An edge is straight in degrees; cut short, it stays where it was.
    """
    change = transformer("EPSG:4490", target)
    long = shapely.get_dimensions(shapes) > 0
    cut = shapes.copy()
    if long.any():
        cut[long] = shapely.segmentize(shapes[long], EDGE_DEGREES)
    found: NDArray[np.object_] = shapely.transform(
        cut, lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1]))
    )
    return found


def stretched(easting: Floats, metres: Floats) -> Floats:
    """Return how much shorter than ``metres`` the true distance may be, for a place at an easting of its zone.

    A straight line on the grid is never shorter than the way on the ground, and at most cosh(x / R) times as long,
    x being the greatest distance from the central meridian on the way (transverse Mercator, scale 1 at the meridian).

    >>> float(stretched(np.array([500_000.0]), np.array([1000.0]))[0]) < 0.001
    True
    """
    x = np.abs(easting - _EASTING) + metres
    short: Floats = metres * (np.cosh(np.minimum(x / _RADIUS, 3.0)) - 1)
    return short


def distance(a: Shape, b: Shape) -> Measured:
    """Return the distance of two shapes in metres, their errors and the projection's in the tolerance.

    >>> one, two = (Shape(n, shapely.Point(x, 30.0), 5.0) for n, x in (("甲", 104.0), ("乙", 104.01)))
    >>> found = distance(one, two)
    >>> round(found.metres), round(found.tolerance, 1)
    (965, 10.2)
    """
    both = np.array([a.geometry, b.geometry], dtype=object)
    middle = float(np.mean(shapely.bounds(both)[:, [0, 2]]))
    target = f"EPSG:{int(zone_of(np.array([middle]))[0])}"
    here, there = projected(both, target)
    metres = float(shapely.distance(here, there))
    ends = shapely.get_coordinates(shapely.shortest_line(here, there))[:, 0]
    off = float(np.max(np.abs(ends - _EASTING))) if len(ends) else 0.0
    short = float(stretched(np.array([_EASTING + off]), np.array([metres]))[0])
    return Measured(metres, a.error_m + b.error_m + short + EDGE_ERROR)


def equal_area(shape: shapely.Geometry) -> str:
    """Return the PROJ text of an azimuthal equal-area projection about the middle of a shape, on CGCS2000's ellipsoid.

    >>> equal_area(shapely.box(104, 30, 105, 31))
    '+proj=laea +lon_0=104.500 +lat_0=30.500 +a=6378137 +rf=298.257222101 +units=m +type=crs'
    """
    west, south, east, north = (float(v) for v in shapely.bounds(shape))
    at = f"+lon_0={(west + east) / 2:.3f} +lat_0={(south + north) / 2:.3f}"
    return f"+proj=laea {at} +a=6378137 +rf=298.257222101 +units=m +type=crs"


def area(shape: Shape) -> float:
    """Return the area of a shape in square metres; nothing for points and lines.

    >>> square = shapely.Polygon([(104, 30), (104.01, 30), (104.01, 30.01), (104, 30.01)])
    >>> round(area(Shape("示例园", square)) / 1e4)
    107
    """
    if shapely.get_dimensions(shape.geometry) < 2:
        return 0.0
    here = projected(np.array([shape.geometry], dtype=object), equal_area(shape.geometry))[0]
    return math.fabs(float(shapely.area(here)))
