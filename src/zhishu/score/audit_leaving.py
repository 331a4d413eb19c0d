"""Audit: who sets a scale, and whose leaving changes the order of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.audit_look import Finding, Look, named, places, without
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.treat import log_of_range, treat
from zhishu.terms import Text

BY_ENDS = ("minmax", "best")
"""Scales that the lowest and the highest unit set."""
BY_UNIT = ("arithmetic", "geometric", "harmonic")
"""Means of one unit's own figures, whoever else is there."""


@dataclass(frozen=True, slots=True)
class Left:
    """What happens to the others when a unit leaves: how many have another rank among them, the pairs (places) whose
    order changes, and how many lose their score."""

    moved: int
    pairs: NDArray[np.int64]
    lost: int


@dataclass(frozen=True, slots=True)
class Ends:
    """The lowest and the highest value of a column as it is scaled, and the units (places) at them."""

    low: float
    high: float
    at_low: tuple[int, ...]
    at_high: tuple[int, ...]


def ends(look: Look) -> dict[str, Ends]:
    """Return who sets the scale of each column, after treatment; empty for scales that ends do not set."""
    if look.recipe.scale not in BY_ENDS:
        return {}
    found = {}
    for id, column in look.study.columns.items():
        most = look.recipe.winsorised
        treated = None if most is None else treat(column, most, log_of_range)
        # a logarithm keeps the order but not the unit of the indicator
        values = treated.values if treated and treated.way == "winsorised" else column
        low, high = np.nanmin(values), np.nanmax(values)
        at_low, at_high = (tuple(int(n) for n in np.flatnonzero(values == end)) for end in (low, high))
        found[id] = Ends(float(low), float(high), at_low, at_high)
    return found


def leaving(look: Look) -> dict[int, Left]:
    """Return what happens when each unit leaves, for those whose leaving can matter at all."""
    return {n: _left(look, n) for n in _can_matter(look) if not _empties(look, n)}


def scales(look: Look, left: dict[int, Left]) -> Iterator[Finding]:
    """Yield for each column the units with the least and the greatest value, and what their leaving would do."""
    for id, end in ends(look).items():
        if end.low == end.high:
            continue
        alone = [at[0] for at in (end.at_low, end.at_high) if len(at) == 1]
        moved = [(look.units[n], left[n].moved) for n in alone if n in left]
        low, high = (named(look.units[n] for n in at) for at in (end.at_low, end.at_high))
        change = [(u, k) for u, k in moved if k]
        says = Text(
            f"“{id}”的尺度：最小 {end.low:g}（{low.zh}），最大 {end.high:g}（{high.zh}）"
            + "".join(f"；{u}退出则其余单位中 {k} 个名次变动" for u, k in change)
            + "；其退出不改变其余名次" * bool(moved and not change),
            f"the scale of {id} runs from {end.low:g} ({low.en}) to {end.high:g} ({high.en})"
            + "".join(f"; if {u} leaves, {k} of the other ranks change" for u, k in change)
            + "; no other rank changes if they leave" * bool(moved and not change),
        )
        most = max((k for _, k in moved), default=0)
        where = (id, *sorted({look.units[n] for n in (*end.at_low, *end.at_high)}))
        yield Finding("scale", where, says, float(most), "warning" if most else "note")


def reversals(look: Look, left: dict[int, Left]) -> Iterator[Finding]:
    """Yield each unit whose leaving changes the order of two others, or takes their scores, with the pairs."""
    place = places(look.top)
    for n, found in left.items():
        pairs = sorted(tuple(sorted((int(a), int(b)), key=lambda m: (place[m], look.units[m]))) for a, b in found.pairs)
        if not pairs and not found.lost:
            continue
        pairs.sort(key=lambda p: [(place[m], look.units[m]) for m in p])
        unit = look.units[n]
        told = named((f"{look.units[a]}—{look.units[b]}" for a, b in pairs), list)
        says = Text(
            f"{unit}退出后，"
            + "；".join(
                [f"其余单位中 {len(pairs)} 对次序改变：{told.zh}"] * bool(pairs)
                + [f"{found.lost} 个单位不再有得分"] * bool(found.lost)
            ),
            f"if {unit} leaves, "
            + "; ".join(
                [f"the order of {len(pairs)} of the other pairs changes: {told.en}"] * bool(pairs)
                + [f"{found.lost} of the others have no score any more"] * bool(found.lost)
            ),
        )
        yield Finding("reversal", (unit,), says, float(len(pairs)), "warning")


def _can_matter(look: Look) -> list[int]:
    """Return the units that set the end of a scale alone, where nothing else binds the units together; else all."""
    own = [MEANS[name] for name in BY_UNIT]
    if look.recipe.winsorised is None and look.recipe.scale in BY_ENDS and all(n.how in own for n in look.tree.nodes):
        alone = {at[0] for end in ends(look).values() for at in (end.at_low, end.at_high) if len(at) == 1}
        return sorted(alone)
    return list(range(len(look.units)))


def _empties(look: Look, unit: int) -> bool:
    return any(np.isnan(np.delete(x, unit)).all() for x in look.study.columns.values())


def _left(look: Look, unit: int) -> Left:
    others = np.delete(np.arange(len(look.units)), unit)
    before, after = look.top[others], without(look, unit)
    lost = int((np.isnan(after) & ~np.isnan(before)).sum())
    both = ~(np.isnan(before) | np.isnan(after))
    before, after, others = before[both], after[both], others[both]
    moved = int((places(before) != places(after)).sum())
    changed = np.empty((0, 2), dtype=np.int64)
    if moved:
        # of ranks, so that scores that differ by rounding only are equal
        first, second = (np.sign(p[:, None] - p[None, :]) for p in (places(before), places(after)))
        changed = others[np.argwhere(np.triu(first != second))]
    return Left(moved, changed, lost)
