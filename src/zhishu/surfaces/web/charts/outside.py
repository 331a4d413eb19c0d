"""Names of areas too small to hold them: in the empty corners of the map, each with a thin line to its area."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely

from zhishu.surfaces.web.charts.boundaries import WIDTH, Boundaries
from zhishu.surfaces.web.charts.ink import INK, INK2, SURFACE
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.place import Box
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import line, tag, text

# Places tried across and down the map, and the room kept free around a name, in pixels.
ACROSS, DOWN = 32, 30
ROOM = 3.0
# The longest line, as a share of the width: a longer one is harder to follow than the table.
LONGEST = 0.3


def outside_names(
    boundaries: Boundaries, names: Sequence[tuple[str, str]], covered: Sequence[Box], letter: float, size: Size
) -> list[str]:
    """Return the names (area code, words) that find a free place off the land; the others are left to the table.

    The innermost choose first, because the outer ones have more places. A line crosses no other line and no name.
    """
    return list(_placed(boundaries, tuple(names), tuple(covered), letter, size)) if names else []


@lru_cache(maxsize=32)
def _placed(
    boundaries: Boundaries, names: tuple[tuple[str, str], ...], covered: tuple[Box, ...], letter: float, size: Size
) -> tuple[str, ...]:
    """Return the same; the same map is drawn for every visitor, and finding the places is most of the work."""
    k = size.width / WIDTH
    height = boundaries.height * k
    hearts = {a.code: (a.heart[0] * k, a.heart[1] * k) for a in boundaries.areas}
    shapes = [shapely.polygons(np.array(ring) * k) for a in boundaries.areas for ring in a.rings]
    land = shapely.STRtree(shapely.simplify(shapes, ROOM / 2))
    places = {code: _places(hearts[code], words, land, letter, size.width, height) for code, words in names}
    taken = [shapely.box(*box) for box in covered]
    lines: list[shapely.Geometry] = []
    parts: list[str] = []
    for code, words in sorted(names, key=lambda n: (-min((p[0] for p in places[n[0]]), default=0.0), n[0])):
        (x, y) = hearts[code]
        for _, sx, sy, box in places[code]:
            end = shapely.get_coordinates(shapely.shortest_line(shapely.points(x, y), box))[1]
            leader = shapely.linestrings([(x, y), end])
            if shapely.intersects([box, leader], np.array(taken)[:, None]).any() if taken else False:
                continue
            if lines and (
                shapely.crosses(leader, np.array(lines)).any() or shapely.intersects(box, np.array(lines)).any()
            ):
                continue
            taken.append(box)
            lines.append(leader)
            parts.append(line(x, y, float(end[0]), float(end[1]), SURFACE, 2.6))
            parts.append(line(x, y, float(end[0]), float(end[1]), INK2, 0.9, role="leader"))
            parts.append(tag("circle", cx=x, cy=y, r=1.8, fill=INK, stroke=SURFACE, stroke_width=0.8))
            parts.append(text(sx, sy + letter * 0.36, words, size=letter, fill=INK, anchor="middle"))
            break
    return tuple(parts)


def _places(
    heart: tuple[float, float], words: str, land: shapely.STRtree, letter: float, width: float, height: float
) -> list[tuple[float, float, float, shapely.Geometry]]:
    """Return the places off the land, the nearest first: distance, middle, box."""
    wide, tall = text_width(words, letter) + 2 * ROOM, letter * 1.2
    across, down = np.meshgrid(
        np.linspace(wide / 2, width - wide / 2, ACROSS), np.linspace(tall / 2, height - tall / 2, DOWN)
    )
    xs, ys = across.ravel(), down.ravel()
    # how far the heart lies from each box, without building the box
    far = np.hypot(np.maximum(np.abs(xs - heart[0]) - wide / 2, 0), np.maximum(np.abs(ys - heart[1]) - tall / 2, 0))
    near = np.flatnonzero(far <= LONGEST * width)
    near = near[np.argsort(far[near], kind="stable")]
    boxes = shapely.box(xs[near] - wide / 2, ys[near] - tall / 2, xs[near] + wide / 2, ys[near] + tall / 2)
    free = np.setdiff1d(np.arange(len(near)), land.query(boxes, predicate="intersects")[0])
    return [(float(far[near[i]]), float(xs[near[i]]), float(ys[near[i]]), boxes[i]) for i in free]
