"""Coordinate reference systems as they are declared, and conversion to CGCS2000 degrees with a stated error."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from zhishu.data.space.offset import Floats, bd09, gcj02, undo
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.terms import Text

# bounds of ours, in metres. The two frames differ by the drift of the plate since the epoch 2000.0, three to four
# centimetres a year; the offsets of web maps are unpublished, and five and ten metres are caution, not measurement.
WGS84_BOUND = 1.0
GCJ02_BOUND = 5.0
BD09_BOUND = 10.0
# the series of the inverse projection, within 12 degrees of the central meridian
GRID_BOUND = 0.01


@dataclass(frozen=True, slots=True)
class Crs:
    """A declared reference system; x is always longitude or easting, y latitude or northing."""

    id: str
    name: Text
    kind: Literal["degrees", "metres", "gcj02", "bd09"]
    epsg: int
    bound_m: float


_CGCS = Crs("EPSG:4490", Text("2000国家大地坐标系（经纬度）", "CGCS2000, degrees"), "degrees", 4490, 0.0)
_WGS = Crs("EPSG:4326", Text("WGS 84（经纬度）", "WGS 84, degrees"), "degrees", 4326, WGS84_BOUND)
_GCJ = Crs("GCJ-02", Text("GCJ-02（加偏坐标）", "GCJ-02, offset degrees"), "gcj02", 0, WGS84_BOUND + GCJ02_BOUND)
_BD = Crs("BD-09", Text("BD-09（百度坐标）", "BD-09, offset degrees"), "bd09", 0, WGS84_BOUND + BD09_BOUND)
_WORDS = {
    "CGCS2000": _CGCS,
    "CGCS2000经纬度": _CGCS,
    "2000国家大地坐标系": _CGCS,
    "国家2000": _CGCS,
    "EPSG4490": _CGCS,
    "WGS84": _WGS,
    "EPSG4326": _WGS,
    "CRS84": _WGS,
    "GCJ02": _GCJ,
    "火星坐标系": _GCJ,
    "BD09": _BD,
    "百度坐标系": _BD,
}
_SHOWN = ("CGCS2000", "EPSG:4490", "EPSG:4523", "EPSG:4544", "WGS84", "EPSG:4326", "GCJ-02", "BD-09")
# systems whose passage to CGCS2000 needs local parameters that only a surveying office holds
_OLD = {"4214", "4610", "2327", "2328", "2329", "2330", "BEIJING54", "北京54", "XIAN80", "西安80"}


def read_crs(text: str, where: str = "crs") -> Crs:
    """Return the reference system a text names: CGCS2000 (EPSG 4490, zones 4491–4554), WGS 84, GCJ-02 or BD-09.

    Raises ZhishuError ``space-no-crs`` for an empty text, ``space-crs`` for any other system.

    >>> read_crs("EPSG:4523").name.en
    'CGCS2000, 3-degree zone 35, zone number in the easting'
    >>> read_crs("gcj02").bound_m
    6.0
    """
    word = _key(text)
    if not word:
        what = Text("没有写明坐标系", "no reference system is declared")
        repair = Text("写明坐标系，如 CGCS2000、EPSG:4523、GCJ-02", "declare one, as CGCS2000, EPSG:4523, GCJ-02")
        raise ZhishuError([Problem("space-no-crs", where, what, repair)])
    if word in _WORDS:
        return _WORDS[word]
    number = word.removeprefix("EPSG")
    if number.isdigit() and 4491 <= int(number) <= 4554:
        return _zone(int(number))
    what = Text(f"不认识坐标系“{text}”", f"the reference system {text} is not known")
    repair = did_you_mean(text.strip(), _SHOWN)
    if number in _OLD:
        repair = Text(
            "请由测绘主管部门用当地参数换算到 CGCS2000",
            "have it converted to CGCS2000 with local parameters by the surveying office",
        )
    raise ZhishuError([Problem("space-crs", where, what, repair)])


def _key(text: str) -> str:
    """Return a name without case, blanks and signs; the head of a URN goes."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"^URN:OGC:DEF:CRS:(OGC|EPSG):[0-9.]*:", lambda m: "" if m[1] == "OGC" else "EPSG", plain.strip())
    return re.sub(r"[\s:_\-]", "", plain)


def _zone(epsg: int) -> Crs:
    """Return a Gauss-Krüger zone: 4491–4501 and 4513–4533 carry the zone number before the easting, the rest do not."""
    wide = epsg <= 4512
    first, numbered = (4491 if wide else 4513), (11 if wide else 21)
    place = (epsg - first) % numbered
    degrees = 6 if wide else 3
    if epsg - first < numbered:
        zone = place + (13 if wide else 25)
        name = Text(
            f"CGCS2000 {degrees}度带第{zone}带（横坐标带带号）",
            f"CGCS2000, {degrees}-degree zone {zone}, zone number in the easting",
        )
    else:
        middle = 75 + degrees * place
        name = Text(
            f"CGCS2000 {degrees}度带，中央经线{middle}°（横坐标不带带号）",
            f"CGCS2000, {degrees}-degree zone of {middle}° E, no zone number",
        )
    return Crs(f"EPSG:{epsg}", name, "metres", epsg, GRID_BOUND)


def easting_fits(x: Floats, crs: Crs) -> NDArray[np.bool_]:
    """Return which eastings a zone can have: its own number before them, or none; degrees always fit.

    >>> easting_fits(np.array([35_451_760.0, 36_451_760.0, 451_760.0]), read_crs("EPSG:4523")).tolist()
    [True, False, False]
    >>> easting_fits(np.array([35_451_760.0, 451_760.0, -3.0]), read_crs("EPSG:4544")).tolist()
    [False, True, False]
    """
    if crs.kind != "metres":
        return np.ones(np.shape(x), dtype=np.bool_)
    if 4491 <= crs.epsg <= 4501:
        number = crs.epsg - 4491 + 13
    elif 4513 <= crs.epsg <= 4533:
        number = crs.epsg - 4513 + 25
    else:
        number = 0
    fits: NDArray[np.bool_] = np.floor(x / 1_000_000) == number
    return fits


@lru_cache(maxsize=256)
def transformer(source: str, target: str) -> Transformer:
    """Return the transformation between two systems, x before y always; kept, since making one costs milliseconds."""
    return Transformer.from_crs(source, target, always_xy=True)


def to_cgcs2000(x: Floats, y: Floats, crs: Crs) -> tuple[Floats, Floats, Floats]:
    """Return longitude and latitude in CGCS2000 degrees and the error of the conversion in metres, point by point.

    ``x`` is longitude or easting, ``y`` latitude or northing. WGS 84 is taken over as it stands, its difference being
    the stated bound. A point that cannot be converted comes out as infinity.

    >>> lon, lat, error = to_cgcs2000(np.array([35500000.0]), np.array([3320113.4]), read_crs("EPSG:4523"))
    >>> round(float(lon[0]), 6), round(float(lat[0]), 3), float(error[0])
    (105.0, 30.0, 0.01)
    """
    bound = np.full(np.shape(x), crs.bound_m)
    if crs.kind == "degrees":
        return x.astype(float), y.astype(float), bound
    if crs.kind == "metres":
        lon, lat = transformer(crs.id, "EPSG:4490").transform(x, y)
        return np.asarray(lon), np.asarray(lat), bound
    lon, lat, left = undo(gcj02 if crs.kind == "gcj02" else bd09, x.astype(float), y.astype(float))
    return lon, lat, bound + left
