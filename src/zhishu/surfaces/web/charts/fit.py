"""Where inside an area a label fits, or that it fits nowhere."""

import shapely

from zhishu.surfaces.web.charts.scale import text_width


def fitting_spot(
    rings: tuple[tuple[tuple[float, float], ...], ...], rows: list[str], letter: float
) -> tuple[float, float] | None:
    """Return the middle of the roomiest place for a few short lines, or None when none holds them.

    ``letter`` is the letter size in the units of the rings. Up to a tenth of the box may stick out:
    names over a border still read, names over a neighbour do not.
    """
    wide = max(text_width(row, letter) for row in rows)
    tall = letter * 1.12 * len(rows)
    area = (
        shapely.make_valid(shapely.polygons(rings[0]))
        if len(rings) == 1
        else shapely.union_all([shapely.make_valid(shapely.polygons(ring)) for ring in rings])
    )
    left, top, right, bottom = (float(v) for v in shapely.bounds(area))
    if right - left < wide * 0.9 or bottom - top < tall * 0.9:
        return None
    shapely.prepare(area)
    heart = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, tolerance=letter / 4))[0]
    best: tuple[float, float, float] | None = None
    steps = 14
    for i in range(steps + 1):
        for j in range(steps + 1):
            x = left + (right - left) * i / steps
            y = top + (bottom - top) * j / steps
            away = ((x - float(heart[0])) ** 2 + (y - float(heart[1])) ** 2) ** 0.5
            if best is not None and away >= best[0]:
                continue
            box = shapely.box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            if shapely.contains(area, box) or _inside(area, box) > 0.9:
                best = (away, x, y)
    return None if best is None else (best[1], best[2])


def _inside(area: shapely.Geometry, box: shapely.Geometry) -> float:
    return float(shapely.area(shapely.intersection(area, box)) / shapely.area(box))
