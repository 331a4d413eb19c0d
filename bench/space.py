"""Distances of 100,000 sites to lines the size of nine rivers: ``python bench/space.py [GEOJSON]``."""

import json
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from clock import say

from zhishu.data.space.crs import read_crs
from zhishu.data.space.near import Feature, nearest, within_any
from zhishu.data.space.raw import declared_crs
from zhishu.data.space.shapes import read_shape

SITES = 100_000
SECONDS = 2


def rivers(path: Path) -> list[Feature]:
    """Return the lines of a GeoJSON file as centre lines known to a kilometre, half as wide as two hundred metres."""
    held = json.loads(path.read_text(encoding="utf-8"))
    crs = read_crs(declared_crs(held), path.name)
    return [
        Feature(
            read_shape(f["geometry"], crs, f"{f['properties'].get('name_zh')}{i}"), "centre", 1000.0, half_width_m=200.0
        )
        for i, f in enumerate(held["features"])
    ]


def made(lines: int = 9, points: int = 600) -> list[Feature]:
    """Return as many wandering lines, for a machine without the file."""
    draw = np.random.default_rng(1)
    found = []
    for i in range(lines):
        steps = np.cumsum(draw.normal(0, 0.01, (points, 2)), axis=0) + np.array([100.0 + i, 30.0])
        text = shapely.linestrings(steps).wkt
        found.append(Feature(read_shape(text, read_crs("CGCS2000"), f"示例江{i}"), "bank", 50.0))
    return found


def points(features: list[Feature]) -> None:
    """Time the distances and the three-valued limit of a kilometre."""
    draw = np.random.default_rng(0)
    sites = shapely.points(draw.uniform((97.4, 26.1), (108.5, 34.3), (SITES, 2)))
    start, busy = time.perf_counter(), time.process_time()
    near = nearest(sites, features)
    middle, worked = time.perf_counter(), time.process_time()
    truths = within_any(sites, features, 1000.0, date(2022, 12, 31))
    end = time.perf_counter()
    unknown = sum(not isinstance(t, bool) for t in truths)
    say(
        f"{SITES} sites against {len(features)} lines: nearest {middle - start:.2f} s, {worked - busy:.2f} s of processor "
        f"(median {np.median(near.metres) / 1000:.1f} km), within 1 km {end - middle:.2f} s ({unknown} unknown): "
        f"below {SECONDS} s {'met' if middle - start < SECONDS else 'NOT met'}"
    )


def main() -> None:
    """Take the rivers of a file, or made ones."""
    points(rivers(Path(sys.argv[1])) if len(sys.argv) > 1 else made())


if __name__ == "__main__":
    main()
