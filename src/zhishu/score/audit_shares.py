"""Audit: indicators that run against the score, count for more or less than declared, or are counted twice."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from zhishu.score.audit_look import Finding, Look, label
from zhishu.score.steps.diagnose import correlation, importance
from zhishu.terms import Text

TIMES = 2.0
"""An indicator that counts for more than so many times its weight, or less than one part of it, is told."""
TWICE = 0.92
"""Correlations above count as the same thing twice: a habit of the JRC, no law."""


def against(look: Look) -> Iterator[Finding]:
    """Yield each indicator and heading that falls when the heading it stands under, or the whole, rises.

    At two decimals; of three units or more in which both are known.
    """
    for node in look.tree.nodes:
        for child in node.children:
            for above in dict.fromkeys((node.id, look.tree.top)):
                found = correlation(look.part(child), look.scores[above])
                if round(found, 2) < 0:  # never so of NaN
                    whole = label(above)
                    says = Text(
                        f"“{whole.zh}”上升时“{child}”下降：相关系数 {found:.2f}",
                        f"{child} falls when {whole.en} rises: correlation {found:.2f}",
                    )
                    yield Finding("against", (child, above), says, found, "warning")


def importance_and_weight(look: Look) -> Iterator[Finding]:
    """Yield each indicator, and each heading under the whole, whose importance is beyond twice its declared share or
    below half of it: the squared correlation with the whole, as a share of the sum over all."""
    if any(sum(node.weights) <= 0 for node in look.tree.nodes):
        return
    shares = look.tree.effective()
    top = look.tree.nodes[-1].children
    sets = [look.tree.leaves()] + ([top] if any(c in look.scores for c in top) else [])
    told: set[str] = set()
    for ids in sets:
        counted = {id: look.part(id) for id in ids if shares[id] > 0}
        squares = {id: x for id, x in importance(counted, look.top).items() if not np.isnan(x)}
        total = sum(squares.values())
        for id in squares if total > 0 else ():
            part, share = squares[id] / total, shares[id]
            times = part / share
            if id not in told and not 1 / TIMES - 1e-9 <= times <= TIMES + 1e-9:
                told.add(id)
                says = Text(
                    f"“{id}”的权重占 {share:.0%}，实际重要性占 {part:.0%}，为权重的 {times:.2f} 倍",
                    f"{id} has {share:.0%} of the weight and {part:.0%} of the importance: {times:.2f} times",
                )
                yield Finding("importance", (id,), says, times, "warning")


def twice(look: Look) -> Iterator[Finding]:
    """Yield pairs of indicators whose correlation, either way, is above 0.92."""
    for pair in combinations(sorted(look.columns), 2):
        a, b = (look.columns[id] for id in pair)
        found = correlation(a, b)
        if abs(found) > TWICE:
            units = int((~np.isnan(a + b)).sum())
            says = Text(
                f"“{pair[0]}”与“{pair[1]}”相关系数 {found:.2f}（{units} 个单位），"
                + ("同一事项可能计了两次" if found > 0 else "同一事项可能正反各计一次")
                + f"（{TWICE} 为 JRC 惯用界限，并非定则）",
                f"{pair[0]} and {pair[1]} correlate by {found:.2f} ({units} units): perhaps one thing counted twice"
                + ("" if found > 0 else ", once each way")
                + f" ({TWICE} is a habit of the JRC, no law)",
            )
            yield Finding("twice", pair, says, found, "warning")
