"""A parcel cut by zones: every part with its area and the strictest outcome, and the strips nobody can place."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from zhishu.data.space.overlap import grown, in_metres
from zhishu.data.space.shapes import EDGE_ERROR, Shape
from zhishu.logic import Unknown

# parts below this many square metres are noise of the arithmetic
_DUST = 1e-3


@dataclass(frozen=True, slots=True)
class Zone:
    """An area and what it decides for what lies in it."""

    shape: Shape
    outcome: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a parcel: the zones it surely lies in, those it may lie in, its area (m²) and its outcome."""

    zones: tuple[str, ...]
    maybe: tuple[str, ...]
    area: float
    outcome: str | Unknown


@dataclass(frozen=True, slots=True)
class Overlay:
    """All parts of a parcel, its whole area (m²), what the parts fail to add up by, and the outcome of the whole."""

    parts: tuple[Part, ...]
    area: float
    gap: float
    outcome: str | Unknown


def overlay(parcel: Shape, zones: Sequence[Zone], order: Sequence[str]) -> Overlay:
    """Return the parts of a parcel and their strictest outcomes; ``order`` runs from the mildest to the strictest.

    Where a boundary may lie on either side (its error and the parcel's together), the part is a strip of its own: its
    outcome is known only if the zones that may hold it make no difference. A part in no zone has the outcome unknown,
    ``not_found``. Parts come by zones, in the order of their ids. Raises ValueError for an outcome outside ``order``.

    >>> parcel = Shape("示例园", shapely.box(104.0, 30.0, 104.01, 30.01))
    >>> west = Zone(Shape("甲区", shapely.box(103.9, 29.9, 104.005, 30.1), 5.0), "允许")
    >>> east = Zone(Shape("乙区", shapely.box(104.005, 29.9, 104.1, 30.1), 5.0), "禁止")
    >>> for part in overlay(parcel, [west, east], ("允许", "禁止")).parts:
    ...     print(part.zones, part.maybe, round(part.area / 1e4, 1), part.outcome)
    () ('乙区', '甲区') 1.1 Unknown(reason='tolerance', detail='乙区、甲区')
    ('乙区',) () 52.9 禁止
    ('甲区',) () 52.9 允许
    """
    ordered = sorted(zones, key=lambda z: z.shape.id)
    strange = sorted({z.outcome for z in ordered} - set(order))
    if strange:
        raise ValueError(f"no place in the order: {', '.join(strange)}")
    here, *drawn = in_metres(parcel, [parcel, *(z.shape for z in ordered)])
    pieces: list[tuple[shapely.Geometry, tuple[int, ...], tuple[int, ...]]] = [(here, (), ())]
    for i, (zone, shape) in enumerate(zip(ordered, drawn, strict=True)):
        band = zone.shape.error_m + parcel.error_m + EDGE_ERROR
        inner, outer = grown(shape, -band), grown(shape, band)
        pieces = [
            piece
            for shape_, held, may in pieces
            for piece in (
                (shapely.intersection(shape_, inner), (*held, i), may),
                (shapely.intersection(shape_, shapely.difference(outer, inner)), held, (*may, i)),
                (shapely.difference(shape_, outer), held, may),
            )
            if float(shapely.area(piece[0])) > 0
        ]
    sums: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}
    for shape_, held, may in pieces:
        sums[held, may] = sums.get((held, may), 0.0) + float(shapely.area(shape_))
    parts = sorted(
        (
            Part(_names(ordered, held), _names(ordered, may), area, _outcome(ordered, held, may, order))
            for (held, may), area in sums.items()
            if area > _DUST
        ),
        key=lambda p: (p.zones, p.maybe),
    )
    whole = float(shapely.area(here))
    return Overlay(tuple(parts), whole, whole - sum(sums.values()), _strictest([p.outcome for p in parts], order))


def _names(zones: Sequence[Zone], which: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(zones[i].shape.id for i in which)


def _outcome(zones: Sequence[Zone], held: tuple[int, ...], may: tuple[int, ...], order: Sequence[str]) -> str | Unknown:
    """Return the strictest outcome of a part; the zones it only may lie in must not be stricter."""
    rank = list(order).index
    sure = max((rank(zones[i].outcome) for i in held), default=-1)
    open_ = sorted(zones[i].shape.id for i in may if rank(zones[i].outcome) > sure)
    if open_:
        return Unknown("tolerance", "、".join(open_))
    return order[sure] if sure >= 0 else Unknown("not_found", "不在任何分区内", "in no zone")


def _strictest(outcomes: Sequence[str | Unknown], order: Sequence[str]) -> str | Unknown:
    """Return the strictest outcome of the whole: unknown unless a known part is already the strictest there is."""
    known = max((list(order).index(o) for o in outcomes if isinstance(o, str)), default=-1)
    if known == len(order) - 1 and known >= 0:
        return order[known]
    lost = next((o for o in outcomes if isinstance(o, Unknown)), None)
    if lost is not None:
        return lost
    return order[known] if known >= 0 else Unknown("empty", "没有面积", "no area")
