"""Reach: what a unit's own figures would have to be for a rank or a score, among indicators ticked as improvable."""

import math

import numpy as np

from zhishu.score.audit_look import look
from zhishu.score.steps.reach import Reach, reach
from zhishu.surfaces.reached import log_reach
from zhishu.surfaces.web.index.asked import Reader
from zhishu.surfaces.web.index.chosen import typed
from zhishu.surfaces.web.index.made import Made, two
from zhishu.surfaces.web.index.units import chosen_unit
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

MOST_WORK = 60_000_000
"""Cells that the search makes anew at most."""
TRIED = 62


def view(made: Made) -> View:
    """Return the ways of a unit to its aim; without an aim, or a tick, only the form."""
    seen = look(made.index)
    unit, field = chosen_unit(made, seen.ranked())
    columns = list(made.index.study.columns)
    places = {c: n for n, c in enumerate(made.sheet.columns, 1)}
    ticked = [c for c in columns if made.asked.get(f"i{places[c]}")]
    r = Reader(made.asked)
    rank = r.whole("rank", Text("名次", "rank"), 1, len(made.sheet.units), 0)
    score = None if not r.get("score") else r.number("score", Text("得分", "score"), -1e9, 1e9, 0.0)
    asked = bool(rank or score is not None)
    if rank and score is not None:
        r.refuse(
            "score",
            Text("得分", "score"),
            r.get("score"),
            Text("名次和得分只写一个", "give a rank or a score, not both"),
        )
    if asked and not ticked:
        r.refuse(
            f"i{places[columns[0]]}",
            Text("可改进的指标", "improvable indicators"),
            "",
            Text("至少勾选一项", "tick one at least"),
        )
    bounds = {c: _bound(made, r, c, places[c], unit) for c in ticked}
    if not np.isfinite(seen.top[unit]):
        r.refuse(
            "unit",
            Text("单位", "unit"),
            made.sheet.units[unit],
            Text("它没有得分，先补数", "it has no score: fill in what it lacks first"),
        )
    _not_too_much(made, r, len(ticked))
    found = None
    if asked and not r.wrong:
        found = reach(made.index.study, made.index.recipe, unit, bounds, score=score, rank=rank or None)
        log_reach(made.sheet.name, made.sheet.units[unit], r.get("score") or None, rank or None)
    return View(
        _title(made.sheet.units[unit], found, rank, score),
        Text(
            "只动该单位自己、勾选为可改进的指标，限于所填的界限；权重、分组和其他单位的数字不动。",
            "Only figures of the unit itself move, of indicators ticked as improvable and within bounds; weights, headings and the figures of others stay.",
        ),
        {
            **field,
            "found": found,
            "rows": [_row(made, c, places[c], unit) for c in columns],
            "aim": {"rank": r.get("rank"), "score": r.get("score")},
            "two": two,
            "plain": typed,
        },
        tuple(r.wrong),
    )


def _bound(made: Made, r: Reader, column: str, place: int, unit: int) -> float:
    """Return the bound typed for an indicator, the best figure of any unit where none is; no worse than today's."""
    values, direction = made.index.study.columns[column], made.index.study.directions[column]
    now = float(values[unit])
    best = float(np.nanmax(values * direction)) * direction
    name = Text(f"“{column}”的界限", f"bound of {column}")
    if math.isnan(now):
        r.refuse(
            f"i{place}",
            Text(column, column),
            "",
            Text("该单位缺这个数，先补", "the unit lacks this figure: fill it in first"),
        )
        return best
    bound = r.number(f"t{place}", name, -1e15, 1e15, best)
    if (bound - now) * direction < 0:
        r.refuse(
            f"t{place}", name, r.get(f"t{place}"), Text(f"不比现在的 {now:g} 差", f"no worse than today's {now:g}")
        )
        return best
    return bound


def _not_too_much(made: Made, r: Reader, ticked: int) -> None:
    cells = len(made.sheet.units) * len(made.index.study.columns)
    most = MOST_WORK // (TRIED * cells)
    if ticked > most:
        r.refuse(
            "rank",
            Text("勾选的指标", "ticked indicators"),
            str(ticked),
            Text(f"这张表至多勾选 {most} 项", f"tick at most {most} for a table of this size"),
        )


def _row(made: Made, column: str, place: int, unit: int) -> dict[str, object]:
    values, direction = made.index.study.columns[column], made.index.study.directions[column]
    return {
        "name": column,
        "place": place,
        "now": float(values[unit]),
        "best": typed(float(np.nanmax(values * direction)) * direction),
        "less": direction < 0,
        "ticked": bool(made.asked.get(f"i{place}")),
        "typed": made.asked.get(f"t{place}", ""),
    }


def _title(name: str, found: Reach | None, rank: int, score: float | None) -> Text:
    if found is None:
        return Text(
            f"{name}要达到某个名次或得分，需要什么", f"What it would take for {name} to reach a rank or a score"
        )
    aim = Text(f"第 {rank} 名", f"rank {rank}") if rank else Text(f"{score:g} 分", f"a score of {score:g}")
    alone = [w for w in found.ways if w.to is not None]
    if (rank and found.rank <= rank) or (score is not None and found.score >= score):
        return Text(f"{name}已达到{aim.zh}", f"{name} has reached {aim.en} already")
    if alone:
        return Text(
            f"{name}到{aim.zh}，单改一项可行的有 {len(alone)} 项",
            f"{name} can reach {aim.en} by one indicator alone in {len(alone)} ways",
        )
    if found.enough:
        return Text(
            f"{name}到{aim.zh}，单改一项不够，几项同时到界限可以",
            f"{name} can reach {aim.en} by several indicators together only",
        )
    return Text(
        f"{name}到不了{aim.zh}：勾选的各项都到界限也不够",
        f"{name} cannot reach {aim.en}, not with all of them at their bounds",
    )
