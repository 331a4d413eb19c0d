"""Reading a written shape: WKT, a GeoJSON mapping, or a pair of numbers, in the coordinates it was written in."""

import json
import re
from collections.abc import Callable, Mapping

import numpy as np
import shapely

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

Written = str | Mapping[str, object] | tuple[float, float]

# a sheet of a whole province holds tens of thousands; beyond this somebody pasted a data set into a cell
MOST_POINTS = 200_000
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*[,，、\s]\s*({_NUMBER})\s*")
_KINDS = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})


def read_raw(written: Written, name: str) -> shapely.Geometry:
    """Return the geometry as written, two dimensions only; ``name`` is the id that problems give.

    Raises ZhishuError ``space-empty``, ``space-unclosed``, ``space-unreadable``, ``space-not-finite`` or
    ``space-too-long``.

    >>> read_raw("104.07 30.57", "青羊区").wkt
    'POINT (104.07 30.57)'
    >>> read_raw({"type": "Point", "coordinates": [104.07, 30.57]}, "青羊区").wkt
    'POINT (104.07 30.57)'
    """
    shape = _read(written, name)
    if shape is None or shape.is_empty:
        what = Text(f"{name} 的图形是空的", f"the shape of {name} is empty")
        raise ZhishuError([Problem("space-empty", name, what, Text("补上坐标", "give its coordinates"))])
    if shape.geom_type not in _KINDS:
        raise _unreadable(name, shape.geom_type)
    points = int(shapely.get_num_coordinates(shape))
    if points > MOST_POINTS:
        what = Text(
            f"{name} 有 {points} 个点，至多 {MOST_POINTS} 个", f"{name} has {points} points, {MOST_POINTS} at most"
        )
        raise ZhishuError([Problem("space-too-long", name, what, Text("先简化图形", "simplify the shape first"))])
    flat = shapely.force_2d(shape)
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        what = Text(f"{name} 的坐标不是有限的数", f"a coordinate of {name} is not a finite number")
        raise ZhishuError([Problem("space-not-finite", name, what, Text("核对坐标", "check the coordinates"))])
    return flat


def _read(written: Written, name: str) -> shapely.Geometry:
    if isinstance(written, tuple):
        return shapely.Point(written)
    if isinstance(written, str):
        text = written.strip()
        if not text:
            return None
        pair = _PAIR.fullmatch(text)
        if pair is not None:
            return shapely.Point(float(pair[1]), float(pair[2]))
        if text.startswith("{"):
            return _parsed(lambda: shapely.from_geojson(text), name)
        return _parsed(lambda: shapely.from_wkt(text), name)
    geometry = written.get("geometry", written)
    return _parsed(lambda: shapely.from_geojson(json.dumps(geometry)), name) if geometry else None


def _parsed(parse: Callable[[], shapely.Geometry], name: str) -> shapely.Geometry:
    try:
        return parse()
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        if "closed linestring" in str(error):
            what = Text(f"{name} 的边界没有闭合", f"a ring of {name} is not closed")
            repair = Text("末点写成与首点相同", "let the last point repeat the first")
            raise ZhishuError([Problem("space-unclosed", name, what, repair)]) from None
        raise _unreadable(name, "") from None


def _unreadable(name: str, kind: str) -> ZhishuError:
    said = f" {kind}" if kind else ""
    what = Text(f"{name} 的图形读不出{said}", f"the shape of {name} cannot be read{said}")
    repair = Text(
        "写作 WKT（点、线、面）或“经度 纬度”", "write it as WKT (point, line or polygon) or as longitude and latitude"
    )
    return ZhishuError([Problem("space-unreadable", name, what, repair)])


def declared_crs(collection: Mapping[str, object]) -> str:
    """Return the name of the reference system a GeoJSON object declares, or nothing: silence is not WGS 84 here.

    >>> declared_crs({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}})
    'urn:ogc:def:crs:EPSG::4490'
    >>> declared_crs({"type": "FeatureCollection"})
    ''
    """
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    return name if isinstance(name, str) else ""
