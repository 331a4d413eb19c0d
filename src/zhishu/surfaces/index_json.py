"""The answers about an index as JSON, one for command line and REST: each says what it varies, its level and its seed."""

import math

from zhishu.errors import Problem, ZhishuError
from zhishu.score.chances import Chances, chances_of, pairs_of
from zhishu.score.leaving_told import NONE, ends_of, leavings
from zhishu.score.sensitive import Moved, sensitivities, targets
from zhishu.score.standing import standings_of
from zhishu.score.steps.sure import Sure, Told
from zhishu.surfaces.index_asked import Made
from zhishu.terms import Text, counted

STILL = Text("按声明的指数，不作变动", "the declared index, nothing varied")
"""What an answer varies that varies nothing."""


def standings_json(it: Made, told: Told | None = None) -> dict[str, object]:
    """Return every unit with its intervals, the best first; of several years year by year, with what changed, and the
    cells that were filled and the rows that were left out by name."""
    sure = runs_of(it, told)
    if it.panel is None:
        scores = it.index.study.scores(it.index.recipe)[it.index.study.tree.top]
        rows = standings_of(it.units, scores, sure, it.asked.level)
        return {**_head(it, sure), "units": [r.to_json() for r in rows]}
    dated = it.panel.standings_by(sure, it.asked.level)
    years = [{"year": y, "units": [r.to_json() for r in dated if r.year == y]} for y in it.years]
    return {
        **_head(it, sure),
        "years": years,
        "filled": [f.to_json() for f in it.panel.filled],
        "screened": [s.to_json() for s in it.panel.screened],
    }


def sensitivity_json(it: Made, told: Told | None = None) -> dict[str, object]:
    """Return which choice moves the ranks of all, and in ``each`` those of years, groups and units; null where nothing
    moves, so that there are no shares of it."""
    found = moved(it, told)
    whole = found[0].to_json()["found"]
    assert isinstance(whole, dict)
    varied = it.index.opened(it.asked.shift, it.asked.seed).choices()
    own = {"schema": 1, "varied": varied.to_json(), **whole, "each": [m.to_json() for m in found[1:]]}
    plain = _plain(own)
    assert isinstance(plain, dict)
    return plain


def leaving_json(it: Made, told: Told | None = None) -> dict[str, object]:
    """Return for every unit what happens to the others when it leaves, and who sets the ends of the scales."""
    study, recipe = it.index.study, it.index.recipe
    found = leavings(it.units, study, recipe, it.years, told)
    turning = sum(bool(one.swaps or one.lost) for one in found)
    says = Text(
        f"{turning} 个单位退出会改变其余次序", f"{counted(turning, 'unit')} would change the order of the others"
    )
    return {
        "schema": 1,
        "varied": STILL.to_json(),
        "says": (says if turning else NONE).to_json(),
        "ends": [e.to_json() for e in ends_of(it.units, study, recipe)],
        "units": [one.to_json() for one in found],
    }


def pairs_json(it: Made, told: Told | None = None) -> dict[str, object]:
    """Return how likely each unit is ahead of each other, of several years year by year."""
    sure = runs_of(it, told)
    found = [pairs_of(it.units, part, it.asked.level).to_json() for part in by_year(it, sure)]
    return {**_head(it, sure), **_dated(it, found)}


def chances_json(it: Made, told: Told | None = None) -> dict[str, object]:
    """Return how likely each rank of each unit is, of several years year by year."""
    sure = runs_of(it, told)
    found: list[dict[str, object]] = [{"units": [c.to_json() for c in part]} for part in chances(it, sure)]
    return {**_head(it, sure), **_dated(it, found)}


def chances(it: Made, sure: Sure) -> list[list[Chances]]:
    """Return the chances of the units that the table has, year by year."""
    found = [chances_of(it.units, part) for part in by_year(it, sure)]
    if it.panel is None:
        return found
    there = [{u for u, known in zip(it.units, row, strict=True) if known} for row in it.panel.there]
    return [[c for c in part if c.unit in units] for part, units in zip(found, there, strict=True)]


def runs_of(it: Made, told: Told | None = None) -> Sure:
    """Return the runs of all rows."""
    return it.index.sure(it.index.varied(it.asked.shift, it.asked.runs, it.asked.seed, it.further.vary), told)


def by_year(it: Made, sure: Sure) -> list[Sure]:
    """Return the runs of each year, of one where the table has no years."""
    return [sure] if it.panel is None else [it.panel.of_year(sure, n) for n in range(len(it.years))]


def moved(it: Made, told: Told | None = None) -> list[Moved]:
    """Return which choice moves all rows, first, then years, groups and the units asked for."""
    wanted = targets(it.index, it.units, it.further.units, it.years)
    found = sensitivities(it.index, wanted, it.asked.shift, it.asked.level, it.asked.seed, told=told)
    if found[0].found is None:
        what = Text("没有一次计算得出得分", "no run gave anybody a score")
        repair = Text("换合成方法，或收窄误差", "another mean, or smaller errors")
        raise ZhishuError([Problem("index-empty", "sensitivity", what, repair)])
    return found


def _head(it: Made, sure: Sure) -> dict[str, object]:
    return {
        "schema": 1,
        "varied": sure.varied.says().to_json(),
        "level": it.asked.level,
        "runs": it.asked.runs,
        "seed": it.asked.seed,
        "failed": sure.failed,
    }


def _dated(it: Made, found: list[dict[str, object]]) -> dict[str, object]:
    if it.panel is None:
        return found[0]
    return {"years": [{"year": y, **one} for y, one in zip(it.years, found, strict=True)]}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
