"""Pairs: in how many of the runs one unit is ahead of another, a window of ranks at a time."""

from dataclasses import dataclass

import numpy as np

from zhishu.score.audit_look import look
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.sure import vary
from zhishu.surfaces.web.index.made import Made
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

SHOWN = 25
"""Units in one matrix."""
TIGHT = 12
"""Pairs told in words at most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A share in words, and the class of its ground: 0 the row is behind, 5 it is ahead for sure."""

    words: str
    ground: int


def view(made: Made) -> View:
    """Return the matrix of the units of a window. Raises ZhishuError ``index-too-large`` for too many runs."""
    # the same bound as that of the intervals, which are made of the same runs
    made.index.bounded(made.varied.runs, made.varied.means)
    seen = look(made.index)
    order = seen.ranked()
    parts = max(1, -(-len(order) // SHOWN))
    part = made.place("part", parts)
    window = order[(part - 1) * SHOWN : part * SHOWN]
    sure = vary(seen.study, made.varied)
    table = ahead_of(sure.scores[:, window])
    names = [seen.units[n] for n in window]
    first = (part - 1) * SHOWN + 1
    # the same level as that of intervals and tiers; half of the runs tell nothing
    apart = max(made.chosen.level, 0.5)
    unsure = [
        (max(table[a, b], 1 - table[a, b]), a, b)
        for a in range(len(window))
        for b in range(a + 1, len(window))
        if 1 - apart < table[a, b] < apart
    ]
    pairs = len(window) * (len(window) - 1) // 2
    title = Text(f"{pairs} 对中 {len(unsure)} 对难分先后", f"{len(unsure)} of {pairs} pairs can hardly be told apart")
    told = made.varied.says()
    lede = Text(
        f"每格：{told.zh}，行上的单位在多少次中领先列上的单位，同分算半次。不到 {apart:.0%} 即难分。",
        f"Each cell: in what share of the runs ({told.en}) the unit of the row is ahead of that of the column; "
        f"ties count half. Below {apart:.0%} they can hardly be told apart.",
    )
    return View(
        title,
        lede,
        {
            "rows": [
                (first + a, names[a], [None if a == b else _cell(table[a, b]) for b in range(len(window))])
                for a in range(len(window))
            ],
            "heads": [(first + a, names[a]) for a in range(len(window))],
            "tight": [(names[a], names[b], _cell(table[a, b]).words) for _, a, b in sorted(unsure)[:TIGHT]],
            "unsure": len(unsure),
            "part": part,
            "parts": parts,
            "shown": SHOWN,
            "failed": sure.failed,
        },
    )


def ahead_of(scores: Array) -> Array:
    """Return in which share of the runs (rows) each unit is ahead of each, ties half; a row at a time, so that many
    runs of a few units take little room."""
    units = scores.shape[1]
    found = np.full((units, units), np.nan)
    for n in range(units):
        apart = scores[:, [n]] - scores
        known = (~np.isnan(apart)).sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            found[n] = ((apart > 0).sum(axis=0) + (apart == 0).sum(axis=0) / 2) / known
    return found


def _cell(share: float) -> Cell:
    if np.isnan(share):
        return Cell("–", 0)
    words = f"{share * 100:.0f}"
    # nearly all is not all
    if words == "100" and share < 1:
        words = ">99"
    if words == "0" and share > 0:
        words = "<1"
    return Cell(words, sum(share >= cut for cut in (0.1, 0.35, 0.65, 0.9, 0.99)))
