"""Audit: who sets a scale, and whose leaving changes the order of the others."""

from collections.abc import Iterator

from zhishu.score.audit_look import Finding, Look, named
from zhishu.score.leaving import Left, ends, places
from zhishu.terms import Text, counted


def scales(look: Look, left: dict[int, Left]) -> Iterator[Finding]:
    """Yield for each column the units with the least and the greatest value, and what their leaving would do."""
    for id, end in ends(look.study, look.recipe).items():
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
        most = max((left[n].moved + len(left[n].lost) for n in alone), default=0)
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
        lost = len(left.lost)
        zh.append(f"{lost} 个单位不再有得分")
        en.append(f"{counted(lost, 'other unit')} {'has' if lost == 1 else 'have'} no score any more")
    return Text(f"{unit}退出则{'、'.join(zh)}", f"if {unit} leaves, {' and '.join(en)}")
