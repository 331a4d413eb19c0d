"""Weights to move: the scores of an index under other weights, by the server, or by the page itself while one drags."""

import json

import numpy as np

from zhishu.score.audit_look import Look, look
from zhishu.score.leaving import places
from zhishu.score.steps.shape import Column
from zhishu.surfaces.web.index.chosen import Chosen, typed
from zhishu.surfaces.web.index.made import Made, two
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

MOST_CELLS = 30_000
"""Figures that a page computes anew at every move: about as many as a phone takes without a halt."""
MOST_MOVED = 400
"""Units that a page ranks anew at every move, and lists."""
MOST_VOTED = 150
"""Units whose votes a page counts in pairs."""
STEPS = (0.1, 0.05, 0.01, 0.001)


def view(made: Made) -> View:
    """Return the sliders, the units by their scores, and the scaled figures for the script of the page."""
    seen = look(made.index)
    rank, order = places(seen.top), seen.ranked()
    lost = sorted((n for n in range(len(seen.units)) if np.isnan(rank[n])), key=lambda n: seen.units[n])
    moving = _moves(seen, made.chosen.mean)
    first = seen.units[order[0]] if order else ""
    title = (
        Text(f"按这些权重，{first}居首", f"With these weights {first} comes first")
        if order
        else Text("没有一个单位有得分", "No unit has a score")
    )
    lede = (
        Text(
            "拖动滑块，得分和名次随之重算；不启用脚本时按“重算”。",
            "Drag a slider and scores and ranks follow; without scripts press the button.",
        )
        if moving
        else Text("表较大，改好权重后按“重算”。", "The table is large: set the weights and press the button.")
    )
    return View(
        title,
        lede,
        {
            "sliders": _sliders(made),
            "unlisted": max(0, len(seen.units) - MOST_MOVED),
            "rows": [
                (n, seen.units[n], two(float(seen.top[n])), None if np.isnan(rank[n]) else int(rank[n]))
                for n in (*order, *lost)[:MOST_MOVED]
            ],
            "moving": json.dumps(_study(seen, made.chosen), ensure_ascii=False, separators=(",", ":"))
            if moving
            else "",
        },
    )


def _moves(seen: Look, mean: str) -> bool:
    units = len(seen.units)
    return (
        units <= MOST_MOVED and units * len(seen.columns) <= MOST_CELLS and (mean != "copeland" or units <= MOST_VOTED)
    )


def _sliders(made: Made) -> list[dict[str, object]]:
    chosen, columns = made.chosen, made.sheet.columns
    headed = {
        h: [n for n, own in sorted(chosen.headings.items()) if own == h and n not in chosen.out] for h in chosen.named()
    }
    alone = [n for n in range(1, len(columns) + 1) if n not in chosen.headings and n not in chosen.out]
    groups: list[dict[str, object]] = []
    for heading, places_ in headed.items():
        own = _slider(f"v.{heading}", heading, chosen.own.get(heading, 1.0))
        groups.append(
            {
                "heading": heading,
                "own": own,
                "sliders": [_slider(f"w{n}", columns[n - 1], chosen.weight(n)) for n in places_],
            }
        )
    if alone:
        groups.append(
            {"heading": "", "own": None, "sliders": [_slider(f"w{n}", columns[n - 1], chosen.weight(n)) for n in alone]}
        )
    return groups


def _slider(key: str, name: str, weight: float) -> dict[str, object]:
    """Return a slider on whose steps the weight lies, so that nothing moves before anybody drags."""
    most = 5.0 if weight <= 2.5 else float(f"{weight * 2:.1g}")
    step = next((s for s in STEPS if abs(weight / s - round(weight / s)) < 1e-6), None)
    return {
        "key": key,
        "name": name,
        "value": typed(weight),
        "most": typed(most),
        "step": typed(step) if step else "any",
    }


def _study(seen: Look, chosen: Chosen) -> dict[str, object]:
    """Return what the script needs: scaled columns, headings from the lowest up with the keys of their weights, the mean."""
    return {
        "mean": chosen.mean,
        "least": chosen.least,
        "columns": {id: _plain(column) for id, column in seen.columns.items()},
        "nodes": [{"id": node.id, "children": list(node.children)} for node in seen.tree.nodes],
    }


def _plain(values: Column) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in values]
