"""The ranking: every unit with its score, the ranks it takes in most runs, and tiers that can be told apart."""

from zhishu.score.standing import Standing
from zhishu.surfaces.web.charts.ranked import Ranked, RankedUnit, ranked_chart, ranked_size
from zhishu.surfaces.web.index.made import Made, span, two
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

SHOWN = 50
"""Units on one page, in the drawing and in the table."""


def view(made: Made) -> View:
    """Return the ranking of an index, so many units at a time."""
    rows = made.index.standings(made.varied, made.chosen.level)
    places = {unit: n for n, unit in enumerate(made.sheet.units, 1)}
    pages = max(1, -(-len(rows) // SHOWN))
    page = made.place("part", pages)
    shown = rows[(page - 1) * SHOWN : page * SHOWN]
    scored = [r for r in rows if r.score is not None]
    told = made.varied.says()
    percent = f"{made.chosen.level * 100:.4g}%"
    lede = Text(
        f"点为得分，横线为 {percent} 的计算所在的区间（{told.zh}）。同一档内的先后不足为凭。",
        f"The dot is the score, the line where {percent} of the runs lie ({told.en}). "
        "Inside one tier the order proves little.",
    )
    drawn = _drawing(made, [r for r in shown if r.score is not None])
    return View(
        _finding(rows, scored),
        lede,
        {
            "rows": [
                {
                    "row": r,
                    "place": places[r.unit],
                    "score": two(r.score),
                    "scores": "–" if r.low is None else f"{two(r.low)}–{two(r.high)}",
                    "ranks": span(r.rank_from, r.rank_to),
                    "first": n == 0 or r.tier != shown[n - 1].tier,
                }
                for n, r in enumerate(shown)
            ],
            "drawn": drawn,
            "unscored": sum(r.score is None for r in rows),
            "part": page,
            "parts": pages,
            "shown": SHOWN,
            "level": percent,
        },
    )


def _finding(rows: list[Standing], scored: list[Standing]) -> Text:
    if not scored:
        return Text("没有一个单位有得分", "No unit has a score")
    tiers = max(r.tier for r in scored)
    top = [r.unit for r in scored if r.tier == 1]
    if len(scored) == 1:
        return Text(f"只有{top[0]}有得分", f"Only {top[0]} has a score")
    if tiers == 1:
        return Text(f"{len(scored)} 个单位分不出档次", f"{len(scored)} units cannot be told apart")
    if len(top) == 1:
        first = Text(f"{top[0]}单独居首", f"{top[0]} alone is ahead")
    else:
        first = Text(f"首档 {len(top)} 个单位难分先后", f"{len(top)} units share the first tier")
    return Text(
        f"{first.zh}；{len(scored)} 个单位可分 {tiers} 档",
        f"{first.en}; {len(scored)} units fall into {tiers} tiers",
    )


def _drawing(made: Made, rows: list[Standing]) -> dict[str, str] | None:
    if not rows:
        return None
    units = tuple(
        RankedUnit(
            r.unit, r.rank or 0, r.score or 0.0, r.low or 0.0, r.high or 0.0, span(r.rank_from, r.rank_to), r.tier
        )
        for r in rows
        if r.low is not None
    )
    chart = Ranked(
        Text("得分与区间", "Scores and intervals"),
        Text(f"{len(units)} 个单位，从第 {units[0].rank} 名起", f"{len(units)} units, from rank {units[0].rank}"),
        units,
    )
    return {
        place: ranked_chart(chart, made.lang, ranked_size(place, len(units), made.text))
        for place in ("wide", "narrow", "paper")
    }
