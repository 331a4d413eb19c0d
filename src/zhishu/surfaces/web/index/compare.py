"""Two ways to make an index of the same table, side by side: who moves, and by which choice."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from zhishu.errors import ZhishuError
from zhishu.score.leaving import places
from zhishu.score.steps.aggregate import Array
from zhishu.surfaces.web.charts.slope import Slope, SlopeUnit, slope_chart, slope_size
from zhishu.surfaces.web.index.asked import placed, read_choices
from zhishu.surfaces.web.index.chosen import MEANS, SCALES, Chosen, index_as
from zhishu.surfaces.web.index.made import Made, made, two
from zhishu.surfaces.web.index.said import choices_said
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

OTHER = "b."
"""What stands before the keys of the second way."""
DRAWN = 50
SHOWN = 100

Step = tuple[Text, Callable[[Chosen, Chosen], Chosen]]
# each step takes one choice over from the second way; the last one arrives at it
STEPS: tuple[Step, ...] = (
    (Text("指标与分组", "columns and headings"), lambda a, b: replace(a, less=b.less, out=b.out, headings=b.headings, least=b.least)),
    (Text("离群处理", "outliers"), lambda a, b: replace(a, winsorise=b.winsorise)),
    (Text("标准化", "scale"), lambda a, b: replace(a, scale=b.scale)),
    (Text("权重", "weights"), lambda a, b: replace(a, weights=b.weights, own=b.own)),
    (Text("合成", "mean"), lambda a, b: replace(a, mean=b.mean)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A unit in both ways: scores and ranks, places won (more is better), and what each step brought."""

    unit: str
    before: float
    after: float
    rank: int | None
    other: int | None
    won: int
    why: tuple[tuple[Text, int], ...]


def view(made_: Made) -> View:
    """Return both rankings; where nothing is said of the second, it takes another mean."""
    sheet, chosen = made_.sheet, made_.chosen
    if any(key.startswith(OTHER) for key in made_.asked):
        other, wrong = read_choices(made_.asked, sheet.columns, OTHER)
    else:
        other, wrong = replace(chosen, mean="geometric" if chosen.mean == "arithmetic" else "arithmetic"), ()
    if not wrong:
        try:
            made(sheet, other, {}, made_.lang)
        except ZhishuError as error:
            wrong = tuple(replace(w, field=OTHER + w.field) for w in placed(error.problems, sheet.columns, other))
    steps = [] if wrong else _steps(made_, other)
    moves = [] if wrong else _moves(made_, steps)
    moved = [m for m in moves if m.won]
    named = [name for name, _ in steps[1:]]
    if wrong:
        title = Text("两种做法对照", "Two ways side by side")
    elif not moved:
        title = Text("换一种做法，名次不变", "The other way leaves every rank as it is")
    else:
        title = Text(
            f"换一种做法，{len(moved)} 个单位名次变动", f"The other way changes {len(moved)} of {len(moves)} ranks"
        )
    lede = Text(
        "左为所选做法，右为另一种做法。原因按固定次序逐项改换得出，各步之和即全部变动。",
        "On the left the chosen way, on the right the other. Why: one choice is changed after the other, in a fixed order; the steps add up to the whole move.",
    )
    return View(
        title,
        lede,
        {
            "moves": sorted(moves, key=lambda m: (m.rank is None, m.rank or 0, m.unit))[:SHOWN],
            "all": len(moves),
            "shown": SHOWN,
            "steps": named,
            "drawn": _drawing(made_, moves) if moves else None,
            "other": other,
            "other_said": None if wrong else choices_said(other, sheet.columns),
            "own": {"scale": SCALES[chosen.scale], "mean": MEANS[chosen.mean]},
            "typed": {OTHER + k: v for k, v in other.query()} | made_.asked,
            "method": {OTHER + k: v for k, v in other.method().items()} | made_.asked,
            "scales": list(SCALES.items()),
            "means": list(MEANS.items()),
            "carried": [(OTHER + k, v) for k, v in other.query() if k[0] not in "wv" or k == "winsorise"],
            "two": two,
        },
        wrong,
    )


def _steps(made_: Made, other: Chosen) -> list[tuple[Text, Array]]:
    """Return the scores as chosen and after every step that changes anything."""
    current = made_.chosen
    found = [(Text("", ""), made_.index.study.scores(made_.index.recipe)[made_.index.study.tree.top])]
    for name, step in STEPS:
        after = step(current, other)
        if after != current:
            index = index_as(made_.sheet, after)
            found.append((name, index.study.scores(index.recipe)[index.study.tree.top]))
        current = after
    return found


def _moves(made_: Made, steps: list[tuple[Text, Array]]) -> list[Move]:
    ranks = [places(scores) for _, scores in steps]
    found = []
    for n, unit in enumerate(made_.sheet.units):
        ways = [None if np.isnan(r[n]) else int(r[n]) for r in ranks]
        why = tuple(
            (name, before - after)
            for (name, _), before, after in zip(steps[1:], ways[:-1], ways[1:], strict=True)
            if before is not None and after is not None and before != after
        )
        first, last = ways[0], ways[-1]
        won = first - last if first is not None and last is not None else 0
        found.append(Move(unit, float(steps[0][1][n]), float(steps[-1][1][n]), first, last, won, why))
    return found


def _drawing(made_: Made, moves: list[Move]) -> dict[str, str] | None:
    both = [m for m in moves if m.rank is not None and m.other is not None]
    # of many units those are drawn that move most
    drawn = sorted(both, key=lambda m: (-abs(m.won), m.rank or 0))[:DRAWN]
    if not drawn:
        return None
    chart = Slope(
        Text("两种做法的名次", "Ranks in both ways"),
        Text(f"{len(drawn)} 个单位", f"{len(drawn)} units"),
        Text("所选做法", "as chosen"),
        Text("另一种", "the other"),
        tuple(SlopeUnit(m.unit, m.rank or 0, m.other or 0) for m in sorted(drawn, key=lambda m: (m.rank or 0, m.unit))),
    )
    return {
        place: slope_chart(chart, made_.lang, slope_size(place, len(drawn), made_.text))
        for place in ("wide", "narrow", "paper")
    }
