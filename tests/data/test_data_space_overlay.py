"""Overlaps and cut parcels: areas that add up, the strictest part, and strips that nobody can place."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data.space.metric import area, distance
from zhishu.data.space.overlap import common_shape, covered, overlap
from zhishu.data.space.overlay import Zone, overlay
from zhishu.data.space.shapes import Shape
from zhishu.logic import Unknown

ORDER = ("允许", "限制", "禁止")
PARCEL = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.01))
BOX = st.tuples(st.floats(103.98, 104.01), st.floats(29.98, 30.01), st.floats(0.002, 0.03), st.floats(0.002, 0.03))


def box(west: float, south: float, east: float, north: float, error: float = 0.0, name: str = "示例区") -> Shape:
    """Return a box with its error."""
    return Shape(name, shapely.box(west, south, east, north), error)


@settings(max_examples=40, deadline=None)
@given(st.lists(BOX, max_size=4), st.floats(0, 200))
def test_parts_add_up_to_the_parcel(boxes: list[tuple[float, float, float, float]], error: float) -> None:
    """Whatever the zones and their errors, no square metre is lost or counted twice."""
    zones = [Zone(box(w, s, w + a, s + b, error, f"区{i}"), ORDER[i % 3]) for i, (w, s, a, b) in enumerate(boxes)]
    found = overlay(PARCEL, zones, ORDER)
    assert sum(p.area for p in found.parts) == pytest.approx(found.area, abs=0.1)
    assert abs(found.gap) < 0.01
    assert found.area == pytest.approx(area(PARCEL), rel=1e-6)


def test_each_part_takes_the_strictest_and_the_whole_the_strictest_part() -> None:
    """Overlapping zones give the stricter outcome; a part in no zone is named and unknown."""
    zones = [
        Zone(box(103.9, 29.9, 104.004, 30.1, name="甲"), "允许"),
        Zone(box(104.002, 29.9, 104.006, 30.1, name="乙"), "限制"),
    ]
    found = overlay(PARCEL, zones, ORDER)
    sure = {p.zones: p.outcome for p in found.parts if not p.maybe}
    assert sure[("甲",)] == "允许"
    assert sure[("乙", "甲")] == sure[("乙",)] == "限制"
    assert sure[()] == Unknown("not_found", "不在任何分区内")
    assert isinstance(found.outcome, Unknown)
    banned = overlay(PARCEL, [*zones, Zone(box(104.009, 29.9, 104.1, 30.1, name="丙"), "禁止")], ORDER)
    assert banned.outcome == "禁止"


def test_a_second_zone_within_the_tolerance_makes_a_strip_unknown() -> None:
    """A zone 30 m beyond the edge, known to 50 m, leaves a strip of 20 m open; known to 20 m it leaves none."""
    whole = Zone(box(103.9, 29.9, 104.2, 30.2, name="甲"), "允许")
    edge = 104.01 + 30 / 96_400
    wide, fine = (
        overlay(PARCEL, [whole, Zone(box(edge, 29.9, 104.1, 30.1, e, "乙"), "禁止")], ORDER) for e in (50, 20)
    )
    strips = [p for p in wide.parts if p.maybe == ("乙",)]
    assert len(strips) == 1
    assert strips[0].outcome == Unknown("tolerance", "乙")
    assert strips[0].area == pytest.approx(20 * 1109, rel=0.05)
    assert wide.outcome == Unknown("tolerance", "乙")
    assert [p.maybe for p in fine.parts] == [()]
    assert fine.outcome == "允许"


def test_a_strip_that_makes_no_difference_is_known() -> None:
    """Where the doubtful zone is no stricter than the sure one, the part has its outcome all the same."""
    zones = [
        Zone(box(103.9, 29.9, 104.2, 30.2, name="甲"), "限制"),
        Zone(box(104.005, 29.9, 104.1, 30.1, 50, "乙"), "限制"),
    ]
    found = overlay(PARCEL, zones, ORDER)
    assert {p.outcome for p in found.parts} == {"限制"}
    assert found.outcome == "限制"


def test_an_outcome_without_a_place_is_refused() -> None:
    """An outcome the order does not know has no strictness; no zones leave the whole parcel in none."""
    with pytest.raises(ValueError, match="缓建"):
        overlay(PARCEL, [Zone(box(104, 30, 105, 31), "缓建")], ORDER)
    alone = overlay(PARCEL, [], ORDER)
    assert [(p.zones, p.maybe) for p in alone.parts] == [((), ())]
    assert isinstance(alone.outcome, Unknown)


@pytest.mark.parametrize(
    ("away", "error", "sure"),
    [(-100, 10, True), (-15, 10, "tolerance"), (15, 10, "tolerance"), (25, 10, False), (-1, 0, True), (1, 0, False)],
)
def test_an_overlap_smaller_than_the_error_is_unknown(away: float, error: float, sure: bool | str) -> None:
    """Sure only beyond both errors, none only beyond both errors, and between them nobody knows."""
    edge = 104.01 + away / 96_400
    found = overlap(Shape("示例园", PARCEL.geometry, error), box(edge, 29.9, 104.1, 30.1, error))
    assert (found.sure.reason if isinstance(found.sure, Unknown) else found.sure) == sure
    assert found.least <= found.area <= found.most + 1e-6
    assert (found.least > 0) == (sure is True)
    assert (found.most > 0) == (sure is not False)


@pytest.mark.parametrize(("depth", "sure"), [(200, True), (90, "tolerance"), (-90, "tolerance"), (-200, False)])
def test_a_point_lies_in_a_zone_only_with_all_its_error(depth: float, sure: bool | str) -> None:
    """A point known to 100 m is inside 200 m deep, outside 200 m away, and open between."""
    spot = Shape("示例点", shapely.Point(104.0 + depth / 96_400, 30.0), 100)
    found = overlap(spot, box(104.0, 29.9, 104.1, 30.1))
    assert (found.sure.reason if isinstance(found.sure, Unknown) else found.sure) == sure
    assert found.area == 0


@settings(max_examples=40, deadline=None)
@given(BOX, BOX, st.floats(0, 100))
def test_overlap_is_symmetric(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float], e: float
) -> None:
    """Which of the two is called the site changes no area by more than the projection's noise."""
    one, two = (box(w, s, w + x, s + y, e, n) for (w, s, x, y), n in ((a, "甲"), (b, "乙")))
    there, back = overlap(one, two), overlap(two, one)
    assert there.area == pytest.approx(back.area, rel=1e-5, abs=1)
    assert there.least == pytest.approx(back.least, rel=1e-4, abs=20)


def test_a_strip_along_a_line() -> None:
    """Of a park 2.2 km deep, the first kilometre from the line counts, once for two lines; far away nothing does."""
    park = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.02))
    line = Shape("示例江", shapely.LineString([(103.0, 30.0), (105.0, 30.0)]))
    assert covered(park, [line, line], 1000) == pytest.approx(area(park) * 1000 / 2217, rel=1e-3)
    assert covered(park, [Shape("远", shapely.LineString([(103.0, 31.0), (105.0, 31.0)]))], 1000) == 0
    assert covered(park, []) == 0


def test_what_two_zones_share_counts_once() -> None:
    """Two zones that overlap inside a parcel cover it once; what only touches shares no area."""
    west, east = box(103.9, 29.9, 104.006, 30.1, name="甲"), box(104.004, 29.9, 104.008, 30.1, name="乙")
    assert covered(PARCEL, [west, east]) == pytest.approx(0.8 * area(PARCEL), rel=1e-4)
    assert common_shape(west, east).bounds == pytest.approx((104.004, 29.9, 104.006, 30.1))
    assert common_shape(box(104, 30, 104.01, 30.01), box(104.01, 30, 104.02, 30.01)).is_empty


@settings(max_examples=60, deadline=None)
@given(BOX, BOX)
def test_boxes_far_apart_are_not_tried_and_not_wrong(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> None:
    """An overlap of nothing at once is one of nothing when it is worked out: the distance is beyond both errors."""
    one, two = (box(w, s, w + x, s + y, 1, n) for (w, s, x, y), n in ((a, "甲"), (b, "乙")))
    if overlap(one, two).sure is False:
        assert distance(one, two).metres > 2
