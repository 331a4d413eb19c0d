"""Metres and areas on projections, against geodesics on the ellipsoid (Karney 2013, doi:10.1007/s00190-012-0578-z)."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from zhishu.data.space.metric import area, distance, zone_of
from zhishu.data.space.shapes import Shape

GEOD = Geod(a=6378137, rf=298.257222101)
LON, LAT = st.floats(97.0, 109.0), st.floats(26.0, 35.0)
NEAR = st.floats(-0.3, 0.3)


def spot(lon: float, lat: float) -> Shape:
    """Return a point without error."""
    return Shape("示例", shapely.Point(lon, lat))


@given(LON, LAT, NEAR, NEAR)
def test_the_geodesic_lies_within_the_tolerance(lon: float, lat: float, east: float, north: float) -> None:
    """The true distance of two points differs from ours by no more than we say, and is never longer."""
    found = distance(spot(lon, lat), spot(lon + east, lat + north))
    true = GEOD.inv(lon, lat, lon + east, lat + north)[2]
    assert found.metres - found.tolerance <= true <= found.metres + 0.11
    assert found.tolerance < 0.11 + 0.002 * found.metres


@given(LON, LAT, LON, LAT)
def test_far_distances_hold_their_tolerance_too(a: float, b: float, c: float, d: float) -> None:
    """Across the whole province the stretch of the projection stays inside the stated tolerance."""
    found = distance(spot(a, b), spot(c, d))
    assert found.metres - found.tolerance <= GEOD.inv(a, b, c, d)[2] <= found.metres + 0.11


@given(LON, LAT, NEAR, NEAR)
def test_distance_is_symmetric_and_nothing_to_itself(lon: float, lat: float, east: float, north: float) -> None:
    """From here to there is from there to here."""
    here, there = spot(lon, lat), spot(lon + east, lat + north)
    assert distance(here, there) == distance(there, here)
    assert distance(here, here).metres == 0


@given(st.floats(98.6, 99.4), LAT, st.floats(0, 0.2), NEAR, st.integers(-5, 5))
def test_moving_by_whole_zones_changes_nothing(lon: float, lat: float, east: float, north: float, zones: int) -> None:
    """Every zone is the same projection about its own meridian."""
    moved = 3 * zones
    first = distance(spot(lon, lat), spot(lon + east, lat + north))
    second = distance(spot(lon + moved, lat), spot(lon + east + moved, lat + north))
    assert abs(first.metres - second.metres) < 1e-5
    assert abs(first.tolerance - second.tolerance) < 1e-5


def test_zones_meet_halfway_between_meridians() -> None:
    """A degree and a half to either side belongs to a meridian, as the areas of use of the register say."""
    assert zone_of(np.array([103.499, 103.501, 106.499, 106.501, 102.0])).tolist() == [4543, 4544, 4544, 4545, 4543]
    assert zone_of(np.array([60.0, 150.0])).tolist() == [4534, 4554]


@settings(max_examples=50)
@given(LON, LAT, st.floats(0.001, 0.3), st.floats(0.001, 0.3))
def test_areas_are_those_of_the_ellipsoid(lon: float, lat: float, wide: float, high: float) -> None:
    """The area of a box agrees with the geodesic area of its densified ring to a part in ten thousand."""
    box = shapely.box(lon, lat, lon + wide, lat + high)
    true = abs(GEOD.geometry_area_perimeter(shapely.segmentize(box, 0.005))[0])
    assert abs(area(Shape("示例", box)) - true) < 1e-4 * true + 1


def test_lines_and_points_have_no_area() -> None:
    """Nothing is an area but an area."""
    assert area(spot(104, 30)) == 0
    assert area(Shape("示例", shapely.LineString([(104, 30), (105, 30)]))) == 0
