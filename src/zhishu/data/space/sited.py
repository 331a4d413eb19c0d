"""Many sites given as coordinates: brought to CGCS2000 degrees together, the misplaced ones named one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.data.space.crs import easting_fits, read_crs, to_cgcs2000
from zhishu.data.space.offset import Floats
from zhishu.data.space.shapes import Extent, read_shape
from zhishu.errors import Problem, ZhishuError

MOST_NAMED = 200
"""So many misplaced sites are named; the rest are left out all the same."""


@dataclass(frozen=True, slots=True)
class Sited:
    """Longitude, latitude and the error of the conversion (metres); not a number where a site cannot be used."""

    lon: Floats
    lat: Floats
    error: Floats
    problems: Mapping[int, Problem]


def sited(x: Floats, y: Floats, systems: Sequence[str], names: Sequence[str], extent: Extent) -> Sited:
    """Return sites in CGCS2000 degrees with what is wrong with them, by place.

    ``systems`` names the reference system of each; an empty one is a problem. The problems are those of ``read_crs`` and
    ``read_shape``.

    >>> from zhishu.data.space.shapes import CHINA
    >>> found = sited(np.array([104.1, 30.6]), np.array([30.6, 104.1]), ["CGCS2000"] * 2, ["示例甲", "示例乙"], CHINA)
    >>> float(found.lon[0]), found.problems[1].code
    (104.1, 'space-swapped')
    """
    lon, lat, error = (np.full(len(x), np.nan) for _ in range(3))
    problems: dict[int, Problem] = {}
    words = np.array(systems, dtype=object)
    for word in sorted(set(systems)):
        rows = np.flatnonzero(words == word)
        try:
            crs = read_crs(word)
        except ZhishuError as wrong:
            problems.update((int(i), wrong.problems[0]) for i in rows[:MOST_NAMED])
            continue
        east, north, off = to_cgcs2000(x[rows], y[rows], crs)
        inside = easting_fits(x[rows], crs)
        inside &= (east >= extent.west) & (east <= extent.east) & (north >= extent.south) & (north <= extent.north)
        for i in rows[~inside][:MOST_NAMED].tolist():
            try:
                read_shape((float(x[i]), float(y[i])), crs, names[i], extent)
            except ZhishuError as wrong:
                problems[i] = wrong.problems[0]
        good = rows[inside]
        lon[good], lat[good], error[good] = east[inside], north[inside], off[inside]
    return Sited(lon, lat, error, problems)
