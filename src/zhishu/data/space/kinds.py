"""The nearest of lines of several kinds: one distance that keeps every kind in view, and the kind where it is sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.data.space.near import Feature, Shapes, nearest
from zhishu.data.space.offset import Floats

Places = NDArray[np.int64]
SEVERAL = -1


@dataclass(frozen=True, slots=True)
class Kinds:
    """For each site: metres, their tolerance, the line (its place) measured to, and its kind; −1 where several count."""

    metres: Floats
    tolerance: Floats
    line: Places
    kind: Places


def nearest_kinds(
    sites: Shapes, features: Sequence[Feature], kinds: Sequence[int], horizon: float, error_m: Floats
) -> Kinds:
    """Return the nearest line of each site, where lines have kinds that mean different things.

    The true distance to the nearest line lies within the tolerance, also where a line farther off is known less well.
    Within ``horizon`` metres a kind is given only if no line of another kind may lie there too: then the distance is that
    of this kind. Beyond it nothing depends on the kind, and the nearest line's is given. ``error_m`` is that of the
    sites. Raises ValueError without features.

    >>> import shapely
    >>> from zhishu.data.space.shapes import Shape
    >>> rivers = [Feature(Shape(n, shapely.LineString([(103, y), (105, y)])), error_m=10) for n, y in (("甲", 30), ("乙", 30.02))]
    >>> spots = shapely.points([[104, 30.005], [104, 29.99]])
    >>> nearest_kinds(spots, rivers, [0, 1], 3000, np.zeros(2)).kind.tolist()
    [-1, 0]
    >>> nearest_kinds(spots, rivers, [0, 1], 1000, np.zeros(2)).kind.tolist()
    [0, 0]
    """
    place = {f.id: i for i, f in enumerate(features)}
    reach, of = np.array([f.reach for f in features]), np.array(kinds, dtype=np.int64)
    near = nearest(sites, features, error_m)
    line = np.array([place[i] for i in near.ids], dtype=np.int64)
    kind = of[line]
    # a line farther off reaches no nearer than the least known line would
    tolerance = near.tolerance + (reach.max() - reach[line])
    metres = near.metres.copy()
    close = np.flatnonzero(~(near.metres - tolerance > horizon))
    if len(close) and (len(set(kinds)) > 1 or len(np.unique(reach)) > 1):
        found = _close(sites[close], features, of, horizon, error_m[close])
        metres[close], tolerance[close], line[close], kind[close] = found
    return Kinds(metres, tolerance, line, kind)


@dataclass(frozen=True, slots=True)
class Length:
    """For each site the nearest line of one kind: metres, their tolerance, the line (its place)."""

    metres: Floats
    tolerance: Floats
    line: Places


@dataclass(frozen=True, slots=True)
class Each:
    """For each site the nearest line of all with its kind, −1 where nobody can tell it; ``by`` has the nearest of each kind."""

    nearest: Kinds
    by: Mapping[int, Length]


def nearest_each(sites: Shapes, features: Sequence[Feature], kinds: Sequence[int], error_m: Floats) -> Each:
    """Return the nearest line of each site kind by kind, and which kind is the nearest.

    Every distance holds within its tolerance, also where a line farther off is known less well. A kind is the nearest only
    if its line is nearer than any other may be. ``error_m`` is that of the sites. Raises ValueError without features.

    >>> import shapely
    >>> from zhishu.data.space.shapes import Shape
    >>> rivers = [Feature(Shape(n, shapely.LineString([(103, y), (105, y)])), error_m=10) for n, y in (("甲", 30), ("乙", 30.02))]
    >>> found = nearest_each(shapely.points([[104, 30.005], [104, 30.01]]), rivers, [0, 1], np.zeros(2))
    >>> found.nearest.kind.tolist(), [found.by[k].metres.round(-1).tolist() for k in (0, 1)]
    ([0, -1], [[550.0, 1110.0], [1660.0, 1110.0]])
    """
    if not features:
        raise ValueError("no features")
    of = np.array(kinds, dtype=np.int64)
    names, away, low, high, line = _by_kind(sites, features, of, error_m)
    every = np.arange(len(sites))
    first = away.argmin(axis=0)
    others = np.where(np.arange(len(names))[:, None] == first, np.inf, low).min(axis=0)
    kind = np.where((high[first, every] < others) | (len(names) == 1), names[first], SEVERAL)
    near, off = _spanned(away[first, every], low.min(axis=0), high.min(axis=0))
    by = {int(name): Length(*_spanned(away[k], low[k], high[k]), line[k]) for k, name in enumerate(names)}
    return Each(Kinds(near, off, line[first, every], kind), by)


def _spanned(away: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return metres and tolerance that span exactly from the least to the most that may be.

    Where a line farther off, known less well, may be the nearer one, the middle lies nearer than any line is drawn.
    """
    lopsided = np.abs((high - away) - (away - low)) > 1e-6
    least = np.maximum(low, 0)
    metres = np.where(lopsided, (least + high) / 2, away)
    return metres, np.where(lopsided, (high - least) / 2, high - away)


def _by_kind(
    sites: Shapes, features: Sequence[Feature], of: Places, error_m: Floats
) -> tuple[Places, Floats, Floats, Floats, Places]:
    """Return the kinds, and for each: metres to its nearest line, the least and the most that may be, and the line."""
    names = np.unique(of)
    shape = (len(names), len(sites))
    away, low, high = np.full(shape, np.inf), np.full(shape, np.inf), np.full(shape, np.inf)
    line = np.zeros(shape, dtype=np.int64)
    place = {f.id: i for i, f in enumerate(features)}
    for k, name in enumerate(names):
        members = [features[i] for i in np.flatnonzero(of == name).tolist()]
        for reach in sorted({f.reach for f in members}):
            near = nearest(sites, [f for f in members if f.reach == reach], error_m)
            low[k] = np.minimum(low[k], near.metres - near.tolerance)
            high[k] = np.minimum(high[k], near.metres + near.tolerance)
            nearer = near.metres < away[k]
            line[k][nearer] = np.array([place[i] for i in near.ids], dtype=np.int64)[nearer]
            away[k] = np.minimum(away[k], near.metres)
    return names, away, low, high, line


def _close(
    sites: Shapes, features: Sequence[Feature], of: Places, horizon: float, error_m: Floats
) -> tuple[Floats, Floats, Places, Places]:
    """Return metres, tolerance, line and kind where lines are near: kind by kind, and as well as each is known."""
    names, away, low, high, line = _by_kind(sites, features, of, error_m)
    counts = ~(low > horizon)
    alone = counts.sum(axis=0) == 1
    first = np.where(alone, counts.argmax(axis=0), away.argmin(axis=0))
    every = np.arange(len(sites))
    metres = away[first, every]
    least = np.where(alone, low[first, every], low.min(axis=0))
    most = np.where(alone, high[first, every], high.min(axis=0))
    kind = np.where(counts.sum(axis=0) > 1, SEVERAL, names[first])
    return metres, np.maximum(most - metres, metres - least), line[first, every], kind
