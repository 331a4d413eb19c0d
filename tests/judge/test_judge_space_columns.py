"""Columns that places fill: what a sheet is told of shapes, distances and overlaps, unknowns with their reason."""

import re
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
import shapely

import zhishu.data.space
from zhishu.data.space.metric import area
from zhishu.data.space.shapes import Shape
from zhishu.formula.evaluate import Value
from zhishu.judge.space_cells import STATES
from zhishu.judge.space_columns import COLUMNS, WORDS
from zhishu.logic import Unknown
from zhishu.pack.check_system import _COLUMNS
from zhishu.study.columns import COLUMNS as ALL

PARK = "POLYGON ((104 30, 104.01 30, 104.01 30.01, 104 30.01, 104 30))"
EAST = "POLYGON ((104.006 29.9, 104.1 29.9, 104.1 30.1, 104.006 30.1, 104.006 29.9))"
RIVER = "LINESTRING (103.9 30, 104.1 30)"
BOW_TIE = "POLYGON ((104 30, 104.01 30.01, 104.01 30, 104 30.01, 104 30))"
SPIKE = "POLYGON ((104 30, 104.01 30, 104.01 30.01, 104.012 30.01, 104.01 30.01, 104 30.01, 104 30))"
BOX = {"west": "97.3", "south": "26.0", "east": "108.6", "north": "34.4"}
MISSING = Unknown("missing", "图形")


def run(column: str, options: Mapping[str, object] | None = None, **cells: Value) -> Value:
    """Return what a column gives for one row."""
    return COLUMNS[column]([{"crs": "CGCS2000", "to_crs": "CGCS2000", **cells}], options or {})[0]


@pytest.mark.parametrize(
    ("shape", "crs", "state"),
    [
        (PARK, "CGCS2000", "ok"),
        (SPIKE, "CGCS2000", "repaired"),
        (BOW_TIE, "CGCS2000", "invalid"),
        (PARK, Unknown("missing"), "no-crs"),
        (PARK, "北京55", "crs"),
        ("POLYGON EMPTY", "CGCS2000", "empty"),
        ("POLYGON ((104 30, 104.01 30, 104 30.01))", "CGCS2000", "unclosed"),
        ("示例园", "CGCS2000", "unreadable"),
        ("POINT (inf 30)", "CGCS2000", "not-finite"),
        ("30 104", "CGCS2000", "swapped"),
        ("116.4 39.9", "CGCS2000", "outside"),
        ("104 30", "EPSG:4523", "not-metres"),
        ("35400000 3320000", "CGCS2000", "not-degrees"),
        ("400000 3320000", "EPSG:4523", "zone"),
    ],
)
def test_every_state_of_a_shape_is_told(shape: str, crs: Value, state: str) -> None:
    """A sheet learns why a shape cannot be used, in a word that has a meaning in both languages."""
    assert run("shape_state", BOX, shape=shape, crs=crs) == state
    assert state in STATES


def test_every_refusal_of_the_kernel_has_words() -> None:
    """Each problem code of data/space is a state with words, and the column carries them; only read_crs asks twice."""
    folder = Path(zhishu.data.space.__file__).parent
    codes = {c for p in folder.glob("*.py") for c in re.findall(r'Problem\(\s*"space-([a-z-]+)"', p.read_text("utf-8"))}
    assert len(codes) >= 13
    assert codes | {"ok", "repaired"} == set(STATES)
    assert WORDS["shape_state"]({}) == STATES
    assert ALL["shape_state"].words is not None


def test_a_blank_is_unknown_and_a_repair_must_be_asked_for() -> None:
    """No shape is no error; a sheet, or a row, may forbid the repair; its change is told."""
    assert run("shape_state", shape=MISSING) == MISSING
    assert run("shape_state", {"repair": False}, shape=SPIKE) == "invalid"
    assert run("shape_state", {"repair": False}, shape=SPIKE, repair=True) == "repaired"
    assert run("shape_state", shape=SPIKE, repair=Unknown("missing")) == "invalid"
    assert run("shape_change", shape=PARK) == 0
    small = "POLYGON ((104 30, 104.01 30, 104.01 30.01, 104 30.01, 104.0005 29.9995, 104 30))"
    change = run("shape_change", shape=small)
    assert isinstance(change, Fraction)
    assert Fraction(1, 1000) < change < Fraction(1, 100)
    assert run("shape_change", shape=BOW_TIE) == Unknown("held", STATES["invalid"].zh)
    assert run("shape_change", shape=MISSING) == MISSING


def test_extent_is_china_where_none_is_declared() -> None:
    """Without four sides only what lies outside China is outside."""
    assert run("shape_state", shape="116.4 39.9") == "ok"
    assert run("shape_state", shape="2 48") == "outside"


def test_distance_with_its_error_and_a_limit() -> None:
    """A park on the bank is within a kilometre; 1,108 m off, known to 200 m, nobody can say; without error neither."""
    north = "104 30.01"
    metres = run("distance_to", shape=north, to_shape=RIVER)
    assert isinstance(metres, Fraction)
    assert 1105 < metres < 1110
    errors = {"error": Fraction(150), "to_error": Fraction(50)}
    error = run("distance_error", shape=north, to_shape=RIVER, **errors)
    assert isinstance(error, Fraction)
    assert 200 < error < 201

    def within(limit: Value, **cells: Value) -> Value:
        return run("within_distance", limit=limit, **{"shape": north, "to_shape": RIVER, **errors, **cells})

    assert within(Fraction(1000)) == Unknown("tolerance", "1109 ± 200 米")
    assert within(Fraction(900)) is False
    assert within(Fraction(1400)) is True
    assert within(Fraction(1000), shape=PARK) is True
    assert within(Fraction(1000), error=Unknown("missing", "误差")) == Unknown("missing", "误差")
    assert within(Unknown("not_set", "距离")) == Unknown("not_set", "距离")
    assert within(Fraction(1000), shape=MISSING) == MISSING
    assert within(Fraction(1000), to_shape=BOW_TIE) == Unknown("held", STATES["invalid"].zh)
    assert within(Fraction(1000), error=Fraction(-1)) == Unknown("domain", "negative")
    assert within(Fraction(1000), crs="GCJ-02", error=Fraction(0)) is False


def test_overlap_with_its_bounds() -> None:
    """Two fifths of the park lie in the zone; drawn in it is less, drawn out more; a point gives no area."""
    cells: dict[str, Value] = {"shape": PARK, "to_shape": EAST, "error": Fraction(10), "to_error": Fraction(10)}
    whole = run("shape_area", shape=PARK)
    found = {name: run(f"overlap_{name}", **cells) for name in ("least", "area", "most")}
    assert isinstance(whole, Fraction)
    assert all(isinstance(v, Fraction) for v in found.values())
    assert float(found["area"] / whole) == pytest.approx(0.4, abs=1e-4)  # type: ignore[operator]  # both are numbers
    assert found["least"] < found["area"] < found["most"]  # type: ignore[operator]  # all are numbers
    assert run("overlaps", **cells) is True
    assert run("overlaps", **{**cells, "shape": "104.006 30"}) == Unknown("tolerance", "边界 ± 20 米")
    assert run("overlaps", **{**cells, "shape": "103 30"}) is False
    assert run("overlaps", **{**cells, "to_shape": MISSING}) == MISSING


def test_the_shared_area_is_written_as_wkt() -> None:
    """What two shapes share can be drawn; where they only touch it is empty."""
    shared = run("overlap_shape", shape=PARK, to_shape=EAST)
    assert shapely.from_wkt(str(shared)).bounds == pytest.approx((104.006, 30.0, 104.01, 30.01))
    assert run("overlap_shape", shape=PARK, to_shape=RIVER) == ""


def near(beside: list[dict[str, Value]], **cells: Value) -> Value:
    """Return the area of the park near or inside the shapes beside."""
    rows = [{"crs": "CGCS2000", **b} for b in beside]
    return COLUMNS["area_near"]([{"shape": PARK, "crs": "CGCS2000", **cells}], {"beside": rows})[0]


def test_area_near_counts_once_and_only_its_own() -> None:
    """Two equal zones cover once; rows of another site, and those whose condition is false, do not count."""
    whole = area(Shape("园", shapely.from_wkt(PARK)))
    zone: dict[str, Value] = {"shape": EAST, "of": "甲", "where": True}
    part = near([zone, zone], id="甲")
    assert isinstance(part, Fraction)
    assert float(part) == pytest.approx(0.4 * whole, rel=1e-3)
    assert near([zone], id="乙") == 0
    assert near([{**zone, "where": False}], id="甲") == 0
    assert near([{**zone, "where": MISSING}], id="甲") == MISSING
    assert near([{"shape": MISSING}]) == MISSING
    strip = near([{"shape": RIVER}], limit=Fraction(1000))
    assert isinstance(strip, Fraction)
    assert float(strip) == pytest.approx(whole * 1000 / 1108.5, rel=1e-3)
    assert near([{"shape": RIVER}], limit=Unknown("not_set")) == Unknown("not_set")


def test_an_unlisted_line_proves_nothing_but_distance() -> None:
    """Near a line off the list nobody knows, far from it the site is free, and an unknown listing says its reason."""
    cells: dict[str, Value] = {
        "to_shape": RIVER,
        "limit": Fraction(1000),
        "error": Fraction(5),
        "to_error": Fraction(5),
    }
    near_by, far = "104 30.001", "104 30.1"
    assert run("within_distance", shape=near_by, listed=True, **cells) is True
    assert run("within_distance", shape=near_by, listed=False, **cells) == Unknown("not_listed")
    assert run("within_distance", shape=near_by, listed=MISSING, **cells) == MISSING
    assert run("within_distance", shape="104 30.009", listed=False, **cells) == Unknown("not_listed")
    assert run("within_distance", shape=far, listed=False, **cells) is False


def test_where_a_shape_crosses_itself_is_told() -> None:
    """The place is given in the coordinates written; a good shape and an unreadable one have none."""
    assert run("shape_fault", shape=BOW_TIE) == "104.005 30.005"
    assert run("shape_fault", shape=PARK) == run("shape_fault", shape="示例") == ""
    assert run("shape_fault", shape=MISSING) == MISSING


def test_a_union_counts_once() -> None:
    """Equal shapes count once, pairs by what they share, and an unknown part leaves the sum unknown."""
    whole = area(Shape("园", shapely.from_wkt(PARK)))

    def union(*beside: dict[str, Value]) -> Value:
        rows = [{"crs": "CGCS2000", "and_crs": "CGCS2000", **b} for b in beside]
        return COLUMNS["area_union"]([{"id": "县"}], {"beside": [{"of": "县", **row} for row in rows]})[0]

    def share(value: Value) -> float:
        assert isinstance(value, Fraction)
        return float(value) / whole

    assert share(union({"shape": PARK}, {"shape": PARK})) == pytest.approx(1, rel=1e-6)
    both: dict[str, Value] = {"shape": PARK, "and_shape": EAST}
    assert share(union(both, both)) == pytest.approx(0.4, rel=1e-3)
    assert share(union({**both, "of": "他县"}, {**both, "where": False})) == 0
    assert union({**both, "where": MISSING}) == MISSING
    assert union({**both, "and_shape": MISSING}) == MISSING


def test_declared_kinds_are_those_the_columns_give() -> None:
    """What the checker takes a column for is what it gives: words, truths, and numbers for the rest."""
    kinds = {name: _COLUMNS[name].kind for name in COLUMNS if name in _COLUMNS}
    assert kinds == {
        "shape_state": "word",
        "shape_fault": "word",
        "overlap_shape": "word",
        "within_distance": "truth",
        "overlaps": "truth",
    }


def test_the_libraries_of_places_are_loaded_only_when_asked() -> None:
    """Naming the columns costs no other command the loading of PROJ."""
    code = "import sys, zhishu.study.columns; print('pyproj' in sys.modules, 'shapely' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
