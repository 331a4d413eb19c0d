"""How near sites are to dated, cited lines and areas: distances with their tolerance, and a three-valued limit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from zhishu.data.space.metric import projected, stretched, zone_of
from zhishu.data.space.offset import Floats
from zhishu.data.space.shapes import EDGE_ERROR, Shape
from zhishu.logic import Truth, Unknown

Shapes = NDArray[np.object_]
# measured: edges a piece and branches a node with which 100,000 sites are found fastest
_EDGES, _BRANCHES = 4, 4


@dataclass(frozen=True, slots=True)
class Feature:
    """A line or area that limits sites: its error, whether the cited list names it, and from when to when.

    ``kind`` is ``bank`` (the very line) or ``centre`` (a middle line standing for the bank); a middle line needs
    ``half_width_m``, or nobody knows how far the bank is. ``error_m`` is that of the scale, beside the shape's own.
    """

    shape: Shape
    kind: str = "bank"
    error_m: float = 0.0
    listed: Truth = True
    valid_from: date | None = None
    valid_to: date | None = None
    half_width_m: float | None = None

    @property
    def id(self) -> str:
        """The id of its shape."""
        return self.shape.id

    @property
    def reach(self) -> float:
        """How far, in metres, the true line may lie from this one; infinite for a middle line of unknown width."""
        own = self.error_m + self.shape.error_m
        if self.kind == "centre":
            return math.inf if self.half_width_m is None else own + self.half_width_m
        return own

    def in_force(self, on: date) -> bool:
        """Return whether it limits sites on a day."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Near:
    """For each site: metres to the nearest feature, the tolerance of that, and the feature's id."""

    metres: Floats
    tolerance: Floats
    ids: tuple[str, ...]


def within(metres: float, tolerance: float, limit: float) -> Truth:
    """Return whether a distance is at most a limit (metres): yes or no only where the tolerance leaves no doubt.

    >>> within(800, 50, 1000), within(1400, 50, 1000)
    (True, False)
    >>> within(900, 1000, 1000)
    Unknown(reason='tolerance', detail='900 ± 1000 米')
    """
    if metres + tolerance <= limit:
        return True
    if metres - tolerance > limit:
        return False
    about = "∞" if math.isinf(tolerance) else f"{tolerance:.0f}"
    return Unknown("tolerance", f"{metres:.0f} ± {about} 米", f"{metres:.0f} ± {about} m")


def nearest(sites: Shapes, features: Sequence[Feature], error_m: float | Floats = 0.0) -> Near:
    """Return the nearest feature of each site (shapely shapes in CGCS2000 degrees); of equals the first id.

    ``error_m`` is the position error of the sites. Raises ValueError without features: no distance is not a long one.

    >>> line = shapely.LineString([(103.0, 30.0), (105.0, 30.0)])
    >>> river = Feature(Shape("示例江", line), error_m=10)
    >>> found = nearest(np.array([shapely.Point(104.0, 30.01)]), [river])
    >>> found.ids, bool(1105 < found.metres[0] < 1110), round(float(found.tolerance[0]), 1)
    (('示例江',), True, 10.2)
    """
    if not features:
        raise ValueError("no features")
    ordered = sorted(features, key=lambda f: f.id)
    pieces, owner = _pieces(ordered)
    reach = np.array([f.reach for f in ordered])
    bounds = shapely.bounds(sites)
    zones = zone_of((bounds[:, 0] + bounds[:, 2]) / 2)
    metres, short = np.zeros(len(sites)), np.zeros(len(sites))
    which = np.zeros(len(sites), dtype=np.int64)
    for zone in np.unique(zones):
        members = np.flatnonzero(zones == zone)
        here = projected(sites[members], f"EPSG:{int(zone)}")
        tree = shapely.STRtree(projected(pieces, f"EPSG:{int(zone)}"), node_capacity=_BRANCHES)
        (found, piece), away = tree.query_nearest(here, return_distance=True)
        # of equally near pieces the one of the first feature
        order = np.lexsort((owner[piece], found))
        first = order[np.unique(found[order], return_index=True)[1]]
        metres[members], which[members] = away[first], owner[piece[first]]
        box = shapely.bounds(here)
        off = np.maximum(np.abs(box[:, 0] - 500_000), np.abs(box[:, 2] - 500_000))
        short[members] = stretched(500_000 + off, away[first])
    names = [f.id for f in ordered]
    return Near(metres, reach[which] + error_m + short + EDGE_ERROR, tuple(names[i] for i in which.tolist()))


def _pieces(features: Sequence[Feature]) -> tuple[Shapes, NDArray[np.int64]]:
    """Return lines cut into short pieces, so that the tree finds the near one; areas and points stay whole."""
    pieces: list[shapely.Geometry] = []
    owner: list[int] = []
    for i, feature in enumerate(features):
        for part in shapely.get_parts(feature.shape.geometry):
            cut = [part]
            if part.geom_type == "LineString":
                points = shapely.get_coordinates(part)
                cut = [shapely.linestrings(points[k : k + _EDGES + 1]) for k in range(0, len(points) - 1, _EDGES)]
            pieces += cut
            owner += [i] * len(cut)
    return np.array(pieces, dtype=object), np.array(owner)


def within_any(
    sites: Shapes, features: Sequence[Feature], limit: float, on: date, error_m: float | Floats = 0.0
) -> tuple[Truth, ...]:
    """Return for each site whether it lies within ``limit`` metres of a listed feature in force on a day.

    Three-valued "any": one sure feature makes it true. A feature that the cited list does not name makes nothing true
    and nothing false: a site that may be near it is unknown, ``not_listed``, never free. One known to be no subject of
    the rule (``listed`` false) is left out. Without any feature in force the answer is unknown, ``empty``.

    >>> river = Feature(Shape("示例江", shapely.LineString([(103.0, 30.0), (105.0, 30.0)])), listed=Unknown("not_listed"))
    >>> spots = shapely.points([[104.0, 30.001], [104.0, 30.5]])
    >>> within_any(spots, [river], 1000, date(2022, 12, 31))
    (Unknown(reason='not_listed', detail='示例江'), False)
    """
    held = [f for f in features if f.in_force(on)]
    if not held:
        return (Unknown("empty", "没有当日有效的线或面", "no line or area is in force"),) * len(sites)
    found: list[Truth] = [False] * len(sites)
    # features alike in what they prove and how well: their nearest one speaks for all
    for listed in (True, False):
        for reach in sorted({f.reach for f in held if f.listed is not False and (f.listed is True) == listed}):
            alike = [f for f in held if f.listed is not False and (f.listed is True) == listed and f.reach == reach]
            near = nearest(sites, alike, error_m)
            for i in np.flatnonzero(near.metres - near.tolerance <= limit).tolist():
                truth = within(float(near.metres[i]), float(near.tolerance[i]), limit)
                found[i] = _joined(found[i], truth, listed, near.ids[i])
    return tuple(found)


def _joined(so_far: Truth, truth: Truth, listed: bool, name: str) -> Truth:
    """Return "or" of what was found and one feature more."""
    if so_far is True or truth is False:
        return so_far
    if listed:
        return truth if truth is True or so_far is False else so_far
    return Unknown("not_listed", name) if so_far is False else so_far
