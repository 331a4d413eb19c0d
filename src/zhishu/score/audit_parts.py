"""Audit: what a part moves, how far one part makes up for another, and neighbours that are hardly apart."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from zhishu.score.audit_look import Finding, Look, label
from zhishu.score.leaving import places
from zhishu.score.steps.aggregate import MEANS, Array, Mean
from zhishu.score.steps.diagnose import rank_shift
from zhishu.score.steps.sure import Sure
from zhishu.score.steps.tree import Node
from zhishu.terms import Text

CHANGES = 0.1
"""Neighbours whose order changes in a greater share of the runs are told."""
COMPENSATES: dict[str, Text] = {
    "arithmetic": Text("算术平均，完全可补偿", "arithmetic mean, one part makes up for another in full"),
    "geometric": Text(
        "几何平均，部分可补偿，越低越难补", "geometric mean, in part: the lower, the harder to make up for"
    ),
    "harmonic": Text("调和平均，只少量可补偿", "harmonic mean, only a little"),
    "copeland": Text(
        "科普兰计票，不补偿：只看先后，不看差多少", "Copeland's votes, not at all: who is ahead, not by how much"
    ),
    "outranking": Text(
        "成对比较的净优势，不补偿：只看先后，不看差多少",
        "net flow of pairs, not at all: who is ahead, not by how much",
    ),
    "topsis": Text("理想点距离，部分可补偿", "distance to the best and the worst, in part"),
    "mpi": Text(
        "马齐奥塔—帕累托指数，部分可补偿，各项越不均衡扣得越多",
        "Mazziotta-Pareto, in part: the more uneven, the more is taken off",
    ),
    "owa": Text("有序加权平均，部分可补偿，较差的项权重更大", "ordered mean, in part: the worse counts more"),
}
OF_ALL = ("copeland", "outranking", "topsis")
"""Means by which the score of a unit depends on the others: an example tells what a fall costs."""


def left_out(look: Look) -> Iterator[Finding]:
    """Yield by how many ranks units move on average when an indicator or heading is left out."""
    for id, shift in rank_shift(look.tree, look.columns).items():
        says = Text(f"去掉“{id}”，名次平均变动 {shift:.2f} 位", f"without {id}, ranks move by {shift:.2f} on average")
        yield Finding("left_out", (id,), says, shift, "note")


def compensation(look: Look) -> Iterator[Finding]:
    """Yield for each heading how far its parts make up for each other. The example is the unit in the middle, or the
    nearest to it with a part that can fall and a better one that can rise."""
    known = look.ranked()
    for node in look.tree.nodes:
        name = next((n for n, how in MEANS.items() if how is node.how), "")
        words = COMPENSATES.get(name)
        if words is None or len(node.children) < 2 or not known:
            continue
        middle = (len(known) - 1) // 2
        by_nearness = sorted(range(len(known)), key=lambda n: (abs(n - middle), n))
        tried = (_example(look, node, known[n], name) for n in by_nearness)
        example, value = next((found for found in tried if found), (Text("", ""), 0.0))
        whole = label(node.id)
        says = Text(f"“{whole.zh}”用{words.zh}{example.zh}", f"{whole.en}: {words.en}{example.en}")
        yield Finding("compensation", (node.id,), says, value, "note")


def close(look: Look, sure: Sure) -> Iterator[Finding]:
    """Yield neighbours in rank whose order changes in more than a tenth of the runs."""
    place = places(look.top)
    for a, b in pairwise(look.ranked()):
        apart = sure.scores[:, a] - sure.scores[:, b]
        known = apart[~np.isnan(apart)]
        changed = float(((known < 0) + (known == 0) / 2).mean()) if len(known) else 0.0
        first, second = look.units[a], look.units[b]
        if place[a] == place[b]:
            says = Text(f"{first}与{second}同分", f"{first} and {second} have the same score")
        elif changed > CHANGES + 1e-9:
            gap = look.top[a] - look.top[b]
            says = Text(
                f"{first}只领先{second} {gap:.2g} 分，{changed:.0%} 的计算中次序相反",
                f"{first} is ahead of {second} by {gap:.2g} only: the order is the other in {changed:.0%} of the runs",
            )
        else:
            continue
        yield Finding("close", (first, second), says, changed, "warning")


def _example(look: Look, node: Node, unit: int, name: str) -> tuple[Text, float] | None:
    """Return how far the weakest part of a unit that can fall may do so if the strongest that can rise becomes as good
    as any."""
    table = np.stack([look.part(c) for c in node.children], axis=-1)
    row, weights = table[unit], np.asarray(node.weights)
    usable = [n for n in range(len(row)) if not np.isnan(row[n]) and weights[n] > 0]
    by_value = sorted(usable, key=lambda n: (row[n], node.children[n]))
    best = {n: np.nanmax(table[:, n]) for n in usable}
    least = {n: np.nanmin(table[:, n]) for n in usable}
    falling = [n for n in by_value if row[n] > least[n]]
    rising = [n for n in by_value if row[n] < best[n] and row[n] > row[falling[0]]] if falling else []
    wanted = _one(row, weights, node.how) if name not in OF_ALL else 0.0
    if not rising or np.isnan(wanted):
        return None
    weak, strong = falling[0], rising[-1]
    low, high = node.children[weak], node.children[strong]
    at, rank = look.units[unit], int(places(look.top)[unit])
    if name in OF_ALL:
        digits = 2 if name == "outranking" else 1
        votes = [_votes(table, weights, node.how, unit, weak, x) for x in (row[weak], least[weak])]
        return Text(
            f"。例如第 {rank} 名{at}：“{low}”若从 {row[weak]:.1f} 落到最低 {least[weak]:.1f}，得分由 {votes[0]:.{digits}f} 变为 {votes[1]:.{digits}f}",
            f". If {low} of {at}, rank {rank}, fell from {row[weak]:.1f} to the least, {least[weak]:.1f}, "
            f"the score would go from {votes[0]:.{digits}f} to {votes[1]:.{digits}f}",
        ), votes[0] - votes[1]
    raised = row.copy()
    raised[strong] = best[strong]
    fall = row[weak] - _lowest(raised, weights, node.how, weak, least[weak], row[weak], wanted)
    return Text(
        f"。例如第 {rank} 名{at}：“{high}”从 {row[strong]:.1f} 升到最高 {best[strong]:.1f}，"
        f"可抵“{low}”从 {row[weak]:.1f} 下降 {fall:.1f} 分",
        f". Of {at}, rank {rank}: {high} rising from {row[strong]:.1f} to the best, {best[strong]:.1f}, "
        f"makes up for {low} falling by {fall:.1f} from {row[weak]:.1f}",
    ), float(fall)


def _one(row: Array, weights: Array, how: Mean) -> float:
    return float(how(row[None, :], weights)[0])


def _lowest(raised: Array, weights: Array, how: Mean, weak: int, low: float, high: float, wanted: float) -> float:
    """Return the lowest figure of the weakest part, not below the least of all units, with which the mean is kept."""
    trial = raised.copy()
    trial[weak] = low
    if _one(trial, weights, how) >= wanted:
        return low
    for _ in range(60):
        trial[weak] = (low + high) / 2
        low, high = (low, trial[weak]) if _one(trial, weights, how) >= wanted else (trial[weak], high)
    return high


def _votes(table: Array, weights: Array, how: Mean, unit: int, part: int, value: float) -> float:
    changed = table.copy()
    changed[unit, part] = value
    return float(how(changed, weights)[unit])
