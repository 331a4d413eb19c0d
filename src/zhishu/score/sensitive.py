"""Which choice moves what: the ranks of all units, of a group or of a year on average, and the rank or score of one unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.index import BASE, Index
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.sobol import Sensitivity, declared, factors, indices_each, runs_at
from zhishu.score.steps.sure import LEVEL, Told
from zhishu.terms import Text

Kind = Literal["all", "year", "group", "unit"]
Of = Literal["ranks", "rank", "score"]
EVERY = "*"
"""What asks for every unit."""
MOST_UNITS = 1000
"""Units that may be asked for at once."""
ABOUT: dict[Of, Text] = {
    "ranks": Text("名次平均变动", "mean change of ranks"),
    "rank": Text("名次", "rank"),
    "score": Text("得分", "score"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked at: all rows, those of a year or of a group, by how far their ranks lie from the declared ones on
    average; or the rank or the score of one unit, of several years in the last in which it has one."""

    kind: Kind
    name: str
    of: Of
    rows: NDArray[np.int64]
    year: int | None = None

    def says(self) -> Text:
        """Return what it is in words."""
        when = Text("", "") if self.year is None or self.kind == "year" else Text(f" {self.year} 年", f" {self.year}")
        about = Text("全部单位", "all units") if self.kind == "all" else Text(self.name, self.name)
        return Text(f"{about.zh}{when.zh}：{ABOUT[self.of].zh}", f"{about.en}{when.en}: {ABOUT[self.of].en}")


@dataclass(frozen=True, slots=True)
class Moved:
    """A target and which factor moves it; None where fewer than two runs gave it a value."""

    target: Target
    found: Sensitivity | None

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        t = self.target
        own: dict[str, object] = {
            "kind": t.kind,
            "name": t.name,
            "of": t.of,
            "year": t.year,
            "says": t.says().to_json(),
        }
        return {**own, "found": None if self.found is None else self.found.to_json()}


def targets(
    index: Index, units: Sequence[str] = (), asked: Iterable[str] = (), years: Sequence[int] = ()
) -> list[Target]:
    """Return all rows, the years of several, the groups if there are any, and the units ``asked`` for (``*``: every one).

    ``units`` are those of a year. Raises ZhishuError ``index-unit`` for a unit that is not there.
    """
    names = units or index.units
    rows = np.arange(len(index.units))
    found = [Target("all", "", "ranks", rows)]
    if len(years) > 1:
        found += [
            Target("year", str(y), "ranks", part, y) for y, part in zip(years, np.split(rows, len(years)), strict=True)
        ]
    groups = np.array(index.by)
    found += [Target("group", g, "ranks", np.flatnonzero(groups == g)) for g in sorted(set(index.by) - {""})]
    wanted = list(dict.fromkeys(n for one in asked for n in (names if one == EVERY else [one])))
    problems = []
    if len(wanted) > MOST_UNITS:
        what = Text(f"要看 {len(wanted)} 个单位，过多", f"{len(wanted)} units are too many to be asked for")
        problems.append(Problem("index-too-large", "of", what, Text(f"至多 {MOST_UNITS} 个", f"at most {MOST_UNITS}")))
    at = {unit: n for n, unit in enumerate(names)}
    scores = index.study.scores(index.recipe)[index.study.tree.top]
    for unit in wanted:
        if unit not in at:
            what = Text(f"表里没有单位“{unit}”", f"the table has no unit {unit}")
            problems.append(Problem("index-unit", unit, what, did_you_mean(unit, names)))
            continue
        own = rows[at[unit] :: len(names)]
        known = own[~np.isnan(scores[own])]
        row = int(known[-1] if len(known) else own[-1])
        year = years[row // len(names)] if years else None
        found += [Target("unit", unit, of, np.array([row]), year) for of in ("rank", "score")]
    if problems:
        raise ZhishuError(problems)
    return found


def sensitivities(
    index: Index,
    wanted: Sequence[Target],
    shift: float = 0.25,
    level: float = LEVEL,
    seed: int = 1,
    base: int = BASE,
    told: Told | None = None,
) -> list[Moved]:
    """Return which choice moves each target, all from the same runs; the choices and what is refused are those of
    ``Index.opened``."""
    opened, study = index.opened(shift, seed, base), index.study
    nominal = study.ranks(declared(study, opened))

    def results(points: Array) -> Array:
        scores = runs_at(study, opened, points, told)
        ranks = study.ranks(scores)
        away = np.abs(ranks - nominal)
        by = {"score": scores, "rank": ranks, "ranks": away}
        return np.stack([_mean(by[t.of][:, t.rows]) for t in wanted], axis=-1)

    found = indices_each(results, factors(opened), base, seed, level)
    return [Moved(target, one) for target, one in zip(wanted, found, strict=True)]


def _mean(values: Array) -> Array:
    known = (~np.isnan(values)).sum(axis=-1)
    return np.asarray(np.nansum(values, axis=-1) / np.where(known > 0, known, np.nan))
