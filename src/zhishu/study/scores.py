"""A scheme of a study scored over its level, from what was known on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.measure import Grid, measure
from zhishu.pack.scheme import Scheme
from zhishu.score import Scores, Spread, score
from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.system.show import exact
from zhishu.terms import Text


def scheme_of(study: Study, name: str) -> Scheme:
    """Return a scheme. Raises ZhishuError ``scheme-unknown``."""
    if name in study.pack.schemes:
        return study.pack.schemes[name]
    what = Text(f"没有方案 {name}", f"there is no scheme {name}")
    raise ZhishuError([Problem("scheme-unknown", name, what, did_you_mean(name, study.pack.schemes))])


@dataclass(frozen=True, slots=True)
class Change:
    """A unit's value of an indicator in the year scored, and since the first comparable year, in base units."""

    unit: str
    indicator: str
    value: Value
    year: int
    since: int | None
    change: Fraction | None


def score_scheme(
    study: Study, name: str, on: date, period: int | None = None, known: Grid | None = None, seed: int = 0
) -> tuple[Scores, dict[str, int]]:
    """Return the scores and the year used for each indicator.

    Without a period each indicator stands in its newest year in which every unit of the level, or else most,
    has a figure; with one, in that year alone.
    """
    scheme = scheme_of(study, name)
    cells = known or grid(study, on)
    regions = study.data.regions
    codes = [r.code for r in regions.level(scheme.level, on)]
    values: dict[str, dict[str, Value]] = {}
    years: dict[str, int] = {}
    for part in (p for d in scheme.dimensions for p in d.parts):
        candidates = [period] if period is not None else _newest_first(study, on)
        best: dict[str, Value] = {}
        most = -1
        for year in candidates:
            readings = measure(cells, part.indicator, codes, [year])
            found = {r.region: r.value for r in readings}
            count = sum(r.known for r in readings)
            if count > most:
                best, most, years[part.indicator] = found, count, year
            if count == len(codes):
                break
        values[part.indicator] = best
    return score(scheme, values, {c: regions.zone_of(c) or "" for c in codes}, seed), years


def changes(study: Study, name: str, on: date, years: Mapping[str, int], known: Grid | None = None) -> list[Change]:
    """Return what moved behind the scores: each unit and indicator over its comparable run, never across a break."""
    scheme = scheme_of(study, name)
    cells = known or grid(study, on)
    codes = [r.code for r in study.data.regions.level(scheme.level, on)]
    found = []
    for part in (p for d in scheme.dimensions for p in d.parts if p.indicator in years):
        year = years[part.indicator]
        readings = measure(cells, part.indicator, codes, range(study.pack.header.first_year, year + 1))
        by_unit = {c: [r for r in readings if r.region == c] for c in codes}
        for code in codes:
            last = by_unit[code][-1]
            same = [r for r in by_unit[code][:-1] if isinstance(r.value, Fraction) and r.runs == last.runs]
            since, change = None, None
            if same and isinstance(last.value, Fraction) and isinstance(same[0].value, Fraction):
                since, change = int(same[0].period), last.value - same[0].value
            found.append(Change(code, part.indicator, last.value, year, since, change))
    return found


def _newest_first(study: Study, on: date) -> list[int]:
    header = study.pack.header
    return list(range(min(header.last_year, on.year), header.first_year - 1, -1))


def scores_json(study: Study, name: str, on: date, period: int | None, seed: int = 0) -> dict[str, object]:
    """Return the contract form of ``zhishu score``."""
    scheme = scheme_of(study, name)
    found, years = score_scheme(study, name, on, period, seed=seed)
    return {
        "schema": 1,
        "id": name,
        "on": on.isoformat(),
        "years": years,
        "proposals_used": [scheme.proposal.to_json()],
        "seed": found.seed,
        "varies": [v.to_json() for v in found.varies],
        "empty": [
            {"dimension": d.id, "needs": [n.to_json() for n in d.needs]}
            for d in scheme.dimensions
            if d.id in found.empty
        ],
        "spans": {
            k: {
                "unit": (unit := _unit(study, k)),
                "low": exact(s.low, unit),
                "low_unit": s.low_unit,
                "high": exact(s.high, unit),
                "high_unit": s.high_unit,
            }
            for k, s in found.spans.items()
            if s is not None
        },
        "units": [
            {
                "unit": u.unit,
                "class": u.group,
                "dimensions": {d.dimension: exact(d.score) for d in u.dimensions},
                "composite": exact(u.composite),
                "rank": _rank_json(u.rank),
                "why_no_rank": u.why_no_rank.to_json() if u.why_no_rank else None,
            }
            for u in found.units
        ],
    }


def _unit(study: Study, name: str) -> str:
    """Return the unit an indicator or series is shown in."""
    return study.pack.indicators[name].unit if name in study.pack.indicators else study.data.series[name].unit


def _rank_json(rank: Spread | None) -> dict[str, object] | None:
    """Return a rank with the best and worst rank under each thing varied."""
    if rank is None:
        return None
    return {
        "rank": rank.rank,
        "interval": list(rank.overall()),
        "weights": list(rank.weights),
        "scale": list(rank.scale),
        "one_out": list(rank.one_out),
    }
