"""How sure the ranks of a class are, as grids for command line, REST and pages."""

from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError
from zhishu.score.assess.shares import ERRORS, MEAN, rank_shares
from zhishu.study.assessing.run import Round
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.score.assess.sure import ClassSure

FIRST = 3
"""Chances of ranks are told one by one so far, then together."""


def chances_json(sure: "ClassSure") -> dict[str, object]:
    """Return for each unit its tier, its interval, and the chance of each rank (share of runs)."""
    ranks, tiers, totals = sure.ranks(), sure.tiers(), sure.totals()
    every = sure.sure.rank_chances()
    best = sorted(range(len(sure.units)), key=lambda n: (-float(sure.sure.scores[:, n].mean()), sure.units[n]))
    return {
        "kind": "chances",
        "varies": sure.says.to_json(),
        "level": sure.level,
        "failed": sure.sure.failed,
        "rows": [
            {
                "unit": sure.units[n],
                "tier": tiers[sure.units[n]],
                "ranks": list(ranks[sure.units[n]]),
                "total": [round(x, 4) for x in totals[sure.units[n]]],
                "chances": [round(float(x), 4) for x in every[n]],
            }
            for n in best
        ],
    }


def pairs_json(sure: "ClassSure") -> dict[str, object]:
    """Return the chance (share of runs, ties half) that the unit of the row is ahead of that of the column."""
    ahead = sure.sure.ahead()
    best = sorted(range(len(sure.units)), key=lambda n: (-float(sure.sure.scores[:, n].mean()), sure.units[n]))
    return {
        "kind": "pairs",
        "varies": sure.says.to_json(),
        "level": sure.level,
        "failed": sure.sure.failed,
        "units": [sure.units[n] for n in best],
        "rows": [
            {"unit": sure.units[a], "ahead": [None if a == b else round(float(ahead[a, b]), 4) for b in best]}
            for a in best
        ],
    }


def shares_json(run: Round, group: str, level: float, seed: int) -> dict[str, object]:
    """Return what moves the ranks of a class. Raises ZhishuError ``assessment-class`` where it has no places."""
    found = rank_shares(run.assessment, run.facts, run.assessed, group, seed=seed, level=level)
    if found is None:
        raise no_places(group)
    names = {a.id: Text(f"“{a.name.zh}”之下的权重", f"weights under {a.name.en}") for a in run.assessment.aspects}
    names |= {"index": Text("各方面的权重", "weights of the aspects"), MEAN: Text("合成方法", "mean")}
    names[ERRORS] = Text("数据误差", "errors of figures")
    told = found.to_json()
    return {
        "kind": "shares",
        "level": level,
        "seed": seed,
        "runs": told["runs"],
        "failed": told["failed"],
        "rows": [
            {
                "choice": name,
                "name": names[name].to_json(),
                "first": round(s.first, 4),
                "first_bounds": [round(x, 4) for x in s.first_bounds],
                "total": round(s.total, 4),
                "total_bounds": [round(x, 4) for x in s.total_bounds],
            }
            for name, s in found.shares.items()
        ],
    }


def no_places(group: str) -> ZhishuError:
    """Return the problem of a class without places."""
    what = Text(f"类别 {group} 没有可以排名的单位", f"the class {group} has no unit with a place")
    repair = Text("补齐缺数，或核对类别", "fill in what is missing, or check the class")
    return ZhishuError([Problem("assessment-class", group, what, repair)])
