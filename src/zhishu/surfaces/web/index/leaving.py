"""Leaving out: by how much ranks move without each indicator or heading, and whose leaving changes the order of others."""

from dataclasses import dataclass

import numpy as np

from zhishu.score.audit_look import Look, look
from zhishu.score.leaving import leaving, places
from zhishu.score.steps.aggregate import Array
from zhishu.surfaces.web.charts.shares import Bar, bars_chart, bars_size
from zhishu.surfaces.web.index.heavy import too_heavy
from zhishu.surfaces.web.index.made import Made
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

TOLD = 3
"""Units named in a row."""
DRAWN = 40
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Without:
    """What happens without an indicator or heading: ranks moved on average, how many move, who most (name, from, to)."""

    name: str
    heading: bool
    mean: float
    moved: int
    movers: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """What happens to the others when a unit leaves: how many have another rank, the pairs whose order changes."""

    unit: str
    moved: int
    pairs: tuple[tuple[str, str], ...]
    lost: int


def view(made: Made) -> View:
    """Return both tables of leaving out."""
    seen = look(made.index)
    parts = _parts(seen)
    why = too_heavy(made)
    gone = [] if why else _gone(seen)
    turned = [g for g in gone if g.pairs]
    first = parts[0] if parts else None
    if first is None:
        title = Text("只有一个指标，去掉就没有指数", "There is one indicator only: without it there is no index")
    else:
        title = Text(
            f"去掉“{first.name}”，名次平均变动 {first.mean:.2f} 位",
            f"Without {first.name}, ranks move by {first.mean:.2f} places on average",
        )
    lede = Text(
        "逐一去掉指标、组和单位，其余全部重算。" + (f"{len(turned)} 个单位退出会改变其他单位的先后。" if gone else ""),
        "Indicators, headings and units are left out one by one and all is made again."
        + (f" {len(turned)} units change the order of others by leaving." if gone else ""),
    )
    return View(
        title,
        lede,
        {
            "parts": parts[:SHOWN],
            "drawn": _drawing(made, parts) if parts else None,
            "gone": sorted(
                (g for g in gone if g.moved or g.lost or g.pairs), key=lambda g: (-len(g.pairs), -g.moved, g.unit)
            )[:SHOWN],
            "why": why,
            "told": TOLD,
        },
    )


def _parts(seen: Look) -> list[Without]:
    before = places(seen.top)
    found = []
    for id in (*seen.columns, *(node.id for node in seen.tree.nodes[:-1])):
        less = seen.tree.without(id)
        if not less.nodes:
            continue
        after = places(less.scores(seen.columns)[less.top])
        won = before - after
        if np.isnan(won).all():
            continue
        order = sorted((n for n in np.flatnonzero(~np.isnan(won)) if won[n]), key=lambda n: (-abs(won[n]), before[n]))
        movers = tuple((seen.units[n], int(before[n]), int(after[n])) for n in order[:TOLD])
        found.append(Without(id, id in seen.scores, float(np.nanmean(np.abs(won))), len(order), movers))
    return sorted(found, key=lambda w: (-w.mean, w.name))


def _gone(seen: Look) -> list[Gone]:
    place = places(seen.top)
    return [
        Gone(seen.units[n], left.moved, tuple(_pair(seen, place, a, b) for a, b in left.pairs), len(left.lost))
        for n, left in leaving(seen.study, seen.recipe).items()
    ]


def _pair(seen: Look, place: Array, a: int, b: int) -> tuple[str, str]:
    first, second = (a, b) if place[a] <= place[b] else (b, a)
    return seen.units[first], seen.units[second]


def _drawing(made: Made, parts: list[Without]) -> dict[str, str]:
    drawn = tuple(Bar(p.name, p.mean, p.heading) for p in parts[:DRAWN])
    title = Text("去掉一项，名次平均变动几位", "By how much ranks move on average without it")
    return {
        place: bars_chart(drawn, title, made.lang, bars_size(place, len(drawn), made.text))
        for place in ("wide", "narrow", "paper")
    }
