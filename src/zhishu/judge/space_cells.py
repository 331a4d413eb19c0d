"""Cells that hold places: a written shape read once, and in words why it cannot be used."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from zhishu.errors import ZhishuError
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.data.space.metric import Measured
    from zhishu.data.space.shapes import Shape

STATES: Mapping[str, Text] = {
    "ok": Text("可用", "usable"),
    "repaired": Text("已修正", "repaired"),
    "no-crs": Text("没有写明坐标系", "no reference system is declared"),
    "crs": Text("坐标系不认识", "the reference system is not known"),
    "empty": Text("图形是空的", "the shape is empty"),
    "unclosed": Text("边界没有闭合", "a ring is not closed"),
    "unreadable": Text("图形读不出", "the shape cannot be read"),
    "not-finite": Text("坐标不是有限的数", "a coordinate is not a finite number"),
    "too-long": Text("点数过多", "too many points"),
    "swapped": Text("经度和纬度写反了", "longitude and latitude are swapped"),
    "outside": Text(
        "在经纬度矩形之外（粗查，不是边界线）", "outside the rectangle of degrees (a coarse check, not the border)"
    ),
    "not-metres": Text("坐标系以米计，坐标却像度", "declared in metres but looks like degrees"),
    "not-degrees": Text("坐标系以度计，坐标却像米", "declared in degrees but looks like metres"),
    "zone": Text("横坐标的带号与坐标系不符", "the zone number of the easting is not that of the system"),
    "invalid": Text("图形自相交，不能照用", "the shape crosses itself and cannot be used"),
}
"""What may be said of a written shape: usable, repaired, or why it is refused (the problem's code without its head)."""

Box = tuple[float, float, float, float]


@lru_cache(maxsize=1024)
def read_cell_shape(written: str, crs: str, box: Box | None, repair: bool) -> "Shape | str":
    """Return a shape without its position error, or why it is refused; kept, since many columns ask for one cell."""
    from zhishu.data.space.crs import read_crs
    from zhishu.data.space.shapes import CHINA, Extent, read_shape

    extent = CHINA if box is None else Extent(Text("范围", "the extent"), *box)
    try:
        return read_shape(written, read_crs(crs), "shape", extent, repair=repair)
    except ZhishuError as error:
        return error.problems[0].code.removeprefix("space-")


def shape_of(row: Mapping[str, Value], head: str = "") -> "Shape | Unknown":
    """Return the shape of a row's cells ``shape``, ``crs`` and ``error`` (metres; without the cell, none).

    ``head`` stands before each of the names. A blank cell, and a shape that cannot be used, are unknown.

    >>> shape_of({"shape": "104.07 30.57", "crs": "GCJ-02", "error": Fraction(20)}).error_m > 25
    True
    """
    written, crs, error = row[f"{head}shape"], row[f"{head}crs"], row.get(f"{head}error", Fraction(0))
    for value in (written, crs, error):
        if isinstance(value, Unknown):
            return value
    found = read_cell_shape(str(written), str(crs), None, True)
    if isinstance(found, str):
        said = STATES[found]
        return Unknown("held", said.zh, said.en)
    if not isinstance(error, Fraction) or error < 0:
        return Unknown("domain", "negative")
    return replace(found, error_m=found.error_m + float(error))


@lru_cache(maxsize=8192)
def _drawn_apart(shape: str, crs: str, to_shape: str, to_crs: str) -> "Measured | None":
    """Return the distance of two written shapes without their position errors; several columns ask for one pair."""
    from zhishu.data.space.metric import distance

    here, there = read_cell_shape(shape, crs, None, True), read_cell_shape(to_shape, to_crs, None, True)
    return None if isinstance(here, str) or isinstance(there, str) else distance(here, there)


def apart(row: Mapping[str, Value]) -> "Measured | Unknown":
    """Return the distance (metres) of a row's two shapes with its tolerance, or why it is unknown.

    Reads shape, crs, error, to_shape, to_crs, to_error as ``shape_of`` does.

    >>> apart({"shape": "104 30", "crs": "CGCS2000", "to_shape": "104 30.01", "to_crs": "CGCS2000"}).metres > 1100
    True
    """
    extra = 0.0
    for head in ("", "to_"):
        found = shape_of(row, head)
        if isinstance(found, Unknown):
            return found
        error = row.get(f"{head}error", Fraction(0))
        extra += float(error) if isinstance(error, Fraction) else 0.0
    away = _drawn_apart(*(str(row[name]) for name in ("shape", "crs", "to_shape", "to_crs")))
    # shape_of has read both, so there is a distance
    return replace(away, tolerance=away.tolerance + extra) if away is not None else Unknown("held")


def number(value: float, places: int = 3) -> Fraction:
    """Return a measured number, rounded to what every machine agrees on.

    >>> number(965.00049, 2)
    Fraction(965, 1)
    """
    return Fraction(round(value * 10**places), 10**places)
