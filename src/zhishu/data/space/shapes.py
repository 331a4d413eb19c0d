"""Shapes in CGCS2000 degrees with their error: read, checked against an extent, repaired or refused by id."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zhishu.data.space.crs import Crs, easting_fits, to_cgcs2000
from zhishu.data.space.offset import Floats
from zhishu.data.space.raw import Written, read_raw
from zhishu.data.space.valid import made_valid
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

# edges are cut this short before they are converted, so that straight stays straight within EDGE_ERROR metres
EDGE_DEGREES = 0.02
_EDGE_METRES = 2000.0
EDGE_ERROR = 0.1


@dataclass(frozen=True, slots=True)
class Extent:
    """A box of longitudes and latitudes, in degrees, in which shapes must lie."""

    name: Text
    west: float
    south: float
    east: float
    north: float


CHINA = Extent(Text("中国", "China"), 73.0, 3.0, 136.0, 54.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in CGCS2000 degrees, its error in metres (position and conversion), and how it was repaired."""

    id: str
    geometry: shapely.Geometry
    error_m: float = 0.0
    changed: float = 0.0
    remarks: tuple[Text, ...] = ()


def read_shape(
    written: Written, crs: Crs, name: str, extent: Extent = CHINA, error_m: float = 0.0, repair: bool = True
) -> Shape:
    """Return a shape from WKT, GeoJSON or a pair (longitude or easting first); ``error_m`` is its own position error.

    Raises ZhishuError, always naming the id: what ``read_raw`` and ``made_valid`` raise, ``space-swapped``,
    ``space-outside``, ``space-not-metres``, ``space-not-degrees`` and ``space-zone``.

    >>> from zhishu.data.space.crs import read_crs
    >>> shape = read_shape("104.07 30.57", read_crs("CGCS2000"), "青羊区", error_m=20)
    >>> shape.geometry.wkt, shape.error_m
    ('POINT (104.07 30.57)', 20.0)
    """
    raw = read_raw(written, name)
    _plausible(raw, crs, name)
    valid, first, told = made_valid(raw, name, repair)
    fine = shapely.segmentize(valid, _EDGE_METRES if crs.kind == "metres" else EDGE_DEGREES)
    geometry, error = _converted(fine, crs)
    if not _inside(geometry, extent):
        raise _misplaced(raw, geometry, crs, name, extent)
    # edges that all but touch may cross once converted
    geometry, second, _ = made_valid(geometry, name)
    remarks = () if told is None else (told,)
    return Shape(name, geometry, float(error_m) + error, max(first, second), remarks)


def _converted(shape: shapely.Geometry, crs: Crs) -> tuple[shapely.Geometry, float]:
    worst = [0.0]

    def convert(points: Floats) -> Floats:
        lon, lat, error = to_cgcs2000(points[:, 0], points[:, 1], crs)
        worst.append(float(np.max(error)))
        return np.column_stack([lon, lat])

    return shapely.transform(shape, convert), max(worst)


def _inside(shape: shapely.Geometry, extent: Extent) -> bool:
    west, south, east, north = shapely.bounds(shape)
    return bool(west >= extent.west and south >= extent.south and east <= extent.east and north <= extent.north)


def _plausible(raw: shapely.Geometry, crs: Crs, name: str) -> None:
    """Refuse numbers that cannot be what the system says they are: degrees as metres, metres as degrees, a lost zone."""
    points = np.abs(shapely.get_coordinates(raw))
    small = bool((points <= 180).all())
    if crs.kind == "metres" and small:
        what = Text(
            f"{name} 写作 {crs.id}（米），坐标却像度", f"{name} is declared {crs.id} (metres) but looks like degrees"
        )
        raise ZhishuError([Problem("space-not-metres", name, what, _DECLARE)])
    if crs.kind != "metres" and bool((points > 360).any()):
        what = Text(
            f"{name} 写作 {crs.id}（度），坐标却像米", f"{name} is declared {crs.id} (degrees) but looks like metres"
        )
        raise ZhishuError([Problem("space-not-degrees", name, what, _DECLARE)])
    x, y = shapely.get_coordinates(raw).T
    if easting_fits(x, crs).all():
        return
    if easting_fits(y, crs).all():
        raise ZhishuError([_swapped(name)])
    what = Text(
        f"{name} 写作 {crs.id}（{crs.name.zh}），横坐标与此不符",
        f"{name} is declared {crs.id} ({crs.name.en}); its easting says otherwise",
    )
    raise ZhishuError([Problem("space-zone", name, what, _DECLARE)])


def _swapped(name: str) -> Problem:
    what = Text(f"{name} 的经度和纬度写反了", f"the longitude and latitude of {name} are swapped")
    repair = Text("先写经度（或横坐标），再写纬度", "write the longitude or easting first")
    return Problem("space-swapped", name, what, repair)


_DECLARE = Text("核对坐标系的写法", "check which reference system it is in")


def _misplaced(raw: shapely.Geometry, found: shapely.Geometry, crs: Crs, name: str, extent: Extent) -> ZhishuError:
    turned = shapely.transform(raw, lambda points: points[:, ::-1])
    if _inside(_converted(turned, crs)[0], extent):
        return ZhishuError([_swapped(name)])
    west, south, east, north = (float(v) for v in shapely.bounds(found))
    said = f"{west:.2f}, {south:.2f}, {east:.2f}, {north:.2f}"
    box = f"{extent.west:g}, {extent.south:g}, {extent.east:g}, {extent.north:g}"
    # the extent is no outline: what lies in it may still lie beyond the border, and that is not seen here
    what = Text(
        f"{name}（{said}）在{extent.name.zh}范围之外：粗查只用经纬度矩形（{box}），不是边界线",
        f"{name} ({said}) lies outside {extent.name.en}: a coarse check by a rectangle of degrees ({box}), not by the border",
    )
    repair = Text(
        "核对坐标和坐标系；在矩形之内不等于在界内，以所在县为准",
        "check coordinates and system; inside the rectangle is not yet inside the border: the county named decides",
    )
    return ZhishuError([Problem("space-outside", name, what, repair)])


def read_shapes(
    rows: Sequence[tuple[str, Written, Crs, float]], extent: Extent = CHINA, repair: bool = True
) -> tuple[Shape, ...]:
    """Return the shapes of (id, written, system, error in metres); every problem is collected before one is raised.

    >>> from zhishu.data.space.crs import read_crs
    >>> here = read_crs("CGCS2000")
    >>> [s.id for s in read_shapes([("青羊区", "104.05 30.67", here, 5.0), ("涪城区", "104.76 31.46", here, 5.0)])]
    ['青羊区', '涪城区']
    """
    shapes: list[Shape] = []
    problems: list[Problem] = []
    for name, written, crs, error_m in rows:
        try:
            shapes.append(read_shape(written, crs, name, extent, error_m, repair))
        except ZhishuError as error:
            problems += error.problems
    if problems:
        raise ZhishuError(problems)
    return tuple(shapes)
