"""Audit: who sets a scale, and whose leaving changes the order of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhishu.score.audit_look import Finding, Look, named, places, without
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.treat import log_of_range, treat
from zhishu.terms import Text, counted

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
        low, high = (named(look.units[n] for n in at) for at in (end.at_low, end.at_high))
        alone = [at[0] for at in (end.at_low, end.at_high) if len(at) == 1 and at[0] in left]
        does = [_does(look.units[n], left[n]) for n in alone if left[n].moved or left[n].lost]
        if alone and not does:
            does = [Text("其退出不改变其余名次", "no other rank changes if they leave")]
        says = Text(
            "；".join(
                [f"“{id}”的尺度：最小 {end.low:g}（{low.zh}），最大 {end.high:g}（{high.zh}）", *(t.zh for t in does)]
            ),
            "; ".join(
                [
                    f"the scale of {id} runs from {end.low:g} ({low.en}) to {end.high:g} ({high.en})",
                    *(t.en for t in does),
                ]
            ),
        )
        most = max((left[n].moved + left[n].lost for n in alone), default=0)
        where = (id, *sorted({look.units[n] for n in (*end.at_low, *end.at_high)}))
        yield Finding("scale", where, says, float(most), "warning" if most else "note")


def reversals(look: Look, left: dict[int, Left]) -> Iterator[Finding]:
    """Yield each unit whose leaving changes the order of two others, with the pairs, the better unit first."""
    place = places(look.top)
    for n, found in left.items():
        pairs = [sorted((int(a), int(b)), key=lambda m: (place[m], look.units[m])) for a, b in found.pairs]
        if not pairs:
            continue
        pairs.sort(key=lambda pair: [(place[m], look.units[m]) for m in pair])
        unit = look.units[n]
        told = named((f"{look.units[a]}—{look.units[b]}" for a, b in pairs), list)
        says = Text(
            f"{unit}退出后，其余单位中 {len(pairs)} 对次序改变：{told.zh}",
            f"if {unit} leaves, the order of {counted(len(pairs), 'other pair')} changes: {told.en}",
        )
        yield Finding("reversal", (unit,), says, float(len(pairs)), "warning")


def _does(unit: str, left: Left) -> Text:
    zh, en = [], []
    if left.moved:
        zh.append(f"其余单位中 {left.moved} 个名次变动")
        en.append(f"{counted(left.moved, 'other rank')} {'changes' if left.moved == 1 else 'change'}")
    if left.lost:
        zh.append(f"{left.lost} 个单位不再有得分")
        en.append(f"{counted(left.lost, 'other unit')} {'has' if left.lost == 1 else 'have'} no score any more")
    return Text(f"{unit}退出则{'、'.join(zh)}", f"if {unit} leaves, {' and '.join(en)}")


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
