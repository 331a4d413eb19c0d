"""Distances to rivers with their tolerance: a limit is kept, broken, or nobody can say, and each is told apart."""

import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scipy.optimize import minimize_scalar

from zhishu.data.space.crs import read_crs
from zhishu.data.space.near import Feature, nearest, within, within_any
from zhishu.data.space.raw import declared_crs
from zhishu.data.space.shapes import Shape, read_shape
from zhishu.logic import Truth, Unknown

GEOD = Geod(a=6378137, rf=298.257222101)
RIVERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "sichuan_rivers_ne10m.geojson"
DAY = date(2022, 12, 31)
NOT_LISTED = Unknown("not_listed")


def river(name: str = "示例江", lat: float = 30.0, **more: object) -> Feature:
    """Return a river along a parallel, cut every hundredth of a degree."""
    line = shapely.segmentize(shapely.LineString([(103.0, lat), (105.0, lat)]), 0.01)
    return Feature(Shape(name, line), **more)  # type: ignore[arg-type]  # the fields of a feature


def north(metres: float, lat: float = 30.0) -> shapely.Geometry:
    """Return a point so many metres north of the parallel."""
    lon, lat, _ = GEOD.fwd(104.2, lat, 0, metres)
    return shapely.Point(lon, lat)


def truths(metres: list[float], *rivers: Feature, error: float = 0.0) -> list[str]:
    """Return yes, no or the reason for sites so many metres north of 30° N."""
    sites = np.array([north(m) for m in metres], dtype=object)
    return [said(t) for t in within_any(sites, rivers, 1000, DAY, error)]


def said(truth: Truth) -> str:
    """Return a truth in a word."""
    return truth.reason if isinstance(truth, Unknown) else "yes" if truth else "no"


def test_a_point_inside_the_error_is_unknown() -> None:
    """900 m from a line known to a kilometre is unknown, not prohibited; 2,100 m is free, and no distance prohibited."""
    assert truths([0, 900, 1999, 2101], river(error_m=1000)) == ["tolerance"] * 3 + ["no"]


def test_the_hand_case_of_the_row() -> None:
    """Errors of 50 m in all: 800 m inside, 1,030 m nobody knows, 1,400 m outside."""
    assert truths([800, 1030, 1400], river(error_m=30), error=20) == ["yes", "tolerance", "no"]


def test_a_middle_line_needs_a_width() -> None:
    """Declared, half the width joins the tolerance; undeclared, no distance decides anything."""
    wide = river(kind="centre", error_m=10, half_width_m=140)
    assert wide.reach == 150
    assert truths([800, 900, 1100, 1200], wide) == ["yes", "tolerance", "tolerance", "no"]
    assert math.isinf(river(kind="centre").reach)
    assert truths([10, 50_000], river(kind="centre")) == ["tolerance", "tolerance"]


def test_off_the_list_is_unknown_not_free() -> None:
    """Near an unlisted river nobody knows; far from it the site is free; a listed one beside it decides."""
    unlisted = river("示例支流", listed=NOT_LISTED, error_m=10)
    assert truths([500, 1005, 1500], unlisted) == ["not_listed", "not_listed", "no"]
    assert truths([500, 1500], unlisted, river("示例江", 30.0001)) == ["yes", "no"]
    assert truths([500, 1500], river(listed=False)) == ["no", "no"]
    assert truths([500], unlisted, river("示例大江", 31.0)) == ["not_listed"]


def test_a_listed_doubt_is_told_before_an_unlisted_one() -> None:
    """Where both leave it open, the reason is the tolerance to the listed river."""
    assert truths([900], river("一", error_m=500), river("二", listed=NOT_LISTED)) == ["tolerance"]


def test_only_what_is_in_force_counts() -> None:
    """The first and the last day count, the days around them do not, and nothing in force is no freedom."""
    sites = np.array([north(500)], dtype=object)
    line = river(valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [said(within_any(sites, [line], 1000, day)[0]) for day in days] == ["empty", "yes", "yes", "empty"]
    assert [said(t) for t in within_any(sites, [], 1000, DAY)] == ["empty"]


@given(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(0, 1e6), st.floats(0, 1e5))
def test_within_is_monotone(metres: float, tolerance: float, limit: float, more: float) -> None:
    """A longer limit never takes a yes back; a greater tolerance never turns yes into no or no into yes."""
    order = {"no": 0, "tolerance": 1, "yes": 2}
    assert order[said(within(metres, tolerance, limit))] <= order[said(within(metres, tolerance, limit + more))]
    wider = said(within(metres, tolerance + more, limit))
    assert wider in ("tolerance", said(within(metres, tolerance, limit)))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(103.1, 104.9), st.floats(29.5, 30.5)), min_size=1, max_size=8))
def test_the_nearest_is_the_nearest_by_trial(spots: list[tuple[float, float]]) -> None:
    """The tree finds what minimising the geodesic along every river finds, within the tolerance."""
    parallels = {"甲": 29.8, "乙": 30.1, "丙": 30.4}
    rivers = [river(name, lat, error_m=3.0 + i) for i, (name, lat) in enumerate(parallels.items())]
    found = nearest(np.array([shapely.Point(p) for p in spots], dtype=object), rivers)

    def away(east: float, lon: float, lat: float, parallel: float) -> float:
        return float(GEOD.inv(lon, lat, lon + east, parallel)[2])

    for i, (lon, lat) in enumerate(spots):
        trial = {
            name: minimize_scalar(away, bounds=(-0.01, 0.01), args=(lon, lat, parallel), options={"xatol": 1e-9}).fun
            for name, parallel in parallels.items()
        }
        best = min(trial.values())
        assert best - 0.2 <= found.metres[i] <= best + found.tolerance[i]
        assert trial[found.ids[i]] <= best + found.tolerance[i]


def test_of_equals_the_first_id_and_shapes_as_sites() -> None:
    """Two rivers in one place give the first id; a park's nearest edge counts, and inside an area it is nothing."""
    park = shapely.box(104.0, 30.01, 104.02, 30.02)
    lake = Feature(Shape("湖", shapely.box(103.9, 30.0, 104.1, 30.1)))
    found = nearest(np.array([park], dtype=object), [river("乙"), river("甲")])
    assert found.ids == ("乙",)
    assert found.metres[0] == pytest.approx(GEOD.inv(104.0, 30.0, 104.0, 30.01)[2], rel=1e-3)
    assert nearest(np.array([park], dtype=object), [lake]).metres[0] == 0
    with pytest.raises(ValueError, match="no features"):
        nearest(np.array([park], dtype=object), [])


def test_the_rivers_of_a_coarse_map_prohibit_nothing_by_themselves() -> None:
    """Centre lines of kilometre scale and no width leave every near site open; with a width, far ones are free."""
    if not RIVERS.exists():
        pytest.skip("the rivers of Natural Earth are not beside this checkout")
    held = json.loads(RIVERS.read_text(encoding="utf-8"))
    crs = read_crs(declared_crs(held))
    shapes = [
        read_shape(f["geometry"], crs, f"{f['properties']['name_zh']}{i}") for i, f in enumerate(held["features"])
    ]
    assert len(shapes) == 9
    sites = np.array(
        [shapely.Point(104.06, 30.67), shapely.Point(105.44, 28.89), shapely.Point(98.0, 33.9)], dtype=object
    )
    coarse = [Feature(s, "centre", 1000.0, half_width_m=200.0) for s in shapes]
    assert [said(t) for t in within_any(sites, coarse, 1000, DAY)][1] == "tolerance"
    assert "yes" not in [said(t) for t in within_any(sites, coarse, 1000, DAY)]
    blank = [Feature(s, "centre", 1000.0) for s in shapes]
    assert {said(t) for t in within_any(sites, blank, 1000, DAY)} == {"tolerance"}
