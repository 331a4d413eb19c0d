"""Shapes as people write them: read, converted with their error, repaired with the change said, or refused by id."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zhishu.data.space.crs import read_crs, transformer
from zhishu.data.space.raw import MOST_POINTS, declared_crs
from zhishu.data.space.shapes import CHINA, Extent, Shape, read_shape, read_shapes
from zhishu.data.space.sited import sited
from zhishu.errors import ZhishuError
from zhishu.terms import Text

CGCS = read_crs("CGCS2000")
SICHUAN = Extent(Text("四川", "Sichuan"), 97.3, 26.0, 108.6, 34.4)
SQUARE = "POLYGON ((104 30, 104.01 30, 104.01 30.01, 104 30.01, 104 30))"
BOW_TIE = "POLYGON ((104 30, 104.01 30.01, 104.01 30, 104 30.01, 104 30))"
SPIKE = "POLYGON ((104 30, 104.01 30, 104.01 30.01, 104.012 30.01, 104.01 30.01, 104 30.01, 104 30))"


def refused(written: object, crs: str = "CGCS2000", repair: bool = True) -> list[str]:
    """Return the codes a shape is refused with."""
    with pytest.raises(ZhishuError) as caught:
        read_shape(written, read_crs(crs), "示例甲", SICHUAN, repair=repair)  # type: ignore[arg-type]  # as users write
    assert all("示例甲" in p.what.zh and "示例甲" in p.what.en and p.where == "示例甲" for p in caught.value.problems)
    return [p.code for p in caught.value.problems]


@pytest.mark.parametrize(
    "written",
    ["104.5 30.5", "104.5,30.5", "104.5，30.5", (104.5, 30.5), '{"type": "Point", "coordinates": [104.5, 30.5]}'],
)
def test_a_point_is_read_in_every_form(written: str) -> None:
    """A pair of numbers, a tuple and GeoJSON give the same point; longitude stands first."""
    assert read_shape(written, CGCS, "示例甲").geometry.wkt == "POINT (104.5 30.5)"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "space-empty"),
        ("POLYGON EMPTY", "space-empty"),
        ({"type": "Feature", "geometry": None}, "space-empty"),
        ("POLYGON ((104 30, 104.01 30, 104.01 30.01, 104 30.01))", "space-unclosed"),
        (
            {"type": "Polygon", "coordinates": [[[104, 30], [104.01, 30], [104.01, 30.01], [104, 30.01]]]},
            "space-unclosed",
        ),
        ("POLYGON 104 30", "space-unreadable"),
        ("成都市高新区", "space-unreadable"),
        ("GEOMETRYCOLLECTION (POINT (104 30))", "space-unreadable"),
        ({"type": "Point", "coordinates": "x"}, "space-unreadable"),
        ("POINT (nan 30)", "space-not-finite"),
        (f"LINESTRING ({', '.join(['104 30', '104.1 30'] * (MOST_POINTS // 2 + 1))})", "space-too-long"),
        ("30.5 104.5", "space-swapped"),
        ("116.4 39.9", "space-outside"),
        ("POLYGON ((108 30, 109 30, 109 31, 108 31, 108 30))", "space-outside"),
        ("3380000 35500000", "space-not-degrees"),
        (BOW_TIE, "space-invalid"),
        ("POLYGON ((104 30, 104.01 30, 104 30, 104 30))", "space-invalid"),
    ],
)
def test_what_cannot_be_used_is_refused_by_id(written: object, code: str) -> None:
    """Empty, open, unreadable, misplaced and crossing shapes are each told apart, and name the id in both languages."""
    assert refused(written) == [code]


def test_degrees_taken_as_metres_and_lost_zone_numbers_are_refused() -> None:
    """A grid is not fed degrees, and an easting must carry its zone number just where the system says so."""
    x, y = transformer("EPSG:4490", "EPSG:4523").transform(104.5, 30.5)
    assert read_shape((x, y), read_crs("4523"), "示例甲", SICHUAN).geometry.distance(shapely.Point(104.5, 30.5)) < 1e-9
    assert refused("104.5 30.5", "EPSG:4523") == ["space-not-metres"]
    assert refused((x, y), "EPSG:4544") == ["space-zone"]
    assert refused((x - 35_000_000, y), "EPSG:4523") == ["space-zone"]
    assert refused((y, x), "EPSG:4523") == ["space-swapped"]
    assert refused((y, x - 35_000_000), "EPSG:4544") == ["space-swapped"]


def test_a_spike_is_repaired_and_said() -> None:
    """A repair that hardly changes the area is made, and the remark names id, place, method and change."""
    shape = read_shape(SPIKE, CGCS, "示例甲")
    assert shape.geometry.is_valid
    assert shape.changed < 0.01
    assert len(shape.remarks) == 1
    for word in ("示例甲", "make_valid"):
        assert word in shape.remarks[0].zh
        assert word in shape.remarks[0].en
    assert "面积变化 0.0000 %" in shape.remarks[0].zh
    assert refused(SPIKE, repair=False) == ["space-invalid"]
    assert read_shape(SQUARE, CGCS, "示例甲").remarks == ()


def test_a_repair_of_more_than_a_hundredth_is_refused() -> None:
    """A crossing that takes 4 % of the area is the author's to mend, one of a quarter of a percent is not missed."""

    def crossed(far: float) -> str:
        return f"POLYGON ((104 30, 104.01 30, 104.01 30.01, 104 30.01, {104 + far} {30 - far}, 104 30))"

    assert refused(crossed(0.002)) == ["space-invalid"]
    assert 0.001 < read_shape(crossed(0.0005), CGCS, "示例甲").changed < 0.01


def test_errors_add_up() -> None:
    """The position error and that of the conversion stand together in the shape."""
    assert read_shape("104.5 30.5", read_crs("GCJ-02"), "示例甲", error_m=20).error_m == pytest.approx(26, abs=1e-3)
    assert read_shape("104.5 30.5", CGCS, "示例甲", error_m=20).error_m == 20


def test_all_problems_are_collected() -> None:
    """Two bad shapes of three are both named before anything is raised."""
    with pytest.raises(ZhishuError) as caught:
        read_shapes([("甲", "", CGCS, 0.0), ("乙", SQUARE, CGCS, 0.0), ("丙", BOW_TIE, CGCS, 0.0)])
    assert [(p.code, p.where) for p in caught.value.problems] == [("space-empty", "甲"), ("space-invalid", "丙")]


def test_the_crs_of_geojson_is_the_declared_one_or_none() -> None:
    """A collection without a declaration declares nothing: it is refused, not taken for WGS 84."""
    named = {"crs": {"type": "name", "properties": {"name": "EPSG:4490"}}}
    assert read_crs(declared_crs(named)).id == "EPSG:4490"
    for silent in ({}, {"crs": None}, {"crs": {"type": "name"}}, {"crs": {"properties": {"name": 1}}}):
        with pytest.raises(ZhishuError) as caught:
            read_crs(declared_crs(silent))
        assert caught.value.problems[0].code == "space-no-crs"


@given(st.floats(97.4, 108.4), st.floats(26.1, 34.2))
def test_a_point_inside_is_never_taken_for_a_swapped_one(lon: float, lat: float) -> None:
    """Of the two orders one is right in the province, the other refused as swapped."""
    assert isinstance(read_shape((lon, lat), CGCS, "示例甲", SICHUAN), Shape)
    assert refused((lat, lon)) == ["space-swapped"]
    assert CHINA.west < lon < CHINA.east


def test_the_number_of_another_zone_is_no_place() -> None:
    """An easting of zone 35 read in zone 36 lies six hundred kilometres off and in the province still; metres of a zone
    without a number reach no million."""
    x, y = 35_600_000.0, 3_370_000.0
    assert read_shape((x, y), read_crs("EPSG:4523"), "示例甲", SICHUAN).geometry.x > 105
    assert refused((x, y), "EPSG:4524") == ["space-zone"]
    assert refused((3_408_000.0, 3_640_000.0), "EPSG:4534") == ["space-zone"]
    for crs in ("EPSG:4524", "EPSG:4534"):
        found = sited(np.array([x, 3_408_000.0]), np.array([y, 3_640_000.0]), [crs] * 2, ["示例甲", "示例乙"], SICHUAN)
        assert [p.code for p in found.problems.values()] == ["space-zone"] * 2
        assert np.isnan(found.lon).all()
