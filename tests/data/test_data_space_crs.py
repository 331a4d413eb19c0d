"""Declared reference systems: every CGCS2000 zone, WGS 84, and the offsets of web maps with their errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod

from zhishu.data.space.crs import BD09_BOUND, GCJ02_BOUND, WGS84_BOUND, read_crs, to_cgcs2000, transformer
from zhishu.data.space.offset import bd09, gcj02, undo
from zhishu.errors import ZhishuError

GEOD = Geod(a=6378137, rf=298.257222101)
LON, LAT = st.floats(97.0, 109.0), st.floats(26.0, 35.0)


@pytest.mark.parametrize("epsg", range(4491, 4555))
def test_every_zone_is_the_one_of_the_register(epsg: int) -> None:
    """What we say of a zone's width, number and meridian is what the EPSG register says under the same code."""
    ours, theirs = read_crs(str(epsg)), CRS.from_epsg(epsg)
    parameters = {p.name: p.value for p in theirs.coordinate_operation.params}
    assert ("3-degree" in theirs.name) == ("3-degree" in ours.name.en)
    if "CM" in theirs.name:
        assert parameters["False easting"] == 500_000
        assert f"of {theirs.name.split()[-1].rstrip('E')}° E, no zone number" in ours.name.en
    else:
        zone = theirs.name.split()[-1]
        assert parameters["False easting"] == float(zone) * 1e6 + 500_000
        assert f"zone {zone}, zone number in the easting" in ours.name.en
        assert f"第{zone}带" in ours.name.zh


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("CGCS2000", "EPSG:4490"),
        (" epsg: 4490 ", "EPSG:4490"),
        ("国家2000", "EPSG:4490"),
        ("urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("WGS-84", "EPSG:4326"),
        ("gcj 02", "GCJ-02"),
        ("ＢＤ－０９", "BD-09"),
        ("EPSG:4544", "EPSG:4544"),
    ],
)
def test_names_are_read_however_they_are_written(written: str, known: str) -> None:
    """Case, blanks, signs, full width and URNs make no difference."""
    assert read_crs(written).id == known


@pytest.mark.parametrize(
    ("written", "code", "repair"),
    [
        ("", "space-no-crs", "declare one"),
        ("  ", "space-no-crs", "declare one"),
        ("CGCS200", "space-crs", "did you mean CGCS2000"),
        ("EPSG:4610", "space-crs", "surveying office"),
        ("北京54", "space-crs", "surveying office"),
        ("EPSG:4555", "space-crs", "EPSG:45"),
        ("EPSG:3857", "space-crs", ""),
    ],
)
def test_undeclared_and_unknown_are_refused(written: str, code: str, repair: str) -> None:
    """Nothing declared is no system, an unknown name is told its neighbours, an old one whom to ask."""
    with pytest.raises(ZhishuError) as caught:
        read_crs(written, "地块!C2")
    problem = caught.value.problems[0]
    assert (problem.code, problem.where) == (code, "地块!C2")
    assert repair in problem.repair.en


@given(LON, LAT)
def test_degrees_to_grid_and_back(lon: float, lat: float) -> None:
    """Grid coordinates of every kind of zone come back as the degrees they were made from, within the bound."""
    for epsg in (4496, 4507, 4522, 4523, 4543, 4544):
        crs = read_crs(str(epsg))
        x, y = transformer("EPSG:4490", crs.id).transform(lon, lat)
        found_lon, found_lat, error = to_cgcs2000(np.array([x]), np.array([y]), crs)
        assert GEOD.inv(lon, lat, found_lon[0], found_lat[0])[2] <= error[0] == crs.bound_m


@given(LON, LAT)
def test_offsets_undo_themselves(lon: float, lat: float) -> None:
    """GCJ-02 and BD-09 come back to where they started within a millimetre, and the residual says so."""
    start = np.array([lon]), np.array([lat])
    for forward in (gcj02, bd09):
        x, y, left = undo(forward, *forward(*start))
        assert GEOD.inv(lon, lat, x[0], y[0])[2] < 0.001
        assert 0 <= left[0] < 0.001


def test_offsets_are_those_of_the_public_formula() -> None:
    """Published pairs of the public formulas (上海、深圳、北京) are met to a nanodegree."""
    for lon, lat, x, y in (
        (121.5272106, 31.1774276, 121.531541859215, 31.17530398364597),
        (113.912316, 22.543847, 113.9171764808363, 22.540796131694766),
        (116.377817, 39.911954, 116.38404722455657, 39.91334545536069),
    ):
        there = gcj02(np.array([lon]), np.array([lat]))
        assert np.allclose([there[0][0], there[1][0]], [x, y], rtol=0, atol=1e-9)
    x, y, _ = undo(gcj02, np.array([116.404]), np.array([39.915]))
    assert np.allclose(np.ravel(bd09(x, y)), [116.41036949371029, 39.92133699351022], rtol=0, atol=1e-9)


def test_errors_are_stated() -> None:
    """CGCS2000 costs nothing, WGS 84 less than a metre or so, web maps their bound on top of that."""
    spot = np.array([104.07]), np.array([30.57])
    errors = {
        name: float(to_cgcs2000(*spot, read_crs(name))[2][0]) for name in ("CGCS2000", "WGS84", "GCJ-02", "BD-09")
    }
    assert errors["CGCS2000"] == 0
    assert errors["WGS84"] == WGS84_BOUND == 1.0
    assert errors["GCJ-02"] == pytest.approx(WGS84_BOUND + GCJ02_BOUND, abs=1e-3)
    assert errors["BD-09"] == pytest.approx(WGS84_BOUND + BD09_BOUND, abs=1e-3)
