"""Where inside an area a label fits, or that it fits nowhere."""

import numpy as np
import shapely

from zhishu.surfaces.web.charts.boundaries import Area
from zhishu.surfaces.web.charts.scale import text_width

# Places tried across and down the area.
STEPS = 25


def fitting_spot(area: Area, rows: list[str], letter: float) -> tuple[float, float] | None:
    """Return the middle of the place nearest to the heart of the area that holds a few short lines.

    ``letter`` is the letter size in the units of the area. None when no place holds the lines: a name
    that would touch a neighbour does not belong inside.
    """
    wide = max(text_width(row, letter) for row in rows)
    tall = letter * 1.12 * len(rows)
    x, y = area.heart
    if (wide**2 + tall**2) ** 0.5 / 2 <= area.reach:
        return x, y
    if area.reach * 2 < tall:
        return None
    shape = shapely.polygons(max(area.rings, key=len))
    left, top, right, bottom = (float(v) for v in shapely.bounds(shape))
    if right - left < wide or bottom - top < tall:
        return None
    across, down = np.meshgrid(np.linspace(left, right, STEPS), np.linspace(top, bottom, STEPS))
    spots = np.vstack([(x, y), np.column_stack([across.ravel(), down.ravel()])])
    shapely.prepare(shape)
    spots = spots[shapely.contains_xy(shape, spots[:, 0], spots[:, 1])]
    spots = spots[np.argsort(np.hypot(spots[:, 0] - x, spots[:, 1] - y), kind="stable")]
    boxes = shapely.box(spots[:, 0] - wide / 2, spots[:, 1] - tall / 2, spots[:, 0] + wide / 2, spots[:, 1] + tall / 2)
    whole = np.flatnonzero(shapely.contains(shape, boxes))
    if len(whole):
        return float(spots[whole[0], 0]), float(spots[whole[0], 1])
    return None
