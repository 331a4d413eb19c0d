"""Layers declare what they are or are refused line by line; a distance to lines of several kinds keeps every kind in view."""

import json
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data.space.kinds import SEVERAL, nearest_kinds
from zhishu.data.space.layer import read_layer
from zhishu.data.space.near import Feature
from zhishu.data.space.shapes import CHINA, Shape
from zhishu.data.space.sited import sited
from zhishu.errors import ZhishuError

METRES = 110_852.0
"""Metres of a degree of latitude at 30° N, about."""
CRS = {"type": "name", "properties": {"name": "EPSG:4490"}}


def line(name: str = "示例江", lat: float = 30.0, **properties: object) -> dict[str, Any]:
    """Return a line along a parallel."""
    points = [[103 + i * 0.05, lat] for i in range(41)]
    return {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "LineString", "coordinates": points},
    }


def layer(*lines: object, **members: object) -> str:
    """Return a layer that declares all it must, but for what is given here."""
    whole = {"type": "FeatureCollection", "crs": CRS, "error_m": 30, "line": "bank", "features": list(lines), **members}
    return json.dumps({k: v for k, v in whole.items() if v is not None}, ensure_ascii=False)


def test_a_line_has_what_it_declares_or_its_layer() -> None:
    """A property of a line stands before that of the layer; a centre line is as unsure as the river is wide."""
    text = layer(
        line(), line("示例河", 30.1, line="中心线", half_width_m=120, error_m=10, kind="支流", cite="示例名录")
    )
    bank, centre = read_layer(text, "示例.geojson").lines
    assert (bank.feature.reach, centre.feature.reach) == (30.0, 130.0)
    assert (centre.name, centre.kind, centre.cite) == ("示例河", "支流", "示例名录")


def test_offset_coordinates_bring_their_error() -> None:
    """A layer in GCJ-02 is moved, and its conversion enters the tolerance of every line."""
    moved = read_layer(layer(line(), crs={"type": "name", "properties": {"name": "GCJ-02"}}), "示例.geojson").lines[0]
    assert moved.feature.reach == pytest.approx(36.0, abs=0.1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{", ["layer-json"]),
        (layer(line()).replace('"error_m": 30', '"error_m": 3000, "error_m": 30'), ["layer-key-twice"]),
        (layer(line(counts="false")), ["layer-counts"]),
        ("[1]", ["layer-json"]),
        (layer(line(), crs=None), ["space-no-crs"]),
        (layer(line(), crs={"type": "name", "properties": {"name": "EPSG:4214"}}), ["space-crs"]),
        (layer(), ["layer-empty"]),
        (layer(line(counts=False)), ["layer-empty"]),
        (layer(line(), error_m=None), ["layer-needs"]),
        (layer(line(), error_m=-1), ["layer-needs"]),
        (layer(line(), line=None), ["layer-needs"]),
        (layer(line(), line="centre"), ["layer-needs"]),
        (layer(line(name="")), ["layer-needs"]),
        (layer(3), ["layer-needs"]),
        (layer(line(), {"properties": {"name": "示例点"}, "geometry": {"type": "Point", "coordinates": [104, 30]}}), ["layer-not-lines"]),
        (layer(line(), {"properties": {"name": "示例空"}, "geometry": None}), ["space-empty"]),
        (layer({**line(), "geometry": {"type": "LineString", "coordinates": [[30, 104], [30.1, 104]]}}), ["space-swapped"]),
        (layer(line(valid_from="某日")), ["layer-not-a-date"]),
        (layer(line(name=""), line(error_m="?"), line()), ["layer-needs", "layer-needs"]),
    ],
)  # fmt: skip
def test_what_is_not_declared_is_refused(text: str, codes: list[str]) -> None:
    """Every problem at once, with the file, the number of the line, and what to write."""
    with pytest.raises(ZhishuError) as caught:
        read_layer(text, "示例.geojson")
    assert [p.code for p in caught.value.problems] == codes
    for problem in caught.value.problems:
        assert problem.where.startswith("示例.geojson")
        assert problem.repair.zh
        assert problem.repair.en


def test_sites_are_converted_together_and_named_one_by_one() -> None:
    """Each system by itself; swapped, elsewhere, metres as degrees and an unknown system are told by place."""
    x = np.array([104.0, 30.0, 2.3, 104.0, 410000.0, 104.0, 104.0])
    y = np.array([30.0, 104.0, 48.9, 30.0, 3320000.0, 30.0, 30.0])
    systems = ["CGCS2000", "CGCS2000", "WGS84", "", "EPSG:4544", "北京某系", "EPSG:4544"]
    found = sited(x, y, systems, [f"示例{i}" for i in range(7)], CHINA)
    assert {i: p.code for i, p in found.problems.items()} == {
        1: "space-swapped", 2: "space-outside", 3: "space-no-crs", 5: "space-crs", 6: "space-not-metres"
    }  # fmt: skip
    assert np.isfinite(found.lon).tolist() == [True, False, False, False, True, False, False]
    assert found.problems[1].what.zh == "示例1 的经度和纬度写反了"


@settings(max_examples=40)
@given(
    rivers=st.lists(
        st.tuples(st.integers(-4000, 4000), st.sampled_from([10, 60, 400, 2000]), st.integers(0, 2)),
        min_size=1,
        max_size=5,
    ),
    horizon=st.sampled_from([500, 1000, 3000]),
)
def test_the_distance_covers_every_line_that_may_be_nearest(rivers: list[tuple[int, int, int]], horizon: int) -> None:
    """Wherever the lines truly lie within their errors, the nearest lies within the tolerance told.

    The kind is given where lines of one kind alone may lie within the horizon, and then the distance is that kind's.
    """
    features = [
        Feature(
            Shape(f"示例{i}", shapely.LineString([(103.9, 30 + off / METRES), (104.1, 30 + off / METRES)])),
            error_m=error,
        )
        for i, (off, error, _) in enumerate(rivers)
    ]
    kinds = [k for _, _, k in rivers]
    found = nearest_kinds(shapely.points([[104.0, 30.0]]), features, kinds, horizon, np.zeros(1))
    metres, tolerance, kind = float(found.metres[0]), float(found.tolerance[0]), int(found.kind[0])
    slack = 2.0
    low = {k: min(abs(o) - e for o, e, of in rivers if of == k) for k in set(kinds)}
    high = {k: min(abs(o) + e for o, e, of in rivers if of == k) for k in set(kinds)}
    near = [k for k in low if low[k] <= horizon]
    if any(abs(v - horizon) < slack + 1 for v in low.values()):
        return
    if len(near) > 1:
        assert kind == SEVERAL
    elif near:
        assert kind == near[0]
    of = near if len(near) == 1 else list(low)
    assert metres - tolerance <= min(low[k] for k in of) + slack
    assert metres + tolerance >= min(high[k] for k in of) - slack
    assert tolerance <= max(e for _, e, _ in rivers) + max(abs(o) for o, _, _ in rivers) * 0.01 + slack
