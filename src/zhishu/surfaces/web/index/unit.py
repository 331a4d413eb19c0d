"""One unit: what each indicator brings to its score, and where it is strong and weak among all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.score.audit_look import Look, look
from zhishu.score.leaving import places
from zhishu.score.steps.aggregate import Array, arithmetic
from zhishu.score.steps.contribute import contributions
from zhishu.surfaces.web.charts.waterfall import Part, Waterfall, waterfall_chart, waterfall_size
from zhishu.surfaces.web.index.made import Made, two
from zhishu.surfaces.web.index.units import chosen_unit
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

TOLD = 3
"""Strong and weak sides that are named."""
MOST_PARTS = 40
"""Parts that are drawn; of more, the smallest are drawn together."""


@dataclass(frozen=True, slots=True)
class Side:
    """An indicator of a unit: its figure, its points, how far they are above the mean, its rank, and what it brings."""

    name: str
    heading: str
    figure: float
    points: float
    above: float
    rank: int | None
    of: int
    part: float | None


def view(made: Made) -> View:
    """Return the parts, strengths and weaknesses of a unit."""
    seen = look(made.index)
    unit, field = chosen_unit(made, seen.ranked())
    name, score = made.sheet.units[unit], float(seen.top[unit])
    additive = all(node.how is arithmetic for node in seen.tree.nodes)
    parts = contributions(seen.tree, seen.columns) if additive else None
    sides = _sides(seen, unit, parts)
    known = [s for s in sides if not np.isnan(s.points)]
    weighed = sorted(known, key=lambda s: s.above)
    place = places(seen.top)[unit]
    if np.isnan(score):
        title = Text(f"{name}没有得分", f"{name} has no score")
    else:
        title = Text(f"{name}得 {two(score)} 分，第 {int(place)} 名", f"{name} scores {two(score)}, rank {int(place)}")
    drawn = None
    if parts is not None and not np.isnan(score):
        drawn = _drawing(made, name, score, sides)
    return View(
        title,
        _lede(additive, score),
        {
            **field,
            "additive": additive,
            "scored": not np.isnan(score),
            "score": two(score),
            "rank": None if np.isnan(place) else int(place),
            "drawn": drawn,
            "sides": sides,
            "strong": [s for s in reversed(weighed) if s.above > 0][:TOLD],
            "weak": [s for s in weighed if s.above < 0][:TOLD],
            "two": two,
            "headings": [(h, two(float(seen.scores[h][unit]))) for h in made.chosen.named()],
        },
    )


def _lede(additive: bool, score: float) -> Text:
    if np.isnan(score):
        return Text("缺的数补齐后才合成。", "It is scored once the figures it lacks are there.")
    if additive:
        return Text(
            "各指标带来的分相加即得分；缺数的指标不计，其权重归同组其余。",
            "What the indicators bring adds up to the score; a missing one brings nothing and its weight goes to its neighbours.",
        )
    return Text(
        "这种合成方法的得分不能拆成相加的部分，只列各指标的分。",
        "A score by this mean has no parts that add up; the points of each indicator are listed.",
    )


def _sides(seen: Look, unit: int, parts: dict[str, Array] | None) -> list[Side]:
    headings = {c: node.id for node in seen.tree.nodes[:-1] for c in node.children}
    found = []
    for id, points in seen.columns.items():
        rank = places(points)[unit]
        average = np.nanmean(points)
        found.append(
            Side(
                id,
                headings.get(id, ""),
                float(seen.study.columns[id][unit]),
                float(points[unit]),
                float(points[unit] - average),
                None if np.isnan(rank) else int(rank),
                int((~np.isnan(points)).sum()),
                None if parts is None else float(parts[id][unit]),
            )
        )
    return found


def _drawing(made: Made, name: str, score: float, sides: Sequence[Side]) -> dict[str, str]:
    drawn = [Part(s.name, s.part or 0.0) for s in sides]
    if len(drawn) > MOST_PARTS:
        order = sorted(drawn, key=lambda p: -abs(p.value))
        rest = sum(p.value for p in order[MOST_PARTS - 1 :])
        others = len(order) - MOST_PARTS + 1
        words = Text(f"其余 {others} 项", f"{others} others").say(made.lang)
        drawn = [*order[: MOST_PARTS - 1], Part(words, rest)]
    whole = Text("得分", "Score")
    chart = Waterfall(
        Text(f"{name}得分的构成", f"What the score of {name} is made of"),
        Text(f"{len(drawn)} 项相加得 {two(score)}", f"{len(drawn)} parts add up to {two(score)}"),
        tuple(drawn),
        whole,
        score,
    )
    return {
        place: waterfall_chart(chart, made.lang, waterfall_size(place, len(drawn), made.text))
        for place in ("wide", "narrow", "paper")
    }
